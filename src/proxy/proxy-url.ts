// A proxy's URL, as HTTP_PROXY and HTTPS_PROXY hold it.
import { asciiHost, parseIpAddress } from '../net/index.js'
import { Secret } from '../secret.js'
import { encodeBase64, hasControlCharacter } from '../text/index.js'

/** Where a proxy listens, and what it is sent to authenticate. */
export interface ProxyServer {
  /** The URL without user info. */
  readonly url: string
  /** The value of `Proxy-Authorization`, or undefined if the URL has no user info. */
  readonly authorization: Secret | undefined
}

/** What keeps a text from being a proxy's URL. */
export type ProxyUrlFault =
  | 'control-character'
  | 'invalid-scheme'
  | 'invalid-user-info'
  | 'invalid-host'
  | 'invalid-port'
  | 'invalid-path'

/** What is there and what to write instead; neither quotes the value. */
const PROXY_FAULTS: Readonly<Record<ProxyUrlFault, readonly [message: string, help: string]>> = {
  'control-character': [
    'has a control character, such as a line end, perhaps percent-encoded (%0A, as `echo` without `-n` leaves it)',
    'leave it out',
  ],
  'invalid-scheme': [
    "isn't the URL of a proxy",
    'write a URL such as http://proxy.corp:3128, or a host and a port',
  ],
  'invalid-user-info': [
    'has a user name or a password with characters that a URL lacks',
    'write everything in them but letters, digits and "-._~" as percent-encoded UTF-8, such as %40 for "@"',
  ],
  'invalid-host': [
    'has a host that is neither a domain name nor an IP address',
    'write a domain name, an IPv4 address or an IPv6 address in brackets',
  ],
  'invalid-port': ['has a port that is no number up to 65535', 'write a port from 1 to 65535'],
  'invalid-path': [
    'has something after the host and port that is no path',
    'leave out what follows the host and port',
  ],
}

const SCHEME = /^[a-z][a-z\d+.-]*$/i

// RFC 3986, sections 3.2.1 and 3.3 to 3.5. Like Go, user info may hold an "@"; what follows may not.
const USER_INFO = /^[\w.~!$&'()*+,;=:@%-]*$/

const AFTER_AUTHORITY = /^[\w.~!$&'()*+,;=:/?#%-]*$/

const BROKEN_ESCAPE = /%(?![\da-f]{2})/i

/** What keeps a value of HTTP_PROXY or HTTPS_PROXY from being used. The empty string means unset. */
export function checkProxyUrl(value: string): ProxyUrlFault | undefined {
  const server = value === '' ? undefined : parseProxyUrl(value)
  return typeof server === 'string' ? server : undefined
}

/** The fault in words that quote nothing. */
export function describeProxyUrlFault(fault: ProxyUrlFault): {
  readonly message: string
  readonly help: string
} {
  const [message, help] = PROXY_FAULTS[fault]
  return { message, help }
}

/** The scheme of a value in lower case; `http` where it has none. */
export function proxySchemeOf(value: string): string {
  return splitUrl(value).scheme?.toLowerCase() ?? 'http'
}

/**
 * Reads a value as Go does: a URL of any scheme that has a host, or `[user[:password]@]host[:port]`,
 * which means `http://`. Its text is kept, except that the scheme gets lower case and a host outside
 * of ASCII is percent-encoded. A value that Go and the URL standard don't read alike is refused.
 */
export function parseProxyUrl(value: string): ProxyServer | ProxyUrlFault {
  if (hasControlCharacter(value)) return 'control-character'
  const { scheme, authority, tail } = splitUrl(value)
  // "http:/proxy", "http//proxy" and "ht_tp://proxy" are failed schemes, no hosts with a path.
  const failed = authority.endsWith(':') ? tail !== '' : tail.startsWith('//')
  if (scheme === undefined && failed) return 'invalid-scheme'

  const at = authority.lastIndexOf('@')
  const authorization = at < 0 ? undefined : basicOf(authority.slice(0, at))
  // An "@" further on means that an unescaped "/", "?" or "#" has cut the password in two.
  if (tail.includes('@')) return 'invalid-user-info'
  if (typeof authorization === 'string') return authorization

  const { host, port } = splitHost(authority.slice(at + 1))
  const written = writeHost(host)
  if (written === undefined) return 'invalid-host'
  if (!isPort(port)) return 'invalid-port'
  if (!isTail(tail)) return 'invalid-path'

  const end = tail.endsWith('#') ? tail.slice(0, -1) : tail
  const url = `${scheme?.toLowerCase() ?? 'http'}://${written}${port}${end}`
  return Object.freeze({ url, authorization })
}

function splitUrl(value: string): { scheme: string | undefined; authority: string; tail: string } {
  const colon = value.indexOf('://')
  const scheme =
    colon >= 0 && SCHEME.test(value.slice(0, colon)) ? value.slice(0, colon) : undefined
  const rest = scheme === undefined ? value : value.slice(colon + 3)
  const end = rest.search(/[/?#]/)
  if (end < 0) return { scheme, authority: rest, tail: '' }
  return { scheme, authority: rest.slice(0, end), tail: rest.slice(end) }
}

/** The host, and what follows it, a port with its colon if all is well. */
function splitHost(text: string): { host: string; port: string } {
  const bracket = text.startsWith('[') ? text.indexOf(']') : -1
  const end = bracket < 0 ? text.indexOf(':') : bracket + 1
  return end < 0 ? { host: text, port: '' } : { host: text.slice(0, end), port: text.slice(end) }
}

function writeHost(host: string): string | undefined {
  if (host.startsWith('['))
    return parseIpAddress(host.slice(1, -1))?.bytes.length === 16 ? host : undefined
  if (host.startsWith('.') || host.includes('..')) return undefined
  return asciiHost(host) && encodeURIComponent(host)
}

function isPort(port: string): boolean {
  return port === '' || (/^:\d*$/.test(port) && Number(port.slice(1)) <= 65535)
}

function isTail(tail: string): boolean {
  const oneFragment = tail.indexOf('#') === tail.lastIndexOf('#')
  return oneFragment && AFTER_AUTHORITY.test(tail) && !BROKEN_ESCAPE.test(tail)
}

/** RFC 7617; a missing password is an empty one. */
function basicOf(userInfo: string): Secret | 'invalid-user-info' | 'control-character' {
  if (!USER_INFO.test(userInfo)) return 'invalid-user-info'
  const colon = userInfo.indexOf(':')
  const username = decode(colon < 0 ? userInfo : userInfo.slice(0, colon))
  const password = decode(colon < 0 ? '' : userInfo.slice(colon + 1))
  if (username === undefined || password === undefined) return 'invalid-user-info'
  const pair = `${username}:${password}`
  if (hasControlCharacter(pair)) return 'control-character'
  return new Secret(`Basic ${encodeBase64(new TextEncoder().encode(pair))}`)
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
