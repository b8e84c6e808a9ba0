// Before @peculiar/x509, which needs it: by a module for bundlers, and by the package itself for Bun.
import './reflect.js'
import 'reflect-metadata'
import { sha256 } from '@noble/hashes/sha2.js'
import { X509Certificate } from '@peculiar/x509'
import { type CertificateFields, readCertificate } from './certificate-der.js'
import { DerError } from './der.js'
import { encodeHex } from './encoding.js'
import { ConfigError, type ConfigIssue } from './errors.js'
import { encodePem, type PemFault, readPem } from './pem.js'

const LABEL = 'CERTIFICATE'

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

/**
 * Why a block isn't among the certificates: a mistake, or `other-label` and `headers`, which mark
 * what the reference leaves out on purpose.
 */
export type SkippedBlockReason = 'other-label' | 'headers' | 'invalid-certificate' | PemFault

/** A block of a bundle that isn't among its certificates. */
export interface SkippedBlock {
  /** The number of the block, from 1; certificates count. */
  readonly block: number
  /** The line that it starts on, from 1, in the bundle's text. */
  readonly line: number
  /** Why it is skipped. */
  readonly reason: SkippedBlockReason
  /** What was expected, in one sentence. */
  readonly message: string
}

/** What a text of PEM blocks holds. */
export interface CaBundle {
  /** The certificates, each once, in the order of the text. */
  readonly certificates: readonly Certificate[]
  /** The other blocks, in the order of the text. */
  readonly skipped: readonly SkippedBlock[]
}

/** How {@link parseCaBundle} treats mistakes. */
export interface ParseCaBundleOptions {
  /**
   * What to do with a block that looks like a certificate but can't be read: `error`, the default,
   * reports all of them; `skip` passes over them, as the reference puller does.
   */
  readonly brokenCertificates?: 'error' | 'skip'
}

/**
 * Reads concatenated PEM certificates, such as the value of `ca-certs`, as Go's
 * `CertPool.AppendCertsFromPEM` does: text around the blocks is ignored, and so are blocks with
 * another label or with headers.
 *
 * @param text - The bundle.
 * @param options - How to treat broken certificates.
 * @throws {@link ConfigError} with an issue for each broken certificate, unless they are skipped. Its
 *   line is the block's, its column 1.
 * @throws `TypeError` if the text is no string, or an option is unknown.
 *
 * @example
 *
 * ```ts
 * import { parseCaBundle } from 'imagepuller-auth'
 *
 * const { certificates } = parseCaBundle('no PEM block, so no certificate')
 * console.log(certificates.length) // 0
 * ```
 */
export function parseCaBundle(text: string, options?: ParseCaBundleOptions): CaBundle {
  if (typeof text !== 'string') throw new TypeError('parseCaBundle: expected a string')
  const mode = brokenCertificatesOf(options)
  const { certificates, skipped, broken } = readCaBundle(text)
  const [first, ...others] = mode === 'error' ? broken.map(toIssue) : []
  if (first !== undefined) throw new ConfigError([first, ...others])
  const all = [...skipped, ...broken].sort((a, b) => a.block - b.block)
  return Object.freeze({ certificates, skipped: Object.freeze(all) })
}

/** Own properties only: a polluted `Object.prototype` must not make an error a skipped block. */
function brokenCertificatesOf(options: ParseCaBundleOptions | undefined): 'error' | 'skip' {
  if (options === undefined) return 'error'
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('parseCaBundle: expected an object of options')
  }
  const value = Object.hasOwn(options, 'brokenCertificates')
    ? options.brokenCertificates
    : undefined
  if (value === undefined || value === 'error') return 'error'
  if (value === 'skip') return 'skip'
  throw new TypeError("parseCaBundle: brokenCertificates is 'error' or 'skip'")
}

function toIssue({ line, message }: SkippedBlock): ConfigIssue {
  const path: readonly string[] = Object.freeze([])
  return Object.freeze({ code: 'broken-certificate', path, message, line, column: 1 })
}

/** What {@link readCaBundle} finds: a bundle, with what is broken apart from what is left out. */
export interface CaBundleContents extends CaBundle {
  /** The blocks that look like certificates but can't be read, in the order of the text. */
  readonly broken: readonly SkippedBlock[]
}

/** Reads a bundle and leaves it to the caller whether broken blocks are errors. */
export function readCaBundle(text: string): CaBundleContents {
  const certificates = new Map<string, Certificate>()
  const skipped: SkippedBlock[] = []
  const broken: SkippedBlock[] = []
  for (const [index, found] of readPem(text, LABEL).entries()) {
    const place = { block: index + 1, line: found.line }
    if (found.kind === 'broken') {
      broken.push(skippedBlock(place, found.fault, EXPECTATIONS[found.fault]))
      continue
    }
    if (found.label !== LABEL || found.hasHeaders) {
      const reason = found.label === LABEL ? 'headers' : 'other-label'
      skipped.push(skippedBlock(place, reason, EXPECTATIONS[reason]))
      continue
    }
    const fingerprint = encodeHex(sha256(found.bytes))
    if (certificates.has(fingerprint)) continue
    const certificate = readCertificateBlock(found.bytes, fingerprint)
    if (typeof certificate === 'string') {
      broken.push(skippedBlock(place, 'invalid-certificate', certificate))
    } else {
      certificates.set(fingerprint, certificate)
    }
  }
  return Object.freeze({
    certificates: Object.freeze([...certificates.values()]),
    skipped: Object.freeze(skipped),
    broken: Object.freeze(broken),
  })
}

const EXPECTATIONS: Readonly<Record<Exclude<SkippedBlockReason, 'invalid-certificate'>, string>> = {
  'other-label': 'expected the label CERTIFICATE, since nothing else is a trust anchor',
  headers: 'expected no header lines, since a block with them is no trust anchor',
  'begin-not-at-line-start':
    'expected the BEGIN line to start its line, without blanks or a byte order mark before it',
  'text-after-begin': 'expected nothing but the line end (LF or CR LF) after the BEGIN line',
  'begin-before-end': 'expected an END line before the next BEGIN line',
  'no-end': 'expected an END line before the end of the text',
  'end-not-at-line-start': 'expected the END line to start its line',
  'end-mismatch': 'expected the END line to be "-----END CERTIFICATE-----"',
  'text-after-end': 'expected nothing but the line end (LF or CR LF) after the END line',
  'end-without-begin': 'expected a BEGIN line before the END line',
  'headers-without-body': 'expected base64 between the header lines and the END line',
  'headers-past-end': 'expected an END line without a colon; nothing after it is read',
  'invalid-base64': 'expected base64 with padding between the BEGIN line and the END line',
  unreachable:
    'expected no earlier block with an END line that has a colon; nothing after it is read',
}

function skippedBlock(
  { block, line }: { readonly block: number; readonly line: number },
  reason: SkippedBlockReason,
  expectation: string,
): SkippedBlock {
  const message = `block ${block}, line ${line} of the bundle: ${expectation}`
  return Object.freeze({ block, line, reason, message })
}

/** The certificate, or what was expected instead. */
function readCertificateBlock(der: Uint8Array, fingerprint: string): Certificate | string {
  try {
    const fields = readCertificate(der)
    readLazyFields(der)
    return toCertificate(fields, der.slice(), fingerprint)
  } catch (error) {
    const fault = error instanceof DerError ? error.message : 'a field or an extension is malformed'
    return `expected an X.509 certificate in DER, but ${fault}`
  }
}

/**
 * A second opinion: @peculiar/x509 parses most of a certificate when it is asked for it, and a
 * bundle holds nothing that fails later. What it refuses is broken, even if Go takes it (class
 * `second-opinion`), such as a field that no version of the standard has.
 *
 * Its values aren't used: it reads BER, a UTCTime with an offset as another time, and points beside
 * their curve. Its constructor looks for PEM, hexadecimal and base64 in the bytes it is given, so
 * only those that are known to be DER may reach it. Its schemas are read with `for`-`in`, so that
 * it refuses everything where `Object.prototype` is polluted; then it isn't asked.
 */
function readLazyFields(der: Uint8Array): void {
  if (Object.keys(Object.prototype).length > 0) return
  const certificate = new X509Certificate(der.slice())
  for (const field of LAZY_FIELDS) Reflect.get(certificate, field)
}

const LAZY_FIELDS: readonly (keyof X509Certificate)[] = [
  'subject',
  'issuer',
  'serialNumber',
  'notBefore',
  'notAfter',
  'extensions',
  'publicKey',
  'signatureAlgorithm',
]

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
