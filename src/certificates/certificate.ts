// A certificate as the library shows it.

import { sha256 } from '@noble/hashes/sha2.js'
import { expectedError } from '../expected-error.js'
import { createMembership } from '../membership.js'
import { encodeHex } from '../text/index.js'
import { CertificateFault, type CertificateFaultCode } from './fault.js'
import { type CertificateFields, readFields } from './fields.js'
import { CERTIFICATE_LABEL, encodePem } from './pem-encode.js'

/** A certificate that was read. Frozen; dates and bytes are copies, new with each access. */
export interface Certificate {
  /** The union's tag. */
  readonly kind: 'certificate'
  /** The subject as Go 1.26 prints it, such as `CN=Root,O=Example Corp,C=DE`. */
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

/** Bytes that are no certificate. */
export interface BrokenCertificate {
  /** The union's tag. */
  readonly kind: 'broken'
  /** What is wrong. */
  readonly code: CertificateFaultCode
  /** Which part it is about and what was expected, in one sentence that holds none of the bytes. */
  readonly message: string
}

const certificates = createMembership<Certificate, CertificateFields>()

/** The fields of a certificate that this library read; undefined for anything else. */
export function fieldsOf(certificate: unknown): CertificateFields | undefined {
  return certificates.keptOf(certificate)
}

/**
 * Reads one certificate in DER, such as a server sent, by the rules of Go's `crypto/x509`: nothing
 * that Go 1.26 or 1.27 refuses is accepted, save for the classes in `docs/certificates.md`. Its
 * signature isn't verified.
 *
 * @param der - The bytes, which are copied.
 * @throws `TypeError` if these are no bytes. Bytes that are no certificate are a value.
 *
 * @example
 *
 * ```ts
 * import { parseCertificate } from 'imagepuller-auth'
 *
 * const read = parseCertificate(Uint8Array.of(0x30, 0x80))
 * if (read.kind === 'broken') console.log(read.code) // not-der
 * ```
 */
export function parseCertificate(der: Uint8Array): Certificate | BrokenCertificate {
  if (!(der instanceof Uint8Array)) throw new TypeError('parseCertificate: expected a Uint8Array')
  return readCertificate(Uint8Array.from(der))
}

/** Reads a certificate from bytes that nothing else holds. */
export function readCertificate(der: Uint8Array): Certificate | BrokenCertificate {
  try {
    return toCertificate(readFields(der), der)
  } catch (error) {
    const fault = expectedError(error, CertificateFault)
    const message = `expected an X.509 certificate in DER, but ${fault.message}`
    return Object.freeze({ kind: 'broken', code: fault.code, message })
  }
}

function toCertificate(fields: CertificateFields, der: Uint8Array): Certificate {
  const { subject, issuer, serialNumber, notBefore, notAfter, isCA } = fields
  let fingerprint: string | undefined
  let pem: string | undefined
  const certificate: Certificate = {
    kind: 'certificate',
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
    // The digest and the PEM take longer than all of the reading, and few certificates are asked.
    get fingerprint() {
      fingerprint ??= encodeHex(sha256(der))
      return fingerprint
    },
    isCA,
    get der() {
      return der.slice()
    },
    get pem() {
      pem ??= encodePem(CERTIFICATE_LABEL, der)
      return pem
    },
  }
  return Object.freeze(certificates.add(certificate, fields))
}
