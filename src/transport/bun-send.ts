// Bun's fetch as the `fetch` option of `createRegistryFetch`.
import { parseHttpUrl } from '../net/index.js'
import type { Route } from '../resolve/index.js'
import { bunFetchOptions } from './bun-fetch.js'
import type { FetchedResponse, Send, SendInit } from './send.js'

/** The `Response` of the runtime's own fetch, as far as it is used. */
type Fetch<Response extends FetchedResponse> = (url: string, init: object) => Promise<Response>

/**
 * Makes the `fetch` option of `createRegistryFetch` on Bun's fetch, the only one that takes a trust and
 * a proxy with each request.
 *
 * @returns A function that rejects with {@link TrustDeniedError} for `deny-all`, and with
 *   {@link UnsupportedDecisionError} on any other runtime, and for a proxy that is reached by TLS.
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
  return async (url: string, init: SendInit, route: Route): Promise<Response> => {
    const parsed = parseHttpUrl(url)
    const host = typeof parsed === 'string' ? undefined : parsed.host
    const options = bunFetchOptions(route, host)
    const fetch = Reflect.get(globalThis, 'fetch') as Fetch<Response>
    return fetch(url, { ...init, ...options })
  }
}
