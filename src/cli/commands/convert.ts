// `convert`: the image puller's configuration from Docker's or Podman's credentials.

import { ConfigError, parseConfig } from 'imagepuller-auth'
import { type DockerConfig, DockerConfigError } from 'imagepuller-auth/docker-config'
import {
  type ConversionNote,
  type ConversionResult,
  type FromDockerConfigOptions,
  fromDockerConfig,
  stringifyConfig,
  toKubernetesSecret,
} from 'imagepuller-auth/write'
import { type Command, defineCommand } from '../command.js'
import { expectedError, Failure, Misuse } from '../failure.js'
import {
  askHelpers,
  BUNDLE_OPTIONS,
  type Bundles,
  dockerFailure,
  nameOf,
  PULLER_OPTIONS,
  readBundles,
  readDockerFile,
  readVersion,
} from '../input/index.js'
import type { Io } from '../io.js'
import { checkOutput, OUTPUT_OPTIONS, writeOutput } from '../output.js'
import { complainOfPuller } from '../puller-view.js'
import { renderFinding } from '../render/index.js'

export const convert: Command = defineCommand({
  name: 'convert',
  summary: "Write the configuration from Docker's or Podman's credentials.",
  operands: '--docker-config FILE',
  about: [
    "Writes the image puller's configuration with the credentials of Docker's config.json, Podman's auth.json, .dockercfg, or the manifest of a Secret of these in JSON or YAML. What can not be carried over is listed on standard error.",
    'The output holds passwords. Where no rule results nothing is written, so that what it is piped into keeps what it has.',
  ],
  options: {
    'docker-config': {
      type: 'string',
      value: 'FILE',
      help: 'The credentials to convert; "-" for standard input.',
    },
    program: {
      type: 'string',
      value: 'PROGRAM',
      choices: ['contrast', 'docker', 'podman'],
      help: 'The program whose reading of the file counts: contrast (the default), docker, or podman (the default for .dockercfg).',
    },
    'run-helpers': {
      type: 'boolean',
      help: 'Run the credential helpers that the file names, and write what they give.',
    },
    ...BUNDLE_OPTIONS,
    proxy: { type: 'string', value: 'URL', help: 'The proxy for http and https.' },
    'no-proxy': { type: 'string', value: 'LIST', help: 'What is reached without the proxy.' },
    'allow-missing': {
      type: 'boolean',
      help: 'Exit 0 although credentials of some entries could not be carried over.',
    },
    ...PULLER_OPTIONS,
    secret: { type: 'boolean', help: "Write the manifest of the node installer's Secret." },
    ...OUTPUT_OPTIONS,
  },
  examples: [
    {
      line: 'imagepuller-auth convert --docker-config auth.json --output config.toml',
      about: 'Writes the configuration to a new file.',
    },
    {
      line: 'kubectl get secret pull -o yaml | imagepuller-auth convert --docker-config -',
      about: 'Converts an image pull secret.',
    },
    {
      line: 'imagepuller-auth convert --docker-config config.json --run-helpers',
      about: 'Converts what docker login has put into a credential helper.',
    },
  ],
  statuses: {
    0: "The configuration holds all credentials that Contrast's command line finds, or what --program names.",
    1: 'Credentials were not carried over (see --allow-missing); something is wrong with a file; no rule results.',
    2: 'Wrong usage, or a file that can not be opened.',
  },
  async run({ options, operands }, io) {
    const file = options['docker-config']
    if (file === undefined || operands.length > 0) {
      throw new Misuse('expected --docker-config FILE and no operands')
    }
    checkOutput(options)
    const version = readVersion(options)
    const brokenCertificates = options['skip-broken-certificates'] ? 'skip' : 'error'
    const dockerConfig = await readDockerFile(file, formatOf(file), io)
    const bundles = await readBundles(options.ca, brokenCertificates, io)
    const { program } = options
    const settings = { ...(program && { program }), ca: bundles.ca, extraEnv: extraEnvOf(options) }
    const inputs = { file, bundles, io }
    const first = attempt(dockerConfig, settings, inputs)
    const answers = options['run-helpers'] ? await askHelpers(first.notes, io) : {}
    const { config, notes, isEmpty, isLossy } =
      Object.keys(answers).length > 0
        ? attempt(dockerConfig, { ...settings, answers }, inputs)
        : first
    for (const note of notes) io.complain(noteLine(note, file, io))
    for (const finding of config.findings) {
      io.complain(renderFinding(RESULT, finding, io.errorLook))
    }
    if (isEmpty) throw new Failure(`${nameOf(file)}: no rule results, so that nothing is written`)
    const toml = stringifyConfig(config, REVEAL)
    checkSize(toml, io)
    complainOfPuller({ file: RESULT, within: undefined, document: toml }, version, io)
    const text = options.secret ? toKubernetesSecret(config, REVEAL).json : toml
    writeOutput(text, options, io)
    return isLossy && !options['allow-missing'] ? 1 : 0
  },
})

/** What findings on the configuration that results are about: it has no file yet. */
const RESULT = 'result'

const REVEAL = { revealSecrets: true } as const

/** A credentials file may become a configuration that no Secret holds, and that no command reads. */
function checkSize(toml: string, io: Io): void {
  try {
    parseConfig(toml)
  } catch (error) {
    throw configFailure(expectedError(error, ConfigError), () => RESULT, io)
  }
}

/** One proxy for both schemes, as most networks have it. */
function extraEnvOf(options: {
  readonly proxy: string | undefined
  readonly 'no-proxy': string | undefined
}): NonNullable<FromDockerConfigOptions['extraEnv']> {
  const { proxy, 'no-proxy': noProxy } = options
  return {
    ...(proxy !== undefined && { httpProxy: proxy, httpsProxy: proxy }),
    ...(noProxy !== undefined && { noProxy }),
  }
}

/** By the file's name alone the legacy map can't be told from an empty document. */
function formatOf(file: string): 'config' | 'dockercfg' {
  return file.endsWith('.dockercfg') ? 'dockercfg' : 'config'
}

interface Inputs {
  readonly file: string
  readonly bundles: Bundles
  readonly io: Io
}

function attempt(
  dockerConfig: DockerConfig,
  options: FromDockerConfigOptions,
  { file, bundles, io }: Inputs,
): ConversionResult {
  try {
    return fromDockerConfig(dockerConfig, options)
  } catch (error) {
    if (error instanceof DockerConfigError) throw dockerFailure(error, file, io)
    const placeOf = ([head, registry = '']: readonly string[]) => {
      const bundle = head === 'ca' ? bundles.files.get(registry) : undefined
      return bundle === undefined ? RESULT : nameOf(bundle)
    }
    throw configFailure(expectedError(error, ConfigError), placeOf, io)
  }
}

function configFailure(
  { issues }: ConfigError,
  placeOf: (path: readonly string[]) => string,
  io: Io,
): Failure {
  const lines = issues.map((issue) => renderFinding(placeOf(issue.path), issue, io.errorLook))
  return new Failure(lines.join('\n'))
}

function noteLine({ severity, code, keys, message }: ConversionNote, file: string, io: Io): string {
  // What --run-helpers has asked is no note any more.
  const option = code === 'helper' ? '; --run-helpers asks it for the servers of the file' : ''
  const found = { severity, code, message: `${keys.join(', ')}: ${message}${option}` }
  return renderFinding(nameOf(file), found, io.errorLook)
}
