// The extensions that say where more is to be had: CRL distribution points (RFC 5280, section
// 4.2.1.13) and the authority information access (section 4.2.2.1). Nothing is fetched from there;
// their form is checked, since Go refuses a certificate for it.

import { NAME_TAG } from './alternative-names.js'
import { DerReader } from './der-reader.js'
import type { CertificateField } from './fault.js'
import { constructedTag, TAG } from './tag.js'

/** Go stops at the first name that is no URI. */
export function checkDistributionPoints(value: Uint8Array, field: CertificateField): void {
  const points = new DerReader(value).open(TAG.sequence, field)
  while (!points.isAtEnd) {
    const point = points.open(TAG.sequence, field)
    const name = point.optional(constructedTag(0), field)
    if (name === undefined) continue
    const fullName = new DerReader(name).open(constructedTag(0), field)
    while (fullName.nextIs(NAME_TAG.uri)) fullName.contents(NAME_TAG.uri, field)
  }
}

export function checkAuthorityAccess(value: Uint8Array, field: CertificateField): void {
  const descriptions = new DerReader(value).open(TAG.sequence, field)
  while (!descriptions.isAtEnd) {
    const description = descriptions.open(TAG.sequence, field)
    description.objectIdentifier(field)
    description.optional(NAME_TAG.uri, field)
  }
}
