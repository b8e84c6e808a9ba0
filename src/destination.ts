import { ANONYMOUS } from './credentials.js'
import { addressOfHost, type HttpUrl, parseHttpUrl, scopeOf } from './host.js'
import { authorityOf } from './image-reference.js'
import type { Resolution, Scheme } from './resolver.js'

/**
 * What a URL is asked for: `registry` is a request to the registry itself, before or after a
 * redirect; `realm` is the token service that the registry's challenge names.
 */
export type DestinationRole = 'registry' | 'realm'

/** Why credentials may not go to a URL. */
export type RefusalReason =
  | 'other-origin'
  | 'not-a-url'
  | 'scheme'
  | 'user-info'
  | 'host'
  | 'local-host'

/** Credentials may go there. */
export interface AllowedDestination {
  /** The union's tag. */
  readonly kind: 'allowed'
  /** The URL in the WHATWG form, without fragment and without a trailing dot of the host. */
  readonly url: string
  /** Its scheme, host and port: what the credentials are bound to. */
  readonly origin: string
  /** Whether the host is outside the registry's own domain; see {@link decideDestination}. */
  readonly foreign: boolean
}

/** Credentials may not go there. */
export interface RefusedDestination {
  /** The union's tag. */
  readonly kind: 'refused'
  /** Why. */
  readonly reason: RefusalReason
  /** The reason as a sentence. It repeats nothing of the URL. */
  readonly message: string
}

/** Whether credentials may go to a URL. */
export type Destination = AllowedDestination | RefusedDestination

const MESSAGES: Readonly<Record<RefusalReason, string>> = {
  'other-origin': "expected the registry's own origin: its scheme, host and port",
  'not-a-url': 'expected an absolute URL of printable ASCII characters without a backslash',
  scheme: 'expected https; http only where the resolution allows it',
  'user-info': 'expected a URL without user info',
  host: 'expected a domain name or an IP address as the host, and a port from 1 to 65535',
  'local-host': "expected a public address, or the registry's own host",
}

/** Names of the machine itself: RFC 6761, section 6.3, and what systems keep in /etc/hosts. */
const LOOPBACK_NAMES: ReadonlySet<string> = new Set([
  'localhost.localdomain',
  'localhost4',
  'localhost4.localdomain4',
  'localhost6',
  'localhost6.localdomain6',
  'ip6-localhost',
  'ip6-loopback',
])

/**
 * Names of clouds' metadata services. A machine reaches them from within only, and what they hand out
 * is worth more than an image.
 */
const METADATA_HOSTS: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
  'metadata.packet.net',
])

/** All names beneath it are Docker Hub's, whose token service is a sibling of its registry. */
const DOCKER_HUB = 'docker.io'

/**
 * Decides whether credentials may go to a URL. Whatever in this library hands out credentials has
 * asked this function first, and a puller that follows a redirect asks it again.
 *
 * As `registry`, a URL is allowed if its scheme, host and port are the registry's own. Everything
 * else, storage that a redirect leads to above all, gets nothing.
 *
 * As `realm`, a URL is allowed if
 * - all parsers agree on what it says: absolute, printable ASCII, no backslash, no user info, a host
 *   without escapes. An internationalised host has to come as its A-label (`xn--`);
 * - it is https, or http where `resolution.schemes` has http;
 * - its host is no loopback, private, link-local, unspecified or otherwise special address in any
 *   spelling, no name of the machine itself and no metadata service, unless it is the registry's own
 *   host (the port may differ: a token server beside a registry on `localhost`).
 *
 * The fragment is dropped, as it is never sent. A name is judged as a name: this library resolves
 * nothing, so a puller that must not reach its own network also has to look at the address it dials.
 *
 * A realm is `foreign` unless its host is the registry's own, a subdomain of it, or a domain of at
 * least two labels above it. Who holds one of these holds the registry as well. Siblings are
 * foreign, since under `co.uk` or `azurecr.io` a sibling is somebody else; Docker Hub's names under
 * `docker.io` are the one exception, known by name.
 *
 * @param resolution - What the resolver says about the image.
 * @param url - The URL that a request is about to go to.
 * @param role - What it is asked for.
 * @throws `TypeError` if the URL is not a string or the role is unknown.
 *
 * @example
 *
 * ```ts
 * import { createResolver, decideDestination, parseConfig } from 'imagepuller-auth'
 *
 * const resolution = createResolver(parseConfig('')).resolve('ghcr.io/acme/app')
 * console.log(decideDestination(resolution, 'https://ghcr.io/v2/', 'registry').kind) // allowed
 * console.log(decideDestination(resolution, 'https://ghcr.io:8443/', 'registry').kind) // refused
 * ```
 */
export function decideDestination(
  resolution: Resolution,
  url: string,
  role: DestinationRole,
): Destination {
  if (typeof url !== 'string') throw new TypeError('decideDestination: expected a URL as a string')
  if (role !== 'registry' && role !== 'realm') {
    throw new TypeError("decideDestination: expected 'registry' or 'realm'")
  }
  const target = parseHttpUrl(url)
  if (typeof target === 'string') return refuse(role === 'registry' ? 'other-origin' : target)
  const own = ownUrl(resolution, target.scheme)
  if (role === 'registry') {
    return own?.origin === target.origin ? allow(target, false) : refuse('other-origin')
  }
  if (own === undefined) return refuse('scheme')
  if (target.host === own.host) return allow(target, false)
  return isLocal(target.host) ? refuse('local-host') : allow(target, isForeign(target, own))
}

function allow({ href, origin }: HttpUrl, foreign: boolean): AllowedDestination {
  return Object.freeze({ kind: 'allowed', url: href, origin, foreign })
}

function refuse(reason: RefusalReason): RefusedDestination {
  return Object.freeze({ kind: 'refused', reason, message: MESSAGES[reason] })
}

/** The registry's own URL with a scheme, if the resolution allows the scheme. */
function ownUrl({ image, schemes }: Resolution, scheme: Scheme): HttpUrl | undefined {
  if (!schemes.includes(scheme)) return undefined
  const url = parseHttpUrl(`${scheme}://${authorityOf(image)}/`)
  return typeof url === 'string' ? undefined : url
}

function isLocal(host: string): boolean {
  const address = addressOfHost(host)
  if (METADATA_HOSTS.has(host)) return true
  if (address !== undefined) return scopeOf(address) !== 'public'
  return host === 'localhost' || isBeneath(host, 'localhost') || LOOPBACK_NAMES.has(host)
}

function isForeign(realm: HttpUrl, own: HttpUrl): boolean {
  if (isBeneath(realm.host, own.host)) return false
  if (realm.host.includes('.') && isBeneath(own.host, realm.host)) return false
  return !(isBeneath(own.host, DOCKER_HUB) && isBeneath(realm.host, DOCKER_HUB))
}

/** `a.corp` is beneath `corp`; `corp` and `acorp` are not. */
function isBeneath(host: string, domain: string): boolean {
  return host.endsWith(`.${domain}`)
}

/**
 * The URLs to try, in this order, for a request to an image's registry: at the registry itself, once
 * for each of the resolution's schemes, or at its mirror. None where everything is denied.
 *
 * A mirror's URL goes before the path, and `ns` behind the query, which is kept.
 *
 * @param resolution - What the resolver says about the image.
 * @param path - The request's path, such as `/v2/acme/app/manifests/1`, and its query if it has one.
 * @throws `TypeError` if the path is none that every URL parser takes as it stands.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig, requestUrls } from 'imagepuller-auth'
 *
 * const resolver = createResolver(parseConfig(`
 * [registries."docker.io."]
 * mirror = "https://mirror.corp/hub"
 * `))
 * console.log(requestUrls(resolver.resolve('nginx'), '/v2/library/nginx/tags/list?n=9')[0])
 * // https://mirror.corp/hub/v2/library/nginx/tags/list?n=9&ns=docker.io
 * console.log(requestUrls(resolver.resolve('ghcr.io/acme/app'), '/v2/')[0]) // https://ghcr.io/v2/
 * ```
 */
export function requestUrls(resolution: Resolution, path: string): readonly string[] {
  if (typeof path !== 'string' || !isPath(path)) {
    throw new TypeError('requestUrls: expected a path from the root, with its query if it has one')
  }
  const { endpoint, image, schemes } = resolution
  if (endpoint.kind === 'registry') {
    return Object.freeze(schemes.map((scheme) => `${scheme}://${authorityOf(image)}${path}`))
  }
  if (schemes.length === 0) return Object.freeze([])
  const separator = path.includes('?') ? '&' : '?'
  return Object.freeze([`${endpoint.url}${path}${separator}ns=${endpoint.namespace}`])
}

/**
 * Who answered at a URL, as a resolution: the registry's own, or one for the mirror, to which nobody
 * but anonymous speaks. A mirror on the registry's origin is the registry.
 */
export function respondentAt(resolution: Resolution, url: string): Resolution {
  const { endpoint, image } = resolution
  const answered = parseHttpUrl(url)
  if (endpoint.kind === 'registry' || typeof answered === 'string') return resolution
  if (answered.origin !== endpoint.origin || isOwnOrigin(resolution, endpoint.origin)) {
    return resolution
  }
  const { port } = new URL(answered.href)
  return Object.freeze({
    ...resolution,
    image: Object.freeze({
      ...image,
      host: answered.host,
      port: port === '' ? undefined : Number(port),
    }),
    credentials: ANONYMOUS,
  })
}

function isOwnOrigin({ image, schemes }: Resolution, origin: string): boolean {
  return schemes.some((scheme) => {
    const own = parseHttpUrl(`${scheme}://${authorityOf(image)}/`)
    return typeof own !== 'string' && own.origin === origin
  })
}

/** A path that no URL parser changes, by dot segments, backslashes or escapes. */
function isPath(path: string): boolean {
  const base = 'https://registry.corp'
  if (!path.startsWith('/') || path.includes('#')) return false
  const url = parseHttpUrl(base + path)
  return typeof url !== 'string' && url.href === base + path
}
