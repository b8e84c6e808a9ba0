// A credentials file turned into a configuration.
import { custom, picklist, string } from 'valibot'
import { type ImagePullerConfig, parseConfig } from '../config/index.js'
import {
  type DockerConfig,
  DockerConfigError,
  type DockerProgram,
  dockerConfigs,
  type HelperCredentials,
  PROGRAMS,
} from '../docker-config/index.js'
import { option, optionsOf } from '../options.js'
import { Secret } from '../secret.js'
import { readBundles } from './bundles.js'
import { Conversion } from './conversion.js'
import { writeDocument } from './document.js'
import type { ConversionNote } from './notes.js'

/** The variables of `extra-env`, as texts. */
export interface ExtraEnvOptions {
  /** The proxy for `http` URLs. */
  readonly httpProxy?: string
  /** The proxy for `https` URLs. */
  readonly httpsProxy?: string
  /** What is reached without a proxy. */
  readonly noProxy?: string
}

/** Options of {@link fromDockerConfig}. */
export interface FromDockerConfigOptions {
  /** The program whose view counts. Default: `contrast`; `podman` for .dockercfg, its own format. */
  readonly program?: DockerProgram
  /**
   * CA certificates for registries, by name: these become `ca-certs`, for the rules of subdomains too.
   * Each is PEM, as text or bytes, or one certificate in DER.
   */
  readonly ca?: Readonly<Record<string, string | Uint8Array>>
  /** The variables of `extra-env`. */
  readonly extraEnv?: ExtraEnvOptions
  /** What credential helpers answered, by the servers that the notes on helpers name. */
  readonly answers?: Readonly<Record<string, HelperCredentials>>
}

/** What became of a credentials file. */
export interface ConversionResult {
  /** The configuration. */
  readonly config: ImagePullerConfig
  /** What could not be carried over as it is, lost credentials first; nothing is lost quietly. */
  readonly notes: readonly ConversionNote[]
  /** Whether credentials were not carried over: whether a note is of severity `error`. */
  readonly isLossy: boolean
  /** Whether no rule results. Written over the configuration of a cluster, that would empty it. */
  readonly isEmpty: boolean
}

const readOptions = optionsOf('fromDockerConfig', () => ({
  program: option(picklist(PROGRAMS), "'contrast', 'podman' or 'docker'"),
  ca: option(
    custom<Readonly<Record<string, string | Uint8Array>>>((value) => isRecord(value, isBundle)),
    'certificates by name, each a string or a Uint8Array',
  ),
  extraEnv: option(custom<object>(isObject), 'an object'),
  answers: option(
    custom<Readonly<Record<string, HelperCredentials>>>((value) => isRecord(value, isAnswer)),
    "helpers' answers by server, as parseHelperResponse gives them",
  ),
}))

const readExtraEnv = optionsOf('fromDockerConfig: extraEnv', () => ({
  httpProxy: option(string(), 'a string'),
  httpsProxy: option(string(), 'a string'),
  noProxy: option(string(), 'a string'),
}))

/**
 * Turns a credentials file into a configuration, and notes what that could not carry over. A rule gets
 * the credentials that the program finds for the registry. A registry for which the program finds
 * none gets an empty rule where it is below one that has some.
 *
 * @param dockerConfig - What `parseDockerConfig` or `readDockerConfig` gave.
 * @param options - See {@link FromDockerConfigOptions}; only own properties count.
 * @throws `ConfigError` if a proxy of the options is no URL, or a value of `ca` has a broken
 *   certificate or none.
 * @throws `DockerConfigError` if the program can't read the file, or it holds nothing that is known.
 * @throws `TypeError` if an argument is of the wrong type, an option is unknown, or `ca` names
 *   something else than domains.
 *
 * @example
 *
 * ```ts
 * import { parseDockerConfig } from 'imagepuller-auth/docker-config'
 * import { fromDockerConfig } from 'imagepuller-auth/write'
 *
 * const file = '{ "auths": { "ghcr.io": { "auth": "dTpw" }, "a.io:5000": { "auth": "dTpw" } } }'
 * const { config, notes, isLossy } = fromDockerConfig(parseDockerConfig(file))
 * console.log(config.rules.map(({ name }) => name).join(), isLossy) // ghcr.io. true
 * console.log(notes.map(({ code, keys }) => `${code} ${keys.join(' ')}`).join(', '))
 * // port a.io:5000, covers-subdomains ghcr.io
 * ```
 */
export function fromDockerConfig(
  dockerConfig: DockerConfig,
  options: FromDockerConfigOptions = {},
): ConversionResult {
  const { program, ca = {}, extraEnv, answers = {} } = readOptions(options)
  const { httpProxy, httpsProxy, noProxy } = readExtraEnv(extraEnv)
  const file = knownFile(dockerConfig)
  const asked = program ?? (file.format === 'dockercfg' ? 'podman' : 'contrast')
  const { fault } = file[asked]
  if (fault) throw new DockerConfigError(fault)
  const conversion = new Conversion(file, asked, new Map(Object.entries(answers)), readBundles(ca))
  const { rules, notes } = conversion.run()
  const variables = [
    ['HTTP_PROXY', httpProxy],
    ['HTTPS_PROXY', httpsProxy],
    ['NO_PROXY', noProxy],
  ] as const
  const given = variables.flatMap(([name, value]) =>
    value === undefined ? [] : ([[name, value]] as const),
  )
  const text = writeDocument({ extraEnv: new Map(given), registries: rules })
  // By the parser, which alone makes configurations: what it refuses is refused here too. How large a
  // configuration may be is decided where it goes: see toKubernetesSecret.
  const config = parseConfig(text, { maxBytes: Number.MAX_SAFE_INTEGER })
  return Object.freeze({
    config,
    notes,
    isLossy: notes.some(({ severity }) => severity === 'error'),
    isEmpty: config.rules.length === 0,
  })
}

/** The file as a conversion reads it: the legacy map in a file of any name, too. */
function knownFile(dockerConfig: DockerConfig): DockerConfig {
  const kept = dockerConfigs.keptOf(dockerConfig)
  if (kept === undefined) {
    throw new TypeError('fromDockerConfig: expected what parseDockerConfig gave')
  }
  if (dockerConfig.document === 'unknown') {
    const message = `expected auths, credHelpers or credsStore, a map of servers, or a Secret that has one of these; this looks like ${kept.likeness}`
    throw new DockerConfigError({ code: 'unknown-document', path: [], message, place: undefined })
  }
  return kept.legacy ?? dockerConfig
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isRecord(value: unknown, isRight: (value: unknown) => boolean): boolean {
  return isObject(value) && Object.values(value).every(isRight)
}

function isBundle(value: unknown): boolean {
  return typeof value === 'string' || value instanceof Uint8Array
}

function isAnswer(value: unknown): boolean {
  if (!isObject(value) || !Object.hasOwn(value, 'kind')) return false
  const own: Readonly<Record<string, unknown>> = Object.assign(Object.create(null), value)
  const isSecret = (name: string) => own[name] instanceof Secret
  if (own['kind'] === 'none') return true
  if (own['kind'] === 'identity-token') return isSecret('identityToken')
  return own['kind'] === 'basic' && isSecret('username') && isSecret('password')
}
