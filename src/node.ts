/**
 * From a decision to what the clients of Node, Bun and Deno take. What each runtime makes of it is
 * measured with real handshakes, in `docs/runtimes.md`.
 *
 * Nothing here imports a module of Node: where an agent must be made, the caller passes its class.
 *
 * @module
 */

import { DENYING_CA } from './denying-ca.js'
import { TrustDeniedError, UnsupportedDecisionError } from './errors.js'
import type { ProxiedDecision, ProxyDecision } from './proxy.js'
import { addressOfHost, endsInNumber, parseUrl, withoutTrailingDot } from './registry-name.js'
import type { TlsTrust } from './resolver.js'

export { TrustDeniedError, UnsupportedDecisionError, type UnsupportedPart } from './errors.js'

/** What every client of TLS is told, whatever it would do by default. */
export interface TlsVerification {
  /** Always given, since `NODE_TLS_REJECT_UNAUTHORIZED=0` changes the default. */
  readonly rejectUnauthorized: boolean
  /**
   * The only CAs that count, one PEM an element. Where the default ones count it is undefined, and
   * there, so that no `ca` from elsewhere does.
   */
  readonly ca: string[] | undefined
  /** An intermediate or the server's own certificate may be the anchor, as in Go. */
  readonly allowPartialTrustChain?: boolean
  /** A session that another trust opened would be resumed without asking this one. */
  readonly session: undefined
  /** A context that was made for another trust would count in place of `ca`. */
  readonly secureContext: undefined
}

/** Options for `tls.connect` and `https.request` or `https.get`. */
export interface TlsOptions extends TlsVerification {
  /**
   * Makes `https.request` use an agent of its own. An agent's options come before those of a
   * request, those of the global agent too, and so do the sockets that it has kept.
   */
  readonly agent: false
  /** The name that is sent and verified, if a host was given that isn't an IP address. */
  readonly servername?: string
}

/** Options of `https.Agent`. */
export interface HttpsAgentOptions extends TlsVerification {
  /** Sockets are kept, for this trust alone. */
  readonly keepAlive: true
  /** No session is resumed. */
  readonly maxCachedSessions: 0
}

/** What of `node:https` is used; pass the module itself. */
export interface HttpsClasses<A> {
  /** The class `https.Agent`. */
  readonly Agent: {
    /** Makes an agent. */
    new (options: HttpsAgentOptions): A
  }
}

/** Options of a TLS connection of undici's. */
export interface UndiciTlsOptions extends TlsVerification {
  /** No session is resumed. */
  readonly maxCachedSessions: 0
}

/** Options of undici's `Agent`. */
export interface UndiciAgentOptions {
  /** The trust. At the top level, `ca` would be ignored. */
  readonly connect: UndiciTlsOptions
}

/** Options of undici's `ProxyAgent`. */
export interface UndiciProxyAgentOptions {
  /** The proxy's URL. */
  readonly uri: string
  /** The value of `Proxy-Authorization`. */
  readonly token?: string
  /** The trust in the registry. In `connect`, `ca` would be ignored. */
  readonly requestTls: UndiciTlsOptions
  /** The trust in a proxy that is reached by TLS: the web PKI, whatever the registry's is. */
  readonly proxyTls: UndiciTlsOptions
  /**
   * Plain HTTP is asked of an http proxy itself, as Go does, since proxies rarely tunnel to port 80;
   * through an https proxy undici tunnels in any case.
   */
  readonly proxyTunnel: false
}

/** What of undici is used; pass the module itself. */
export interface UndiciClasses<A, P> {
  /** The class `Agent`. */
  readonly Agent: {
    /** Makes a dispatcher for direct connections. */
    new (options: UndiciAgentOptions): A
  }
  /** The class `ProxyAgent`. */
  readonly ProxyAgent: {
    /** Makes a dispatcher for connections through a proxy. */
    new (options: UndiciProxyAgentOptions): P
  }
}

/** A proxy for Bun's `fetch`. */
export interface BunProxy {
  /** The proxy's URL. */
  readonly url: string
  /** `Proxy-Authorization`, if the proxy wants it. Not enumerable, so that it isn't shown. */
  readonly headers?: Record<string, string>
}

/** Options of Bun's `fetch`. */
export interface BunFetchOptions {
  /** The trust. */
  readonly tls: TlsVerification & {
    /** The name that is sent and verified, if a host was given that isn't an IP address. */
    readonly serverName?: string
  }
  /** The proxy; false, since without it Bun takes one from the process's environment. */
  readonly proxy: BunProxy | false
}

/** Options of `Deno.createHttpClient`: none. */
export type DenoClientOptions = Readonly<Record<string, never>>

/**
 * Options for `tls.connect`, and for `https.request` without an agent of yours. Spread them last.
 *
 * @param tls - Whom to trust.
 * @param host - The host, for `servername`. `tls.connect` sends no name without it; `https.request`
 * needs it only for a host with a trailing dot.
 * @throws {@link TrustDeniedError} for `deny-all`.
 * @throws `TypeError` if an argument is something else.
 *
 * @example
 *
 * ```ts
 * import { tlsOptions } from 'imagepuller-auth/node'
 *
 * const { rejectUnauthorized, servername } = tlsOptions({ trust: 'web-pki' }, 'registry.corp.')
 * console.log(rejectUnauthorized, servername) // true registry.corp
 * ```
 */
export function tlsOptions(tls: TlsTrust, host?: string): TlsOptions {
  const servername = host === undefined ? undefined : servernameOf(host)
  return Object.freeze({
    ...verificationOf(tls),
    agent: false,
    ...(servername === undefined ? {} : { servername }),
  })
}

/**
 * Options with which no handshake succeeds on any runtime, for those who hand on options for
 * `deny-all` in place of an error: they name a CA whose private key was destroyed.
 *
 * @example
 *
 * ```ts
 * import { denyingTlsOptions } from 'imagepuller-auth/node'
 *
 * const { rejectUnauthorized, ca } = denyingTlsOptions()
 * console.log(rejectUnauthorized, ca?.length) // true 1
 * ```
 */
export function denyingTlsOptions(): TlsOptions {
  return Object.freeze({ ...pinned([DENYING_CA]), agent: false })
}

/**
 * An agent of `node:https` for this trust alone. It reaches registries directly: for a proxy, see
 * {@link undiciDispatcher}. Don't change its options, and make one for each trust.
 *
 * @param tls - Whom to trust.
 * @param https - The module `node:https`.
 * @throws {@link TrustDeniedError} for `deny-all`.
 * @throws `TypeError` if an argument is something else.
 *
 * @example
 *
 * ```ts
 * import https from 'node:https'
 * import { httpsAgent } from 'imagepuller-auth/node'
 *
 * const agent = httpsAgent({ trust: 'web-pki' }, https)
 * console.log(agent.options.rejectUnauthorized) // true
 * ```
 */
export function httpsAgent<A extends object>(tls: TlsTrust, https: HttpsClasses<A>): A {
  const verification = verificationOf(tls)
  const agent = new https.Agent({ ...verification, keepAlive: true, maxCachedSessions: 0 })
  // The trust has the last word: a request may bring a session, or CAs where the agent has none.
  wrapMethod(agent, 'createConnection', (options) => {
    const host = nameIn(options, 'host')
    const servername = nameIn(options, 'servername')
    return { ...options, ...verification, host, servername }
  })
  return agent
}

/**
 * A dispatcher of undici's, for this trust and this proxy alone. Hand it to undici's own `fetch` or
 * `request`: the `fetch` of Bun and Deno ignores it, and that of Node is of another version.
 *
 * @param tls - Whom to trust.
 * @param proxy - `resolution.proxy`, or what `resolver.proxyFor` gave.
 * @param undici - The module undici, of version 7, from 7.29 on.
 * @throws {@link TrustDeniedError} for `deny-all`.
 * @throws {@link UnsupportedDecisionError} on Bun, whose own undici ignores the trust, and for a proxy
 * that isn't reached by http or https.
 * @throws `TypeError` if an argument is something else.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { undiciDispatcher } from 'imagepuller-auth/node'
 * import * as undici from 'undici'
 *
 * const config = parseConfig('[extra-env]\nHTTPS_PROXY = "http://puller:secret@proxy.corp:3128"')
 * const { tls, proxy } = createResolver(config).resolve('ghcr.io/acme/app')
 * const dispatcher = undiciDispatcher(tls, proxy, undici)
 * console.log(dispatcher instanceof undici.ProxyAgent) // true
 * ```
 */
export function undiciDispatcher<A extends object, P extends object>(
  tls: TlsTrust,
  proxy: ProxyDecision,
  undici: UndiciClasses<A, P>,
): A | P {
  const requestTls = undiciTls(tls)
  if (isRuntime('Bun')) {
    throw new UnsupportedDecisionError('runtime', "Bun's own undici ignores whom to trust")
  }
  if (!isProxied(proxy)) return ownDispatcher(new undici.Agent({ connect: requestTls }))
  const { url, authorization } = proxy
  return ownDispatcher(
    new undici.ProxyAgent({
      uri: url,
      ...(authorization ? { token: authorization.reveal() } : {}),
      requestTls,
      proxyTls: proxyTlsOf(url),
      proxyTunnel: false,
    }),
  )
}

/**
 * Options for Bun's `fetch`. A proxy's credentials don't show when they are printed.
 *
 * Bun obeys `NO_PROXY` of the process's environment even where a proxy is given; unset it if the
 * configuration alone shall count.
 *
 * @param tls - Whom to trust.
 * @param proxy - `resolution.proxy`, or what `resolver.proxyFor` gave.
 * @param host - The host, if the URL has one with a trailing dot.
 * @throws {@link TrustDeniedError} for `deny-all`.
 * @throws {@link UnsupportedDecisionError} on any runtime but Bun, since their `fetch` ignores these
 * options, and for a proxy that isn't reached by http: over TLS, Bun would trust it as it does the
 * registry.
 * @throws `TypeError` if an argument is something else.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { bunFetchOptions } from 'imagepuller-auth/node'
 *
 * const { tls, proxy } = createResolver(parseConfig('')).resolve('ghcr.io/acme/app')
 * try {
 *   bunFetchOptions(tls, proxy)
 * } catch (error) {
 *   console.log(error.part, 'but on Bun') // runtime but on Bun
 * }
 * ```
 */
export function bunFetchOptions(
  tls: TlsTrust,
  proxy: ProxyDecision,
  host?: string,
): BunFetchOptions {
  const verification = verificationOf(tls)
  if (!isRuntime('Bun')) {
    throw new UnsupportedDecisionError('runtime', 'only the fetch of Bun takes these options')
  }
  const proxied = isProxied(proxy) ? proxy : undefined
  if (proxied?.url.startsWith('https://')) {
    throw new UnsupportedDecisionError(
      'proxy',
      'Bun would trust such a proxy as it does the registry',
    )
  }
  const serverName = host === undefined ? undefined : servernameOf(host)
  return Object.freeze({
    tls: Object.freeze({ ...verification, ...(serverName === undefined ? {} : { serverName }) }),
    proxy: proxied ? bunProxy(proxied) : false,
  })
}

/**
 * Options for `Deno.createHttpClient`, which has none for most decisions: it adds CAs to the default
 * ones instead of replacing them. Under Deno, use {@link tlsOptions}, {@link httpsAgent} or
 * {@link undiciDispatcher}, which the same runtime follows.
 *
 * Deno takes a proxy from the process's environment even where the decision is none.
 *
 * @param tls - Whom to trust.
 * @param proxy - `resolution.proxy`, or what `resolver.proxyFor` gave.
 * @throws {@link TrustDeniedError} for `deny-all`.
 * @throws {@link UnsupportedDecisionError} for everything but the web PKI without a proxy, and on
 * any other runtime.
 * @throws `TypeError` if an argument is something else.
 *
 * @example
 *
 * ```ts
 * import { denoClientOptions } from 'imagepuller-auth/node'
 *
 * const direct = { kind: 'direct', reason: 'not-configured', entry: undefined } as const
 * try {
 *   denoClientOptions({ trust: 'skip-verify' }, direct)
 * } catch (error) {
 *   console.log(error.code, error.part) // ERR_DECISION_UNSUPPORTED runtime
 * }
 * ```
 */
export function denoClientOptions(tls: TlsTrust, proxy: ProxyDecision): DenoClientOptions {
  verificationOf(tls)
  if (!isRuntime('Deno')) {
    throw new UnsupportedDecisionError('runtime', 'only Deno has clients of that kind')
  }
  if (tls.trust !== 'web-pki') {
    throw new UnsupportedDecisionError('trust', "Deno's fetch trusts the default CAs in any case")
  }
  if (isProxied(proxy)) {
    throw new UnsupportedDecisionError('proxy', "Deno's fetch asks the environment for a proxy")
  }
  return Object.freeze({})
}

/** What would come before the trust, wherever it is from: from a request, or a polluted prototype. */
const NOTHING_ELSE = { session: undefined, secureContext: undefined }

/** Fresh with each call, since a list of CAs that two clients share is one that either can change. */
function verificationOf(tls: TlsTrust): TlsVerification {
  switch (tls?.trust) {
    case 'web-pki':
      return { rejectUnauthorized: true, ca: undefined, ...NOTHING_ELSE }
    case 'ca-bundle':
      return pinned(tls.certificates.map(({ pem }) => pem))
    case 'skip-verify':
      return { rejectUnauthorized: false, ca: undefined, ...NOTHING_ELSE }
    case 'deny-all':
      throw new TrustDeniedError()
    default:
      throw new TypeError('expected resolution.tls')
  }
}

function pinned(ca: string[]): TlsVerification {
  // Runtimes read an empty list as their default CAs.
  if (ca.length === 0) throw new TypeError('expected certificates')
  return { rejectUnauthorized: true, ca, allowPartialTrustChain: true, ...NOTHING_ELSE }
}

function undiciTls(tls: TlsTrust): UndiciTlsOptions {
  return { ...verificationOf(tls), maxCachedSessions: 0 }
}

/** Undici names the proxy with its trailing dot, where it isn't told another name. */
function proxyTlsOf(url: string): UndiciTlsOptions {
  const servername = servernameOf(new URL(url).hostname)
  return { ...undiciTls({ trust: 'web-pki' }), ...(servername === undefined ? {} : { servername }) }
}

function isProxied(proxy: ProxyDecision): proxy is ProxiedDecision {
  if (proxy?.kind === 'direct') return false
  if (proxy?.kind !== 'proxy') throw new TypeError('expected resolution.proxy')
  if (proxy.url.startsWith('http://') || proxy.url.startsWith('https://')) return true
  throw new UnsupportedDecisionError('proxy', 'only proxies with http:// or https:// are supported')
}

function bunProxy({ url, authorization }: ProxiedDecision): BunProxy {
  const proxy = { url }
  if (authorization === undefined) return Object.freeze(proxy)
  // Bun prints properties that aren't enumerable, but calls no getter for it.
  const get = () => ({ 'Proxy-Authorization': authorization.reveal() })
  return Object.freeze(Object.defineProperty(proxy, 'headers', { get }))
}

/** Undici sends a host's trailing dot in the handshake, and shows a proxy's token when printed. */
function ownDispatcher<D extends object>(dispatcher: D): D {
  wrapMethod(dispatcher, 'dispatch', (options) => {
    const origin = ownValue(options, 'origin')
    return { ...options, origin: originWithoutTrailingDot(origin) }
  })
  const value = () => '[undici dispatcher]'
  for (const symbol of ['nodejs.util.inspect.custom', 'Deno.customInspect']) {
    Object.defineProperty(dispatcher, Symbol.for(symbol), { value })
  }
  return dispatcher
}

function wrapMethod(target: object, name: string, change: (options: object) => object): void {
  const method: unknown = Reflect.get(target, name)
  if (typeof method !== 'function') throw new TypeError(`expected a class with the method ${name}`)
  const value = (options: object, ...others: unknown[]): unknown =>
    Reflect.apply(method, target, [change(options), ...others])
  Object.defineProperty(target, name, { value })
}

/** RFC 6066, section 3: the name has no trailing dot, and an address is no name. */
function servernameOf(host: string): string | undefined {
  if (typeof host !== 'string') throw new TypeError('expected the host to be a string')
  const name = withoutTrailingDot(host)
  if (addressOfHost(name) !== undefined || endsInNumber(name)) return undefined
  if (name !== '' && !name.endsWith('.') && !name.includes(':')) return name
  throw new TypeError('expected a host without a port')
}

function ownValue(options: object, name: string): unknown {
  return Object.hasOwn(options, name) ? Reflect.get(options, name) : undefined
}

/** A name among the options, as it is sent: without a trailing dot. */
function nameIn(options: object, name: string): unknown {
  const value = ownValue(options, name)
  return typeof value === 'string' ? withoutTrailingDot(value) : value
}

/** Of a URL as a string or an object. */
function originWithoutTrailingDot(origin: unknown): unknown {
  const url = parseUrl(String(origin))
  if (!url?.hostname.endsWith('.')) return origin
  const port = url.port === '' ? '' : `:${url.port}`
  return `${url.protocol}//${withoutTrailingDot(url.hostname)}${port}`
}

function isRuntime(name: 'Bun' | 'Deno'): boolean {
  return Object.hasOwn(globalThis, name)
}
