// A server's name taken apart as generously as it may have been meant, and what differs between two.
import { DOCKER_HUB, DOCKER_HUB_ALIAS, isOtherDockerHost } from '../image/index.js'
import { withoutTrailingDot, withoutTrailingSlashes } from '../net/index.js'

/** How an entry differs from the server that was asked for. */
export type NearMissCode =
  | 'white-space'
  | 'scheme'
  | 'user-info'
  | 'trailing-slash'
  | 'path'
  | 'port'
  | 'case'
  | 'trailing-dot'
  | 'docker-hub-alias'
  | 'member-name-case'
  | 'legacy-format'
  | 'wrapped-base64'

/** A server's name, taken apart. */
export interface Spelling {
  /** In lower case, without a trailing dot. */
  readonly host: string
  readonly port: string | undefined
  /** Without the slashes at its end. */
  readonly path: string
  readonly endsInSlash: boolean
  readonly hasScheme: boolean
  /** Behind such a scheme the path is ignored. */
  readonly isUrl: boolean
  readonly notes: ReadonlySet<NearMissCode>
}

/**
 * The paths that a key's own is for: the same one; repositories below, as Podman has it; any, as in
 * `.dockercfg`; or none, as Docker has it, which passes over the key's path.
 */
export type PathRule = 'same' | 'below' | 'any' | 'none'

/** Whether a host is one of those that people know Docker Hub by. */
export function isDockerHub(host: string): boolean {
  return host === DOCKER_HUB || host === DOCKER_HUB_ALIAS || isOtherDockerHost(host)
}

/** What differs between a key and what was asked for; undefined for two hosts. */
export function differences(
  key: string,
  asked: Spelling,
  rule: PathRule,
): NearMissCode[] | undefined {
  const entry = spellingOf(key)
  const isHub = isDockerHub(entry.host) && isDockerHub(asked.host)
  if (entry.host === '' || (entry.host !== asked.host && !isHub)) return undefined
  const codes = new Set<NearMissCode>([...entry.notes, ...asked.notes])
  // Keys may have a scheme, what is asked for may not.
  if (asked.hasScheme) codes.add('scheme')
  if (entry.host !== asked.host) codes.add('docker-hub-alias')
  if (entry.port !== asked.port) codes.add('port')
  for (const code of pathDifferences(entry, asked, rule)) codes.add(code)
  return [...codes]
}

function* pathDifferences(entry: Spelling, asked: Spelling, rule: PathRule) {
  if (rule === 'none' && (asked.path !== '' || asked.endsInSlash)) yield 'path' as const
  if (entry.isUrl || rule === 'any' || rule === 'none') return
  const isBelow = rule === 'below' && asked.path.startsWith(`${entry.path}/`)
  const covers = isBelow || entry.path === asked.path
  const isSlash = entry.endsInSlash && (covers || entry.path === '')
  if (isSlash || (covers && rule === 'same' && asked.endsInSlash)) yield 'trailing-slash' as const
  if (!covers) yield 'path' as const
}

/** A name taken apart. */
export function spellingOf(text: string): Spelling {
  const notes = new Set<NearMissCode>()
  const trimmed = text.trim()
  if (trimmed !== text) notes.add('white-space')
  const colon = trimmed.indexOf('://')
  const scheme = colon < 0 ? '' : trimmed.slice(0, colon)
  const isUrl = scheme === 'http' || scheme === 'https'
  if (scheme !== '' && !isUrl) notes.add('scheme')
  const rest = colon < 0 ? trimmed : trimmed.slice(colon + 3)
  const slash = rest.indexOf('/')
  const authority = slash < 0 ? rest : rest.slice(0, slash)
  const at = authority.lastIndexOf('@')
  if (at >= 0) notes.add('user-info')
  const [name, port] = splitPort(authority.slice(at + 1))
  const lower = name.toLowerCase()
  if (lower !== name) notes.add('case')
  const host = withoutTrailingDot(lower)
  if (host !== lower) notes.add('trailing-dot')
  const whole = slash < 0 ? '' : rest.slice(slash)
  const path = withoutTrailingSlashes(whole)
  const endsInSlash = path !== whole
  return { host, port, path, endsInSlash, hasScheme: colon >= 0, isUrl, notes }
}

/** An IPv6 address has colons of its own, in brackets if there is a port. */
function splitPort(authority: string): readonly [host: string, port: string | undefined] {
  const colon = authority.indexOf(':', authority.lastIndexOf(']') + 1)
  const isPort = colon >= 0 && authority.lastIndexOf(':') === colon
  return isPort ? [authority.slice(0, colon), authority.slice(colon + 1)] : [authority, undefined]
}
