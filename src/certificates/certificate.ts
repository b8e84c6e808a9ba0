import { LABEL } from './bundle.js'
import { DerError } from './der.js'
import { encodePem } from './pem.js'
import { type CertificateFields, readCertificate } from './tbs-certificate.js'

/** A trust anchor of a bundle. Frozen; dates and bytes are copies, new with each access. */
export interface Certificate {
  /** The subject as Go prints it, such as `CN=Root,O=Example Corp,C=DE`. */
  readonly subject: string
  /** The issuer, printed like the subject. */
  readonly issuer: string
  /** The serial number in lower-case hexadecimal, two digits an octet. */
  readonly serialNumber: string
  /** The first moment of validity. The library has no clock: nothing compares it with now. */
  readonly notBefore: Date
  /** The last second of validity. */
  readonly notAfter: Date
  /** The SHA-256 digest of the DER form in lower-case hexadecimal. */
  readonly fingerprint: string
  /** Whether the basic constraints say that this is a CA. */
  readonly isCA: boolean
  /** The bytes of the certificate. */
  readonly der: Uint8Array
  /** The certificate as PEM of its own: 64 columns, `\n`, nothing around it. */
  readonly pem: string
}

/** The certificate, or what was expected instead. */
export function readCertificateBlock(der: Uint8Array, fingerprint: string): Certificate | string {
  try {
    const fields = readCertificate(der)
    return toCertificate(fields, der.slice(), fingerprint)
  } catch (error) {
    const fault = error instanceof DerError ? error.message : 'a field or an extension is malformed'
    return `expected an X.509 certificate in DER, but ${fault}`
  }
}

function toCertificate(
  fields: CertificateFields,
  der: Uint8Array,
  fingerprint: string,
): Certificate {
  const { subject, issuer, serialNumber, notBefore, notAfter, isCA } = fields
  return Object.freeze({
    subject,
    issuer,
    serialNumber,
    // Neither dates nor bytes can be frozen.
    get notBefore() {
      return new Date(notBefore)
    },
    get notAfter() {
      return new Date(notAfter)
    },
    fingerprint,
    isCA,
    get der() {
      return der.slice()
    },
    pem: encodePem(LABEL, der),
  })
}
