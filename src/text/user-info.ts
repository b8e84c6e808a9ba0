// Names without the user info that stands before them.

/** A name is no place for credentials; those that stand in one all the same are kept out of logs. */
export function withoutUserInfo(name: string): string {
  const at = name.lastIndexOf('@')
  return at < 0 ? name : `…${name.slice(at)}`
}

/** Longer than any image reference that can be read. */
const MAX_LENGTH = 400

/** A digest behind the last `@`, or what was meant to be one, rather than a host behind user info. */
const DIGEST = /^(?:sha256|sha384|sha512):[^/]*$/

/**
 * An image reference without user info, which may be a password that was typed or templated into it,
 * and cut where it is longer than any reference.
 */
export function imageWithoutUserInfo(reference: string): string {
  const last = reference.lastIndexOf('@')
  const isDigest = last >= 0 && DIGEST.test(reference.slice(last + 1, last + 1 + MAX_LENGTH))
  const at = isDigest ? reference.lastIndexOf('@', last - 1) : last
  const shown = at < 0 ? reference : `…${reference.slice(at)}`
  return shown.length > MAX_LENGTH ? `${shown.slice(0, MAX_LENGTH)}…` : shown
}
