import { parseUrl, withoutTrailingDot } from '../net/index.js'
import type { ProxyDecision } from '../proxy/index.js'
import type { TlsTrust } from '../resolve/index.js'
import { UnsupportedDecisionError } from './errors.js'
import { isProxied } from './proxied.js'
import { isRuntime } from './runtime.js'
import { servernameOf, type TlsVerification, verificationOf } from './verification.js'
import { ownValue, wrapMethod } from './wrap.js'

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

function undiciTls(tls: TlsTrust): UndiciTlsOptions {
  return { ...verificationOf(tls), maxCachedSessions: 0 }
}

/** Undici names the proxy with its trailing dot, where it isn't told another name. */
function proxyTlsOf(url: string): UndiciTlsOptions {
  const servername = servernameOf(new URL(url).hostname)
  return { ...undiciTls({ kind: 'web-pki' }), ...(servername === undefined ? {} : { servername }) }
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

/** Of a URL as a string or an object. */
function originWithoutTrailingDot(origin: unknown): unknown {
  const url = parseUrl(String(origin))
  if (!url?.hostname.endsWith('.')) return origin
  const port = url.port === '' ? '' : `:${url.port}`
  return `${url.protocol}//${withoutTrailingDot(url.hostname)}${port}`
}
