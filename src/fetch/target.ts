// Where a request goes: at the registry by its path, or where an earlier answer's `Location` leads.
import { decideDestination } from '../handshake/index.js'
import { parseHttpUrl } from '../net/index.js'
import { type Resolution, requestUrls } from '../resolve/index.js'
import { fetchError } from './errors.js'

/** The URLs of a request. */
export interface Target {
  /** The URLs to try, in this order. */
  readonly urls: readonly string[]
  /** The path and query, by which scopes are chosen. */
  readonly path: string
  /** Whether the registry, or its mirror, is asked, and so may be told credentials. */
  readonly isRegistry: boolean
}

/**
 * @param path - `manifests`, what follows `/v2/REPOSITORY/`, or a `Location`, relative or absolute.
 * @throws `TypeError` if it is none that every URL parser takes as it stands.
 */
export function targetOf(resolution: Resolution, path: string): Target {
  const { repository, identifier } = resolution.image
  if (/^https?:\/\//i.test(path)) return absoluteTarget(resolution, path)
  const whole = path.startsWith('/')
    ? path
    : `/v2/${repository}/${path === 'manifests' ? `manifests/${identifier}` : path}`
  return { urls: requestUrls(resolution, whole), path: whole, isRegistry: true }
}

function absoluteTarget(resolution: Resolution, location: string): Target {
  const url = parseHttpUrl(location)
  if (typeof url === 'string') {
    throw fetchError('redirect', `the URL is none that every parser reads alike (${url})`)
  }
  if (!resolution.schemes.includes(url.scheme)) {
    throw fetchError('redirect', 'the URL is plain HTTP, which the rule does not allow')
  }
  const isRegistry = decideDestination(resolution, url.href, 'registry').kind === 'allowed'
  return { urls: [url.href], path: url.href.slice(url.origin.length), isRegistry }
}
