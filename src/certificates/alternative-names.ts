// The subject alternative names (RFC 5280, section 4.2.1.6): the hosts that a certificate is for.

import { isAddress } from './address-octets.js'
import { decodeAscii } from './ascii.js'
import { DerReader } from './der-reader.js'
import { CertificateFault, type CertificateField } from './fault.js'
import { primitiveTag, TAG } from './tag.js'

/** The kinds of GeneralName whose values Go looks at; it takes any other as it is. */
export const EMAIL: number = primitiveTag(1)

export const DNS: number = primitiveTag(2)

export const URI: number = primitiveTag(6)

export const IP: number = primitiveTag(7)

/** The names of the kinds that Go looks at, in their order. */
export interface AlternativeNames {
  readonly dns: readonly string[]
  readonly ip: readonly Uint8Array[]
  readonly email: readonly string[]
  readonly uri: readonly string[]
}

/** Not checked: that a URI is one by the rules of Go's `net/url`. It has to be ASCII. */
export function readAlternativeNames(
  value: Uint8Array,
  field: CertificateField = 'subject-alternative-name',
): AlternativeNames {
  const found = {
    dns: [] as string[],
    ip: [] as Uint8Array[],
    email: [] as string[],
    uri: [] as string[],
  }
  const names = new DerReader(value).open(TAG.sequence, field)
  while (!names.isAtEnd) {
    const { tag, contents } = names.any(field)
    const kind = TEXTS.get(tag)
    if (kind !== undefined) {
      const text = decodeAscii(contents)
      if (text === undefined) throw new CertificateFault(field)
      found[kind].push(text)
    } else if (tag === IP) {
      if (!isAddress(contents)) throw new CertificateFault(field)
      found.ip.push(contents)
    }
  }
  return found
}

const TEXTS: ReadonlyMap<number, 'dns' | 'email' | 'uri'> = new Map([
  [EMAIL, 'email'],
  [DNS, 'dns'],
  [URI, 'uri'],
])
