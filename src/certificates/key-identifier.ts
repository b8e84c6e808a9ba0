// The identifiers of keys (RFC 5280, sections 4.2.1.1 and 4.2.1.2), by which a certificate and its
// issuer are told apart from others of the same name.

import { DerReader } from './der-reader.js'
import type { CertificateField } from './fault.js'
import { primitiveTag, TAG } from './tag.js'

export function readSubjectKeyIdentifier(
  value: Uint8Array,
  field: CertificateField = 'subject-key-identifier',
): Uint8Array {
  return new DerReader(value).contents(TAG.octetString, field)
}

/** Undefined where the issuer's key isn't identified by its identifier. */
export function readAuthorityKeyIdentifier(
  value: Uint8Array,
  field: CertificateField = 'authority-key-identifier',
): Uint8Array | undefined {
  return new DerReader(value).open(TAG.sequence, field).optional(primitiveTag(0), field)
}
