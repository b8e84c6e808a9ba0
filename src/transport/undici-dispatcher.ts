// A dispatcher of undici's that has one trust and one proxy.

import type { Route } from '../resolve/index.js'
import { UnsupportedDecisionError } from './errors.js'
import { hideDispatcher } from './hidden-dispatcher.js'
import { ownRoute } from './own-route.js'
import { proxyOf } from './proxied.js'
import { isRuntime } from './runtime.js'
import { servernameOf } from './servername.js'
import { failingTunnels } from './tunnel-client.js'
import { proxyVerificationOf, type TlsVerification, verificationOf } from './verification.js'

/** Options of a TLS connection of undici's. */
export interface UndiciTlsOptions extends TlsVerification {
  /** No session is resumed. */
  readonly maxCachedSessions: 0
  /** How long a connection may take, in milliseconds. undici's default: 10,000. */
  readonly timeout?: number
  /** The name that is sent and verified, of a proxy that isn't at an IP address. */
  readonly servername?: string
}

/** How long a server may take, in milliseconds; undici's own limits where it isn't said. */
export interface UndiciTimeouts {
  /** Until the header of an answer is there. undici's default: 300,000. */
  readonly headersTimeout?: number
  /** Between two pieces of a body. undici's default: 300,000. */
  readonly bodyTimeout?: number
}

/** Options of undici's `Agent`. */
export interface UndiciAgentOptions extends UndiciTimeouts {
  /** The trust. At the top level, `ca` would be ignored. */
  readonly connect: UndiciTlsOptions
}

/** Options of undici's `ProxyAgent`. */
export interface UndiciProxyAgentOptions extends UndiciTimeouts {
  /** The proxy's URL. */
  readonly uri: string
  /** The value of `Proxy-Authorization`. */
  readonly token?: string
  /** The trust in the registry. In `connect`, `ca` would be ignored. */
  readonly requestTls: UndiciTlsOptions
  /**
   * The trust in a proxy that is reached by TLS: the rule's certificates where it has some, else the
   * web PKI.
   */
  readonly proxyTls: UndiciTlsOptions
  /**
   * Plain HTTP is asked of an http proxy itself, as Go's net/http does, since proxies rarely tunnel to
   * port 80; through an https proxy undici tunnels in any case.
   */
  readonly proxyTunnel: false
}

/** What of undici is used; pass the module itself. */
export interface UndiciClasses<D extends object> {
  /** The class `Dispatcher`, which the result is of. */
  readonly Dispatcher: {
    /** Makes a dispatcher that dispatches nothing by itself. */
    new (): D
  }
  /** The class `Agent`. */
  readonly Agent: {
    /** Makes a dispatcher for direct connections. */
    new (options: UndiciAgentOptions): object
  }
  /** The class `ProxyAgent`. */
  readonly ProxyAgent: {
    /** Makes a dispatcher for connections through a proxy. */
    new (options: UndiciProxyAgentOptions): object
  }
}

/**
 * A dispatcher of undici's, for this trust and this proxy alone. Hand it to undici's own `fetch` or
 * `request`: the `fetch` of Bun and Deno ignores it, and that of Node is of another version. Whatever
 * prints it shows nothing of the proxy's credentials.
 *
 * @param route - A resolution, or what `resolver.routeTo` gave.
 * @param undici - The module undici, of version 7, from 7.29 on.
 * @throws {@link TrustDeniedError} for `deny-all`.
 * @throws {@link UnsupportedDecisionError} on Bun, whose own undici ignores the trust; for a proxy
 * that isn't reached by http or https; for a URL that can't be dialled; and on Deno for a bundle with
 * a certificate that Deno would take as a CA without limits.
 * @throws `TypeError` if an argument is something else.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { undiciDispatcher } from 'imagepuller-auth/transport'
 * import * as undici from 'undici'
 *
 * const config = parseConfig('[extra-env]\nHTTPS_PROXY = "http://puller:secret@proxy.corp:3128"')
 * const resolution = createResolver(config).resolve('ghcr.io/acme/app')
 * const dispatcher = undiciDispatcher(resolution, undici)
 * console.log(dispatcher instanceof undici.Dispatcher) // true
 * ```
 */
export function undiciDispatcher<D extends object>(route: Route, undici: UndiciClasses<D>): D {
  return limitedDispatcher(route, undici, {})
}

/** Limits of time for a dispatcher, in milliseconds. */
export interface DispatcherLimits extends UndiciTimeouts {
  /** How long a connection may take. */
  readonly connectTimeout?: number
}

/** The same with limits of time. */
export function limitedDispatcher<D extends object>(
  given: Route,
  undici: UndiciClasses<D>,
  { connectTimeout, ...timeouts }: DispatcherLimits,
): D {
  const caller = 'undiciDispatcher'
  const route = ownRoute(given)
  const limit = connectTimeout === undefined ? {} : { timeout: connectTimeout }
  const requestTls = { ...withoutSessions(verificationOf(caller, route)), ...limit }
  if (isRuntime('Bun')) {
    throw new UnsupportedDecisionError(
      'undici-on-bun',
      "Bun's own undici ignores what to trust",
      "use bunFetchOptions with Bun's fetch",
    )
  }
  const proxy = proxyOf(caller, route)
  const { Agent, ProxyAgent, Dispatcher } = classesOf(undici)
  if (!proxy) return hideDispatcher(Dispatcher, new Agent({ connect: requestTls, ...timeouts }))
  const { url, authorization } = proxy
  // undici greets the proxy with its trailing dot, where it isn't told another name.
  const servername = servernameOf(caller, new URL(url).hostname)
  const proxyTls = { ...withoutSessions(proxyVerificationOf(caller, route)), ...limit }
  return hideDispatcher(
    Dispatcher,
    new ProxyAgent({
      uri: url,
      ...(authorization ? { token: authorization.reveal() } : {}),
      requestTls,
      proxyTls: servername === undefined ? proxyTls : { ...proxyTls, servername },
      proxyTunnel: false,
      ...timeouts,
      ...failingTunnels(undici),
    }),
  )
}

function withoutSessions(verification: TlsVerification): UndiciTlsOptions {
  return { ...verification, maxCachedSessions: 0 }
}

function classesOf<D extends object>(undici: UndiciClasses<D>): UndiciClasses<D> {
  const { Dispatcher, Agent, ProxyAgent } = Object(undici) as UndiciClasses<D>
  const isComplete = [Dispatcher, Agent, ProxyAgent].every((made) => typeof made === 'function')
  if (isComplete) return { Dispatcher, Agent, ProxyAgent }
  throw new TypeError('undiciDispatcher: expected the module undici')
}
