// The door of the room: a document in, a configuration or all of its issues out.
import { boolean, custom, type GenericSchema, picklist } from 'valibot'
import { SECRET_MAX_BYTES } from '../node-installer.js'
import { type OptionRow, option, optionsOf } from '../options.js'
import { configurations, type ImagePullerConfig } from './config.js'
import { readDocument } from './document.js'
import { readText } from './read-text.js'
import { Report } from './report.js'
import { sourceOf } from './source.js'
import { parseToml } from './toml.js'

/** Options of {@link parseConfig}. */
export interface ParseConfigOptions {
  /** Treat every warning as an error; infos stay what they are. Default: false. */
  readonly strict?: boolean | undefined
  /** The largest size that a document may have, in bytes of UTF-8. Default: 1 MiB. */
  readonly maxBytes?: number | undefined
  /**
   * What to do about a `CERTIFICATE` block that is there but broken: refuse the document, or skip the
   * block with a warning, as Contrast's puller does silently. Default: `error`.
   */
  readonly brokenCertificates?: 'error' | 'skip' | undefined
  /**
   * What to do about keys that this library doesn't know: refuse the document, or pass over them with a
   * warning, for a file that is written for a newer version of Contrast's puller. Default: `error`.
   */
  readonly unknownKeys?: 'error' | 'warn' | undefined
}

/** The rows of options on what is an error. */
export interface ToleranceRows {
  readonly strict: OptionRow<GenericSchema<boolean>>
  readonly brokenCertificates: OptionRow<GenericSchema<'error' | 'skip'>>
  readonly unknownKeys: OptionRow<GenericSchema<'error' | 'warn'>>
}

/** The same for another function that takes these options. */
export const toleranceRows = (): ToleranceRows => ({
  strict: option(boolean(), 'a boolean'),
  brokenCertificates: option(picklist(['error', 'skip']), "'error' or 'skip'"),
  unknownKeys: option(picklist(['error', 'warn']), "'error' or 'warn'"),
})

const readOptions = optionsOf('parseConfig', () => ({
  maxBytes: option(
    custom<number>((value) => Number.isSafeInteger(value) && (value as number) >= 0),
    'a whole number',
  ),
  ...toleranceRows(),
}))

/**
 * Parses the image puller's TOML configuration.
 *
 * @param input - The document, as text or as UTF-8 bytes.
 * @param options - See {@link ParseConfigOptions}; only own properties count.
 * @returns The configuration, frozen. Its findings, warnings and infos, are for the caller to show.
 * @throws {@link ConfigError} with every issue of the document.
 * @throws `TypeError` if an argument is of the wrong type, or an option is unknown.
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
  options?: ParseConfigOptions,
): ImagePullerConfig {
  const {
    strict = false,
    maxBytes = SECRET_MAX_BYTES,
    brokenCertificates = 'error',
    unknownKeys = 'error',
  } = readOptions(options)
  if (typeof input !== 'string' && !(input instanceof Uint8Array)) {
    throw new TypeError('parseConfig: expected a string or a Uint8Array')
  }
  const { text, hasMark } = readText(input, maxBytes)
  const document = parseToml(text)
  const source = sourceOf(text, hasMark)
  const report = new Report({ strict, brokenCertificates, unknownKeys })
  const { rules, names, extraEnv } = readDocument(document, report)
  const findings = report.finish(source)
  const kept = { names, placeOf: source.exactPlaceOf }
  return Object.freeze(configurations.add({ rules, extraEnv, findings }, kept))
}
