import { sha256 } from '@noble/hashes/sha2.js'
import { ConfigError, type ConfigFinding, freezeFinding } from '../findings.js'
import { encodeHex } from '../text/index.js'
import { type Certificate, readCertificateBlock } from './certificate.js'
import { type PemFault, readPem } from './pem.js'

export const LABEL = 'CERTIFICATE'

/**
 * Why a block isn't among the certificates: a mistake, or `other-label` and `headers`, which mark
 * what the reference leaves out on purpose.
 */
export type SkippedBlockCode = 'other-label' | 'headers' | 'invalid-certificate' | PemFault

/** A block of a bundle that isn't among its certificates. */
export interface SkippedBlock {
  /** The number of the block, from 1; certificates count. */
  readonly block: number
  /** The line that it starts on, from 1, in the bundle's text. */
  readonly line: number
  /** Why it is skipped. */
  readonly code: SkippedBlockCode
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

function toIssue({ block, line, message }: SkippedBlock): ConfigFinding {
  const place = { kind: 'bundle', block, line } as const
  const code = 'broken-certificate'
  return freezeFinding({ code, severity: 'error', path: [], message, help: undefined, place })
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

const EXPECTATIONS: Readonly<Record<Exclude<SkippedBlockCode, 'invalid-certificate'>, string>> = {
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
  reason: SkippedBlockCode,
  expectation: string,
): SkippedBlock {
  const message = `block ${block}, line ${line} of the bundle: ${expectation}`
  return Object.freeze({ block, line, code: reason, message })
}
