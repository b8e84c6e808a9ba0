// Hosts: names and addresses as they are dialled.
import { type IpAddress, parseIpAddress, parseNumber } from './ip-address.js'
import { MAX_HOST, parseUrl } from './url.js'

/**
 * Whether a host in ASCII ends in a number in the WHATWG URL standard's sense: its last label, a
 * single trailing dot aside, is digits alone or `0x` and hexadecimal digits. Every WHATWG URL parser
 * dials such a host as an IPv4 address or refuses it, so it is no domain name.
 */
export function endsInNumber(host: string): boolean {
  const end = hasTrailingDot(host) ? host.length - 1 : host.length
  // Nearly all names end in a letter that no number has.
  if (!mayEndNumber(host.charCodeAt(end - 1))) return false
  const label = host.slice(host.lastIndexOf('.', end - 1) + 1, end)
  if (!label.startsWith('0x') && !label.startsWith('0X')) return isNumber(label, 10)
  return label.length === 2 || isNumber(label.slice(2), 16)
}

/** A digit, a letter from a to f or an x, in either case. */
function mayEndNumber(code: number): boolean {
  if (code >= 0x30 && code <= 0x39) return true
  const lower = code | 0x20
  return (lower >= 0x61 && lower <= 0x66) || lower === 0x78
}

function isNumber(digits: string, radix: 10 | 16): boolean {
  return parseNumber(digits, radix, Number.POSITIVE_INFINITY) !== undefined
}

// Letters, digits, "-", "_", dots, and everything outside of ASCII, for the URL parser to judge.
const HOST_CHARACTERS = /^[\w.\u0080-\uffff-]+$/

/**
 * The host that is dialled for a URL: what the URL parser gives (lower case, IDNA, IPv4 addresses in
 * dotted decimal), without the brackets of IPv6 and the trailing dot.
 */
export function hostOfUrl(url: URL): string {
  const { hostname } = url
  return hostname.startsWith('[') ? hostname.slice(1, -1) : withoutTrailingDot(hostname)
}

/** The name without the dot of the root. */
export function withoutTrailingDot(host: string): string {
  return hasTrailingDot(host) ? host.slice(0, -1) : host
}

/** By its character code, which V8 compares in place: to `endsWith` it makes a call. */
function hasTrailingDot(host: string): boolean {
  return host.charCodeAt(host.length - 1) === 0x2e
}

/** The address that a host in a URL is, if it is one: there, IPv6 is in brackets. */
export function addressOfHost(host: string): IpAddress | undefined {
  const isBracketed = host.startsWith('[') && host.endsWith(']')
  return parseIpAddress(isBracketed ? host.slice(1, -1) : host)
}

/**
 * A domain name as the URL parser writes it, or undefined if it isn't one. A trailing dot stays;
 * a name that the parser takes for an IPv4 address becomes one.
 */
export function asciiHost(name: string): string | undefined {
  if (name.length > MAX_HOST || !HOST_CHARACTERS.test(name)) return undefined
  return parseUrl(`http://${name}`)?.hostname
}

/** Whether a host, as it stands in a URL, is dialled as an address or refused as one. */
export function isIpAddress(host: string): boolean {
  return host.startsWith('[') || endsInNumber(host)
}
