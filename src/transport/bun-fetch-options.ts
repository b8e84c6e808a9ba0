// The route as options of Bun's `fetch`.
import type { ProxiedDecision } from '../proxy/index.js'
import type { Route } from '../resolve/index.js'
import { UnsupportedDecisionError } from './errors.js'
import { ownRoute } from './own-route.js'
import { proxyOf } from './proxied.js'
import { isRuntime } from './runtime.js'
import { servernameOf } from './servername.js'
import { type TlsVerification, verificationOf } from './verification.js'

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
 * @param route - A resolution, or what `resolver.routeTo` gave.
 * @param host - The host, if the URL has one with a trailing dot.
 * @throws {@link TrustDeniedError} for `deny-all`.
 * @throws {@link UnsupportedDecisionError} on any runtime but Bun, since their `fetch` ignores these
 * options; for a proxy that isn't reached by http or https; for one that is reached by TLS where the
 * registry isn't verified, since Bun wouldn't verify the proxy either; and for a URL that can't be dialled.
 * @throws `TypeError` if an argument is something else.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { bunFetchOptions } from 'imagepuller-auth/transport'
 *
 * const resolution = createResolver(parseConfig('')).resolve('ghcr.io/acme/app')
 * try {
 *   bunFetchOptions(resolution)
 * } catch (error) {
 *   console.log(error.issue.code, 'on every other runtime') // not-bun on every other runtime
 * }
 * ```
 */
export function bunFetchOptions(route: Route, host?: string): BunFetchOptions {
  const own = ownRoute(route)
  const verification = verificationOf('bunFetchOptions', own)
  if (!isRuntime('Bun')) {
    throw new UnsupportedDecisionError(
      'not-bun',
      'only the fetch of Bun takes these options',
      'use undiciDispatcher with the fetch of undici',
    )
  }
  const proxy = proxyOf('bunFetchOptions', own)
  // Bun trusts such a proxy as it does the registry, which is right for all other trusts.
  if (proxy?.url.startsWith('https://') && !verification.rejectUnauthorized) {
    throw new UnsupportedDecisionError(
      'proxy-trust',
      'Bun would not verify a proxy that is reached by TLS, where it does not verify the registry',
      'use a proxy with http://, or Node or Deno with undiciDispatcher',
    )
  }
  const serverName = host === undefined ? undefined : servernameOf('bunFetchOptions', host)
  const name = serverName === undefined ? {} : { serverName }
  return Object.freeze({
    tls: Object.freeze({ ...verification, ...name }),
    proxy: proxy ? bunProxy(proxy) : false,
  })
}

function bunProxy({ url, authorization }: ProxiedDecision): BunProxy {
  const proxy = { url }
  if (authorization === undefined) return Object.freeze(proxy)
  // Bun prints properties that aren't enumerable, but calls no getter for it.
  const get = () => ({ 'Proxy-Authorization': authorization.reveal() })
  return Object.freeze(Object.defineProperty(proxy, 'headers', { get }))
}
