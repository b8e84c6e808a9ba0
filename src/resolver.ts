// From a configuration to a resolution, and from there to where requests and credentials may go.
import type { Certificate } from './ca-bundle.js'
import { type ImagePullerConfig, isImagePullerConfig, type RegistryRule } from './config.js'
import { ANONYMOUS, type Credentials, credentialsOf } from './credentials.js'
import {
  authorityOf,
  DOCKER_HUB_ALIAS,
  type ImageReference,
  parseImageReference,
  registryHost,
} from './image-reference.js'
import {
  compileProxy,
  type Endpoint,
  type Environment,
  effectiveProxySettings,
  type Mirror,
  mirrorEndpoint,
  type ProxyDecision,
  type ProxyFor,
  parseMirror,
  REGISTRY,
} from './proxy.js'
import {
  type AppliedRule,
  addressOfHost,
  endsInNumber,
  type HttpUrl,
  indexRules,
  parseHttpUrl,
  parseUrl,
  type RuleIndex,
  scopeOf,
} from './registry-name.js'

/** A scheme to reach a registry with. */
export type Scheme = 'https' | 'http'

/** Trust what the host trusts by default. */
export interface WebPkiTrust {
  /** The union's tag. */
  readonly trust: 'web-pki'
}

/** Trust these certificates and no others. */
export interface CaBundleTrust {
  /** The union's tag. */
  readonly trust: 'ca-bundle'
  /** The trust anchors, each once. */
  readonly certificates: readonly [Certificate, ...Certificate[]]
}

/** Trust nobody: no TLS handshake may succeed. */
export interface DenyAllTrust {
  /** The union's tag. */
  readonly trust: 'deny-all'
}

/** Trust anybody, and plain HTTP too. */
export interface SkipVerifyTrust {
  /** The union's tag. */
  readonly trust: 'skip-verify'
}

/** Whom to trust in TLS. It is never an optional or empty list: runtimes read these as web PKI. */
export type TlsTrust = WebPkiTrust | CaBundleTrust | DenyAllTrust | SkipVerifyTrust

/** Why rules for domain names don't apply to a registry. */
export interface Limitation {
  /** What the registry has that only the rule `.` covers. */
  readonly reason: 'port' | 'ip-address'
  /** The rule that would apply without the port, if it isn't the one that applies anyway. */
  readonly rule: AppliedRule | undefined
  /** The same in a sentence. */
  readonly message: string
}

/** How to reach an image's registry. Frozen, as is everything in it. */
export interface Resolution {
  /** The image. */
  readonly image: ImageReference
  /** The rule that applies, or undefined. */
  readonly rule: AppliedRule | undefined
  /** Why rules for domain names don't apply, for a registry with a port or at an IP address. */
  readonly limitation: Limitation | undefined
  /** Whom to trust in TLS. */
  readonly tls: TlsTrust
  /** What the rule holds to authenticate with. */
  readonly credentials: Credentials
  /** The schemes to try, in this order; none where everything is denied. */
  readonly schemes: readonly Scheme[]
  /** Where requests go: to the registry itself, or to its mirror. See `requestUrls`. */
  readonly endpoint: Endpoint
  /** How to reach the endpoint: directly or by a proxy. */
  readonly proxy: ProxyDecision
}

/** A compiled configuration. */
export interface Resolver {
  /**
   * Decides how to reach an image's registry.
   *
   * @param imageRef - The image reference.
   * @throws `ImageReferenceError` if the text is no image reference.
   * @throws `TypeError` if the argument is not a string.
   */
  resolve(imageRef: string): Resolution
  /**
   * Decides whether a URL, such as a realm's or a redirect's, is reached by a proxy.
   *
   * @param url - An absolute URL.
   * @throws `TypeError` if the argument is no URL.
   */
  proxyFor(url: string): ProxyDecision
}

/** Options of {@link createResolver}. */
export interface ResolverOptions {
  /**
   * The process's environment, where its proxy variables shall count; `extra-env` overrides them.
   * Default: none.
   */
  readonly env?: Environment
}

const WEB_PKI: WebPkiTrust = Object.freeze({ trust: 'web-pki' })
const DENY_ALL: DenyAllTrust = Object.freeze({ trust: 'deny-all' })
const SKIP_VERIFY: SkipVerifyTrust = Object.freeze({ trust: 'skip-verify' })

const NO_SCHEME: readonly Scheme[] = Object.freeze([])
const HTTPS: readonly Scheme[] = Object.freeze<Scheme[]>(['https'])
const HTTPS_THEN_HTTP: readonly Scheme[] = Object.freeze<Scheme[]>(['https', 'http'])

/**
 * Compiles a configuration: rules are indexed, trust and credentials built once and shared by all
 * resolutions.
 *
 * @param config - What `parseConfig` gave.
 * @param options - See {@link ResolverOptions}; only own properties count.
 * @throws `ConfigError` if a proxy variable of `env` holds no URL.
 * @throws `TypeError` if the argument is no configuration.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 *
 * const config = parseConfig(`
 * [registries.".corp."]
 * insecure-skip-verify = true
 * `)
 * const resolution = createResolver(config).resolve('registry.corp/acme/app')
 * console.log(resolution.rule?.coverage, resolution.tls.trust) // subdomain skip-verify
 * ```
 */
export function createResolver(config: ImagePullerConfig, options: ResolverOptions = {}): Resolver {
  if (!isImagePullerConfig(config)) {
    throw misuse('a configuration from parseConfig')
  }
  const env = environmentOf(options)
  const settings = effectiveProxySettings(config.extraEnv, env)
  const proxyFor = compileProxy(settings)
  const isProxied = Boolean(settings.HTTP_PROXY?.reveal() || settings.HTTPS_PROXY?.reveal())
  const index = indexRules(config.rules.map(compileRule), applyRule)
  return Object.freeze({
    resolve: (imageRef: string) =>
      resolve(parseImageReference(imageRef), index, isProxied ? proxyFor : undefined),
    proxyFor,
  })
}

function environmentOf(options: ResolverOptions): Environment | undefined {
  if (typeof options !== 'object' || options === null) throw misuse('options to be an object')
  const env = Object.hasOwn(options, 'env') ? options.env : undefined
  if (env === undefined || (typeof env === 'object' && env !== null)) return env
  throw misuse('env to be an object')
}

function misuse(expectation: string): TypeError {
  return new TypeError(`createResolver: expected ${expectation}`)
}

/** What a rule decides. */
interface Decision {
  readonly tls: TlsTrust
  readonly credentials: Credentials
  readonly schemes: readonly Scheme[]
  readonly mirror: Mirror | undefined
}

interface CompiledRule extends Decision {
  readonly name: string
}

/** A decision with the rule it is of: one object, so that a look-up among many rules reads no others. */
interface AppliedDecision extends Decision {
  readonly applied: AppliedRule
}

function applyRule(rule: CompiledRule, applied: AppliedRule): AppliedDecision {
  const { tls, credentials, schemes, mirror } = rule
  return { applied, tls, credentials, schemes, mirror }
}

function compileRule(rule: RegistryRule): CompiledRule {
  const tls = trustOf(rule)
  return {
    name: rule.name,
    tls,
    credentials: credentialsOf(rule),
    schemes: schemesOf(tls),
    mirror: mirrorOf(rule),
  }
}

function mirrorOf({ mirror, insecureSkipVerify }: RegistryRule): Mirror | undefined {
  const parsed = mirror === undefined ? undefined : parseMirror(mirror, insecureSkipVerify)
  if (typeof parsed !== 'string') return parsed
  throw misuse('a configuration from parseConfig')
}

function trustOf({ insecureSkipVerify, caBundle }: RegistryRule): TlsTrust {
  if (insecureSkipVerify) return SKIP_VERIFY
  if (caBundle === undefined) return WEB_PKI
  const [first, ...others] = caBundle.certificates
  if (first === undefined) return DENY_ALL
  const certificates: CaBundleTrust['certificates'] = [first, ...others]
  return Object.freeze({ trust: 'ca-bundle', certificates: Object.freeze(certificates) })
}

function schemesOf({ trust }: TlsTrust): readonly Scheme[] {
  if (trust === 'deny-all') return NO_SCHEME
  return trust === 'skip-verify' ? HTTPS_THEN_HTTP : HTTPS
}

function resolve(
  image: ImageReference,
  index: RuleIndex<AppliedDecision>,
  proxyFor: ProxyFor | undefined,
): Resolution {
  const limitation = limitationOf(image, index)
  const found = limitation ? index.catchAll : index.find(image.host)
  const { tls, credentials, schemes, mirror } = found ?? defaultDecision(image.host)
  return Object.freeze({
    image,
    rule: found?.applied,
    limitation,
    tls,
    credentials,
    schemes,
    endpoint: mirror ? mirrorEndpoint(mirror, image) : REGISTRY,
    proxy: proxyFor ? proxyOf(image, mirror, proxyFor) : DIRECT,
  })
}

function proxyOf(
  image: ImageReference,
  mirror: Mirror | undefined,
  proxyFor: ProxyFor,
): ProxyDecision {
  if (mirror) return proxyFor(mirror.href)
  const url = parseUrl(`https://${authorityOf(image)}/v2/`)
  return url ? proxyFor(url.href) : DIRECT
}

/** Where no proxy is configured, or the host is no URL's, as `1.2.3.4.5`: that nothing will reach. */
const DIRECT: ProxyDecision = Object.freeze({
  kind: 'direct',
  reason: 'not-configured',
  entry: undefined,
})

/** Configuration by IP address and port isn't supported: such registries are left to the rule `.`. */
function limitationOf(
  image: ImageReference,
  index: RuleIndex<AppliedDecision>,
): Limitation | undefined {
  const { host, port } = image
  if (isIpAddress(host)) {
    const message = 'rules name domains; a registry at an IP address is covered by "." alone'
    return Object.freeze({ reason: 'ip-address', rule: undefined, message })
  }
  if (port === undefined) return undefined
  const rule = withoutCatchAll(index.find(registryHost(host)))
  const message = 'rules name domains; a registry with a port is covered by "." alone'
  return Object.freeze({ reason: 'port', rule, message })
}

function withoutCatchAll(found: AppliedDecision | undefined): AppliedRule | undefined {
  return found?.applied.coverage === 'catch-all' ? undefined : found?.applied
}

function isIpAddress(host: string): boolean {
  return host.startsWith('[') || endsInNumber(host)
}

const NO_RULE: Decision = {
  tls: WEB_PKI,
  credentials: ANONYMOUS,
  schemes: HTTPS,
  mirror: undefined,
}
const NO_RULE_LOOPBACK: Decision = { ...NO_RULE, schemes: HTTPS_THEN_HTTP }

/** Where no rule applies: web PKI and no authentication, and plain HTTP for this very machine. */
function defaultDecision(host: string): Decision {
  return isLoopback(host) ? NO_RULE_LOOPBACK : NO_RULE
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  if (!isIpAddress(host)) return false
  // As it is dialled: 127.1 is 127.0.0.1.
  const address = addressOfHost(parseUrl(`http://${host}/`)?.hostname ?? '')
  return address !== undefined && scopeOf(address) === 'loopback'
}

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

const REFUSALS: Readonly<Record<RefusalReason, string>> = {
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
  return Object.freeze({ kind: 'refused', reason, message: REFUSALS[reason] })
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
  // All names beneath it are Docker Hub's, whose token service is a sibling of its registry.
  return !(isBeneath(own.host, DOCKER_HUB_ALIAS) && isBeneath(realm.host, DOCKER_HUB_ALIAS))
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

function isOwnOrigin(resolution: Resolution, origin: string): boolean {
  return resolution.schemes.some((scheme) => ownUrl(resolution, scheme)?.origin === origin)
}

/** A path that no URL parser changes, by dot segments, backslashes or escapes. */
function isPath(path: string): boolean {
  const base = 'https://registry.corp'
  if (!path.startsWith('/') || path.includes('#')) return false
  const url = parseHttpUrl(base + path)
  return typeof url !== 'string' && url.href === base + path
}
