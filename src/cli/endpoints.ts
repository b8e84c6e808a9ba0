// The endpoints of an image, its mirror and its registry: where each request of it may go, in the order
// in which they are asked, and what each of them gets. They are hosts of their own, so that a proxy may be
// for one and not for the other, and the rule's credentials are for the registry.

import { decideDestination, type Resolution, type Resolver, requestUrls } from 'imagepuller-auth'
import type { AskedEndpoint, EndpointDecision } from './render/index.js'

/** The endpoints for a request's path; none where everything is denied. */
export function endpointsOf(resolution: Resolution, path: string): readonly AskedEndpoint[] {
  const hasMirror = resolution.endpoint.kind === 'mirror'
  return requestUrls(resolution, path).map((url, i) => {
    const kind = hasMirror && i === 0 ? 'mirror' : 'registry'
    // Some hosts of images are none to a parser of URLs.
    const origin = URL.canParse(url) ? new URL(url).origin : url.slice(0, -path.length)
    return { kind, origin, url }
  })
}

/** What each endpoint of an image gets. */
export function decideEndpoints(
  resolver: Resolver,
  resolution: Resolution,
): readonly EndpointDecision[] {
  return endpointsOf(resolution, '/v2/').map(({ kind, origin, url }) => {
    const isOwn = decideDestination(resolution, url, 'registry').kind === 'allowed'
    const credentials = { kind: isOwn ? resolution.credentials.kind : 'anonymous' } as const
    return { kind, origin, credentials, proxy: resolver.routeTo(resolution, url).proxy }
  })
}
