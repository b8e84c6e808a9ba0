// Names without the user info that stands before them, and without the query behind them.
import { lazyPattern } from './pattern.js'

/** Nearly no name has one of these. */
const SUSPICIOUS = /[@\uff20\ufe6b%?#]/

/** An at sign as such, and in the forms that are one to a program that folds widths. */
const AT_SIGNS = ['@', '\uff20', '\ufe6b']

const QUERY = /[?#]/

/**
 * A name is no place for credentials; those that stand in one all the same are kept out of logs. They may
 * be user info before an at sign, or in the query or the fragment of a URL. With a query before the at
 * sign it can't be told which of them holds what, and nothing is shown.
 */
export function withoutUserInfo(name: string): string {
  if (!SUSPICIOUS.test(name)) return name
  const at = lastAt(name)
  const query = name.search(QUERY)
  if (query < 0) return at < 0 ? name : `…${name.slice(at)}`
  return at > query ? '…' : `${at < 0 ? '' : '…'}${name.slice(Math.max(at, 0), query + 1)}…`
}

/** Whether there is an at sign of some kind. */
export function hasUserInfo(name: string): boolean {
  return SUSPICIOUS.test(name) && lastAt(name) >= 0
}

/** Where the last at sign is; -1 where there is none. From the end: a name may be one of a million of them. */
function lastAt(text: string): number {
  return Math.max(lastEncodedAt(text), ...AT_SIGNS.map((sign) => text.lastIndexOf(sign)))
}

/** `%40`, whose `%` may be encoded in turn: `%2540`. */
function lastEncodedAt(text: string): number {
  for (let end = text.lastIndexOf('40'); end > 0; end = text.lastIndexOf('40', end - 1)) {
    let start = end
    while (start > 2 && text.startsWith('25', start - 2)) start -= 2
    if (text[start - 1] === '%') return start - 1
  }
  return -1
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
  return hasUserInfo(rest) ? '…' : `${withoutUser(start)}…`
}

/** The host and what follows it, the digest included. */
function withoutUser(reference: string): string {
  const last = reference.lastIndexOf('@')
  const isDigest = last >= 0 && DIGEST.test(reference.slice(last + 1, last + 1 + MAX_LENGTH))
  const at = lastAt(isDigest ? reference.slice(0, last) : reference)
  return at < 0 ? reference : `…${reference.slice(at)}`
}
