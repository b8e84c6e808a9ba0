// The endpoints of an image, its mirror and its registry: where requests for it may go, in the order in
// which they are asked. They are hosts of their own, so that a proxy may be for one and not for the other,
// and the rule's credentials are for the registry.
import { parseHttpUrl } from '../net/index.js'
import type { ProxyDecision, ProxyFor } from '../proxy/index.js'
import { isOwnOrigin } from './own-origins.js'
import { requestUrls } from './request-urls.js'
import type { Resolution } from './resolution.js'

/** Where requests for an image may go, and what is for that place. */
export interface DecidedEndpoint {
  readonly kind: 'mirror' | 'registry'
  /** Scheme, host and port. */
  readonly origin: string
  /** Whether it is the registry's own origin, which alone gets the credentials. */
  readonly isOwn: boolean
  readonly proxy: ProxyDecision
}

const PATH = '/v2/'

/** The endpoints; none where everything is denied. */
export function endpointsOf(
  resolution: Resolution,
  proxyFor: ProxyFor,
): readonly DecidedEndpoint[] {
  const hasMirror = resolution.endpoint.kind === 'mirror'
  return requestUrls(resolution, PATH).map((url, i) => {
    const kind = hasMirror && i === 0 ? 'mirror' : 'registry'
    const parsed = parseHttpUrl(url)
    // Some hosts of images are none to a parser of URLs.
    const origin = typeof parsed === 'string' ? url.slice(0, -PATH.length) : parsed.origin
    return { kind, origin, isOwn: isOwnOrigin(resolution, origin), proxy: proxyFor(url) }
  })
}
