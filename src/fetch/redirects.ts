// Redirects, which lead to storage as a rule: followed without credentials, each by the proxy of its own
// URL, and to plain HTTP only where the resolution allows it.
import { parseHttpUrl } from '../net/index.js'
import type { Resolution, Resolver } from '../resolve/index.js'
import type { FetchedResponse, Send, SendInit } from '../transport/index.js'
import { discard } from './body.js'
import { faultOf } from './connection-fault.js'
import { fetchError, RegistryFetchError } from './errors.js'

/** 303 is a GET, as what is followed here is anyway. */
const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** What following needs. */
export interface RedirectContext<Response extends FetchedResponse> {
  readonly resolver: Resolver
  readonly send: Send<Response>
  readonly maxRedirects: number
}

/** The answer that the redirects lead to, the first one included. */
export async function followRedirects<Response extends FetchedResponse>(
  { resolver, send, maxRedirects }: RedirectContext<Response>,
  resolution: Resolution,
  first: { readonly response: Response; readonly url: string },
  init: SendInit,
): Promise<Response> {
  let { response, url } = first
  for (let left = maxRedirects; ; left--) {
    const location = STATUSES.has(response.status) ? response.headers.get('location') : null
    if (location === null) return response
    await discard(response)
    if (left === 0) throw fetchError('redirect', `there are more than ${maxRedirects} redirects`)
    url = targetOf(location, url, resolution)
    const route = resolver.routeTo(resolution, url)
    if (route.proxy.kind === 'undialable') {
      throw fetchError('redirect', 'a redirect leads to a URL that nothing can dial')
    }
    try {
      response = await send(url, init, route)
    } catch (error) {
      throw isAborted(init) ? error : unreachable(url, error, route.proxy.kind === 'proxy')
    }
  }
}

function isAborted({ signal }: SendInit): boolean {
  return signal?.aborted === true
}

function unreachable(url: string, error: unknown, isProxied: boolean): RegistryFetchError {
  const { origin } = originOf(url)
  const { reason } = faultOf(error)
  const message = `a redirect leads to ${origin}, which can't be reached (${reason})`
  const issue = {
    code: 'unreachable',
    attempts: Object.freeze([{ origin, reason }]),
    message,
  } as const
  return new RegistryFetchError(issue, ...(isProxied ? [] : [{ cause: error }]))
}

function originOf(url: string): { readonly origin: string } {
  const parsed = parseHttpUrl(url)
  return typeof parsed === 'string' ? { origin: 'nowhere' } : parsed
}

/** The URL of a `Location`, which may be relative (RFC 9110, section 10.2.2). */
function targetOf(location: string, base: string, { schemes }: Resolution): string {
  const url = parseHttpUrl(resolveReference(location, base))
  if (typeof url === 'string') {
    throw fetchError(
      'redirect',
      `a redirect leads to no URL that every parser reads alike (${url})`,
    )
  }
  if (!schemes.includes(url.scheme)) {
    throw fetchError('redirect', 'a redirect leads to plain HTTP, which the rule does not allow')
  }
  return url.href
}

/** RFC 3986, section 5.2, for what servers send; dot segments are left to the parser. */
export function resolveReference(reference: string, base: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]{0,31}:/.test(reference)) return reference
  const authority = base.indexOf('://') + 3
  if (reference.startsWith('//')) return base.slice(0, authority - 2) + reference
  const end = base.slice(authority).search(/[/?#]/)
  const origin = end < 0 ? base : base.slice(0, authority + end)
  if (reference.startsWith('/')) return origin + reference
  const [path = ''] = base.slice(origin.length).split(/[?#]/, 1)
  if (reference.startsWith('?')) return origin + path + reference
  return `${origin}${path.slice(0, path.lastIndexOf('/') + 1) || '/'}${reference}`
}
