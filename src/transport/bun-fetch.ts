// Bun's fetch as the `fetch` option of `createRegistryFetch`.
import { parseUrl } from '../net/index.js'
import type { Route } from '../resolve/index.js'
import { bunFetchOptions } from './bun-fetch-options.js'
import { proxyStatusIn } from './proxy-status.js'
import type { FetchedResponse, Send, SendInit } from './send.js'

/** Bun's fetch, as far as it is used. */
type Fetch<Response extends FetchedResponse> = (url: string, init: object) => Promise<Response>

/**
 * Makes the `fetch` option of `createRegistryFetch` on Bun's fetch, the only one that takes a trust and
 * a proxy with each request.
 *
 * @returns A function that rejects with {@link TrustDeniedError} for `deny-all`, and with
 *   {@link UnsupportedDecisionError} on any other runtime, and for what {@link bunFetchOptions} can't follow.
 *
 * @example
 *
 * ```ts
 * import { bunFetch } from 'imagepuller-auth/transport'
 *
 * console.log(typeof bunFetch()) // function
 * ```
 */
export function bunFetch<Response extends FetchedResponse = FetchedResponse>(): Send<Response> {
  return sendBy<Response>((url, init) => {
    const fetch = Reflect.get(globalThis, 'fetch') as unknown as Fetch<Response>
    return fetch(url, init)
  })
}

/** The same by a function that is Bun's fetch, or fails as that does. */
export function sendBy<Response extends FetchedResponse>(fetch: Fetch<Response>): Send<Response> {
  return async (url: string, init: SendInit, route: Route): Promise<Response> => {
    const options = bunFetchOptions(route, parseUrl(url)?.hostname)
    try {
      // Without a prototype, from which Bun would read options that aren't there.
      return await fetch(url, Object.assign(Object.create(null), init, options))
    } catch (error) {
      throw proxyStatusIn(error) ?? withoutReset(error)
    }
  }
}

/**
 * Bun says ECONNRESET of a server that closes before the TLS handshake, behind it, and in place of an
 * HTTP answer. Plain HTTP may follow the first alone, so none of them lets it.
 */
function withoutReset(error: unknown): unknown {
  if (Object(error).code !== 'ECONNRESET') return error
  return Object.assign(new Error('the connection broke'), { code: 'ERR_CONNECTION_BROKEN' })
}
