// The image puller's configuration, read from a file; its findings go to standard error.

import {
  ConfigError,
  type Finding,
  type ImagePullerConfig,
  type ParseConfigOptions,
  parseConfig,
} from 'imagepuller-auth'
import { withoutIgnored } from 'imagepuller-auth/lint'
import type { OptionValues } from '../description.js'
import { expectedError, Failure, type Status } from '../failure.js'
import type { Io } from '../io.js'
import { renderFinding } from '../render/index.js'
import { readConfigurationFile } from './configuration-file.js'
import { type LocatedFinding, placeOf } from './located-finding.js'

/** What a configuration may be, for the help of every command that reads one. */
export const CONFIGURATION_FORMS =
  'CONFIG is the TOML, or the manifest of the Secret around it in YAML or JSON.'

/** The options of every command that reads a configuration. */
export const CONFIGURATION_OPTIONS = {
  strict: { type: 'boolean', help: 'Take warnings for errors.' },
  'skip-broken-certificates': {
    type: 'boolean',
    help: 'Pass over certificates that can not be read, with a warning, as the image puller does.',
  },
  'allow-unknown-keys': {
    type: 'boolean',
    help: 'Pass over keys that are not known, with a warning: newer image pullers know more.',
  },
  'fail-on': {
    type: 'string',
    value: 'SEVERITY',
    choices: ['error', 'warning', 'info'],
    help: 'Exit 1 on findings of at least this severity: error (the default), warning or info.',
  },
} as const

type ConfigurationOptions = OptionValues<typeof CONFIGURATION_OPTIONS>

/** A configuration with what is found about it and not yet said. */
export interface LoadedConfiguration {
  /** The file as it was given. */
  readonly file: string
  /** The document; empty where a manifest has none. */
  readonly document: string | Uint8Array
  /** The document's name within the file where that is a manifest. */
  readonly within: string | undefined
  /** Undefined where the document can't be used. */
  readonly config: ImagePullerConfig | undefined
  readonly findings: readonly LocatedFinding[]
}

/** A configuration that could be read, and of which everything was said. */
export interface Configuration extends LoadedConfiguration {
  readonly config: ImagePullerConfig
  /** 1 where a finding is of the severity that `--fail-on` names. */
  readonly status: Status
}

/** Says what is found. Throws a `Failure` that lists all errors of a file that can't be used. */
export async function readConfiguration(
  file: string,
  options: ConfigurationOptions,
  io: Io,
): Promise<Configuration> {
  const loaded = await loadConfiguration(file, options, io)
  const { config, findings } = loaded
  const lines = findings.map((located) => {
    return renderFinding(placeOf(located), located.finding, io.errorLook)
  })
  if (config === undefined) throw new Failure(lines.join('\n'))
  for (const line of lines) io.complain(line)
  const found = findings.map(({ finding }) => finding)
  return { ...loaded, config, status: failsOn(found, options['fail-on'] ?? 'error') ? 1 : 0 }
}

/** Reads the TOML, or the Secret's manifest around it. What is wrong with either is a finding. */
export async function loadConfiguration(
  file: string,
  options: ConfigurationOptions,
  io: Io,
): Promise<LoadedConfiguration> {
  const { document, within, findings: around } = await readConfigurationFile(file, io)
  const { config, findings } =
    document === undefined ? { config: undefined, findings: [] } : parse(document, options)
  const inside = findings.map((finding) => ({ file, within, finding }))
  return { file, document: document ?? '', within, config, findings: [...around, ...inside] }
}

interface Parsed {
  readonly config: ImagePullerConfig | undefined
  readonly findings: readonly Finding[]
}

/** What the options say about what is an error. */
export function judgementOf(options: ConfigurationOptions): Judgement {
  return {
    strict: options.strict,
    brokenCertificates: options['skip-broken-certificates'] ? 'skip' : 'error',
    unknownKeys: options['allow-unknown-keys'] ? 'warn' : 'error',
  }
}

type Judgement = Required<Pick<ParseConfigOptions, 'strict' | 'brokenCertificates' | 'unknownKeys'>>

/** Where only strictness is in the way, comments in the document may silence what it is strict about. */
function parse(document: string | Uint8Array, options: ConfigurationOptions): Parsed {
  const judgement = judgementOf(options)
  const { strict } = judgement
  try {
    const config = parseConfig(document, judgement)
    return { config, findings: withoutIgnored(document, config.findings) }
  } catch (error) {
    const { issues } = expectedError(error, ConfigError)
    const lenient = strict ? parse(document, { ...options, strict: false }) : undefined
    if (lenient?.config === undefined) return { config: undefined, findings: issues }
    const warnings = lenient.findings.filter(({ severity }) => severity === 'warning')
    if (warnings.length === 0) return lenient
    return { config: undefined, findings: warnings.map((one) => ({ ...one, severity: 'error' })) }
  }
}

const RANKS = { info: 0, warning: 1, error: 2 } as const

/** Whether one of the findings is at least so severe. */
export function failsOn(findings: readonly Finding[], least: keyof typeof RANKS): boolean {
  return findings.some(({ severity }) => RANKS[severity] >= RANKS[least])
}
