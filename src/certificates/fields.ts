// A certificate's fields (RFC 5280, section 4.1), read as strictly as the stricter of Go 1.26 and 1.27
// reads them: nothing that one of the two refuses is accepted.

import { encodeHex } from '../text/index.js'
import { type Algorithm, readAlgorithm } from './algorithm.js'
import { readBasicConstraints } from './basic-constraints.js'
import { DerReader } from './der-reader.js'
import { readDistinguishedName } from './distinguished-name.js'
import { EXTENSION, type Extensions, readExtensions } from './extensions.js'
import { CertificateFault } from './fault.js'
import { areSameOctets } from './octets.js'
import { type PublicKey, readPublicKey } from './public-key.js'
import { checkStructure } from './structure.js'
import { constructedTag, primitiveTag, TAG } from './tag.js'
import { readValidity, type Validity } from './validity.js'

export type Version = 1 | 2 | 3

/** What was read. The octets are views of the certificate's. */
export interface CertificateFields extends Validity {
  readonly version: Version
  /** In lower-case hexadecimal, two digits an octet, without a sign octet. */
  readonly serialNumber: string
  readonly subject: string
  readonly issuer: string
  readonly isCA: boolean
  readonly publicKey: PublicKey
  readonly signatureAlgorithm: Algorithm
  readonly extensions: Extensions
  readonly encoded: EncodedFields
}

/** The parts by which one certificate vouches for another, header included. */
export interface EncodedFields {
  /** TBSCertificate: what the signature is over. */
  readonly body: Uint8Array
  readonly subject: Uint8Array
  readonly issuer: Uint8Array
  /** SubjectPublicKeyInfo */
  readonly publicKey: Uint8Array
  /** The signature's octets; undefined where some bits of the last one are unused. */
  readonly signature: Uint8Array | undefined
}

/**
 * Reads a certificate.
 *
 * @throws `CertificateFault` naming the first field that is wrong.
 */
export function readFields(der: Uint8Array): CertificateFields {
  checkStructure(der, 'block')
  const input = new DerReader(der)
  const certificate = input.open(TAG.sequence, 'certificate')
  if (!input.isAtEnd) throw new CertificateFault('certificate', 'trailing-bytes')
  const body = certificate.encoded('body')
  const outerAlgorithm = certificate.contents(TAG.sequence, 'signature-algorithm')
  const { octets, unused } = certificate.bitString('signature')
  const fields = readBody(new DerReader(body).open(TAG.sequence, 'body'), outerAlgorithm)
  const signature = unused === 0 ? octets : undefined
  return { ...fields, encoded: { ...fields.encoded, body, signature } }
}

type BodyFields = Omit<CertificateFields, 'encoded'> & {
  readonly encoded: Omit<EncodedFields, 'body' | 'signature'>
}

/** TBSCertificate; what follows its last field is ignored, as in Go. */
function readBody(body: DerReader, outerAlgorithm: Uint8Array): BodyFields {
  const version = readVersion(body)
  const serialNumber = readSerialNumber(body)
  const signatureAlgorithm = readSignatureAlgorithm(body, outerAlgorithm)
  const issuer = body.encoded('issuer')
  const issuerName = readDistinguishedName(new DerReader(issuer), 'issuer')
  const validity = readValidity(body)
  const subject = body.encoded('subject')
  const subjectName = readDistinguishedName(new DerReader(subject), 'subject')
  const key = body.encoded('public-key')
  const publicKey = readPublicKey(new DerReader(key))
  const extensions = readVersionedFields(body, version)
  const constraints = extensions.get(EXTENSION.basicConstraints)
  return {
    version,
    serialNumber,
    subject: subjectName,
    issuer: issuerName,
    notBefore: validity.notBefore,
    notAfter: validity.notAfter,
    isCA: constraints !== undefined && readBasicConstraints(constraints.value).isCA,
    publicKey,
    signatureAlgorithm,
    extensions,
    encoded: { subject, issuer, publicKey: key },
  }
}

function readVersion(body: DerReader): Version {
  const contents = body.optional(constructedTag(0), 'version')
  if (contents === undefined) return 1
  const reader = new DerReader(contents)
  const [version, ...others] = reader.integer('version')
  // The field counts from zero (RFC 5280, section 4.1.2.1).
  const known = others.length === 0 ? VERSIONS.get(version) : undefined
  if (!reader.isAtEnd || known === undefined) throw new CertificateFault('version')
  return known
}

const VERSIONS: ReadonlyMap<number | undefined, Version> = new Map([
  [0, 1],
  [1, 2],
  [2, 3],
])

function readSerialNumber(body: DerReader): string {
  const octets = body.integer('serial-number')
  const first = octets[0] as number
  if (first >= 0x80) throw new CertificateFault('serial-number', 'negative-serial-number')
  return encodeHex(first === 0 && octets.length > 1 ? octets.subarray(1) : octets)
}

/** The algorithm stands in the body, where it is signed, and outside of it. */
function readSignatureAlgorithm(body: DerReader, outer: Uint8Array): Algorithm {
  const inner = body.contents(TAG.sequence, 'signature-algorithm')
  if (!areSameOctets(inner, outer)) {
    throw new CertificateFault('signature-algorithm', 'algorithm-mismatch')
  }
  return readAlgorithm(new DerReader(inner), 'signature-algorithm')
}

const NO_EXTENSIONS: Extensions = new Map()

/** The fields that a version 1 certificate can't have; there, Go ignores them. */
function readVersionedFields(body: DerReader, version: Version): Extensions {
  if (version > 1) {
    body.optional(primitiveTag(1), 'issuer-unique-id')
    body.optional(primitiveTag(2), 'subject-unique-id')
  }
  const contents = version === 3 ? body.optional(constructedTag(3), 'extensions') : undefined
  if (contents === undefined) return NO_EXTENSIONS
  return readExtensions(new DerReader(contents).open(TAG.sequence, 'extensions'))
}
