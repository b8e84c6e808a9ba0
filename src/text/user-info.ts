// Names without the user info that may stand in front of them.

/** A name is no place for credentials, but who puts them there shouldn't find them in a log. */
export function withoutUserInfo(name: string): string {
  const at = name.lastIndexOf('@')
  return at < 0 ? name : `…${name.slice(at)}`
}
