// `Location` fields: a URL, absolute or relative to the one that answered (RFC 9110, section 10.2.2).
import { type HttpUrl, parseHttpUrl } from '../net/index.js'
import type { Resolution } from '../resolve/index.js'
import { FetchFault } from './fetch-fault.js'

/** A scheme as RFC 3986 writes it. */
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]{0,31}:/

/**
 * The URL that a `Location` leads to.
 *
 * @param what - What leads there, for the message.
 * @throws {@link FetchFault} if it is none that every parser reads alike, or plain HTTP where the
 *   resolution doesn't allow that.
 */
export function locate(text: string, { schemes }: Resolution, what: string): HttpUrl {
  const url = parseHttpUrl(text)
  if (typeof url === 'string') {
    const message = `${what} leads to no URL that every parser reads alike (${url})`
    throw new FetchFault('redirect', message, { leavesMirror: true })
  }
  if (schemes.includes(url.scheme)) return url
  const message = `${what} leads to plain HTTP, which the rule doesn't allow`
  throw new FetchFault('redirect', message, { leavesMirror: true })
}

/** Whether a `Location` has a scheme, or at least a host, of its own. */
export function isAbsolute(location: string): boolean {
  return SCHEME.test(location) || location.startsWith('//')
}

/** RFC 3986, section 5.2, for what servers send; dot segments are left to the parser. */
export function resolveReference(reference: string, base: string): string {
  if (SCHEME.test(reference)) return reference
  const authority = base.indexOf('://') + 3
  if (reference.startsWith('//')) return base.slice(0, authority - 2) + reference
  const end = base.slice(authority).search(/[/?#]/)
  const origin = end < 0 ? base : base.slice(0, authority + end)
  if (reference.startsWith('/')) return origin + reference
  const [whole = ''] = base.slice(origin.length).split('#', 1)
  const [path = ''] = whole.split('?', 1)
  if (reference === '' || reference.startsWith('#')) return origin + whole
  if (reference.startsWith('?')) return origin + path + reference
  return `${origin}${path.slice(0, path.lastIndexOf('/') + 1) || '/'}${reference}`
}
