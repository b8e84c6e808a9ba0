// Why a chain isn't trusted: a code, the certificate that it is about, and a sentence.

import type { Certificate } from '../certificates/index.js'

/** What is wrong with a chain. */
export type UntrustedCode =
  | 'empty-chain'
  | 'not-yet-valid'
  | 'expired'
  | 'wrong-name'
  | 'unknown-issuer'
  | 'bad-signature'
  | 'weak-signature'
  | 'unsupported-algorithm'
  | 'not-a-ca'
  | 'path-length'
  | 'key-usage'
  | 'extended-key-usage'
  | 'name-constraints'
  | 'critical-extension'
  | 'too-many-signatures'

/** A chain that no anchor of the bundle vouches for. */
export interface UntrustedChain {
  /** The union's tag. */
  readonly kind: 'untrusted'
  /** What is wrong. */
  readonly code: UntrustedCode
  /** What is wrong, with the subject that it is about, in one sentence. */
  readonly message: string
  /**
   * The certificate of the chain that it is about, from 0; where an anchor is at fault, the one that
   * the anchor would vouch for.
   */
  readonly index: number
}

/** The longest part of a name that a message shows. */
const MAX_NAME = 200

/** A subject as a message shows it: a server chose it, so it is cut, and has no control characters. */
export function showName({ subject }: Certificate): string {
  if (subject === '') return 'a certificate without a subject'
  let shown = ''
  for (const character of subject.slice(0, MAX_NAME)) {
    const isControl = character < ' ' || (character >= '\x7f' && character <= '\x9f')
    shown += isControl || BIDIRECTIONAL.has(character) ? '\ufffd' : character
  }
  return subject.length > MAX_NAME ? `${shown}…` : shown
}

/** Characters that turn the direction of what follows round, or end a line (Unicode, UAX #9). */
const BIDIRECTIONAL = new Set([
  ...'\u200e\u200f\u061c\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069',
])

export function untrusted(code: UntrustedCode, index: number, message: string): UntrustedChain {
  return Object.freeze({ kind: 'untrusted', code, message, index })
}
