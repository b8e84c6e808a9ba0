// What each endpoint of an image gets, as plain data: its mirror and its registry are hosts of their own.
import { endpointsOf, type Resolution, type Resolver } from '../resolve/index.js'
import { frozen } from './frozen.js'
import { type CredentialsSummary, type ProxySummary, proxySummary } from './summary.js'

/** Where requests for an image may go, and what that place gets. */
export interface EndpointSummary {
  /** Whether it is the rule's mirror, or the registry itself. */
  readonly kind: 'mirror' | 'registry'
  /** Its scheme, host and port. */
  readonly origin: string
  /** What authenticates there: the rule's credentials on the registry's own origin, none elsewhere. */
  readonly credentials: CredentialsSummary
  /** How it is reached. */
  readonly proxy: ProxySummary
}

/**
 * Decides what each endpoint of an image gets: its mirror, if the rule has one, and the registry, if it
 * may be asked, by each of the schemes. A resolution has the proxy of the first of them alone.
 *
 * @param resolver - What `createResolver` gave.
 * @param resolution - What that resolver says about the image.
 * @returns The endpoints in the order in which they are asked; none where everything is denied. Frozen; it
 *   survives JSON and holds no secret.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { decideEndpoints } from 'imagepuller-auth/explain'
 *
 * const resolver = createResolver(parseConfig(`
 * [extra-env]
 * HTTPS_PROXY = "http://proxy.corp:3128"
 * NO_PROXY = "ghcr.io"
 * [registries."ghcr.io."]
 * mirror = "https://mirror.corp"
 * mirror-fallback = true
 * `))
 * const endpoints = decideEndpoints(resolver, resolver.resolve('ghcr.io/acme/app'))
 * console.log(endpoints.map(({ kind, proxy }) => `${kind} ${proxy.kind}`).join(', '))
 * // mirror proxy, registry direct
 * ```
 */
export function decideEndpoints(
  resolver: Resolver,
  resolution: Resolution,
): readonly EndpointSummary[] {
  if (typeof resolver?.proxyFor !== 'function') {
    throw new TypeError('decideEndpoints: expected a resolver from createResolver')
  }
  const { kind: held } = resolution.credentials
  const endpoints = endpointsOf(resolution, (url) => resolver.proxyFor(url))
  return frozen(
    endpoints.map(({ kind, origin, isOwn, proxy }): EndpointSummary => {
      const credentials = { kind: isOwn ? held : 'anonymous' } as const
      return { kind, origin, credentials, proxy: proxySummary(proxy) }
    }),
  )
}
