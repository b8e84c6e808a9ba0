import { parseCaBundle } from '../certificates/index.js'
import { type ImagePullerConfig, parseConfig } from '../config/index.js'
import {
  answerOf,
  type CredentialHelperEntry,
  type DockerAuthEntry,
  type DockerConfig,
  type DockerProgram,
  decidingEntry,
  isDockerConfig,
  normalRegistry,
  type ProgramAnswer,
  registryOf,
  registryOfUrl,
  throwFault,
} from '../docker-config/index.js'
import { DOCKER_HUB, DOCKER_HUB_ALIAS } from '../image/index.js'
import { normalForm, whyUnmatchable } from '../names/index.js'
import type { Secret } from '../secret.js'
import { hasControlCharacter, readUnicode, withoutUserInfo } from '../text/index.js'
import { writeDocument } from './document.js'

/** Options of {@link fromDockerConfig}. */
export interface FromDockerConfigOptions {
  /** The program whose view counts. Default: `contrast`; `podman` for .dockercfg, its own format. */
  readonly program?: DockerProgram
  /** CA certificates in PEM for registries, by name: these become `ca-certs`. */
  readonly ca?: Readonly<Record<string, string>>
  /** The variables of `extra-env`. */
  readonly extraEnv?: Readonly<Partial<Record<'HTTP_PROXY' | 'HTTPS_PROXY' | 'NO_PROXY', string>>>
}

/** Why something of a credentials file is not in the configuration, or is there otherwise. */
export type ConversionNoteCode =
  | 'helper'
  | 'repository-scoped'
  | 'user-info'
  | 'port'
  | 'ip-address'
  | 'glob'
  | 'not-a-domain-name'
  | 'duplicate'
  | 'unused'
  | 'not-read'
  | 'broken'
  | 'empty'
  | 'fallback'
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
  readonly notes: readonly ConversionNote[]
}

const MESSAGES: Readonly<Record<ConversionNoteCode, string>> = {
  helper: 'the credentials are with a credential helper: ask it, and add them yourself',
  'repository-scoped': 'the image puller knows credentials for registries, not for repositories',
  'user-info': 'the name holds user info, and no registry is asked for by such a name',
  port: 'the image puller knows no rules for a registry with a port; only "." covers it',
  'ip-address': 'the image puller knows no rules for an IP address; only "." covers it',
  glob: 'the image puller knows no patterns; name the domain, which covers its subdomains',
  'not-a-domain-name': 'the name is no domain name, so that no rule can be for it',
  duplicate: 'the program takes another entry for the same registry',
  unused: "the program does not take this entry for the registry's name, because of its spelling",
  'not-read': 'another program reads this, but not the one whose view counts',
  broken: 'the entry can not be read, or holds control characters, which the format does not take',
  empty: 'the entry holds no credentials that the program takes',
  fallback:
    'the program reads neither username and password nor registrytoken; for want of others they are carried over',
  'left-out': 'the entry also holds credentials of another kind, which are not used',
  'covers-subdomains':
    'the rule covers the subdomains too, which the entry does not; a rule for ".NAME" can take them out',
}

/**
 * Turns a credentials file into a configuration, and reports what that could not carry over. A rule
 * gets the credentials that the program finds for the registry.
 *
 * @param dockerConfig - What `parseDockerConfig` gave.
 * @param options - See {@link FromDockerConfigOptions}; only own properties count.
 * @throws `ConfigError` if a certificate or proxy of the options is broken.
 * @throws `DockerConfigError` if the program can't read the file.
 * @throws `TypeError` if an argument is of the wrong type, or `ca` names something else than domains.
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
  if (!isDockerConfig(dockerConfig)) throw misuse('what parseDockerConfig gave')
  if (typeof options !== 'object' || options === null) throw misuse('options to be an object')
  const own: FromDockerConfigOptions = Object.assign(Object.create(null), options)
  const { program: as = dockerConfig.format === 'dockercfg' ? 'podman' : 'contrast' } = own
  if (as !== 'contrast' && as !== 'podman') throw misuse("as to be 'contrast' or 'podman'")
  const { fault } = dockerConfig[as]
  if (fault) throwFault(fault)
  const conversion = new Conversion(dockerConfig, as)
  conversion.addEntries()
  conversion.addHelpers()
  conversion.noteUnread()
  conversion.addBundles(Object.entries(own.ca ?? {}))
  return conversion.finish(new Map(Object.entries(own.extraEnv ?? {})))
}

function misuse(expectation: string): TypeError {
  return new TypeError(`fromDockerConfig: expected ${expectation}`)
}

class Conversion {
  readonly #config: DockerConfig
  readonly #program: DockerProgram
  readonly #helpers: ReadonlyMap<string, CredentialHelperEntry>
  readonly #rules = new Map<string, Map<string, string>>()
  readonly #notes = new Map<string, ConversionNote>()

  constructor(config: DockerConfig, program: DockerProgram) {
    this.#config = config
    this.#program = program
    this.#helpers = new Map(config[program].credHelpers.map((helper) => [helper.server, helper]))
  }

  addEntries(): void {
    const hosts = new Map<string, DockerAuthEntry[]>()
    for (const entry of this.#config[this.#program].entries) {
      const host = hostOf(registryOf(entry.key, this.#program, this.#config.format))
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
    for (const { server, name, fault } of this.#helpers.values()) {
      if (fault) this.#note('broken', server)
      else if (name !== undefined) this.#note('helper', server)
    }
    if (this.#config[this.#program].credsStore !== undefined) this.#note('helper', 'credsStore')
  }

  /** What only the other program sees: names of members in another case, `credsStore`, .dockercfg. */
  noteUnread(): void {
    const { contrast, podman } = this.#config
    const [own, other] = this.#program === 'contrast' ? [contrast, podman] : [podman, contrast]
    const known = new Set(own.entries.map(({ key }) => key))
    for (const { key } of other.entries) if (!known.has(key)) this.#note('not-read', key)
    for (const { server, name } of other.credHelpers) {
      if (name !== undefined && !this.#helpers.has(server)) this.#note('not-read', server)
    }
    const isStoreUnread = own.credsStore === undefined && other.credsStore !== undefined
    if (isStoreUnread) this.#note('not-read', 'credsStore')
  }

  /** Two names may mean one host, whose certificates are then those of both. */
  addBundles(bundles: readonly (readonly [name: string, pem: string])[]): void {
    const texts = new Map<string, string>()
    for (const [name, pem] of bundles) {
      const host = hostOf(registryOfUrl(name))
      if (typeof host !== 'string') throw misuse('ca to name domains')
      texts.set(host, `${texts.get(host) ?? ''}${pem}\n`)
    }
    for (const [host, text] of texts) {
      const { certificates } = parseCaBundle(text)
      this.#rule(host).set('ca-certs', certificates.map(({ pem }) => pem).join(''))
    }
  }

  /** Through the parser, which alone makes configurations: what it refuses is refused here too. */
  finish(extraEnv: ReadonlyMap<string, string>): ConversionResult {
    const text = writeDocument({ extraEnv, registries: this.#rules })
    // How large a configuration may be is decided where it goes: see toKubernetesSecret.
    const config = parseConfig(text, { maxBytes: Number.MAX_SAFE_INTEGER })
    return Object.freeze({ config, notes: Object.freeze([...this.#notes.values()]) })
  }

  /** Asks as the program would, among the entries for the host: the others can't be the answer. */
  #addHost(host: string, entries: readonly DockerAuthEntry[]): void {
    const asked = host === DOCKER_HUB && this.#program === 'podman' ? DOCKER_HUB_ALIAS : host
    const config = this.#only(entries, asked)
    const decided = decidingEntry(config, asked, this.#program)
    for (const entry of entries) {
      if (entry === decided) continue
      const isTakenAlone = decidingEntry(this.#only([entry], asked), asked, this.#program)
      this.#note(isTakenAlone ? 'duplicate' : 'unused', entry.key)
    }
    if (decided) this.#addEntry(host, decided, answerOf(config, asked, this.#program))
  }

  #only(entries: readonly DockerAuthEntry[], asked: string): DockerConfig {
    const helper = this.#helpers.get(asked)
    const { credsStore } = this.#config[this.#program]
    const credHelpers = helper ? [helper] : []
    const view = { entries, credHelpers, credsStore, fault: undefined }
    return { ...this.#config, [this.#program]: view }
  }

  #addEntry(host: string, entry: DockerAuthEntry, found: ProgramAnswer): void {
    const isFound = found.kind !== 'helper' && found.kind !== 'error'
    const keys = isFound ? keysOf(found, entry) : undefined
    if (found.kind === 'helper') this.#note('helper', entry.key)
    else if (keys === undefined) this.#note('broken', entry.key)
    else if (keys.size === 0) this.#note('empty', entry.key)
    else {
      for (const [key, value] of keys) this.#rule(host).set(key, value)
      if (found.kind === 'none') this.#note('fallback', entry.key)
      if (hasMore(entry, keys, found)) this.#note('left-out', entry.key)
      this.#note('covers-subdomains', entry.key)
    }
  }

  #rule(host: string): Map<string, string> {
    const name = `${host === DOCKER_HUB ? DOCKER_HUB_ALIAS : host}.`
    const rule = this.#rules.get(name) ?? new Map<string, string>()
    this.#rules.set(name, rule)
    return rule
  }

  #note(code: ConversionNoteCode, key: string): void {
    const note = Object.freeze({ code, key: withoutUserInfo(key), message: MESSAGES[code] })
    // A member of credHelpers and an entry of auths may have one name, and one is enough to read.
    this.#notes.set(`${code} ${key}`, note)
  }
}

/** The host that a name is for, in normal form, or what keeps it from having a rule of its own. */
function hostOf(registry: string): string | { readonly obstacle: ConversionNoteCode } {
  const [authority = ''] = registry.split('/', 1)
  if (authority.includes('@')) return { obstacle: 'user-info' }
  if (/[*?]|.\[/.test(registry)) return { obstacle: 'glob' }
  if (authority !== registry) return { obstacle: 'repository-scoped' }
  // A leading dot would make a rule for subdomains alone, and "." is the catch-all.
  if (registry.startsWith('.')) return { obstacle: 'not-a-domain-name' }
  const host = normalForm(registry)
  return host === undefined ? { obstacle: obstacleIn(registry) } : normalRegistry(host)
}

function obstacleIn(registry: string): ConversionNoteCode {
  const fault = whyUnmatchable(registry)
  return fault === 'port' || fault === 'ip-address' ? fault : 'not-a-domain-name'
}

type Found = Exclude<ProgramAnswer, { readonly kind: 'error' | 'helper' }>

type Keys = ReadonlyMap<string, string>

/** The rule's keys for what was found; empty for nothing, undefined for what the format can't hold. */
function keysOf(found: Found, entry: DockerAuthEntry): Keys | undefined {
  if (found.kind === 'identity-token') return tokenOf('identitytoken', found.identityToken)
  if (found.kind === 'basic') {
    const { username, password, encoded } = found
    return basicOf(username?.reveal() ?? '', password?.reveal() ?? '', encoded.reveal())
  }
  const { username, password, registryToken } = entry
  if (username && password) return pairOf(username, password)
  return registryToken ? tokenOf('registrytoken', registryToken) : new Map()
}

/** Whether the entry holds credentials that are not among the rule's keys. */
function hasMore(entry: DockerAuthEntry, keys: Keys, { kind }: ProgramAnswer): boolean {
  if (entry.identityToken && !keys.has('identitytoken')) return true
  if (entry.registryToken && !keys.has('registrytoken')) return true
  if (entry.auth && kind === 'identity-token') return true
  const { username, password } = entry
  if (!username || !password) return false
  // Kubernetes writes the same pair twice, also as auth.
  const pair = pairOf(username, password)
  return pair === undefined || [...pair].some(([key, value]) => keys.get(key) !== value)
}

/** A token that a header can hold, and so the format. */
function tokenOf(key: string, token: Secret): Keys | undefined {
  const value = token.reveal()
  return hasControlCharacter(value) || !isUnicode(value) ? undefined : new Map([[key, value]])
}

/** Half of a surrogate pair has no UTF-8, and would come out as another character. */
function isUnicode(text: string): boolean {
  return typeof readUnicode(text) === 'string'
}

/** A pair of its own members. A name with a colon would be another one in Basic (RFC 7617). */
function pairOf(username: Secret, password: Secret): Keys | undefined {
  const [name, word] = [username.reveal(), password.reveal()] as const
  const isHeld = !name.includes(':') && isUnicode(name) && isUnicode(word)
  return isHeld ? basicOf(name, word, '') : undefined
}

/**
 * As `username` and `password`, or as `auth` where one of them is empty. Neither holds control
 * characters, which `echo` without `-n` leaves at the end of many a password.
 */
function basicOf(username: string, password: string, auth: string): Keys | undefined {
  if (hasControlCharacter(username + password)) return undefined
  if (username === '' || password === '') return new Map([['auth', auth]])
  return new Map([
    ['username', username],
    ['password', password],
  ])
}
