import type { Mirror } from '../config/index.js'
import type { Credentials } from '../credentials.js'
import { authorityOf, type ImageReference } from '../image/index.js'
import { createMembership, type Membership } from '../membership.js'
import type { AppliedRule, RuleIndex } from '../names/index.js'
import { parseUrl } from '../net/index.js'
import type { ProxyDecision, ProxyFor } from '../proxy/index.js'
import { type Bypassed, bypassedOf } from './bypassed.js'
import { type AppliedDecision, defaultDecision } from './decision.js'
import { type Endpoint, mirrorEndpoint, REGISTRY } from './endpoint.js'
import type { Scheme } from './schemes.js'
import type { TlsTrust } from './trust.js'

/** How to reach an image's registry. Frozen, as is everything in it. */
export interface Resolution {
  /** The image. */
  readonly image: ImageReference
  /** The rule that applies, or undefined. */
  readonly rule: AppliedRule | undefined
  /** Why rules for domain names don't apply, for a registry with a port or at an IP address. */
  readonly bypassed: Bypassed | undefined
  /** Whom to trust in TLS. */
  readonly tls: TlsTrust
  /** What the rule holds to authenticate with. */
  readonly credentials: Credentials
  /** The schemes to try, in this order; none where everything is denied. */
  readonly schemes: readonly Scheme[]
  /** Where requests go: to the registry itself, or to its mirror. See `requestUrls`. */
  readonly endpoint: Endpoint
  /** How to reach the endpoint: directly or by a proxy. */
  readonly proxy: ProxyDecision
}

/** What is a resolution: only a resolver makes one. */
export const resolutions: Membership<Resolution, undefined> = createMembership()

export function resolve(
  image: ImageReference,
  index: RuleIndex<AppliedDecision>,
  proxyFor: ProxyFor | undefined,
): Resolution {
  const bypassed = bypassedOf(image, index)
  const found = bypassed ? index.catchAll : index.find(image.host)
  const { tls, credentials, schemes, mirror } = found ?? defaultDecision(image.host)
  const resolution: Resolution = {
    image,
    rule: found?.applied,
    bypassed,
    tls,
    credentials,
    schemes,
    endpoint: mirror ? mirrorEndpoint(mirror, image) : REGISTRY,
    proxy: proxyFor ? proxyOf(image, mirror, proxyFor) : DIRECT,
  }
  return Object.freeze(resolutions.add(resolution, undefined))
}

function proxyOf(
  image: ImageReference,
  mirror: Mirror | undefined,
  proxyFor: ProxyFor,
): ProxyDecision {
  if (mirror) return proxyFor(mirror.href)
  const url = parseUrl(`https://${authorityOf(image)}/v2/`)
  return url ? proxyFor(url.href) : DIRECT
}

/** Where no proxy is configured, or the host is no URL's, as `1.2.3.4.5`: that nothing will reach. */
const DIRECT: ProxyDecision = Object.freeze({
  kind: 'direct',
  code: 'not-configured',
  entry: undefined,
})
