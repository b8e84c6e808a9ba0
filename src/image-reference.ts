import { ImageReferenceError, type ImageReferencePart } from './errors.js'
import { parseIpAddress } from './registry-name.js'

/** An image reference, taken apart. */
export interface ImageReference {
  /** The registry as go-containerregistry gives it, such as `index.docker.io` or `Ghcr.io:8443`. */
  readonly registry: string
  /**
   * The registry without port, in lower case, without a trailing dot: what is matched and dialled.
   * Docker Hub is always `index.docker.io`; an IPv6 address keeps its brackets.
   */
  readonly host: string
  /** The port, if the reference names one. */
  readonly port: number | undefined
  /** The repository, such as `library/nginx`. */
  readonly repository: string
  /** The tag; `latest` where the reference has neither tag nor digest. */
  readonly tag: string | undefined
  /** The digest: `sha256:` and 64 hexadecimal digits. */
  readonly digest: string | undefined
  /** The full name as go-containerregistry gives it: with the digest, or else with the tag. */
  readonly name: string
}

/** Docker Hub's host, for which `docker.io` stands. */
export const DOCKER_HUB = 'index.docker.io'
/** Docker Hub's other name, which images, rules and mirrors know it by. */
export const DOCKER_HUB_ALIAS = 'docker.io'
const REPOSITORY_MAX = 255
const TAG_MAX = 128
const DIGEST_PREFIX = 'sha256:'
const DIGEST_LENGTH = DIGEST_PREFIX.length + 64
const PORT_MAX = 65535

const DASH = 0x2d
const DOT = 0x2e
const SLASH = 0x2f
const UNDERSCORE = 0x5f

const DIGIT = 1
const LOWER = 2
const UPPER = 4
const HEX = 8

/** What an ASCII character is; 0 for anything that only some parts allow, or none. */
const CLASSES = new Uint8Array(128)
for (let code = 0x30; code <= 0x39; code++) CLASSES[code] = DIGIT | HEX
for (let code = 0x41; code <= 0x5a; code++) CLASSES[code] = UPPER
for (let code = 0x61; code <= 0x7a; code++) CLASSES[code] = LOWER | (code <= 0x66 ? HEX : 0)

function isA(classes: number, code: number): boolean {
  return ((CLASSES[code] ?? 0) & classes) !== 0
}

/**
 * Takes an image reference apart, with the defaults and the split of go-containerregistry: the first
 * component is a registry only if it is `localhost` or has a `.` or a `:`; what has no registry is
 * Docker Hub's. Takes time linear in the text's length.
 *
 * @param text - The reference, such as `ghcr.io/acme/app:1.2@sha256:…`.
 * @returns The parts, frozen.
 * @throws {@link ImageReferenceError} if the text is no image reference; its message doesn't repeat
 *   the text.
 * @throws `TypeError` if the argument is not a string.
 *
 * @example
 *
 * ```ts
 * import { parseImageReference } from 'imagepuller-auth'
 *
 * const image = parseImageReference('nginx:1.27')
 * console.log(image.host, image.repository, image.tag) // index.docker.io library/nginx 1.27
 * ```
 */
export function parseImageReference(text: string): ImageReference {
  if (typeof text !== 'string') throw new TypeError('parseImageReference: expected a string')
  if (text === '') throw new ImageReferenceError('reference', 'empty', 'expected an image name')
  const at = text.indexOf('@')
  const digest = at < 0 ? undefined : readDigest(text, at)
  const rest = at < 0 ? text : text.slice(0, at)

  const lastSlash = rest.lastIndexOf('/')
  const colon = rest.lastIndexOf(':')
  const hasTag = colon > lastSlash
  const named = hasTag ? rest.slice(0, colon) : rest

  const slash = lastSlash < 0 ? -1 : named.indexOf('/')
  const first = slash < 0 ? '' : named.slice(0, slash)
  const hasRegistry = first === 'localhost' || first.includes('.') || first.includes(':')
  const path = hasRegistry ? named.slice(slash + 1) : named

  const { host, port } = hasRegistry ? readRegistry(first, path) : HUB
  const onHub = host === DOCKER_HUB && port === undefined
  const repository = onHub && !path.includes('/') ? `library/${path}` : path
  checkRepository(path, repository)
  const tag = hasTag ? readTag(rest.slice(colon + 1)) : digest === undefined ? 'latest' : undefined

  const registry = !hasRegistry || first === DOCKER_HUB_ALIAS ? DOCKER_HUB : first
  const identifier = digest === undefined ? `:${tag}` : `@${digest}`
  const name = `${registry}/${repository}${identifier}`
  return Object.freeze({ registry, host, port, repository, tag, digest, name })
}

interface Authority {
  readonly host: string
  readonly port: number | undefined
}

const HUB: Authority = { host: DOCKER_HUB, port: undefined }

/**
 * The name under which Docker Hub's registry is dialled, for either of its names; any other host as
 * it is.
 */
export function registryHost(host: string): string {
  return host === DOCKER_HUB_ALIAS ? DOCKER_HUB : host
}

/** The registry's host, and its port if it has one, as they stand in a URL. */
export function authorityOf({ host, port }: Pick<ImageReference, 'host' | 'port'>): string {
  return port === undefined ? host : `${host}:${port}`
}

function readRegistry(registry: string, path: string): Authority {
  const end = registry.startsWith('[') ? registry.indexOf(']') + 1 : registry.indexOf(':')
  const hostEnd = end <= 0 ? registry.length : end
  if (hostEnd === registry.length)
    return { host: registryHost(readHost(registry)), port: undefined }
  // A scheme looks like a registry with an empty port: "https:" before "//ghcr.io/app".
  if (registry.length === hostEnd + 1 && path.startsWith('/')) {
    fail('registry', 'scheme', 'leave out the scheme, expected HOST[:PORT]/REPOSITORY')
  }
  return { host: readHost(registry.slice(0, hostEnd)), port: readPort(registry, hostEnd) }
}

/** The host in lower case, without the trailing dot of a fully qualified name. */
function readHost(host: string): string {
  if (host.startsWith('[')) {
    const address = host.slice(1, -1)
    if (!host.endsWith(']') || !address.includes(':') || parseIpAddress(address) === undefined) {
      fail('registry', 'invalid-host', 'expected an IPv6 address within the brackets')
    }
    return host.toLowerCase()
  }
  let label = 0
  let hasUpperCase = false
  for (let i = 0; i < host.length; i++) {
    const code = host.charCodeAt(i)
    if (code === DOT && label > 0) label = 0
    else if (isA(DIGIT | LOWER, code) || code === DASH || code === UNDERSCORE) label++
    else if (isA(UPPER, code)) {
      hasUpperCase = true
      label++
    } else failHost(code)
  }
  const name = label === 0 ? host.slice(0, -1) : host
  return hasUpperCase ? name.toLowerCase() : name
}

function failHost(code: number): never {
  if (code === DOT) {
    fail('registry', 'invalid-host', 'expected a domain name, each of its labels with a character')
  }
  const letters = 'letters, digits, "-", "_" and dots'
  if (code > 0x7f) {
    fail('registry', 'invalid-host', `expected ${letters}; write an international name as "xn--"`)
  }
  fail('registry', 'invalid-host', `expected a domain name of ${letters}, or an IP address`)
}

function readPort(registry: string, colon: number): number {
  let port = registry[colon] === ':' && colon + 1 < registry.length ? 0 : Number.NaN
  for (let i = colon + 1; i < registry.length; i++) {
    const code = registry.charCodeAt(i)
    port = isA(DIGIT, code) && port <= PORT_MAX ? port * 10 + (code - 0x30) : Number.NaN
  }
  if (port >= 1 && port <= PORT_MAX) return port
  fail('registry', 'invalid-port', 'expected a port from 1 to 65535 after the colon')
}

/**
 * The grammar of the OCI distribution specification: components of lower-case letters and digits,
 * which may be separated by one dot, one or two underscores or any number of dashes, joined by
 * single slashes.
 */
function checkRepository(written: string, repository: string): void {
  if (written === '') fail('repository', 'empty', 'expected a name')
  if (repository.length > REPOSITORY_MAX) {
    fail('repository', 'too-long', `expected at most ${REPOSITORY_MAX} characters`)
  }
  // The separator before the current character, and how often it stands there; 0 within a word.
  let separator = SLASH
  let count = 1
  for (let i = 0; i < repository.length; i++) {
    const code = repository.charCodeAt(i)
    if (isA(DIGIT | LOWER, code)) separator = 0
    else if (code !== SLASH && code !== DOT && code !== DASH && code !== UNDERSCORE) {
      const expected = isA(UPPER, code)
        ? 'lower-case letters'
        : 'lower-case letters, digits, "._-/"'
      fail('repository', 'invalid-character', `expected ${expected}`)
    } else if (separator === 0) {
      separator = code
      count = 1
    } else if (separator === code && (code === DASH || (code === UNDERSCORE && count === 1)))
      count++
    else failSeparator()
  }
  if (separator !== 0) failSeparator()
}

function failSeparator(): never {
  const expectation =
    'expected each component to begin and end with a letter or digit, and within it only single dots, one or two underscores, or dashes, as separators'
  fail('repository', 'invalid-grammar', expectation)
}

function readTag(tag: string): string {
  if (tag === '') fail('tag', 'empty', 'expected a tag after the colon')
  if (tag.length > TAG_MAX) fail('tag', 'too-long', `expected at most ${TAG_MAX} characters`)
  for (let i = 0; i < tag.length; i++) {
    const code = tag.charCodeAt(i)
    if (isA(DIGIT | LOWER | UPPER, code) || code === UNDERSCORE) continue
    if (code !== DOT && code !== DASH) {
      fail('tag', 'invalid-character', 'expected letters, digits, "_", "." and "-"')
    }
    if (i === 0) fail('tag', 'invalid-grammar', 'expected a letter, a digit or "_" at its start')
  }
  return tag
}

function readDigest(text: string, at: number): string {
  // A slash can only follow the "@" if what precedes it is meant as user info.
  if (text.includes('/', at)) {
    fail(
      'registry',
      'user-info',
      'leave out the user info; credentials belong into the configuration',
    )
  }
  const digest = text.slice(at + 1)
  let valid = digest.length === DIGEST_LENGTH && digest.startsWith(DIGEST_PREFIX)
  for (let i = DIGEST_PREFIX.length; valid && i < DIGEST_LENGTH; i++) {
    valid = isA(HEX, digest.charCodeAt(i))
  }
  if (!valid) {
    fail('digest', 'invalid-grammar', 'expected "sha256:" and 64 lower-case hexadecimal digits')
  }
  return digest
}

function fail(
  part: ImageReferencePart,
  reason: ConstructorParameters<typeof ImageReferenceError>[1],
  expectation: string,
): never {
  throw new ImageReferenceError(part, reason, expectation)
}
