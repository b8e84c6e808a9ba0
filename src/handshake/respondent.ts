import { ANONYMOUS } from '../credentials.js'
import { parseHttpUrl } from '../net/index.js'
import type { Resolution } from '../resolve/index.js'
import { ownUrl } from './destination.js'

/**
 * Who answered at a URL, as a resolution: the registry's own, or one for the mirror, to which nobody
 * but anonymous speaks. A mirror on the registry's origin is the registry.
 */
export function respondentAt(resolution: Resolution, url: string): Resolution {
  const { endpoint, image } = resolution
  const answered = parseHttpUrl(url)
  if (endpoint.kind === 'registry' || typeof answered === 'string') return resolution
  if (answered.origin !== endpoint.origin || isOwnOrigin(resolution, endpoint.origin)) {
    return resolution
  }
  const { port } = new URL(answered.href)
  return Object.freeze({
    ...resolution,
    image: Object.freeze({
      ...image,
      host: answered.host,
      port: port === '' ? undefined : Number(port),
    }),
    credentials: ANONYMOUS,
  })
}

function isOwnOrigin(resolution: Resolution, origin: string): boolean {
  return resolution.schemes.some((scheme) => ownUrl(resolution, scheme)?.origin === origin)
}
