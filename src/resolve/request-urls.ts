// The URLs of a request to an image's registry, in the order to try them.
import { authorityOf } from '../image/index.js'
import { resolutions } from '../membership.js'
import { parseHttpUrl } from '../net/index.js'
import type { MirrorEndpoint } from './endpoint.js'
import type { Resolution } from './resolution.js'

const NOWHERE: readonly string[] = Object.freeze([])

/**
 * The URLs to try, in this order, for a request to an image's registry: at its mirror, if the rule
 * has one, and at the registry itself, once for each of the resolution's schemes. With a mirror, the
 * registry is asked only where the rule has `mirror-fallback`. None where everything is denied.
 *
 * The next URL comes into question only in these cases:
 * - plain HTTP after https at the same host: where https failed before any certificate was judged and
 *   before any HTTP answer (no connection in time, a refused one, a reply that isn't TLS). After a
 *   certificate error or an answer, the list ends: plain HTTP would hide the error, or send in the
 *   clear what https has asked for;
 * - the registry after its mirror: where the mirror couldn't be reached or answered 404 or 5xx.
 *
 * A mirror's URL goes before the path, and `ns` behind the query, which is kept.
 *
 * @param resolution - What the resolver says about the image.
 * @param path - The request's path, such as `/v2/acme/app/manifests/1`, and its query if it has one.
 * @throws `TypeError` if the first argument isn't a resolver's resolution, or the path none that every
 *   URL parser takes as it stands.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig, requestUrls } from 'imagepuller-auth'
 *
 * const resolver = createResolver(parseConfig(`
 * [registries."docker.io."]
 * mirror = "https://mirror.corp/hub"
 * `))
 * console.log(requestUrls(resolver.resolve('nginx'), '/v2/library/nginx/tags/list?n=9')[0])
 * // https://mirror.corp/hub/v2/library/nginx/tags/list?n=9&ns=docker.io
 * console.log(requestUrls(resolver.resolve('ghcr.io/acme/app'), '/v2/')[0]) // https://ghcr.io/v2/
 * ```
 */
export function requestUrls(resolution: Resolution, path: string): readonly string[] {
  if (!resolutions.has(resolution)) {
    throw new TypeError("requestUrls: expected a resolver's resolution, not a copy")
  }
  if (typeof path !== 'string' || !isRequestPath(path)) {
    throw new TypeError('requestUrls: expected a path from the root, with its query if it has one')
  }
  const { endpoint, image, schemes } = resolution
  if (schemes.length === 0) return NOWHERE
  const own = schemes.map((scheme) => `${scheme}://${authorityOf(image)}${path}`)
  if (endpoint.kind === 'registry') return Object.freeze(own)
  const mirrored = mirrorUrl(endpoint, path)
  return Object.freeze(endpoint.fallback ? [mirrored, ...own] : [mirrored])
}

function mirrorUrl({ url, namespace }: MirrorEndpoint, path: string): string {
  return `${url}${path}${path.includes('?') ? '&' : '?'}ns=${namespace}`
}

/** Whether a text is a path that no URL parser changes, by dot segments, backslashes or escapes. */
export function isRequestPath(path: string): boolean {
  const base = 'https://registry.corp'
  if (!path.startsWith('/') || path.includes('#')) return false
  const url = parseHttpUrl(base + path)
  return typeof url !== 'string' && url.href === base + path
}
