// One subtree of a CA's name constraints, as text.

import { decodeAscii, NAME_TAG, type Subtree } from '../certificates/index.js'
import { encodeHex } from '../text/index.js'

/** A name that a CA may or may not vouch for, with all below it. */
export interface ConstrainedName {
  /** `other` for what Go doesn't look at, such as directory names. */
  readonly type: 'dns' | 'email' | 'uri' | 'ip' | 'other'
  /** A domain, a mailbox, an address with its mask, or the octets in hexadecimal. */
  readonly value: string
}

export function describeSubtree({ tag, contents }: Subtree): ConstrainedName {
  const type = TEXTS.get(tag)
  const text = type && decodeAscii(contents)
  if (type !== undefined && text !== undefined) return Object.freeze({ type, value: text })
  if (tag === NAME_TAG.ip) return Object.freeze({ type: 'ip', value: describeNetwork(contents) })
  return Object.freeze({ type: 'other', value: encodeHex(contents) })
}

const TEXTS: ReadonlyMap<number, 'dns' | 'email' | 'uri'> = new Map([
  [NAME_TAG.dns, 'dns'],
  [NAME_TAG.email, 'email'],
  [NAME_TAG.uri, 'uri'],
])

/** An address and how many bits of it count; the reader has made sure that the mask has no hole. */
function describeNetwork(octets: Uint8Array): string {
  const half = octets.length / 2
  let bits = 0
  for (const octet of octets.subarray(half)) bits += Math.clz32(~octet & 0xff) - 24
  return `${describeAddress(octets.subarray(0, half))}/${bits}`
}

function describeAddress(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.')
  const groups: string[] = []
  for (let i = 0; i < octets.length; i += 2) {
    groups.push((((octets[i] as number) << 8) | (octets[i + 1] as number)).toString(16))
  }
  return groups.join(':')
}
