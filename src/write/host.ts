// The host that a name of a credentials file is for, or what keeps it from having a rule of its own.
import { spellingOf } from '../docker-config/index.js'
import { DOCKER_HUB, DOCKER_HUB_ALIAS, registryHost } from '../image/index.js'
import { isMatchable, normalForm, whyUnmatchable } from '../names/index.js'
import { withoutTrailingSlashes } from '../net/index.js'
import type { ConversionNoteCode } from './notes.js'

/** What keeps a name from having a rule. */
export type Obstacle = Extract<
  ConversionNoteCode,
  'repository-scoped' | 'user-info' | 'port' | 'ip-address' | 'glob' | 'not-a-domain-name'
>

/** What follows a registry in a key without naming a repository: slashes, and the API's versions. */
const NO_REPOSITORY: ReadonlySet<string> = new Set(['', '/v1', '/v2'])

/** The host in normal form, Docker Hub by the name that it is dialled by. */
export function hostOf(registry: string): string | { readonly obstacle: Obstacle } {
  // A scheme that the program doesn't know is a matter of spelling, and so is a path behind it.
  const scheme = registry.indexOf('://')
  const rest = scheme < 0 ? registry : registry.slice(scheme + 3)
  const slash = rest.indexOf('/')
  const authority = slash < 0 ? rest : rest.slice(0, slash)
  if (authority.includes('@')) return { obstacle: 'user-info' }
  if (/[*?]|.\[/.test(rest)) return { obstacle: 'glob' }
  const isRepository = slash >= 0 && !NO_REPOSITORY.has(withoutTrailingSlashes(rest.slice(slash)))
  if (scheme < 0 && isRepository) return { obstacle: 'repository-scoped' }
  // A leading dot would make a rule for subdomains alone, and "." is the catch-all.
  if (authority.startsWith('.')) return { obstacle: 'not-a-domain-name' }
  const host = normalForm(authority)
  return host === undefined ? { obstacle: obstacleIn(authority) } : registryHost(host)
}

function obstacleIn(authority: string): Obstacle {
  const fault = whyUnmatchable(authority)
  return fault === 'port' || fault === 'ip-address' ? fault : 'not-a-domain-name'
}

// A scheme may be there twice, or its slashes alone.
const SCHEMES = /^\s*(?:(?:[a-z][a-z\d+.-]*:)?\/\/)+/i

/** The hosts that a key may have been meant for, however it is written. */
export function* meantHosts(key: string): Generator<string> {
  for (const name of readingsOf(key)) {
    const { host } = spellingOf(name)
    if (!host.startsWith('.') && isMatchable(host)) yield registryHost(host)
  }
}

function* readingsOf(key: string): Generator<string> {
  yield key
  const bare = key.replace(SCHEMES, '')
  yield bare
  // A path or a query, which ends a URL's host, may also be a part of user info.
  const end = bare.search(/[?#]/)
  if (end >= 0) yield bare.slice(0, end)
  const at = bare.lastIndexOf('@')
  if (at >= 0) yield bare.slice(at + 1)
}

/** The name that a rule for the host is kept under: Docker Hub's is the one that images have. */
export function ruleHost(host: string): string {
  return host === DOCKER_HUB ? DOCKER_HUB_ALIAS : host
}

/** The names around a host, the nearest first. */
export function* domainsAround(host: string): Generator<string> {
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    yield host.slice(dot + 1)
  }
}
