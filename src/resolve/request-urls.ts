import { authorityOf } from '../image/index.js'
import { parseHttpUrl } from '../net/index.js'
import type { Resolution } from './resolution.js'

/**
 * The URLs to try, in this order, for a request to an image's registry: at the registry itself, once
 * for each of the resolution's schemes, or at its mirror. None where everything is denied.
 *
 * A mirror's URL goes before the path, and `ns` behind the query, which is kept.
 *
 * @param resolution - What the resolver says about the image.
 * @param path - The request's path, such as `/v2/acme/app/manifests/1`, and its query if it has one.
 * @throws `TypeError` if the path is none that every URL parser takes as it stands.
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
  if (typeof path !== 'string' || !isPath(path)) {
    throw new TypeError('requestUrls: expected a path from the root, with its query if it has one')
  }
  const { endpoint, image, schemes } = resolution
  if (endpoint.kind === 'registry') {
    return Object.freeze(schemes.map((scheme) => `${scheme}://${authorityOf(image)}${path}`))
  }
  if (schemes.length === 0) return Object.freeze([])
  const separator = path.includes('?') ? '&' : '?'
  return Object.freeze([`${endpoint.url}${path}${separator}ns=${endpoint.namespace}`])
}

/** A path that no URL parser changes, by dot segments, backslashes or escapes. */
function isPath(path: string): boolean {
  const base = 'https://registry.corp'
  if (!path.startsWith('/') || path.includes('#')) return false
  const url = parseHttpUrl(base + path)
  return typeof url !== 'string' && url.href === base + path
}
