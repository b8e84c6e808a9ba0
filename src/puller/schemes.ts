// Which schemes go-containerregistry tries for a registry. Its name alone decides: the rule has no say,
// a pinned CA or deny-all included.
import { isInPrefix, parseIpAddress, parseIpPrefix } from '../net/index.js'
import type { PullerRelease } from './version.js'

const HTTPS = Object.freeze(['https'] as const)
const HTTPS_AND_HTTP = Object.freeze(['https', 'http'] as const)

/** RFC 1918: the only addresses beside loopback ones that are asked by plain HTTP. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(parseIpPrefix)

/**
 * The schemes that may be used for a registry, in no order: plain HTTP is asked 300 ms after HTTPS at
 * the latest, and the first that answers wins.
 *
 * @param registry - The registry as go-containerregistry gives it, with its port and its case.
 */
export function pullerSchemes(
  registry: string,
  release: PullerRelease,
): readonly ('https' | 'http')[] {
  return isPrivate(registry) || isLocal(registry, release) ? HTTPS_AND_HTTP : HTTPS
}

function isPrivate(registry: string): boolean {
  const colon = registry.indexOf(':')
  const host = colon < 0 ? registry : registry.slice(0, colon)
  // Nearly all registries have names.
  if (!isDigit(host.charCodeAt(host.length - 1))) return false
  const address = parseIpAddress(host)
  return address !== undefined && PRIVATE.some((prefix) => prefix && isInPrefix(address, prefix))
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isLocal(registry: string, { hasLenientLocalNames }: PullerRelease): boolean {
  // `localhost` alone isn't local: go-containerregistry looks for the colon of a port.
  if (registry.startsWith('localhost:')) return true
  const end = registry.startsWith('[') ? registry.indexOf(']') + 1 : registry.indexOf(':')
  const host = end <= 0 ? registry : registry.slice(0, end)
  if (host === '127.0.0.1' || host === '[::1]' || host.endsWith('.localhost')) return true
  if (!hasLenientLocalNames) return false
  return host.endsWith('.local') || registry.includes('127.0.0.1') || registry.includes('::1')
}
