// The registry: a domain name, an IPv4 address or a bracketed IPv6 address, and a port.
import { parseIpAddress } from '../net/index.js'
import type { Authority } from './authority.js'
import { COLON, DASH, DIGIT, DOT, isA, LOWER, SLASH, UNDERSCORE, UPPER } from './characters.js'
import { DOCKER_HUB, registryHost } from './docker-hub.js'
import { fail } from './error.js'
import { leftoverOf } from './leftover.js'

const PORT_MAX = 65535

/** The length of the longest name that DNS can hold, without its trailing dot (RFC 1035, 2.3.4). */
const HOST_MAX = 253

/** Where an image is, and how the reference writes it. */
export interface Registry extends Authority {
  /** As the reference has it, with `docker.io` in full. */
  readonly registry: string
}

/** Where an image is that names no registry. */
export const HUB: Registry = { registry: DOCKER_HUB, host: DOCKER_HUB, port: undefined }

/** Reads the first component of the text, which ends at that slash. */
export function readRegistry(text: string, slash: number): Registry {
  if (text.startsWith('[')) return readBracketed(text, slash)
  let label = 0
  let hasUpperCase = false
  let end = 0
  // The text itself is scanned: V8 takes twice the time for each character of a slice.
  for (; end < slash; end++) {
    const code = text.charCodeAt(end)
    if (isA(DIGIT | LOWER, code)) label++
    else if (code === DOT && label > 0) label = 0
    else if (code === DASH || code === UNDERSCORE) label++
    else if (isA(UPPER, code)) {
      hasUpperCase = true
      label++
    } else if (code === COLON && end > 0) break
    else failHost(text, slash, code)
  }
  refuseScheme(text, slash, end)
  const name = text.slice(0, label === 0 ? end - 1 : end)
  if (name.length > HOST_MAX) {
    fail('registry', 'too-long', `expected a host of at most ${HOST_MAX} characters`)
  }
  const host = hasUpperCase ? name.toLowerCase() : name
  const registry = text.slice(0, slash)
  return end < slash
    ? { registry, host, port: readPort(text, end, slash) }
    : { registry: registryHost(registry), host: registryHost(host), port: undefined }
}

/** A scheme looks like a registry with an empty port: "https:" before "//ghcr.io/app". */
function refuseScheme(text: string, slash: number, hostEnd: number): void {
  if (hostEnd > 0 && hostEnd + 1 === slash && text.charCodeAt(slash + 1) === SLASH) {
    fail('registry', 'scheme', 'leave out the scheme, expected HOST[:PORT]/REPOSITORY')
  }
}

/** Reads a registry at an IPv6 address, which stays in its brackets. */
function readBracketed(text: string, slash: number): Registry {
  const bracket = text.indexOf(']')
  const end = bracket < 0 || bracket > slash ? slash : bracket + 1
  refuseScheme(text, slash, end)
  const address = text.slice(1, end - 1)
  if (text[end - 1] !== ']' || !address.includes(':') || parseIpAddress(address) === undefined) {
    fail('registry', 'invalid-host', 'expected an IPv6 address within the brackets')
  }
  const host = text.slice(0, end).toLowerCase()
  const port = end < slash ? readPort(text, end, slash) : undefined
  return { registry: text.slice(0, slash), host, port }
}

function failHost(text: string, slash: number, code: number): never {
  refuseScheme(text, slash, text.indexOf(':'))
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

function readPort(text: string, colon: number, end: number): number {
  let port = text.charCodeAt(colon) === COLON && colon + 1 < end ? 0 : Number.NaN
  for (let i = colon + 1; i < end; i++) {
    const code = text.charCodeAt(i)
    port = isA(DIGIT, code) && port <= PORT_MAX ? port * 10 + (code - 0x30) : Number.NaN
  }
  if (port >= 1 && port <= PORT_MAX) return port
  fail('registry', 'invalid-port', 'expected a port from 1 to 65535 after the colon')
}
