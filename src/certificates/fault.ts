// Why bytes are no certificate: a code, and the field that it is about. The reader throws a fault;
// the sentence is made where a caller gets to see it, so that none is built to be thrown away.

/** What is wrong with a certificate. */
export type CertificateFaultCode =
  | 'malformed'
  | 'not-der'
  | 'trailing-bytes'
  | 'too-many-elements'
  | 'too-deep'
  | 'identifier-too-long'
  | 'negative-serial-number'
  | 'algorithm-mismatch'
  | 'duplicate-extension'
  | 'critical-extension'
  | 'unsupported-curve'

/** The parts of a certificate (RFC 5280, section 4) that a fault can be about. */
export type CertificateField =
  | 'block'
  | 'certificate'
  | 'body'
  | 'version'
  | 'serial-number'
  | 'signature-algorithm'
  | 'issuer'
  | 'validity'
  | 'not-before'
  | 'not-after'
  | 'subject'
  | 'public-key'
  | 'issuer-unique-id'
  | 'subject-unique-id'
  | 'extensions'
  | 'extension'
  | 'extension-identifier'
  | 'extension-criticality'
  | 'extension-value'
  | 'subject-key-identifier'
  | 'key-usage'
  | 'subject-alternative-name'
  | 'basic-constraints'
  | 'name-constraints'
  | 'distribution-points'
  | 'policies'
  | 'policy-mappings'
  | 'authority-key-identifier'
  | 'policy-constraints'
  | 'extended-key-usage'
  | 'inhibit-any-policy'
  | 'authority-information-access'
  | 'signature'

/** The limits of what is read: far above any certificate's need, below what costs other readers time. */
export const LIMITS = { depth: 32, elements: 10_000, identifier: 128 } as const

/** Thrown within the reader alone. It holds no octet of the certificate. */
export class CertificateFault extends Error {
  readonly field: CertificateField
  readonly code: CertificateFaultCode

  constructor(field: CertificateField, code: CertificateFaultCode = 'malformed') {
    super(describeFault(field, code))
    this.field = field
    this.code = code
  }
}

/** The fault as the rest of a sentence that says what was expected. */
export function describeFault(field: CertificateField, code: CertificateFaultCode): string {
  return `${NOUNS[field]} ${CLAUSES[code]}`
}

const NOUNS: Readonly<Record<CertificateField, string>> = {
  block: 'the block',
  certificate: 'the certificate',
  body: 'the part that is signed',
  version: 'the version',
  'serial-number': 'the serial number',
  'signature-algorithm': 'the signature algorithm',
  issuer: 'the issuer',
  validity: 'the validity',
  'not-before': 'notBefore',
  'not-after': 'notAfter',
  subject: 'the subject',
  'public-key': 'the public key',
  'issuer-unique-id': "the issuer's unique identifier",
  'subject-unique-id': "the subject's unique identifier",
  extensions: 'the list of extensions',
  extension: 'an extension',
  'extension-identifier': "an extension's identifier",
  'extension-criticality': "an extension's criticality",
  'extension-value': "an extension's value",
  'subject-key-identifier': 'the subject key identifier extension',
  'key-usage': 'the key usage extension',
  'subject-alternative-name': 'the subject alternative name extension',
  'basic-constraints': 'the basic constraints extension',
  'name-constraints': 'the name constraints extension',
  'distribution-points': 'the CRL distribution points extension',
  policies: 'the certificate policies extension',
  'policy-mappings': 'the policy mappings extension',
  'authority-key-identifier': 'the authority key identifier extension',
  'policy-constraints': 'the policy constraints extension',
  'extended-key-usage': 'the extended key usage extension',
  'inhibit-any-policy': 'the inhibitAnyPolicy extension',
  'authority-information-access': 'the authority information access extension',
  signature: 'the signature',
}

const CLAUSES: Readonly<Record<CertificateFaultCode, string>> = {
  malformed: 'is malformed',
  'not-der': 'is not DER throughout',
  'trailing-bytes': 'is followed by other bytes',
  'too-many-elements': 'is too large: it has more than 10,000 elements',
  'too-deep': `is too large: it is nested more than ${LIMITS.depth} levels deep`,
  'identifier-too-long': `is too large: an object identifier has more than ${LIMITS.identifier} octets`,
  'negative-serial-number': 'is negative',
  'algorithm-mismatch': 'is not the same inside and outside',
  'duplicate-extension': 'is there twice',
  'critical-extension': 'is marked critical',
  'unsupported-curve':
    'is on a curve that is unsupported: only P-224, P-256, P-384 and P-521 by name are supported, as in Go',
}
