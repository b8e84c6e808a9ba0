// What people ask about a certificate, as plain data, by @peculiar/x509. It decides about nothing: what
// is trusted is decided by the library's own reader.

import './reflect.js'
import 'reflect-metadata'
import {
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
} from '@peculiar/x509'
import type { Certificate, CertificateFacts, KeyUsage } from '../certificates/index.js'
import { encodeHex } from '../text/index.js'
import { type ConstrainedName, describeSubtree } from './constrained-name.js'
import { factsOf } from './facts.js'

/** Beyond this size @peculiar/x509 takes seconds, and no certificate in use comes near it. */
const MAX_BYTES = 64 * 1024

/** A certificate's key. */
export interface InspectedKey {
  /** As WebCrypto names it, such as `RSASSA-PKCS1-v1_5`, `ECDSA` or `Ed25519`; else its identifier. */
  readonly algorithm: string
  /** The bits of an RSA modulus. */
  readonly bits: number | undefined
  /** The curve as WebCrypto names it, such as `P-256`. */
  readonly curve: string | undefined
}

/** How a certificate is signed. */
export interface InspectedSignature {
  /** As WebCrypto names it; else the object identifier. */
  readonly algorithm: string
  /** The digest as WebCrypto names it, where the algorithm has one. */
  readonly hash: string | undefined
}

/** One of the subject alternative names. */
export interface AlternativeName {
  /** `dns`, `ip`, `email`, `url`, `dn` and what else @peculiar/x509 tells apart. */
  readonly type: string
  /** The name. It is the certificate's text: escape it where it is shown. */
  readonly value: string
}

/** What a certificate says about itself. */
export interface CertificateInspection {
  /** The union's tag. */
  readonly kind: 'inspected'
  /** The public key's algorithm and size. */
  readonly key: InspectedKey
  /** How the issuer signed the certificate. */
  readonly signature: InspectedSignature
  /** The key usages in their order; undefined without the extension. */
  readonly keyUsages: readonly KeyUsage[] | undefined
  /** The extended key usages, as object identifiers; undefined without the extension. */
  readonly extendedKeyUsages: readonly string[] | undefined
  /** How many intermediates may follow; undefined for any number. */
  readonly pathLength: number | undefined
  /** The names that certificates below may have, and may not; undefined without the extension. */
  readonly nameConstraints:
    | {
        /** Where there are any, a name has to lie below one of them. */
        readonly permitted: readonly ConstrainedName[]
        /** A name may lie below none of them. */
        readonly excluded: readonly ConstrainedName[]
      }
    | undefined
  /** In lower-case hexadecimal. */
  readonly subjectKeyIdentifier: string | undefined
  /** The issuer's key identifier, in lower-case hexadecimal. */
  readonly authorityKeyIdentifier: string | undefined
  /** The subject alternative names, in their order; empty without the extension. */
  readonly alternativeNames: readonly AlternativeName[]
  /** Whether issuer and subject are the same; the signature isn't looked at. */
  readonly selfIssued: boolean
}

/** A certificate that @peculiar/x509 can't read, although Go and this library can. */
export interface UnreadableCertificate {
  /** The union's tag. */
  readonly kind: 'unreadable'
  /** Whether it is beyond 64 KiB, or has something that @peculiar/x509 doesn't take. */
  readonly code: 'too-large' | 'unsupported'
  /** What is wrong, without anything of the certificate. */
  readonly message: string
}

/**
 * Looks into a certificate: its key, signature, usages, constraints, identifiers and names.
 *
 * Nothing of it decides whom to trust. The entry loads @peculiar/x509 and its Reflect polyfill.
 *
 * @param certificate - One of `parseCaBundle` or `parseCertificate`.
 * @throws `TypeError` for any other object.
 *
 * @example
 *
 * ```ts
 * import { parseCaBundle } from 'imagepuller-auth'
 * import { inspectCertificate } from 'imagepuller-auth/certificates'
 *
 * const { certificates } = parseCaBundle('no PEM block, so no certificate')
 * const inspections = certificates.map(inspectCertificate)
 * const algorithms = inspections.map((found) => found.kind === 'inspected' && found.key.algorithm)
 * console.log(algorithms) // []
 * ```
 */
export function inspectCertificate(
  certificate: Certificate,
): CertificateInspection | UnreadableCertificate {
  const facts = factsOf(certificate, 'inspectCertificate')
  const { der } = certificate
  if (der.length > MAX_BYTES) {
    return unreadable('too-large', `the certificate has more than ${MAX_BYTES / 1024} KiB`)
  }
  try {
    return read(new X509Certificate(Uint8Array.from(der)), facts)
  } catch {
    // Its errors quote the certificate, and say nothing that this sentence doesn't.
    return unreadable(
      'unsupported',
      'the certificate has something that @peculiar/x509 does not read',
    )
  }
}

function unreadable(code: UnreadableCertificate['code'], message: string): UnreadableCertificate {
  return Object.freeze({ kind: 'unreadable', code, message })
}

function read(parsed: X509Certificate, facts: CertificateFacts): CertificateInspection {
  return Object.freeze({
    kind: 'inspected',
    key: Object.freeze(keyOf(parsed, facts)),
    signature: Object.freeze(signatureOf(parsed)),
    keyUsages: parsed.getExtension(KeyUsagesExtension) ? freeze(facts.keyUsage) : undefined,
    extendedKeyUsages: freeze(facts.extendedKeyUsage),
    pathLength: facts.pathLength,
    nameConstraints: constraintsOf(facts),
    subjectKeyIdentifier: hex(facts.subjectKeyIdentifier),
    authorityKeyIdentifier: hex(facts.authorityKeyIdentifier),
    alternativeNames: namesOf(parsed),
    selfIssued: facts.selfIssued,
  })
}

/** The members that WebCrypto's algorithms have, of which an unknown one has the name alone. */
interface NamedAlgorithm {
  readonly name: string
  readonly hash?: { readonly name: string }
  readonly namedCurve?: string
}

function keyOf({ publicKey }: X509Certificate, { key }: CertificateFacts): InspectedKey {
  const { name, namedCurve } = publicKey.algorithm as NamedAlgorithm
  return { algorithm: name, bits: key.modulusBits, curve: namedCurve }
}

function signatureOf(parsed: X509Certificate): InspectedSignature {
  const { name, hash } = parsed.signatureAlgorithm as NamedAlgorithm
  return { algorithm: name, hash: hash?.name }
}

function namesOf(parsed: X509Certificate): readonly AlternativeName[] {
  const items = parsed.getExtension(SubjectAlternativeNameExtension)?.names.items ?? []
  return Object.freeze(items.map(({ type, value }) => Object.freeze({ type, value })))
}

function constraintsOf({
  nameConstraints,
}: CertificateFacts): CertificateInspection['nameConstraints'] {
  if (nameConstraints === undefined) return undefined
  const { permitted, excluded } = nameConstraints
  return Object.freeze({
    permitted: Object.freeze(permitted.map(describeSubtree)),
    excluded: Object.freeze(excluded.map(describeSubtree)),
  })
}

function hex(octets: Uint8Array | undefined): string | undefined {
  return octets && encodeHex(octets)
}

function freeze<Item>(list: readonly Item[] | undefined): readonly Item[] | undefined {
  return list && Object.freeze([...list])
}
