// The basic constraints extension (RFC 5280, section 4.2.1.9): is this a CA, and how long may the
// chain below it be?

import { DerReader } from './der-reader.js'
import { CertificateFault, type CertificateField } from './fault.js'
import { readNumber } from './number.js'
import { TAG } from './tag.js'

export interface BasicConstraints {
  readonly isCA: boolean
  /** Undefined for any length. Go takes one without a CA too. */
  readonly pathLength: number | undefined
}

/** What follows the path length is ignored, as in Go. */
export function readBasicConstraints(
  value: Uint8Array,
  field: CertificateField = 'basic-constraints',
): BasicConstraints {
  const constraints = new DerReader(value).open(TAG.sequence, field)
  const isCA = constraints.nextIs(TAG.boolean) && constraints.boolean(field)
  if (!constraints.nextIs(TAG.integer)) return { isCA, pathLength: undefined }
  const pathLength = readNumber(constraints, field)
  if (pathLength < 0) throw new CertificateFault(field)
  return { isCA, pathLength }
}
