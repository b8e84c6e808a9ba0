// Where a request for an image may go: to its mirror and to its registry, in the order in which they are
// asked.

import { type Resolution, requestUrls } from 'imagepuller-auth'
import type { AskedEndpoint } from './render/index.js'

/** The endpoints for a request's path; none where everything is denied. */
export function endpointsOf(resolution: Resolution, path: string): readonly AskedEndpoint[] {
  const hasMirror = resolution.endpoint.kind === 'mirror'
  return requestUrls(resolution, path).map((url, i) => {
    const kind = hasMirror && i === 0 ? 'mirror' : 'registry'
    // Some hosts of images are none to a parser of URLs.
    const origin = URL.canParse(url) ? new URL(url).origin : url.slice(0, -path.length)
    return { kind, origin, url }
  })
}
