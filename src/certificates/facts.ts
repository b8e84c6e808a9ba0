// What a certificate says about itself beyond what it shows: what an adapter, a lint rule or the
// verification of a chain asks, from the library's own reader.

import { type AlternativeNames, NAME_TAG, readAlternativeNames } from './alternative-names.js'
import { readBasicConstraints } from './basic-constraints.js'
import { type Certificate, fieldsOf } from './certificate.js'
import { EXTENSION, isKnownExtension } from './extensions.js'
import type { CertificateFields, EncodedFields, Version } from './fields.js'
import { readAuthorityKeyIdentifier, readSubjectKeyIdentifier } from './key-identifier.js'
import { type KeyUsage, readExtendedKeyUsage, readKeyUsage } from './key-usage.js'
import { type NameConstraints, readNameConstraints } from './name-constraints.js'
import { areSameOctets } from './octets.js'
import type { PublicKey } from './public-key.js'

/** A certificate's signature, as it is named: nothing here verifies it. */
export interface SignatureFacts {
  /** The algorithm's object identifier. */
  readonly algorithm: string
  /** The parameters as encoded; undefined where there are none. */
  readonly parameters: Uint8Array | undefined
  /** The digest that no verifier takes any more, if the algorithm has one. */
  readonly brokenDigest: 'MD2' | 'MD5' | 'SHA-1' | undefined
}

/** See {@link certificateFacts}. */
export interface CertificateFacts {
  readonly version: Version
  /** The CA bit of the basic constraints; false without them. */
  readonly isCA: boolean
  readonly hasBasicConstraints: boolean
  /** How many intermediates may follow; undefined for any number. */
  readonly pathLength: number | undefined
  /** Undefined without the extension, which allows every usage. */
  readonly keyUsage: readonly KeyUsage[] | undefined
  /** Object identifiers; undefined without the extension, which allows every usage. */
  readonly extendedKeyUsage: readonly string[] | undefined
  readonly signature: SignatureFacts
  readonly key: PublicKey
  /** Whether issuer and subject are the same octets, which is how Go compares names. */
  readonly selfIssued: boolean
  readonly subjectKeyIdentifier: Uint8Array | undefined
  readonly authorityKeyIdentifier: Uint8Array | undefined
  /** Undefined without the extension. */
  readonly alternativeNames: AlternativeNames | undefined
  readonly nameConstraints: NameConstraints | undefined
  /** The identifiers of critical extensions that Go doesn't handle: they end a chain. */
  readonly unknownCritical: readonly string[]
  readonly encoded: EncodedFields
}

/**
 * The facts of a certificate that this library read; undefined for any other object. The octets are
 * the certificate's own and not to be written to.
 */
export function certificateFacts(certificate: Certificate): CertificateFacts | undefined {
  const fields = fieldsOf(certificate)
  if (fields === undefined) return undefined
  const read = <Value>(identifier: string, reader: (value: Uint8Array) => Value) => {
    const value = fields.extensions.get(identifier)?.value
    return value === undefined ? undefined : reader(value)
  }
  const { version, isCA, publicKey: key, encoded } = fields
  return {
    version,
    isCA,
    hasBasicConstraints: fields.extensions.has(EXTENSION.basicConstraints),
    pathLength: read(EXTENSION.basicConstraints, readBasicConstraints)?.pathLength,
    keyUsage: read(EXTENSION.keyUsage, readKeyUsage),
    extendedKeyUsage: read(EXTENSION.extendedKeyUsage, readExtendedKeyUsage),
    signature: signatureOf(fields),
    key,
    selfIssued: areSameOctets(encoded.issuer, encoded.subject),
    subjectKeyIdentifier: read(EXTENSION.subjectKeyIdentifier, readSubjectKeyIdentifier),
    authorityKeyIdentifier: read(EXTENSION.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    alternativeNames: read(EXTENSION.subjectAlternativeName, readAlternativeNames),
    nameConstraints: read(EXTENSION.nameConstraints, readNameConstraints),
    unknownCritical: unknownCriticalOf(fields),
    encoded,
  }
}

function signatureOf({ signatureAlgorithm }: CertificateFields): SignatureFacts {
  const { identifier, parameters } = signatureAlgorithm
  return { algorithm: identifier, parameters, brokenDigest: BROKEN_DIGESTS.get(identifier) }
}

const BROKEN_DIGESTS: ReadonlyMap<string, 'MD2' | 'MD5' | 'SHA-1'> = new Map([
  ['1.2.840.113549.1.1.2', 'MD2'],
  ['1.2.840.113549.1.1.4', 'MD5'],
  ['1.2.840.113549.1.1.5', 'SHA-1'],
  ['1.3.14.3.2.29', 'SHA-1'],
  ['1.2.840.10040.4.3', 'SHA-1'],
  ['1.2.840.10045.4.1', 'SHA-1'],
])

/** Go knows the extensions for names, but passes over names of most kinds. */
function unknownCriticalOf({ extensions }: CertificateFields): readonly string[] {
  const unknown: string[] = []
  for (const [identifier, { isCritical, value }] of extensions) {
    if (isCritical && !isHandled(identifier, value)) unknown.push(identifier)
  }
  return unknown
}

function isHandled(identifier: string, value: Uint8Array): boolean {
  if (identifier === EXTENSION.subjectAlternativeName) {
    const { dns, ip, email, uri } = readAlternativeNames(value)
    return dns.length + ip.length + email.length + uri.length > 0
  }
  if (identifier === EXTENSION.nameConstraints) {
    const { permitted, excluded } = readNameConstraints(value)
    return [...permitted, ...excluded].every(({ tag }) => KNOWN_NAMES.has(tag))
  }
  return isKnownExtension(identifier)
}

const KNOWN_NAMES: ReadonlySet<number> = new Set(Object.values(NAME_TAG))
