// undici's fetch as the `fetch` option of `createRegistryFetch`: a dispatcher for each trust and proxy,
// so that no connection is ever shared by two of them.
import { custom } from 'valibot'
import { option, optionsOf } from '../options.js'
import type { Route } from '../resolve/index.js'
import { Secret } from '../secret.js'
import { joinParts } from '../text/index.js'
import type { FetchedResponse, Send, SendInit } from './send.js'
import { type UndiciClasses, undiciDispatcher } from './undici-dispatcher.js'

/** What of a dispatcher is used. */
interface Closable {
  close(): Promise<void>
  compose?(interceptor: unknown): object
}

/** What of undici is used; pass the module itself. */
export interface UndiciFetchModule<Dispatcher extends object, Response extends FetchedResponse>
  extends UndiciClasses<Dispatcher> {
  /** undici's own fetch: that of Node is of another version, and ignores foreign dispatchers. */
  readonly fetch: (url: string, init: never) => Promise<Response>
  /** undici's interceptors. */
  readonly interceptors: { retry(options: object): unknown }
}

/** Options of {@link undiciFetch}. */
export interface UndiciFetchOptions {
  /**
   * Options of undici's retry interceptor. It always keeps to GET and HEAD, since it would repeat a
   * streamed PUT with an empty body and call that a success, and gives the last answer as it is.
   * Default: nothing is retried.
   */
  readonly retry?: object
}

/** The `fetch` option of `createRegistryFetch`, on undici. */
export interface UndiciSend<Response extends FetchedResponse> extends Send<Response> {
  /** Closes all connections, once their requests have ended. */
  close(): Promise<void>
}

const readOptions = optionsOf('undiciFetch', {
  retry: option(
    custom<object>((value) => typeof value === 'object' && value !== null),
    'options of the retry interceptor',
  ),
})

/**
 * Makes the `fetch` option of `createRegistryFetch` on undici, with one dispatcher for each trust and
 * proxy. It gives undici's own `Response`.
 *
 * @param undici - The module undici, of version 7, from 7.29 on.
 * @param options - See {@link UndiciFetchOptions}.
 * @throws `TypeError` if an argument is of the wrong type. The result rejects with
 *   {@link TrustDeniedError} for `deny-all` and with {@link UnsupportedDecisionError} for what
 *   `undiciDispatcher` can't follow.
 *
 * @example
 *
 * ```ts
 * import { undiciFetch } from 'imagepuller-auth/transport'
 * import * as undici from 'undici'
 *
 * const send = undiciFetch(undici, { retry: { maxRetries: 2 } })
 * console.log(typeof send, typeof send.close) // function function
 * ```
 */
export function undiciFetch<Dispatcher extends object, Response extends FetchedResponse>(
  undici: UndiciFetchModule<Dispatcher, Response>,
  options?: UndiciFetchOptions,
): UndiciSend<Response> {
  const { retry } = readOptions(options)
  if (typeof undici?.fetch !== 'function') {
    throw new TypeError('undiciFetch: expected the module undici')
  }
  const dispatchers = new Map<string, object>()
  const closables: Closable[] = []
  const dispatcherFor = (route: Route): object => {
    const key = keyOf(route)
    const known = dispatchers.get(key)
    if (known) return known
    const made = undiciDispatcher(route, undici) as object as Closable
    const dispatcher = retry ? retrying(made, undici, retry) : made
    dispatchers.set(key, dispatcher)
    closables.push(made)
    return dispatcher
  }
  const send = async (url: string, init: SendInit, route: Route): Promise<Response> =>
    undici.fetch(url, { ...init, dispatcher: dispatcherFor(route) } as never)
  const close = async (): Promise<void> => {
    dispatchers.clear()
    await Promise.all(closables.splice(0).map((dispatcher) => dispatcher.close()))
  }
  return Object.freeze(Object.assign(send, { close }))
}

function retrying(
  dispatcher: Closable,
  { interceptors }: { readonly interceptors: { retry(options: object): unknown } },
  retry: object,
): object {
  // By itself the interceptor repeats a PUT, and throws in place of the last answer.
  const fixed = { ...retry, methods: ['GET', 'HEAD'], throwOnError: false }
  if (typeof dispatcher.compose !== 'function') {
    throw new TypeError('undiciFetch: expected dispatchers that compose interceptors')
  }
  return dispatcher.compose(interceptors.retry(fixed))
}

/** What two routes have in common that may share connections. */
function keyOf({ tls, proxy }: Route): string {
  const trusted =
    tls.kind === 'ca-bundle' ? tls.certificates.map(({ fingerprint }) => fingerprint) : []
  const way = proxy.kind === 'proxy' ? [proxy.url, revealed(proxy.authorization)] : []
  return joinParts([tls.kind, String(trusted.length), ...trusted, ...way])
}

function revealed(authorization: Secret | undefined): string {
  return authorization instanceof Secret ? authorization.reveal() : ''
}
