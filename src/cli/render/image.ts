// An image reference as a message may show it.

import { printable } from './printable.js'

/** Longer than any reference that can be read. */
const MAX_LENGTH = 400

/** A digest behind the last `@`, or what was meant to be one, rather than a host behind user info. */
const DIGEST = /^(?:sha256|sha384|sha512):[^/]*$/

/** The reference without user info, which may be a password that was typed or templated into it. */
export function withoutSecrets(reference: string): string {
  const last = reference.lastIndexOf('@')
  const isDigest = last >= 0 && DIGEST.test(reference.slice(last + 1, last + 1 + MAX_LENGTH))
  const at = isDigest ? reference.lastIndexOf('@', last - 1) : last
  const shown = at < 0 ? reference : `…${reference.slice(at)}`
  const text = printable(shown)
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text
}
