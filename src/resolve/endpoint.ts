// Where the requests for an image go: to its registry, or to the rule's mirror.
import type { Mirror } from '../config/index.js'
import { authorityOf, DOCKER_HUB, DOCKER_HUB_ALIAS, type ImageReference } from '../image/index.js'

/** Requests go to the registry itself. */
export interface RegistryEndpoint {
  /** The union's tag. */
  readonly kind: 'registry'
}

/**
 * Requests go to a mirror, which learns from the field `ns` of the query whose content is asked for.
 * The rule's credentials are not for it, unless it is on the registry's own origin.
 */
export interface MirrorEndpoint {
  /** The union's tag. */
  readonly kind: 'mirror'
  /** The mirror's URL, without a slash at the end. Its path goes before that of each request. */
  readonly url: string
  /** The mirror's scheme, host and port. */
  readonly origin: string
  /** The value of `ns`: the registry's host and port; `docker.io` for Docker Hub. */
  readonly namespace: string
  /** Whether the registry itself is tried after the mirror: `mirror-fallback`. */
  readonly fallback: boolean
}

/** Where the requests for an image go. */
export type Endpoint = RegistryEndpoint | MirrorEndpoint

/** The endpoint where there is no mirror. */
export const REGISTRY: RegistryEndpoint = Object.freeze({ kind: 'registry' })

/** The endpoint for an image whose rule has that mirror. */
export function mirrorEndpoint(
  { url, origin }: Mirror,
  image: ImageReference,
  fallback = false,
): MirrorEndpoint {
  const registry = authorityOf(image)
  const namespace = registry === DOCKER_HUB ? DOCKER_HUB_ALIAS : registry
  return Object.freeze({ kind: 'mirror', url, origin, namespace, fallback })
}
