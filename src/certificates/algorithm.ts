// AlgorithmIdentifier (RFC 5280, section 4.1.1.2), of a signature as of a key.

import type { DerReader } from './der-reader.js'
import type { CertificateField } from './fault.js'

/** An algorithm, and its parameters as encoded; undefined where there are none. */
export interface Algorithm {
  readonly identifier: string
  readonly parameters: Uint8Array | undefined
}

/** Reads an AlgorithmIdentifier's contents. What follows the parameters is ignored, as in Go. */
export function readAlgorithm(reader: DerReader, field: CertificateField): Algorithm {
  const identifier = reader.objectIdentifier(field)
  const parameters = reader.isAtEnd ? undefined : reader.encoded(field)
  return { identifier, parameters }
}
