import type { DerReader } from './der.js'

/** An AlgorithmIdentifier's contents (RFC 5280, section 4.1.1.2). */
export function readAlgorithm(
  reader: DerReader,
  field: string,
): { readonly identifier: string; readonly parameters: Uint8Array | undefined } {
  const identifier = reader.objectIdentifier(field)
  const parameters = reader.isAtEnd ? undefined : reader.any(field).encoded
  return { identifier, parameters }
}
