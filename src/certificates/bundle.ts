// A CA bundle: concatenated PEM certificates, read as Go's `CertPool.AppendCertsFromPEM` reads them.

import { picklist } from 'valibot'
import { ConfigError, type ConfigFinding, freezeFinding } from '../findings.js'
import { option, optionsOf } from '../options.js'
import { decodeLeniently, locateOffsets } from '../text/index.js'
import { findBrokenLine, lineWidth } from './broken-line.js'
import { type BrokenCertificate, type Certificate, readCertificate } from './certificate.js'
import { DistinctCertificates } from './distinct.js'
import type { CertificateFaultCode } from './fault.js'
import { announcedLength } from './header.js'
import { type BrokenPemBlock, type PemBlock, readPem } from './pem.js'
import type { Stretch } from './pem-decode.js'
import { CERTIFICATE_LABEL } from './pem-encode.js'
import {
  type BlockPlace,
  invalidBlock,
  leftOutBlock,
  type SkippedBlock,
  undecodedBlock,
} from './skipped-block.js'

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
   * reports all of them; `skip` passes over them, as Contrast's puller does.
   */
  readonly brokenCertificates?: 'error' | 'skip'
}

const readOptions = optionsOf('parseCaBundle', () => ({
  brokenCertificates: option(picklist(['error', 'skip']), "'error' or 'skip'"),
}))

/**
 * Reads concatenated PEM certificates, such as the value of `ca-certs`, as Go's
 * `CertPool.AppendCertsFromPEM` does: text around the blocks is ignored, and so are blocks with
 * another label or with headers.
 *
 * Of bytes the ASCII alone counts, as in Go: comments between the blocks may be in any encoding that
 * keeps ASCII. A byte order mark right before a BEGIN line keeps Go from finding the block, and is an
 * issue in bytes as it is in a string.
 *
 * @param input - The bundle, as a string or as the bytes of a PEM file.
 * @param options - How to treat broken certificates.
 * @throws {@link ConfigError} with an issue for each broken certificate, unless they are skipped. Its
 *   place has the block's number and the line that is broken, or the block's first where that can't
 *   be told.
 * @throws `TypeError` if the input is neither a string nor a `Uint8Array`, or an option is unknown.
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
export function parseCaBundle(
  input: string | Uint8Array,
  options?: ParseCaBundleOptions,
): CaBundle {
  if (typeof input !== 'string' && !(input instanceof Uint8Array)) {
    throw new TypeError('parseCaBundle: expected a string or a Uint8Array')
  }
  const { brokenCertificates = 'error' } = readOptions(options)
  const text = typeof input === 'string' ? input : decodeLeniently(input)
  const { certificates, skipped, broken } = readCaBundle(text)
  const [first, ...others] = brokenCertificates === 'error' ? broken.map(toIssue) : []
  if (first !== undefined) throw new ConfigError([first, ...others])
  const all = [...skipped, ...broken].sort((a, b) => a.block - b.block)
  return Object.freeze({ certificates, skipped: Object.freeze(all) })
}

function toIssue({ block, line, message, help }: SkippedBlock): ConfigFinding {
  const place = { kind: 'bundle', block, line } as const
  const code = 'broken-certificate'
  return freezeFinding({ code, severity: 'error', path: [], message, help, place })
}

/** What {@link readCaBundle} finds: a bundle, with what is broken apart from what is left out. */
export interface CaBundleContents extends CaBundle {
  /** The lines of the certificates, in their order. */
  readonly lines: readonly number[]
  /** The lines of blocks that repeat a certificate which stands above them. */
  readonly repeatedLines: readonly number[]
  /** The blocks that look like certificates but can't be read, in the order of the text. */
  readonly broken: readonly SkippedBlock[]
}

/** Reads a bundle and leaves it to the caller whether broken blocks are errors. */
export function readCaBundle(text: string): CaBundleContents {
  const bundle = new BundleReader(text)
  for (const [index, found] of readPem(text, CERTIFICATE_LABEL).entries()) {
    bundle.add(found, { block: index + 1, line: found.line })
  }
  return bundle.finish()
}

/** The faults that lost or changed characters leave; of any other, the text is sound. */
const FAULTS_OF_TEXT: ReadonlySet<CertificateFaultCode> = new Set([
  'malformed',
  'not-der',
  'trailing-bytes',
])

/** A bundle while its blocks are read, one after the other. */
class BundleReader {
  readonly #text: string
  readonly #certificates = new DistinctCertificates()
  readonly #skipped: SkippedBlock[] = []
  readonly #broken: SkippedBlock[] = []
  readonly #lines: number[] = []
  readonly #repeatedLines: number[] = []
  /** Made for the first block that is broken: most bundles have none. */
  #locate: ReturnType<typeof locateOffsets> | undefined

  constructor(text: string) {
    this.#text = text
  }

  add(found: PemBlock | BrokenPemBlock, place: BlockPlace): void {
    if (found.kind === 'broken') {
      this.#broken.push(undecodedBlock(place, found.fault, found.lineFault))
    } else if (found.label !== CERTIFICATE_LABEL) {
      this.#skipped.push(leftOutBlock(place, 'other-label', found.label))
    } else if (found.hasHeaders) {
      this.#skipped.push(leftOutBlock(place, 'headers', found.label))
    } else this.#addCertificate(found, place)
  }

  finish(): CaBundleContents {
    return Object.freeze({
      certificates: Object.freeze(this.#certificates.all),
      skipped: Object.freeze(this.#skipped),
      broken: Object.freeze(this.#broken),
      lines: Object.freeze(this.#lines),
      repeatedLines: Object.freeze(this.#repeatedLines),
    })
  }

  #addCertificate(block: PemBlock, place: BlockPlace): void {
    const checksum = this.#certificates.checksum(block.bytes)
    if (this.#certificates.has(checksum, block.bytes)) {
      this.#repeatedLines.push(place.line)
      return
    }
    const certificate = readCertificate(block.bytes)
    if (certificate.kind === 'broken') {
      this.#broken.push(this.#brokenBlock(place, block, certificate))
      return
    }
    this.#certificates.add(checksum, certificate)
    this.#lines.push(place.line)
  }

  #brokenBlock(
    { block, line }: BlockPlace,
    { bytes, body }: PemBlock,
    { code, message }: BrokenCertificate,
  ): SkippedBlock {
    const odd = FAULTS_OF_TEXT.has(code) ? findBrokenLine(this.#text, body) : undefined
    const place = { block, line: odd === undefined ? line : this.#lineAt(odd.at) }
    // A line that is too short is the loss.
    const isLoss = code === 'not-der' && odd === undefined
    const loss = isLoss ? this.#describeLoss(bytes, body) : ''
    return invalidBlock(place, `${message}${loss}`, odd?.fault)
  }

  #lineAt(offset: number): number {
    this.#locate ??= locateOffsets(this.#text)
    return this.#locate(offset).line
  }

  /** Lines that are missing show in the length that the certificate announces at its beginning. */
  #describeLoss(bytes: Uint8Array, body: Stretch): string {
    const announced = announcedLength(bytes) ?? 0
    if (announced <= bytes.length) return ''
    // Four characters of base64 stand for three octets.
    const lines = Math.ceil((announced - bytes.length) / (lineWidth(this.#text, body) * 0.75))
    const missing = lines === 1 ? 'a line is missing' : `${lines} lines are missing`
    return `: it has ${bytes.length} of the ${announced} bytes that it announces, as if ${missing}`
  }
}
