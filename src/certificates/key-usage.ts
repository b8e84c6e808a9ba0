// What a key may be used for: the key usage extension (RFC 5280, section 4.2.1.3) and the extended
// one (section 4.2.1.12).

import { DerReader } from './der-reader.js'
import type { CertificateField } from './fault.js'
import { TAG } from './tag.js'

/** The bits of the key usage extension, in their order. */
export type KeyUsage =
  | 'digitalSignature'
  | 'contentCommitment'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly'

const KEY_USAGES: readonly KeyUsage[] = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]

/** The extended key usages that Go asks of a server's certificate: one of both. */
export const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'

export const ANY_USAGE = '2.5.29.37.0'

/** What follows the bits is ignored, as in Go. */
export function readKeyUsage(
  value: Uint8Array,
  field: CertificateField = 'key-usage',
): readonly KeyUsage[] {
  const { octets } = new DerReader(value).bitString(field)
  return KEY_USAGES.filter((_, bit) => {
    return (((octets[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
  })
}

/** The object identifiers of the usages. */
export function readExtendedKeyUsage(
  value: Uint8Array,
  field: CertificateField = 'extended-key-usage',
): readonly string[] {
  const usages = new DerReader(value).open(TAG.sequence, field)
  const identifiers: string[] = []
  while (!usages.isAtEnd) identifiers.push(usages.objectIdentifier(field))
  return identifiers
}
