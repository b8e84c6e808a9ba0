// The image puller's configuration, read from a file; its findings go to standard error.

import { ConfigError, type Finding, type ImagePullerConfig, parseConfig } from 'imagepuller-auth'
import type { OptionValues } from '../description.js'
import { expectedError, Failure, type Status } from '../failure.js'
import type { Io } from '../io.js'
import { locate, printable, renderFinding } from '../render/index.js'

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

/** A configuration that could be read. */
export interface Configuration {
  readonly config: ImagePullerConfig
  /** The file as it stands. */
  readonly bytes: Uint8Array
  /** 1 where a finding is of the severity that `--fail-on` names. */
  readonly status: Status
}

const RANKS = { info: 0, warning: 1, error: 2 } as const

/** Throws a `Failure` that lists all errors of a file that can't be used. */
export async function readConfiguration(
  file: string,
  options: OptionValues<typeof CONFIGURATION_OPTIONS>,
  io: Io,
): Promise<Configuration> {
  const name = nameOf(file)
  const bytes = await io.read(file)
  const brokenCertificates = options['skip-broken-certificates'] ? 'skip' : 'error'
  const unknownKeys = options['allow-unknown-keys'] ? 'warn' : 'error'
  try {
    const config = parseConfig(bytes, { strict: options.strict, brokenCertificates, unknownKeys })
    for (const finding of config.findings) io.complain(lineOf(name, finding, io))
    const least = RANKS[options['fail-on'] ?? 'error']
    const fails = config.findings.some(({ severity }) => RANKS[severity] >= least)
    return { config, bytes, status: fails ? 1 : 0 }
  } catch (error) {
    const { issues } = expectedError(error, ConfigError)
    throw new Failure(issues.map((issue) => lineOf(name, issue, io)).join('\n'))
  }
}

function lineOf(file: string, finding: Finding, io: Io): string {
  return renderFinding(locate(file, finding.place), finding, io.errorLook)
}

/** How messages name what was read for a file. */
export function nameOf(file: string): string {
  return file === '-' ? '<stdin>' : printable(file)
}
