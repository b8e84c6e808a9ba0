// URLs with http or https, strictly: only what every parser reads alike.
import { withoutTrailingDot } from './host.js'
import { hasBrokenEscape } from './percent-escape.js'
import { MAX_HOST, parseUrl } from './url.js'

/** An http or https URL that every parser reads alike. */
export interface HttpUrl {
  readonly scheme: 'https' | 'http'
  /** As it is dialled: in lower case, without a trailing dot. */
  readonly host: string
  /** Scheme, host and port. */
  readonly origin: string
  /** The whole URL in the WHATWG form, without a fragment. */
  readonly href: string
}

/** What keeps a text from being such a URL. */
export type HttpUrlFault =
  | 'not-a-url'
  | 'invalid-scheme'
  | 'user-info'
  | 'invalid-host'
  | 'invalid-port'

/** Letters, digits and `-._:[]`: some clients decode an escaped host and others don't. */
const HOST_AND_PORT = /^[A-Za-z0-9._:[\]-]+$/

const PORT_MAX = 65535

/** Parses a URL that every parser reads alike, or says what keeps it from being one. */
export function parseHttpUrl(text: string): HttpUrl | HttpUrlFault {
  if (!isPlain(text) || hasBrokenEscape(beforeQuery(text))) return 'not-a-url'
  const colon = text.indexOf('://')
  if (colon < 1) return 'not-a-url'
  const scheme = text.slice(0, colon).toLowerCase()
  if (scheme !== 'https' && scheme !== 'http') return 'invalid-scheme'
  const authority = authorityIn(text, colon + 3)
  if (authority.includes('@')) return 'user-info'
  if (authority.length > MAX_HOST || !HOST_AND_PORT.test(authority)) return 'invalid-host'
  if (!isPort(portIn(authority))) return 'invalid-port'
  const url = parseUrl(text)
  if (url === undefined) return 'invalid-host'
  const host = withoutTrailingDot(url.hostname)
  if (host.split('.').includes('')) return 'invalid-host'
  const origin = `${scheme}://${host}${url.port === '' ? '' : `:${url.port}`}`
  const [path = ''] = url.href.slice(url.origin.length).split('#', 1)
  return { scheme, host, origin, href: origin + path }
}

/**
 * Printable ASCII without backslash. URL parsers pass over tabs, line ends and spaces, take `\` for
 * `/`, and map `。` and full-width letters to ASCII, each in places of its own.
 */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code <= 0x20 || code >= 0x7f || code === 0x5c) return false
  }
  return true
}

/** Where Go's parser refuses a broken escape and others leave it as it is. */
function beforeQuery(text: string): string {
  const end = text.search(/[?#]/)
  return end < 0 ? text : text.slice(0, end)
}

function authorityIn(text: string, start: number): string {
  for (let end = start; end < text.length; end++) {
    const character = text.charAt(end)
    if (character === '/' || character === '?' || character === '#') return text.slice(start, end)
  }
  return text.slice(start)
}

/** What follows the last colon outside of brackets; empty where there is none. */
function portIn(authority: string): string {
  const colon = authority.lastIndexOf(':')
  return colon > authority.lastIndexOf(']') ? authority.slice(colon + 1) : ''
}

/** An empty port is the scheme's own. None listens on port 0. */
function isPort(port: string): boolean {
  if (port === '') return true
  const number = /^\d+$/.test(port) ? Number(port) : 0
  return number >= 1 && number <= PORT_MAX
}
