// From an image reference to its resolution.
import type { Mirror } from '../config/index.js'
import { type ImageReference, registryHost } from '../image/index.js'
import { resolutions } from '../membership.js'
import type { RuleIndex } from '../names/index.js'
import type { ProxyDecision } from '../proxy/index.js'
import { type Bypassed, bypassedOf } from './bypassed.js'
import { type AppliedDecision, defaultDecision } from './decision.js'
import { mirrorEndpoint, REGISTRY } from './endpoint.js'
import type { Resolution } from './resolution.js'
import { NOT_CONFIGURED, type Ways, wayToRegistry } from './ways.js'

/** What a resolver looks things up in. */
export interface Compiled extends Ways {
  readonly index: RuleIndex<AppliedDecision>
}

export function resolve(image: ImageReference, compiled: Compiled): Resolution {
  const { index } = compiled
  const { host, port } = image
  const covering = index.find(port === undefined ? host : registryHost(host))
  const bypassed = bypassedOf(image, covering === index.catchAll ? undefined : covering)
  const found = bypassed ? index.catchAll : covering
  const decision = found ?? defaultDecision(host)
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

function proxyOf(
  image: ImageReference,
  mirror: Mirror | undefined,
  bypassed: Bypassed | undefined,
  compiled: Compiled,
): ProxyDecision {
  if (mirror === undefined) {
    return wayToRegistry(image, bypassed?.code === 'ip-address', compiled)
  }
  return compiled.isProxied ? compiled.proxyFor(mirror.href) : NOT_CONFIGURED
}
