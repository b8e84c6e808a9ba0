import type { Certificate } from './ca-bundle.js'
import { type ImagePullerConfig, isImagePullerConfig, type RegistryRule } from './config.js'
import { ANONYMOUS, type Credentials, credentialsOf } from './credentials.js'
import { addressOfHost, endsInNumber, parseUrl, scopeOf } from './host.js'
import {
  authorityOf,
  type ImageReference,
  parseImageReference,
  registryHost,
} from './image-reference.js'
import { type Endpoint, type Mirror, mirrorEndpoint, parseMirror, REGISTRY } from './mirror.js'
import {
  compileProxy,
  type Environment,
  effectiveProxySettings,
  type ProxyDecision,
  type ProxyFor,
} from './proxy.js'
import { type AppliedRule, indexRules, type RuleIndex } from './registry-name.js'

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
