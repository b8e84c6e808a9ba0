// The extensions about policies (RFC 5280, sections 4.2.1.4, 4.2.1.5, 4.2.1.11 and 4.2.1.14). Go checks
// their form while it reads a certificate, so it is checked here; the policies count for nothing.

import { encodeHex } from '../text/index.js'
import { DerReader } from './der-reader.js'
import { CertificateFault, type CertificateField } from './fault.js'
import { readNumber } from './number.js'
import { isObjectIdentifier } from './object-identifier.js'
import { primitiveTag, TAG } from './tag.js'

export function checkPolicies(value: Uint8Array, field: CertificateField): void {
  const policies = new DerReader(value).open(TAG.sequence, field)
  const seen = new Set<string>()
  while (!policies.isAtEnd) {
    const identifier = policies.open(TAG.sequence, field).contents(TAG.objectIdentifier, field)
    const key = encodeHex(identifier)
    if (seen.has(key) || !isObjectIdentifier(identifier)) throw new CertificateFault(field)
    seen.add(key)
  }
}

export function checkPolicyMappings(value: Uint8Array, field: CertificateField): void {
  const mappings = new DerReader(value).open(TAG.sequence, field)
  while (!mappings.isAtEnd) {
    const mapping = mappings.open(TAG.sequence, field)
    mapping.contents(TAG.objectIdentifier, field)
    mapping.contents(TAG.objectIdentifier, field)
  }
}

export function checkPolicyConstraints(value: Uint8Array, field: CertificateField): void {
  const constraints = new DerReader(value).open(TAG.sequence, field)
  for (const tag of [primitiveTag(0), primitiveTag(1)]) {
    if (constraints.nextIs(tag)) readNumber(constraints, field, tag)
  }
}

export function checkInhibitAnyPolicy(value: Uint8Array, field: CertificateField): void {
  readNumber(new DerReader(value), field)
}
