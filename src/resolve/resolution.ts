// A resolution: the typed decision for one image. Only a resolver makes one.
import type { ImageReference } from '../image/index.js'
import type { AppliedRule } from '../names/index.js'
import type { ProxyDecision } from '../proxy/index.js'
import type { Bypassed } from './bypassed.js'
import type { Denial, Permission } from './decision.js'
import type { Endpoint } from './endpoint.js'

/** What every resolution says about its image. */
export interface ResolvedImage {
  /** The image. */
  readonly image: ImageReference
  /** The rule that applies, or undefined. */
  readonly rule: AppliedRule | undefined
  /**
   * Why rules for domain names don't apply, for a registry with a port, an IP address or a name that ends in
   * a number.
   */
  readonly bypassed: Bypassed | undefined
  /** Where requests go: to the registry itself, or to its mirror. See `requestUrls`. */
  readonly endpoint: Endpoint
  /** How to reach the endpoint: directly or by a proxy. */
  readonly proxy: ProxyDecision
}

/** How to reach an image's registry, which may be reached. */
export interface PermittedResolution extends ResolvedImage, Permission {}

/** The image's registry may not be reached. */
export interface DeniedResolution extends ResolvedImage, Denial {}

/** How to reach an image's registry, if it may be reached. Frozen, as is everything in it. */
export type Resolution = PermittedResolution | DeniedResolution
