// undici's fetch as the `fetch` option of `createRegistryFetch`: a dispatcher for each trust and proxy,
// so that no connection is ever shared by two of them.
import { custom } from 'valibot'
import { option, optionsOf } from '../options.js'
import type { Route } from '../resolve/index.js'
import { joinParts } from '../text/index.js'
import { ConnectedOrigins } from './broken-connection.js'
import { ownRoute } from './own-route.js'
import { proxyStatusIn } from './proxy-status.js'
import type { FetchedResponse, Send, SendInit } from './send.js'
import {
  type DispatcherLimits,
  limitedDispatcher,
  type UndiciClasses,
} from './undici-dispatcher.js'

/** What of a dispatcher is used. */
interface Closable {
  close(): Promise<void>
  destroy(): Promise<void>
  compose?(interceptor: unknown): object
}

/** What of undici is used; pass the module itself. */
export interface UndiciFetchModule<Dispatcher extends object, Response extends FetchedResponse>
  extends UndiciClasses<Dispatcher> {
  /** undici's own fetch: that of Node is of another version, and ignores foreign dispatchers. */
  readonly fetch: (url: string, init: never) => Promise<Response>
  /** undici's interceptors. */
  readonly interceptors: {
    /** Makes the interceptor that repeats requests. */
    retry(options: object): unknown
  }
}

/** Options of {@link undiciFetch}. */
export interface UndiciFetchOptions {
  /**
   * Options of undici's retry interceptor. It always keeps to GET and HEAD, since it would repeat a
   * streamed PUT with an empty body and call that a success, and gives the last answer as it is.
   * Default: nothing is retried.
   */
  readonly retry?: object
  /**
   * How long a connection may take, in milliseconds. A signal ends a request at once, and leaves a
   * connection that is being made to this limit. Default: undici's 10,000.
   */
  readonly connectTimeout?: number
  /** How long the header of an answer may take, in milliseconds. Default: undici's 300,000. */
  readonly headersTimeout?: number
  /** How long a body may pause, in milliseconds. Default: undici's 300,000. */
  readonly bodyTimeout?: number
}

/** The `fetch` option of `createRegistryFetch`, on undici. */
export interface UndiciSend<Response extends FetchedResponse> extends Send<Response> {
  /** Closes all connections, once their requests have ended. */
  close(): Promise<void>
  /** Closes all connections at once, those of requests that are under way as well. */
  destroy(): Promise<void>
}

const milliseconds = option(
  custom<number>((value) => Number.isSafeInteger(value) && (value as number) > 0),
  'a whole number of milliseconds',
)

const readOptions = optionsOf('undiciFetch', () => ({
  retry: option(
    custom<object>((value) => typeof value === 'object' && value !== null),
    'options of the retry interceptor',
  ),
  connectTimeout: milliseconds,
  headersTimeout: milliseconds,
  bodyTimeout: milliseconds,
}))

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
  const { retry, ...times } = readOptions(options)
  if (typeof undici?.fetch !== 'function') {
    throw new TypeError('undiciFetch: expected the module undici')
  }
  const limits = given(times)
  const clients = new Map<string, Client>()
  const clientFor = (route: Route): Client => {
    const own = ownRoute(route)
    const key = keyOf(own)
    const known = clients.get(key)
    if (known) return known
    const made = limitedDispatcher(own, undici, limits) as object as Closable
    const dispatcher = retry ? retrying(made, undici, retry) : made
    const client = { made, dispatcher, origins: new ConnectedOrigins(made) }
    clients.set(key, client)
    return client
  }
  const send = async (url: string, init: SendInit, route: Route): Promise<Response> => {
    const { dispatcher, origins } = clientFor(route)
    try {
      // Without a prototype, from which undici would read options that aren't there.
      const own = Object.assign(Object.create(null), init, { dispatcher })
      return await undici.fetch(url, own as never)
    } catch (error) {
      throw proxyStatusIn(error) ?? origins.judge(error, url)
    }
  }
  const endAll = async (how: 'close' | 'destroy'): Promise<void> => {
    const ending = [...clients.values()]
    clients.clear()
    await Promise.all(ending.map(({ made }) => made[how]()))
  }
  const ends = { close: () => endAll('close'), destroy: () => endAll('destroy') }
  return Object.freeze(Object.assign(send, ends))
}

/** A dispatcher for one trust and one proxy, as it was made and with what was composed around it. */
interface Client {
  readonly made: Closable
  readonly dispatcher: object
  readonly origins: ConnectedOrigins
}

/** The limits that were given: undici takes an undefined one for its own, or not, by its version. */
function given(times: Readonly<Record<string, number | undefined>>): DispatcherLimits {
  return Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined))
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
  const way = proxy.kind === 'proxy' ? [proxy.url, proxy.authorization?.reveal() ?? ''] : []
  return joinParts([tls.kind, String(trusted.length), ...trusted, ...way])
}
