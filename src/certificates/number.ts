// Numbers in extensions, such as path lengths, which Go reads into integers of 64 bits.

import type { DerReader } from './der-reader.js'
import { CertificateFault, type CertificateField } from './fault.js'

const MAX_OCTETS = 8

/** An INTEGER of at most 64 bits, rounded beyond 53 of them. */
export function readNumber(reader: DerReader, field: CertificateField, tag?: number): number {
  const octets = reader.integer(field, tag)
  if (octets.length > MAX_OCTETS) throw new CertificateFault(field)
  let number = ((octets[0] as number) << 24) >> 24
  for (const octet of octets.subarray(1)) number = number * 256 + octet
  return number
}
