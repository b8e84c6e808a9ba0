// The subject alternative names (RFC 5280, section 4.2.1.6): the hosts that a certificate is for.

import { isAddress } from './address-octets.js'
import { decodeAscii } from './ascii.js'
import { DerReader } from './der-reader.js'
import { CertificateFault, type CertificateField } from './fault.js'
import { primitiveTag, TAG } from './tag.js'

/** The tags of the kinds of GeneralName whose values Go looks at; it takes any other as it is. */
export const NAME_TAG: Readonly<Record<'email' | 'dns' | 'uri' | 'ip', number>> = {
  email: primitiveTag(1),
  dns: primitiveTag(2),
  uri: primitiveTag(6),
  ip: primitiveTag(7),
}

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
    } else if (tag === NAME_TAG.ip) {
      if (!isAddress(contents)) throw new CertificateFault(field)
      found.ip.push(contents)
    }
  }
  return found
}

const TEXTS: ReadonlyMap<number, 'dns' | 'email' | 'uri'> = new Map([
  [NAME_TAG.email, 'email'],
  [NAME_TAG.dns, 'dns'],
  [NAME_TAG.uri, 'uri'],
])
