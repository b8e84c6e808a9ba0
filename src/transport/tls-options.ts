// The trust as options of `tls.connect` and `https.request`: for the registry, for a proxy that is
// reached by TLS, and for a place that takes options where everything is denied.

import type { Route } from '../resolve/index.js'
import { DENYING_CA } from './denying-ca.js'
import { ownRoute } from './own-route.js'
import { proxyOf } from './proxied.js'
import { servernameOf } from './servername.js'
import {
  pinned,
  proxyVerificationOf,
  type TlsVerification,
  verificationOf,
} from './verification.js'

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

/**
 * Options for `tls.connect`, and for `https.request` without an agent of yours. Spread them last.
 *
 * They are for the handshake with the registry, on a direct connection or within a tunnel: where
 * `route.proxy` is a proxy, opening the tunnel is the caller's part. {@link proxyTlsOptions} are for
 * the handshake with the proxy itself.
 *
 * @param route - A resolution, or what `resolver.routeTo` gave.
 * @param host - The host, for `servername`. `tls.connect` sends no name without it; `https.request`
 * needs it only for a host with a trailing dot.
 * @throws {@link TrustDeniedError} for `deny-all`.
 * @throws {@link UnsupportedDecisionError} on Deno, for a bundle with a certificate that Deno would
 * take as a CA without limits.
 * @throws `TypeError` if an argument is something else.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { tlsOptions } from 'imagepuller-auth/transport'
 *
 * const resolution = createResolver(parseConfig('')).resolve('registry.corp/acme/app')
 * const { rejectUnauthorized, servername } = tlsOptions(resolution, 'registry.corp.')
 * console.log(rejectUnauthorized, servername) // true registry.corp
 * ```
 */
export function tlsOptions(route: Pick<Route, 'tls'>, host?: string): TlsOptions {
  const verification = verificationOf('tlsOptions', ownRoute(route))
  return optionsOf(verification, host === undefined ? undefined : servernameOf('tlsOptions', host))
}

/**
 * Options for `tls.connect` to a route's proxy that is reached by TLS, with its name. The proxy is
 * trusted as Go's net/http does: by the rule's certificates where the rule has some, else by the web
 * PKI. `insecure-skip-verify` doesn't loosen it, unlike there.
 *
 * @param route - A resolution, or what `resolver.routeTo` gave.
 * @throws {@link TrustDeniedError} for `deny-all`.
 * @throws {@link UnsupportedDecisionError} if the proxy isn't reached by http or https, if the URL
 * can't be dialled, and as {@link tlsOptions} does.
 * @throws `TypeError` if the route is something else, or has no proxy that is reached by TLS.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { proxyTlsOptions } from 'imagepuller-auth/transport'
 *
 * const config = parseConfig(`
 * [extra-env]
 * HTTPS_PROXY = "https://proxy.corp"
 * [registries."."]
 * insecure-skip-verify = true
 * `)
 * const { rejectUnauthorized, servername } = proxyTlsOptions(createResolver(config).resolve('nginx'))
 * console.log(rejectUnauthorized, servername) // true proxy.corp
 * ```
 */
export function proxyTlsOptions(route: Route): TlsOptions {
  const own = ownRoute(route)
  const verification = proxyVerificationOf('proxyTlsOptions', own)
  const proxy = proxyOf('proxyTlsOptions', own)
  if (!proxy?.url.startsWith('https://')) {
    throw new TypeError('proxyTlsOptions: expected a route with a proxy that is reached by TLS')
  }
  return optionsOf(verification, servernameOf('proxyTlsOptions', new URL(proxy.url).hostname))
}

/**
 * Options with which no handshake succeeds on any runtime, for a place that takes options in place of
 * an error where the trust is `deny-all`: they name a CA whose private key was destroyed.
 *
 * @example
 *
 * ```ts
 * import { denyingTlsOptions } from 'imagepuller-auth/transport'
 *
 * const { rejectUnauthorized, ca } = denyingTlsOptions()
 * console.log(rejectUnauthorized, ca?.length) // true 1
 * ```
 */
export function denyingTlsOptions(): TlsOptions {
  return optionsOf(pinned([DENYING_CA]), undefined)
}

function optionsOf(verification: TlsVerification, servername: string | undefined): TlsOptions {
  const name = servername === undefined ? {} : { servername }
  return Object.freeze({ ...verification, agent: false, ...name })
}
