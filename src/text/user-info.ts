// Names without the user info that stands before them.

/** A name is no place for credentials; those that stand in one all the same are kept out of logs. */
export function withoutUserInfo(name: string): string {
  const at = name.lastIndexOf('@')
  return at < 0 ? name : `…${name.slice(at)}`
}
