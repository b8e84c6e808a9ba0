import { encodeHex } from '../text/index.js'
import { readAlgorithm } from './algorithm.js'
import { checkStructure, constructedTag, DerError, DerReader, primitiveTag, TAG } from './der.js'
import { readDistinguishedName } from './distinguished-name.js'
import { readExtensions } from './extensions.js'
import { checkPublicKey } from './public-key.js'
import { readValidity, type Validity } from './validity.js'

/** A certificate's fields (RFC 5280, section 4.1), as far as the library shows them. */
export interface CertificateFields extends Validity {
  readonly subject: string
  readonly issuer: string
  /** The serial number in lower-case hexadecimal, two digits an octet, without a sign octet. */
  readonly serialNumber: string
  readonly isCA: boolean
}

const V1 = 0

const V3 = 2

/**
 * Reads a certificate.
 *
 * @throws `DerError` naming the first field that is malformed.
 */
export function readCertificate(der: Uint8Array): CertificateFields {
  checkStructure(der, 'the block')
  const input = new DerReader(der)
  const certificate = input.open(TAG.sequence, 'the certificate')
  if (!input.isAtEnd) throw new DerError('the certificate', 'is followed by other bytes')
  const body = certificate.open(TAG.sequence, 'the part that is signed')
  const outerAlgorithm = certificate.contents(TAG.sequence, 'the signature algorithm')
  certificate.bitString('the signature')
  return readBody(body, outerAlgorithm)
}

/** TBSCertificate; what follows its last field is ignored, as in Go. */
function readBody(body: DerReader, outerAlgorithm: Uint8Array): CertificateFields {
  const version = readVersion(body)
  const serialNumber = readSerialNumber(body)
  const algorithm = body.contents(TAG.sequence, 'the signature algorithm')
  if (encodeHex(algorithm) !== encodeHex(outerAlgorithm)) {
    throw new DerError('the signature algorithm', 'is not the same inside and outside')
  }
  readAlgorithm(new DerReader(algorithm), 'the signature algorithm')
  const issuer = readDistinguishedName(body, 'the issuer')
  const validity = readValidity(body)
  const subject = readDistinguishedName(body, 'the subject')
  checkPublicKey(body)
  const { isCA } = readVersionedFields(body, version)
  return { subject, issuer, serialNumber, ...validity, isCA }
}

function readVersion(body: DerReader): number {
  const field = 'the version'
  const contents = body.optional(constructedTag(0), field)
  if (contents === undefined) return V1
  const reader = new DerReader(contents)
  const version = encodeHex(reader.integer(field))
  if (!reader.isAtEnd || !['00', '01', '02'].includes(version)) throw new DerError(field)
  return Number(version)
}

function readSerialNumber(body: DerReader): string {
  const octets = body.integer('the serial number')
  const first = octets[0] as number
  if (first >= 0x80) throw new DerError('the serial number', 'is negative')
  return encodeHex(first === 0 && octets.length > 1 ? octets.subarray(1) : octets)
}

/** The fields that a version 1 certificate can't have; there, Go ignores them. */
function readVersionedFields(body: DerReader, version: number): { readonly isCA: boolean } {
  if (version > V1) {
    body.optional(primitiveTag(1), "the issuer's unique identifier")
    body.optional(primitiveTag(2), "the subject's unique identifier")
  }
  const contents =
    version === V3 ? body.optional(constructedTag(3), 'the list of extensions') : undefined
  if (contents === undefined) return { isCA: false }
  return readExtensions(new DerReader(contents).open(TAG.sequence, 'the list of extensions'))
}
