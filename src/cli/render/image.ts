// An image reference as a message may show it.

import { printable } from '../../text/index.js'

/** Longer than any reference that can be read. */
const MAX_LENGTH = 400

/** A digest behind the last `@`, or what was meant to be one, rather than a host behind user info. */
const DIGEST = /^(?:sha256|sha384|sha512):[^/]*$/

/**
 * What may be a reference: from the first letter or digit to what none has in it. A line of another
 * file (`password = "…"`, `"auth": "…"`, `- password: …`), or a URL's query, may be a secret behind that.
 */
const LIKE_REFERENCE = /^[^\p{L}\p{N}]*[^\s"'`=?]*/u

const WORD = /[\p{L}\p{N}]/u

/** The reference without user info and without what is no reference: either may hold a password. */
export function withoutSecrets(reference: string): string {
  const [start = ''] = LIKE_REFERENCE.exec(reference) ?? []
  const rest = reference.slice(start.length)
  const text = WORD.test(rest) ? shortened(start, rest) : withoutUserInfo(reference)
  const shown = printable(text)
  return shown.length > MAX_LENGTH ? `${shown.slice(0, MAX_LENGTH)}…` : shown
}

/** With an `@` in the rest, what stands before it may be user info. */
function shortened(start: string, rest: string): string {
  return rest.includes('@') ? '…' : `${withoutUserInfo(start)}…`
}

function withoutUserInfo(reference: string): string {
  const last = reference.lastIndexOf('@')
  const isDigest = last >= 0 && DIGEST.test(reference.slice(last + 1, last + 1 + MAX_LENGTH))
  const at = isDigest ? reference.lastIndexOf('@', last - 1) : last
  return at < 0 ? reference : `…${reference.slice(at)}`
}
