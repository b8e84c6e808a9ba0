// From an image reference to its resolution.
import type { Mirror } from '../config/index.js'
import { authorityOf, type ImageReference } from '../image/index.js'
import { resolutions } from '../membership.js'
import type { RuleIndex } from '../names/index.js'
import type { ProxyDecision, ProxyFor } from '../proxy/index.js'
import { type Bypassed, bypassedOf } from './bypassed.js'
import { type AppliedDecision, defaultDecision } from './decision.js'
import { mirrorEndpoint, REGISTRY } from './endpoint.js'
import type { Resolution } from './resolution.js'

/** What a resolver looks things up in. */
export interface Compiled {
  readonly index: RuleIndex<AppliedDecision>
  readonly proxyFor: ProxyFor
  /** Whether any proxy is configured. */
  readonly isProxied: boolean
}

export function resolve(image: ImageReference, compiled: Compiled): Resolution {
  const { index } = compiled
  const bypassed = bypassedOf(image, index)
  const found = bypassed ? index.catchAll : index.find(image.host)
  const decision = found ?? defaultDecision(image.host)
  const { tls, credentials, schemes, mirror, mirrorFallback } = decision
  // These three are of one decision, so that a denial has no credentials. A spread of it would cost
  // more than everything else here.
  const resolution = {
    image,
    rule: found?.applied,
    bypassed,
    tls,
    credentials,
    schemes,
    endpoint: mirror ? mirrorEndpoint(mirror, image, mirrorFallback) : REGISTRY,
    proxy: proxyOf(image, mirror, bypassed, compiled),
  } as Resolution
  return Object.freeze(resolutions.add(resolution, undefined))
}

const NOT_CONFIGURED: ProxyDecision = Object.freeze({ kind: 'direct', code: 'not-configured' })

function proxyOf(
  image: ImageReference,
  mirror: Mirror | undefined,
  bypassed: Bypassed | undefined,
  { proxyFor, isProxied }: Compiled,
): ProxyDecision {
  if (mirror) return isProxied ? proxyFor(mirror.href) : NOT_CONFIGURED
  // Without a proxy the answer is known, save for hosts that the URL parser may refuse: of those that
  // an image can have, numbers (1.2.3.4.5) and encoded labels.
  const isUnsure = bypassed?.code === 'ip-address' || image.host.includes('xn--')
  if (!isProxied && !isUnsure) return NOT_CONFIGURED
  return proxyFor(`https://${authorityOf(image)}/v2/`)
}
