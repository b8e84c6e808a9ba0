// What a client of registries is made with, checked.
import { custom, string } from 'valibot'
import type { Keychain } from '../keychain/keychain.js'
import { option, optionsOf } from '../options.js'
import type { FetchedResponse, Send } from '../transport/index.js'
import type { ForeignRealm } from './foreign-realm.js'

/** Options of {@link createRegistryFetch}. */
export interface CreateRegistryFetchOptions<Response extends FetchedResponse> {
  /**
   * Sends one request by one route, and follows no redirects: `undiciFetch` or `bunFetch` of
   * `imagepuller-auth/transport`. The `fetch` of browsers can't be told whom to trust.
   */
  readonly fetch: Send<Response>
  /**
   * The clock, in milliseconds since 1970, such as `Date.now`. It is a function and no number, as
   * lint's and an audit's `now` is: tokens end while the client lives.
   */
  readonly now: () => number
  /** What decides about token services outside the registry's own domain. Default: `allow`. */
  readonly foreignRealm?: ForeignRealm
  /** How many redirects are followed. Default: 5. */
  readonly maxRedirects?: number
  /** How to introduce the client to token services. Default: `imagepuller-auth`. */
  readonly clientId?: string
  /** Is asked where no rule applies. Default: nothing is. */
  readonly keychain?: Keychain
}

/** The same, checked, with the defaults. */
export interface ReadCreateOptions<Response extends FetchedResponse> {
  readonly fetch: Send<Response>
  readonly now: () => number
  readonly foreignRealm: ForeignRealm
  readonly maxRedirects: number
  readonly clientId: string | undefined
  readonly keychain: Keychain | undefined
}

const isFunction = (value: unknown): boolean => typeof value === 'function'

const read = /* @__PURE__ */ optionsOf('createRegistryFetch', () => ({
  fetch: option(custom<unknown>(isFunction), 'a function'),
  now: option(custom<() => number>(isFunction), 'a function'),
  foreignRealm: option(
    custom<ForeignRealm>((value) => value === 'allow' || value === 'refuse' || isFunction(value)),
    "'allow', 'refuse' or a function",
  ),
  maxRedirects: option(
    custom<number>((value) => Number.isSafeInteger(value) && (value as number) >= 0),
    'a whole number',
  ),
  clientId: option(string(), 'a string'),
  keychain: option(
    custom<Keychain>((value) => isFunction(Object(value).credentials)),
    'a keychain',
  ),
}))

const MAX_REDIRECTS = 5

/** Reads the options; throws a `TypeError` where they are something else. */
export function readCreateOptions<Response extends FetchedResponse>(
  options: unknown,
): ReadCreateOptions<Response> {
  const { fetch, now, foreignRealm, maxRedirects, clientId, keychain } = read(options)
  if (fetch === undefined || now === undefined) {
    throw new TypeError('createRegistryFetch: expected fetch and now to be functions')
  }
  return {
    fetch: fetch as Send<Response>,
    now: clockOf(now),
    foreignRealm: foreignRealm ?? 'allow',
    maxRedirects: maxRedirects ?? MAX_REDIRECTS,
    clientId,
    keychain,
  }
}

/** The clock; a time that is no number would let tokens be kept for ever, or never. */
function clockOf(now: () => number): () => number {
  return () => {
    const time: unknown = now()
    if (Number.isFinite(time)) return time as number
    const expected = 'now to give milliseconds since 1970, as a finite number'
    throw new TypeError(`createRegistryFetch: expected ${expected}`)
  }
}
