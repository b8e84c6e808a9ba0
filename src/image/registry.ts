// The registry: a domain name, an IPv4 address or a bracketed IPv6 address, and a port.
import { parseIpAddress } from '../net/index.js'
import type { Authority } from './authority.js'
import { DASH, DIGIT, DOT, isA, LOWER, UNDERSCORE, UPPER } from './characters.js'
import { DOCKER_HUB, registryHost } from './docker-hub.js'
import { fail } from './error.js'
import { leftoverOf } from './leftover.js'

const PORT_MAX = 65535

/** The length of the longest name that DNS can hold, without its trailing dot (RFC 1035, 2.3.4). */
const HOST_MAX = 253

/** Where an image is that names no registry. */
export const HUB: Authority = { host: DOCKER_HUB, port: undefined }

/** Reads the first component; the path behind it tells a scheme from an empty port. */
export function readRegistry(registry: string, path: string): Authority {
  const end = registry.startsWith('[') ? registry.indexOf(']') + 1 : registry.indexOf(':')
  const hostEnd = end <= 0 ? registry.length : end
  if (hostEnd === registry.length) {
    return { host: registryHost(readHost(registry)), port: undefined }
  }
  // A scheme looks like a registry with an empty port: "https:" before "//ghcr.io/app".
  if (registry.length === hostEnd + 1 && path.startsWith('/')) {
    fail('registry', 'scheme', 'leave out the scheme, expected HOST[:PORT]/REPOSITORY')
  }
  return { host: readHost(registry.slice(0, hostEnd)), port: readPort(registry, hostEnd) }
}

/** The host in lower case, without the trailing dot of a fully qualified name. */
function readHost(host: string): string {
  if (host.startsWith('[')) {
    const address = host.slice(1, -1)
    if (!host.endsWith(']') || !address.includes(':') || parseIpAddress(address) === undefined) {
      fail('registry', 'invalid-host', 'expected an IPv6 address within the brackets')
    }
    return host.toLowerCase()
  }
  let label = 0
  let hasUpperCase = false
  for (let i = 0; i < host.length; i++) {
    const code = host.charCodeAt(i)
    if (isA(DIGIT | LOWER, code)) label++
    else if (code === DOT && label > 0) label = 0
    else if (code === DASH || code === UNDERSCORE) label++
    else if (isA(UPPER, code)) {
      hasUpperCase = true
      label++
    } else failHost(code)
  }
  const name = label === 0 ? host.slice(0, -1) : host
  if (name.length > HOST_MAX) {
    fail('registry', 'too-long', `expected a host of at most ${HOST_MAX} characters`)
  }
  return hasUpperCase ? name.toLowerCase() : name
}

function failHost(code: number): never {
  if (code === DOT) {
    fail('registry', 'invalid-host', 'expected a domain name, each of its labels with a character')
  }
  const leftover = leftoverOf(code)
  if (leftover) fail('registry', 'invalid-host', leftover)
  const letters = 'letters, digits, "-", "_" and dots'
  if (code > 0x7f) {
    fail('registry', 'invalid-host', `expected ${letters}; write an international name as "xn--"`)
  }
  fail('registry', 'invalid-host', `expected a domain name of ${letters}, or an IP address`)
}

function readPort(registry: string, colon: number): number {
  let port = registry[colon] === ':' && colon + 1 < registry.length ? 0 : Number.NaN
  for (let i = colon + 1; i < registry.length; i++) {
    const code = registry.charCodeAt(i)
    port = isA(DIGIT, code) && port <= PORT_MAX ? port * 10 + (code - 0x30) : Number.NaN
  }
  if (port >= 1 && port <= PORT_MAX) return port
  fail('registry', 'invalid-port', 'expected a port from 1 to 65535 after the colon')
}
