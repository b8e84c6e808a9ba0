import { Secret } from '../secret.js'
import { decodeBase64, decodeUtf8, encodeBase64 } from '../text/index.js'
import { DockerConfigError, throwFault } from './errors.js'
import {
  type DockerAuthEntry,
  type DockerConfig,
  type DockerConfigView,
  isDockerConfig,
} from './parse.js'

/** The programs whose look-up is followed. */
export type DockerProgram = 'contrast' | 'podman'

/** No credentials: the program goes on anonymously. */
export interface NoDockerCredentials {
  /** The union's tag. */
  readonly kind: 'none'
  /** The entry that decided, if there is one that holds nothing. */
  readonly key: string | undefined
}

/** A user name and a password. */
export interface BasicDockerCredentials {
  /** The union's tag. */
  readonly kind: 'basic'
  /** The entry that decided. */
  readonly key: string
  /** The user name; undefined where Podman takes bytes that are no UTF-8. */
  readonly username: Secret | undefined
  /** The password; undefined together with the user name. */
  readonly password: Secret | undefined
  /** What follows `Basic ` in the header: base64 of the pair. */
  readonly encoded: Secret
}

/** An OAuth2 refresh token. */
export interface IdentityTokenDockerCredentials {
  /** The union's tag. */
  readonly kind: 'identity-token'
  /** The entry that decided. */
  readonly key: string
  /** The refresh token. */
  readonly identityToken: Secret
  /** What Podman found beside it. */
  readonly basic: BasicDockerCredentials | undefined
  /** What the program makes of it, and what to do instead. */
  readonly message: string
}

/** A credential helper has to be asked: see `helperRequest`. */
export interface HelperDockerCredentials {
  /** The union's tag. */
  readonly kind: 'helper'
  /** The member of `credHelpers` that decided, or `credsStore`. */
  readonly key: string
  /** The helper's name, `X` for the program `docker-credential-X`. */
  readonly name: string
  /** What the helper is asked for. */
  readonly server: string
}

/** What a program finds in a credentials file. */
export type DockerCredentials =
  | NoDockerCredentials
  | BasicDockerCredentials
  | IdentityTokenDockerCredentials
  | HelperDockerCredentials

/** Options of {@link findCredentials}. */
export interface FindCredentialsOptions {
  /** The program whose rules count. Default: `contrast`. */
  readonly program?: DockerProgram
}

const IDENTITY_TOKEN_MESSAGES: Readonly<Record<DockerProgram, string>> = {
  contrast:
    "Contrast's command line can't use an identity token and pulls anonymously; log in with a user name and a password, or an access token as the password (docker login -u USER), so that the entry holds auth alone",
  podman: 'Podman exchanges the identity token for an access token',
}

/**
 * Finds what a program takes from a credentials file for a server, exactly as it does: the programs
 * differ, and people are hurt by the difference.
 *
 * - `contrast`: the member of `credHelpers` with that very name; else the entry of `auths` with that
 *   very name, or the first whose URL's host, or name, is the server, Docker Hub's names being one;
 *   in it `identitytoken` before `auth`; else `credsStore`.
 * - `podman`: the member of `credHelpers` for the registry; else the entry with the longest name that
 *   is the server or a repository around it; else the first whose URL's host is the registry.
 *
 * @param config - What `parseDockerConfig` gave.
 * @param server - A registry, for Podman also a repository, as the program would ask for it.
 * @param options - See {@link FindCredentialsOptions}; only own properties count.
 * @returns What was found, frozen.
 * @throws `DockerConfigError` where the program fails: `auth` of the entry in question is broken, the
 *   file has the wrong structure, or Podman is asked for a URL.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { findCredentials, parseDockerConfig } from 'imagepuller-auth/docker-config'
 *
 * const config = parseDockerConfig('{ "auths": { "quay.io/acme": { "auth": "dTpw" } } }')
 * console.log(findCredentials(config, 'quay.io/acme/app', { as: 'podman' }).kind) // basic
 * console.log(findCredentials(config, 'quay.io', { as: 'contrast' }).kind) // none
 * ```
 */
export function findCredentials(
  config: DockerConfig,
  server: string,
  options: FindCredentialsOptions = {},
): DockerCredentials {
  if (!isDockerConfig(config)) throw misuse('what parseDockerConfig gave')
  if (typeof server !== 'string') throw misuse('a server as a string')
  if (typeof options !== 'object' || options === null) throw misuse('options to be an object')
  const program = (Object.hasOwn(options, 'as') ? options.program : undefined) ?? 'contrast'
  if (program === 'contrast') return Object.freeze(findAsContrast(config.contrast, server))
  if (program === 'podman') return Object.freeze(findAsPodman(config, server))
  throw misuse("as to be 'contrast' or 'podman'")
}

function misuse(expectation: string): TypeError {
  return new TypeError(`findCredentials: expected ${expectation}`)
}

function findAsContrast(view: DockerConfigView, server: string): DockerCredentials {
  if (view.fault) throwFault(view.fault)
  const name = helperFor(view, server)
  if (name !== undefined) return { kind: 'helper', key: server, name, server }
  const entry = entryForContrast(view, server)
  if (entry?.fault) throwFault(entry.fault)
  if (entry?.identityToken) {
    return identityToken('contrast', entry.key, entry.identityToken, undefined)
  }
  if (entry?.auth) return basicOf(entry, decodeRust(entry.auth.reveal()))
  const { credsStore } = view
  if (credsStore !== undefined)
    return { kind: 'helper', key: 'credsStore', name: credsStore, server }
  return { kind: 'none', key: entry?.key }
}

function findAsPodman({ podman: view, format }: DockerConfig, server: string): DockerCredentials {
  checkPodmanServer(server)
  if (view.fault) throwFault(view.fault)
  const registry = hostOf(server)
  const name = helperFor(view, registry)
  if (name !== undefined) return { kind: 'helper', key: registry, name, server: registry }
  const entry = entryForPodman(view, server, format)
  if (entry === undefined) return { kind: 'none', key: undefined }
  if (entry.fault) throwFault(entry.fault)
  const bytes = decodeBase64(entry.auth?.reveal() ?? '')
  if (bytes === undefined) throwBrokenAuth(entry)
  const colon = bytes.indexOf(COLON)
  if (colon < 0) return { kind: 'none', key: entry.key }
  const pair = concatenate(bytes.subarray(0, colon + 1), trimNul(bytes.subarray(colon + 1)))
  if (entry.identityToken) {
    return identityToken('podman', entry.key, entry.identityToken, basicOf(entry, pair))
  }
  return pair.length === 1 ? { kind: 'none', key: entry.key } : basicOf(entry, pair)
}

/** The entry of `auths` that decides, whatever it holds, unless a credential helper is asked first. */
export function decidingEntry(
  config: DockerConfig,
  server: string,
  program: DockerProgram,
): DockerAuthEntry | undefined {
  if (program === 'contrast') return entryForContrast(config.contrast, server)
  return entryForPodman(config.podman, server, config.format)
}

function entryForContrast({ entries }: DockerConfigView, server: string) {
  const registry = normalRegistry(server)
  const named = entries.find(({ key }) => key === server)
  return named ?? entries.find(({ key }) => registryOfUrl(key) === registry)
}

function entryForPodman(view: DockerConfigView, server: string, format: DockerConfig['format']) {
  const registry = hostOf(server)
  const isLegacy = format === 'dockercfg'
  const longest = mostSpecific(view, isLegacy ? registry : server)
  const wanted = normalRegistry(registry)
  return longest ?? view.entries.find(({ key }) => podmanRegistryOf(key, isLegacy) === wanted)
}

function helperFor({ credHelpers }: DockerConfigView, server: string): string | undefined {
  const helper = credHelpers.find((entry) => entry.server === server)
  if (helper?.fault) throwFault(helper.fault)
  return helper?.name
}

/** The entry with the longest name that is the server, or what stands before one of its slashes. */
function mostSpecific({ entries }: DockerConfigView, server: string): DockerAuthEntry | undefined {
  let longest: DockerAuthEntry | undefined
  for (const entry of entries) {
    const { key } = entry
    const covers = key === server || (server[key.length] === '/' && server.startsWith(key))
    if (covers && (longest === undefined || key.length > longest.key.length)) longest = entry
  }
  return longest
}

function checkPodmanServer(server: string): void {
  const isUrl = server.startsWith('http://') || server.startsWith('https://')
  const slash = server.indexOf('/')
  const hasTag = slash >= 0 && server.includes(':', slash)
  if (isUrl || server.includes('@') || hasTag) {
    const expectation = 'expected a registry or a repository, without scheme, tag and digest'
    throw new DockerConfigError('unsupported-server', expectation)
  }
}

/** What a program takes a key for: a registry, unless there is a path in it. */
export function registryOf(
  key: string,
  program: DockerProgram,
  format: DockerConfig['format'],
): string {
  if (program === 'contrast') return registryOfUrl(key)
  return podmanRegistryOf(key, format === 'dockercfg')
}

/** The host of a key that is a URL, any other key as it stands; Docker Hub by one name. */
export function registryOfUrl(key: string): string {
  const rest = withoutPrefix(key, 'https://') ?? withoutPrefix(key, 'http://')
  return normalRegistry(rest === undefined ? key : hostOf(rest))
}

/** The same for Podman, which takes off one scheme after the other, and all paths of a .dockercfg. */
function podmanRegistryOf(key: string, isLegacy: boolean): string {
  const once = withoutPrefix(key, 'http://') ?? key
  const rest = withoutPrefix(once, 'https://') ?? once
  return normalRegistry(isLegacy || rest !== key ? hostOf(rest) : rest)
}

function withoutPrefix(text: string, prefix: string): string | undefined {
  return text.startsWith(prefix) ? text.slice(prefix.length) : undefined
}

function hostOf(text: string): string {
  const [host = ''] = text.split('/', 1)
  return host
}

/** Docker Hub's API has three names. */
export function normalRegistry(registry: string): string {
  const isHub = registry === 'docker.io' || registry === 'registry-1.docker.io'
  return isHub ? 'index.docker.io' : registry
}

function identityToken(
  program: DockerProgram,
  key: string,
  token: Secret,
  basic: BasicDockerCredentials | undefined,
): IdentityTokenDockerCredentials {
  const message = IDENTITY_TOKEN_MESSAGES[program]
  return { kind: 'identity-token', key, identityToken: token, basic, message }
}

const COLON = 0x3a

/** The pair `username:password` as Rust's base64 reads it, or undefined. */
function decodeRust(auth: string): Uint8Array | undefined {
  if (auth.includes('\n') || auth.includes('\r')) return undefined
  // Padding may be there in whole, in part or not at all.
  const end = auth.indexOf('=')
  const digits = end < 0 ? auth : auth.slice(0, end)
  const padding = '='.repeat((4 - (digits.length % 4)) % 4)
  if (!padding.startsWith(auth.slice(digits.length))) return undefined
  const bytes = decodeBase64(digits + padding)
  // Unused bits have to be zero, and the text UTF-8.
  const isExact = bytes && encodeBase64(bytes).startsWith(digits)
  if (!isExact || decodeUtf8(bytes) === undefined) return undefined
  return bytes.includes(COLON) ? bytes : undefined
}

function basicOf(entry: DockerAuthEntry, pair: Uint8Array | undefined): BasicDockerCredentials {
  if (pair === undefined) throwBrokenAuth(entry)
  const colon = pair.indexOf(COLON)
  const username = decodeUtf8(pair.subarray(0, colon))
  const password = decodeUtf8(pair.subarray(colon + 1))
  const isText = username !== undefined && password !== undefined
  return Object.freeze({
    kind: 'basic',
    key: entry.key,
    username: isText ? new Secret(username) : undefined,
    password: isText ? new Secret(password) : undefined,
    encoded: new Secret(encodeBase64(pair)),
  })
}

function throwBrokenAuth({ place }: DockerAuthEntry): never {
  const expectation = "expected base64 of USERNAME:PASSWORD in this entry's auth"
  throw new DockerConfigError('broken-auth', expectation, {
    ...place,
    path: [...place.path, 'auth'],
  })
}

function trimNul(bytes: Uint8Array): Uint8Array {
  let start = 0
  let end = bytes.length
  while (start < end && bytes[start] === 0) start++
  while (end > start && bytes[end - 1] === 0) end--
  return bytes.subarray(start, end)
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}
