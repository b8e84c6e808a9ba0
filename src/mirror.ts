import { type HttpUrl, type HttpUrlFault, parseHttpUrl, withoutTrailingSlashes } from './host.js'
import { authorityOf, DOCKER_HUB, type ImageReference } from './image-reference.js'

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
}

/** Where the requests for an image go. */
export type Endpoint = RegistryEndpoint | MirrorEndpoint

/** A rule's mirror, checked. */
export interface Mirror extends HttpUrl {
  /** The URL without a slash at the end. */
  readonly url: string
}

/** What keeps a text from being a mirror's URL. */
export type MirrorFault = HttpUrlFault | 'query'

const EXPECTATIONS: Readonly<Record<MirrorFault, string>> = {
  'not-a-url': 'expected a URL such as https://mirror.corp, in printable ASCII',
  scheme: 'expected a URL that begins with https://, or http:// beside insecure-skip-verify',
  'user-info': 'expected a URL without user info: credentials are not for the mirror',
  host: 'expected the host to be a domain name or an IP address, with a port from 1 to 65535 if any',
  query: 'expected a URL without query and fragment',
}

/** What was expected in place of the fault, in words that quote nothing. */
export function describeMirrorFault(fault: MirrorFault): string {
  return EXPECTATIONS[fault]
}

/** Reads the value of `mirror`. Plain HTTP is for those who also skip the verification of TLS. */
export function parseMirror(value: string, allowsHttp: boolean): Mirror | MirrorFault {
  const url = parseHttpUrl(value)
  if (typeof url === 'string') return url
  if (url.scheme === 'http' && !allowsHttp) return 'scheme'
  if (value.includes('?') || value.includes('#')) return 'query'
  return Object.freeze({ ...url, url: withoutTrailingSlashes(url.href) })
}

/** The endpoint where there is no mirror. */
export const REGISTRY: RegistryEndpoint = Object.freeze({ kind: 'registry' })

const DOCKER_HUB_NAMESPACE = 'docker.io'

/** The endpoint for an image whose rule has that mirror. */
export function mirrorEndpoint({ url, origin }: Mirror, image: ImageReference): MirrorEndpoint {
  const registry = authorityOf(image)
  const namespace = registry === DOCKER_HUB ? DOCKER_HUB_NAMESPACE : registry
  return Object.freeze({ kind: 'mirror', url, origin, namespace })
}
