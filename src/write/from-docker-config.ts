import { parseCaBundle } from '../ca-bundle.js'
import { hasControlCharacter, type ImagePullerConfig, parseConfig } from '../config.js'
import { answerOf } from '../docker-config/explain.js'
import { type DockerProgram, registryOfUrl } from '../docker-config/find.js'
import type { DockerAuthEntry, DockerConfig } from '../docker-config/parse.js'
import { encodeBase64 } from '../encoding.js'
import { withoutUserInfo } from '../errors.js'
import { normalForm, whyUnmatchable } from '../registry-name.js'
import type { Secret } from '../secret.js'
import { writeDocument } from './document.js'

/** Options of {@link fromDockerConfig}. */
export interface FromDockerConfigOptions {
  /** The program whose view of the file counts. Default: `contrast`. */
  readonly as?: DockerProgram
  /** CA certificates in PEM for registries, by name: these become `ca-certs`. */
  readonly ca?: Readonly<Record<string, string>>
  /** The variables of `extra-env`. */
  readonly extraEnv?: Readonly<Partial<Record<'HTTP_PROXY' | 'HTTPS_PROXY' | 'NO_PROXY', string>>>
}

/** Why something of a credentials file is not in the configuration, or is there otherwise. */
export type ConversionNoteCode =
  | 'helper'
  | 'repository-scoped'
  | 'port'
  | 'ip-address'
  | 'glob'
  | 'not-a-domain-name'
  | 'duplicate'
  | 'broken'
  | 'empty'
  | 'left-out'
  | 'covers-subdomains'

/** One thing that a conversion could not carry over as it is. */
export interface ConversionNote {
  /** What it is. */
  readonly code: ConversionNoteCode
  /** The entry: a member of `auths` or `credHelpers`, without user info, or `credsStore`. */
  readonly key: string
  /** The same in a sentence, without any secret. */
  readonly message: string
}

/** What became of a credentials file. */
export interface ConversionResult {
  /** The configuration. */
  readonly config: ImagePullerConfig
  /** What could not be carried over as it is; nothing is lost silently. */
  readonly report: readonly ConversionNote[]
}

const MESSAGES: Readonly<Record<ConversionNoteCode, string>> = {
  helper: 'the credentials are with a credential helper: ask it, and add them yourself',
  'repository-scoped': 'the image puller knows credentials for registries, not for repositories',
  port: 'the image puller knows no rules for a registry with a port; only "." covers it',
  'ip-address': 'the image puller knows no rules for an IP address; only "." covers it',
  glob: 'the image puller knows no patterns; name the domain, which covers its subdomains',
  'not-a-domain-name': 'the name is no domain name, so that no rule can be for it',
  duplicate: 'another entry for the same registry comes first',
  broken: 'the entry can not be read',
  empty: 'the entry holds no credentials',
  'left-out': 'the entry also holds credentials of another kind; the identity token is used',
  'covers-subdomains':
    'the rule covers the subdomains too, which the entry does not; a rule for ".NAME" can take them out',
}

/**
 * Turns a credentials file into a configuration, and reports what that could not carry over.
 *
 * @param dockerConfig - What `parseDockerConfig` gave.
 * @param options - See {@link FromDockerConfigOptions}; only own properties count.
 * @throws `ConfigError` if a certificate or proxy of the options is broken.
 *
 * @example
 *
 * ```ts
 * import { parseDockerConfig } from 'imagepuller-auth/docker-config'
 * import { fromDockerConfig } from 'imagepuller-auth/write'
 *
 * const file = '{ "auths": { "ghcr.io": { "auth": "dTpw" }, "a.io:5000": { "auth": "dTpw" } } }'
 * const { config, report } = fromDockerConfig(parseDockerConfig(file))
 * console.log(config.rules.map(({ name }) => name).join()) // ghcr.io.
 * console.log(report.map(({ code, key }) => `${code} ${key}`).join(', '))
 * // port a.io:5000, covers-subdomains ghcr.io
 * ```
 */
export function fromDockerConfig(
  dockerConfig: DockerConfig,
  options: FromDockerConfigOptions = {},
): ConversionResult {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('fromDockerConfig: expected options to be an object')
  }
  const own: FromDockerConfigOptions = Object.assign(Object.create(null), options)
  const { as = 'contrast' } = own
  if (as !== 'contrast' && as !== 'podman') {
    throw new TypeError("fromDockerConfig: expected as to be 'contrast' or 'podman'")
  }
  const conversion = new Conversion(dockerConfig, as)
  conversion.addEntries()
  conversion.addHelpers()
  for (const [name, pem] of Object.entries(own.ca ?? {})) conversion.addBundle(name, pem)
  return conversion.finish(new Map(Object.entries(own.extraEnv ?? {})))
}

class Conversion {
  readonly #config: DockerConfig
  readonly #program: DockerProgram
  readonly #rules = new Map<string, Map<string, string>>()
  readonly #notes: ConversionNote[] = []

  constructor(config: DockerConfig, program: DockerProgram) {
    this.#config = config
    this.#program = program
  }

  addEntries(): void {
    const hosts = new Map<string, DockerAuthEntry[]>()
    for (const entry of this.#config[this.#program].entries) {
      const host = hostOf(entry.key)
      if (typeof host !== 'string') {
        this.#note(host.obstacle, entry.key)
        continue
      }
      const others = hosts.get(host)
      if (others) others.push(entry)
      else hosts.set(host, [entry])
    }
    for (const [host, entries] of hosts) this.#addHost(host, entries)
  }

  addHelpers(): void {
    const { credHelpers, credsStore } = this.#config[this.#program]
    for (const { server } of credHelpers) this.#note('helper', server)
    if (credsStore !== undefined) this.#note('helper', 'credsStore')
  }

  addBundle(name: string, pem: string): void {
    const host = hostOf(name)
    if (typeof host !== 'string') {
      throw new TypeError('fromDockerConfig: expected ca to name domains')
    }
    const { certificates } = parseCaBundle(pem)
    this.#rule(host).set('ca-certs', certificates.map((certificate) => certificate.pem).join(''))
  }

  /** Through the parser, which alone makes configurations: what it refuses is refused here too. */
  finish(extraEnv: ReadonlyMap<string, string>): ConversionResult {
    const text = writeDocument({ extraEnv, registries: this.#rules })
    // How large a configuration may be is decided where it goes: see toKubernetesSecret.
    const config = parseConfig(text, { maxBytes: Number.MAX_SAFE_INTEGER })
    return Object.freeze({ config, report: Object.freeze(this.#notes) })
  }

  /** The entry that the program would take for the host; the others are for nobody. */
  #addHost(host: string, entries: readonly DockerAuthEntry[]): void {
    const decided = this.#entryFor(host, entries)
    for (const { key } of entries) if (key !== decided.key) this.#note('duplicate', key)
    const keys = decided.fault ? undefined : this.#keysOf(decided)
    if (keys === undefined) this.#note('broken', decided.key)
    else if (keys.size === 0) this.#note('empty', decided.key)
    else {
      for (const [key, value] of keys) this.#rule(host).set(key, value)
      this.#note('covers-subdomains', decided.key)
    }
  }

  #entryFor(host: string, entries: readonly DockerAuthEntry[]): DockerAuthEntry {
    const [first] = entries as readonly [DockerAuthEntry]
    return entries.find(({ key }) => key === host) ?? first
  }

  /** The rule's keys for an entry; undefined for one that can't be read. */
  #keysOf(entry: DockerAuthEntry): ReadonlyMap<string, string> | undefined {
    const { auth, identityToken, registryToken, username, password } = entry
    if (identityToken) {
      if (auth) this.#note('left-out', entry.key)
      return tokenOf('identitytoken', identityToken)
    }
    if (auth) return this.#basicOf(entry)
    if (username && password) return pairOf(username.reveal(), password.reveal(), undefined)
    return registryToken ? tokenOf('registrytoken', registryToken) : new Map()
  }

  #basicOf(entry: DockerAuthEntry): ReadonlyMap<string, string> | undefined {
    const view = { entries: [entry], credHelpers: [], credsStore: undefined, fault: undefined }
    const alone = { ...this.#config, [this.#program]: view }
    const found = answerOf(alone, registryOfUrl(entry.key), this.#program)
    if (found.kind !== 'basic') return found.kind === 'error' ? undefined : new Map()
    const { username, password, encoded } = found
    return pairOf(username?.reveal() ?? '', password?.reveal() ?? '', encoded.reveal())
  }

  #rule(host: string): Map<string, string> {
    const name = `${host === DOCKER_HUB ? 'docker.io' : host}.`
    const rule = this.#rules.get(name) ?? new Map<string, string>()
    this.#rules.set(name, rule)
    return rule
  }

  #note(code: ConversionNoteCode, key: string): void {
    this.#notes.push(Object.freeze({ code, key: withoutUserInfo(key), message: MESSAGES[code] }))
  }
}

const DOCKER_HUB = 'index.docker.io'

/** The host that an entry is for, in normal form, or what keeps it from having a rule of its own. */
function hostOf(key: string): string | { readonly obstacle: ConversionNoteCode } {
  const registry = registryOfUrl(key)
  if (/[*?]|.\[/.test(registry)) return { obstacle: 'glob' }
  if (registry.includes('/')) return { obstacle: 'repository-scoped' }
  // A leading dot would make a rule for subdomains alone, and "." is the catch-all.
  if (registry.startsWith('.')) return { obstacle: 'not-a-domain-name' }
  return normalForm(registry) ?? { obstacle: whyUnmatchable(registry) }
}

/** A token that a header can hold, and so the format. */
function tokenOf(key: string, token: Secret): ReadonlyMap<string, string> | undefined {
  const value = token.reveal()
  return hasControlCharacter(value) ? undefined : new Map([[key, value]])
}

/** As `username` and `password` where the format can hold them, else as `auth`. */
function pairOf(
  username: string,
  password: string,
  encoded: string | undefined,
): ReadonlyMap<string, string> {
  const isPlain = username !== '' && password !== '' && !hasControlCharacter(username + password)
  if (isPlain && !username.includes(':'))
    return new Map([
      ['username', username],
      ['password', password],
    ])
  const bytes = new TextEncoder().encode(`${username}:${password}`)
  return new Map([['auth', encoded ?? encodeBase64(bytes)]])
}
