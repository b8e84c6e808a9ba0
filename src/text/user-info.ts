// Names without the user info that stands before them.
import { lazyPattern } from './pattern.js'

/** A name is no place for credentials; those that stand in one all the same are kept out of logs. */
export function withoutUserInfo(name: string): string {
  // Nearly no name has one, which is found sooner from its start.
  if (!name.includes('@')) return name
  return `…${name.slice(name.lastIndexOf('@'))}`
}

/** Longer than any image reference that can be read. */
const MAX_LENGTH = 400

/** A digest behind the last `@`, or what was meant to be one, rather than a host behind user info. */
const DIGEST = /^(?:sha256|sha384|sha512):[^/]*$/

/**
 * What may be a reference: from the first letter or digit to what none has in it. A line of another
 * file (`password = "…"`, `"auth": "…"`, `- password: …`), or a URL's query, may be a secret behind that.
 */
const likeReference = lazyPattern(String.raw`^[^\p{L}\p{N}]*[^\s"'\x60=?]*`, 'u')

const word = lazyPattern(String.raw`[\p{L}\p{N}]`, 'u')

/**
 * A text that should be an image reference, without user info and without what is no reference: either
 * may hold a password. It is cut where it is longer than any reference.
 */
export function imageWithoutUserInfo(reference: string): string {
  const [start] = likeReference().exec(reference) as RegExpExecArray
  const rest = reference.slice(start.length)
  const text = word().test(rest) ? shortened(start, rest) : withoutUser(reference)
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text
}

/** With an `@` in the rest, what stands before it may be user info. */
function shortened(start: string, rest: string): string {
  return rest.includes('@') ? '…' : `${withoutUser(start)}…`
}

/** The host and what follows it, the digest included. */
function withoutUser(reference: string): string {
  const last = reference.lastIndexOf('@')
  const isDigest = last >= 0 && DIGEST.test(reference.slice(last + 1, last + 1 + MAX_LENGTH))
  const at = isDigest ? reference.slice(0, last).lastIndexOf('@') : last
  return at < 0 ? reference : `…${reference.slice(at)}`
}
