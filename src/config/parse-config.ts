import { isLargerThan, readUnicode } from '../text/index.js'
import { configurations, type ImagePullerConfig } from './config.js'
import { readDocument } from './document.js'
import { Report } from './report.js'
import { fail, parseToml, START } from './toml.js'

/** Options of {@link parseConfig}. */
export interface ParseConfigOptions {
  /** Treat every warning as an error. Default: false. */
  readonly strict?: boolean
  /** The largest size that a document may have, in bytes of UTF-8. Default: 1 MiB. */
  readonly maxBytes?: number
  /**
   * What to do about a `CERTIFICATE` block that is there but broken: refuse the document, or skip the
   * block with a warning, as the reference puller does silently. Default: `error`.
   */
  readonly brokenCertificates?: 'error' | 'skip'
}

/** The size limit of a Kubernetes Secret, in which the document gets to its place. */
const DEFAULT_MAX_BYTES = 1024 * 1024

/**
 * Parses the image puller's TOML configuration.
 *
 * @param input - The document, as text or as UTF-8 bytes.
 * @param options - See {@link ParseConfigOptions}; only own properties count.
 * @returns The configuration, frozen. Its warnings are for the caller to show.
 * @throws {@link ConfigError} with every issue of the document.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { parseConfig } from 'imagepuller-auth'
 *
 * const config = parseConfig(`
 * [registries."registry.default.svc.cluster.local."]
 * insecure-skip-verify = true
 * `)
 * console.log(config.rules.length, config.findings.length) // 1 0
 * ```
 */
export function parseConfig(
  input: string | Uint8Array,
  options: ParseConfigOptions = {},
): ImagePullerConfig {
  const { strict, maxBytes, brokenCertificates } = readOptions(options)
  const text = readText(input, maxBytes)
  const document = parseToml(text)
  const report = new Report(brokenCertificates)
  const { rules, extraEnv } = readDocument(document, report)
  const findings = report.finish(text, strict)
  return Object.freeze(configurations.add({ rules, extraEnv, findings }, { names: rules.map(({ name }) => name) }))
}

function readOptions(options: ParseConfigOptions): Required<ParseConfigOptions> {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('parseConfig: expected options to be an object')
  }
  // Own properties only: a polluted Object.prototype must not loosen anything.
  const own: ParseConfigOptions = Object.assign(Object.create(null), options)
  const { strict = false, maxBytes = DEFAULT_MAX_BYTES, brokenCertificates = 'error' } = own
  if (typeof strict !== 'boolean')
    throw new TypeError('parseConfig: expected strict to be a boolean')
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 0) {
    throw new TypeError('parseConfig: expected maxBytes to be a whole number')
  }
  if (brokenCertificates !== 'error' && brokenCertificates !== 'skip') {
    throw new TypeError("parseConfig: expected brokenCertificates to be 'error' or 'skip'")
  }
  return { strict, maxBytes, brokenCertificates }
}

function readText(input: string | Uint8Array, maxBytes: number): string {
  const isText = typeof input === 'string'
  if (!isText && !(input instanceof Uint8Array)) {
    throw new TypeError('parseConfig: expected a string or a Uint8Array')
  }
  if (isText ? isLargerThan(input, maxBytes) : input.length > maxBytes) {
    fail('too-large', START, `expected at most ${maxBytes} bytes; the option maxBytes raises this`)
  }
  const text = readUnicode(input)
  if (typeof text !== 'string') return fail('invalid-utf8', text, 'expected valid UTF-8')
  // smol-toml would pass over a second one.
  if (text.startsWith('\ufeff')) fail('invalid-toml', START, 'expected one byte order mark at most')
  return text
}
