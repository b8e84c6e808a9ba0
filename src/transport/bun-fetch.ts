import type { ProxiedDecision, ProxyDecision } from '../proxy/index.js'
import type { TlsTrust } from '../resolve/index.js'
import { UnsupportedDecisionError } from './errors.js'
import { isProxied } from './proxied.js'
import { isRuntime } from './runtime.js'
import { servernameOf, type TlsVerification, verificationOf } from './verification.js'

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

function bunProxy({ url, authorization }: ProxiedDecision): BunProxy {
  const proxy = { url }
  if (authorization === undefined) return Object.freeze(proxy)
  // Bun prints properties that aren't enumerable, but calls no getter for it.
  const get = () => ({ 'Proxy-Authorization': authorization.reveal() })
  return Object.freeze(Object.defineProperty(proxy, 'headers', { get }))
}
