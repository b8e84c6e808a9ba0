// Where a request goes: at the registry by its path, or where an earlier answer's `Location` leads.
import { decideDestination } from '../handshake/index.js'
import { isRequestPath, type Resolution, requestUrls } from '../resolve/index.js'
import type { AnsweredSchemes } from './answered-schemes.js'
import { isAbsolute, locate } from './location.js'
import { originOf } from './sender.js'

/** A URL to try. */
export interface Candidate {
  readonly url: string
  readonly origin: string
  /** Which of them is asked; elsewhere nothing authenticates a request. */
  readonly at: 'mirror' | 'registry' | 'elsewhere'
}

/** Where a request goes. */
export interface Target {
  /** The URLs, in the order to try them. */
  readonly candidates: readonly Candidate[]
  /** The path and query, by which scopes are chosen. */
  readonly path: string
}

/**
 * @param path - `manifests`, what follows `/v2/REPOSITORY/`, or a `Location`, relative or absolute.
 * @throws `TypeError` if it is no path that every URL parser takes as it stands.
 */
export function targetOf(resolution: Resolution, path: string, schemes: AnsweredSchemes): Target {
  if (isAbsolute(path)) return absoluteTarget(resolution, path, schemes)
  const { repository, identifier } = resolution.image
  const [bare = ''] = path.split('#', 1)
  const below = bare === 'manifests' ? `manifests/${identifier}` : bare
  const whole = bare.startsWith('/') ? bare : `/v2/${repository}/${below}`
  if (!isRequestPath(whole)) {
    const expected = "'manifests', what follows /v2/REPOSITORY/, or an answer's Location"
    throw new TypeError(`registryFetch: expected the path to be ${expected}`)
  }
  return registryTarget(resolution, whole)
}

/** A path at the registry, or its mirror. */
export function registryTarget(resolution: Resolution, path: string): Target {
  const hasMirror = resolution.endpoint.kind === 'mirror'
  const candidates = requestUrls(resolution, path).map((url, i): Candidate => {
    return { url, origin: originOf(url), at: hasMirror && i === 0 ? 'mirror' : 'registry' }
  })
  return { candidates, path }
}

function absoluteTarget(resolution: Resolution, path: string, schemes: AnsweredSchemes): Target {
  const text = path.startsWith('//') ? `https:${path}` : path
  const url = locate(text, resolution, "an answer's Location")
  const { origin, href, scheme } = url
  const isOwn = decideDestination(resolution, href, 'registry').kind === 'allowed'
  // A registry behind a proxy that ends TLS names itself by http. What https has asked for doesn't go
  // there in the clear.
  const isDowngrade = scheme === 'http' && schemes.hasTls(resolution)
  const { endpoint } = resolution
  const isMirror = endpoint.kind === 'mirror' && endpoint.origin === origin
  const at = isOwn && !isDowngrade ? 'registry' : isMirror ? 'mirror' : 'elsewhere'
  return { candidates: [{ url: href, origin, at }], path: href.slice(origin.length) }
}
