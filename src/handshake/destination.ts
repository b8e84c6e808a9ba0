// Where credentials may go. This is the one place that decides it; whatever hands out credentials has
// asked here first.
import { DOCKER_HUB_ALIAS } from '../image/index.js'
import { resolutions } from '../membership.js'
import { type HttpUrl, type HttpUrlFault, parseHttpUrl } from '../net/index.js'
import type { Resolution } from '../resolve/index.js'
import { isBeneath, isLocal } from './local-names.js'
import { ownUrl, type Respondent, registryOf } from './respondent.js'

/**
 * What a URL is asked for: `registry` is a request to the registry itself, before or after a
 * redirect; `realm` is the token service that the registry's challenge names.
 */
export type DestinationRole = 'registry' | 'realm'

/** Why credentials may not go to a URL. */
export type RefusalCode =
  | 'other-origin'
  | 'not-a-url'
  | 'invalid-scheme'
  | 'user-info'
  | 'invalid-host'
  | 'invalid-port'
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
  readonly code: RefusalCode
  /** The reason as a sentence. It repeats nothing of the URL. */
  readonly message: string
}

/** Whether credentials may go to a URL. */
export type Destination = AllowedDestination | RefusedDestination

const REFUSALS: Readonly<Record<RefusalCode, string>> = {
  'other-origin': "expected the registry's own origin: its scheme, host and port",
  'not-a-url':
    'expected an absolute URL of printable ASCII characters, without a backslash or a broken percent escape',
  'invalid-scheme':
    'expected https; plain http is for a rule with insecure-skip-verify = true, and for a loopback registry without a rule',
  'user-info': 'expected a URL without user info',
  'invalid-host': 'expected a domain name or an IP address as the host',
  'invalid-port': 'expected a port from 1 to 65535',
  'local-host':
    "expected a public address or name, or the registry's own host: this one means the machine itself, its network or its cluster",
}

/**
 * Decides whether credentials may go to a URL. Whatever in this library hands out credentials has
 * asked this function first, and a puller that follows a redirect asks it again.
 *
 * As `registry`, a URL is allowed if its scheme, host and port are the registry's own. Everything
 * else, storage that a redirect leads to above all, gets nothing.
 *
 * As `realm`, a URL is allowed if
 * - all parsers agree on what it says: absolute, printable ASCII, no backslash, no broken percent
 *   escape in its path, no user info, a host without escapes. An internationalised host has to come as its A-label (`xn--`);
 * - it is https, or http where `resolution.schemes` has http;
 * - its host is no loopback, private, link-local, unspecified or otherwise special address in any
 *   spelling, no name of the machine itself or of its cluster's API, no single label and no metadata
 *   service, unless it is the registry's own host (the port may differ: a token server beside a
 *   registry on `localhost`).
 *
 * The fragment is dropped, as it is never sent. A name is judged as a name: this library resolves
 * nothing, so a puller that must not reach its own network also has to look at the address it dials.
 *
 * A realm is `foreign` unless its host is the registry's own, a subdomain of it, or a domain of at
 * least two labels above it, whose owner holds the registry as well. Siblings are foreign, since
 * under `co.uk` or `azurecr.io` a sibling is another owner's; Docker Hub's names under `docker.io`
 * are the one exception, known by name.
 *
 * @param resolution - What the resolver says about the image.
 * @param url - The URL that a request is about to go to.
 * @param role - What it is asked for.
 * @throws `TypeError` if the resolution isn't a resolver's, the URL not a string or the role unknown.
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
  if (!resolutions.has(resolution)) throw misuse("a resolver's resolution")
  if (typeof url !== 'string') throw misuse('a URL as a string')
  if (role === 'registry') return registryDestination(registryOf(resolution), url)
  if (role === 'realm') return realmDestination(registryOf(resolution), url)
  throw misuse("'registry' or 'realm'")
}

function misuse(expectation: string): TypeError {
  return new TypeError(`decideDestination: expected ${expectation}`)
}

/** Whether a URL is at the respondent's own origin. */
export function registryDestination(respondent: Respondent, url: string): Destination {
  const target = parseHttpUrl(url)
  if (typeof target === 'string') return refuse('other-origin')
  const isOwn = ownUrl(respondent, target.scheme)?.origin === target.origin
  return isOwn ? allow(target, false) : refuse('other-origin')
}

/** Whether a URL may be the token service of a respondent. */
export function realmDestination(respondent: Respondent, url: string): Destination {
  const target: HttpUrl | HttpUrlFault = parseHttpUrl(url)
  if (typeof target === 'string') return refuse(target)
  const own = ownUrl(respondent, target.scheme)
  if (own === undefined) return refuse('invalid-scheme')
  if (target.host === own.host) return allow(target, false)
  return isLocal(target.host) ? refuse('local-host') : allow(target, isForeign(target, own))
}

function allow({ href, origin }: HttpUrl, foreign: boolean): AllowedDestination {
  return Object.freeze({ kind: 'allowed', url: href, origin, foreign })
}

function refuse(code: RefusalCode): RefusedDestination {
  return Object.freeze({ kind: 'refused', code, message: REFUSALS[code] })
}

function isForeign(realm: HttpUrl, own: HttpUrl): boolean {
  if (isBeneath(realm.host, own.host) || isBeneath(own.host, realm.host)) return false
  // All names beneath it are Docker Hub's, whose token service is a sibling of its registry.
  return !(isBeneath(own.host, DOCKER_HUB_ALIAS) && isBeneath(realm.host, DOCKER_HUB_ALIAS))
}
