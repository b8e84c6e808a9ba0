// `createRegistryFetch`: requests to registries with the whole handshake done, on a client that is
// given. What this file decides is the order of things; each decision has a module of its own.
import { custom, string } from 'valibot'
import type { Credentials } from '../credentials.js'
import type { ImageReference } from '../image/index.js'
import { parseHttpUrl } from '../net/index.js'
import { isOf, option, optionsOf } from '../options.js'
import type { Resolution, Resolver } from '../resolve/index.js'
import type { FetchedResponse, Send, SendInit } from '../transport/index.js'
import { Authenticator, type ForeignRealm } from './authenticator.js'
import { fetchError } from './errors.js'
import { AnsweredSchemes, reach } from './reach.js'
import { followRedirects } from './redirects.js'
import { type ReadRequest, type RegistryRequest, readRequest } from './request.js'
import { scopesFor } from './scopes.js'
import { throwIfAborted } from './shared.js'
import { type Target, targetOf } from './target.js'
import { Tokens } from './tokens.js'

/** Where credentials are for registries that no rule applies to: see `imagepuller-auth/keychain`. */
export interface Keychain {
  /** The credentials for a registry. */
  credentials(server: string): Promise<Credentials | KeychainFailure>
}

/** A keychain that was asked in vain. */
export interface KeychainFailure {
  /** The union's tag. */
  readonly kind: 'failure'
  /** Why. */
  readonly code: string
  /** The reason as a sentence, without what a helper said. */
  readonly message: string
}

/** Options of {@link createRegistryFetch}. */
export interface CreateRegistryFetchOptions<Response extends FetchedResponse> {
  /** Sends one request by one route, and follows no redirects; see `imagepuller-auth/transport`. */
  readonly fetch: Send<Response>
  /** The clock, in milliseconds since 1970, such as `Date.now`. */
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

/**
 * Makes a request to an image's registry, and resolves to its answer, whatever the status is.
 *
 * @param image - The image: a reference, or one that was parsed (its `name` counts).
 * @param path - `manifests` for the image's own manifest, what follows `/v2/REPOSITORY/`, or an earlier
 *   answer's `Location`, relative or absolute.
 * @param request - Method, header, body, signal and scopes.
 * @throws `RegistryFetchError` where there is no answer of the registry to give.
 * @throws `ImageReferenceError` if the image is no reference.
 * @throws `TypeError` if an argument is of the wrong type.
 */
export type RegistryFetch<Response extends FetchedResponse> = (
  image: string | ImageReference,
  path: string,
  request?: RegistryRequest,
) => Promise<Response>

const isFunction = (value: unknown): boolean => typeof value === 'function'

const readOptions = optionsOf('createRegistryFetch', {
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
})

const MAX_REDIRECTS = 5

/**
 * Makes a function that sends requests to registries as the configuration says: trust, proxies,
 * mirrors, schemes, the token handshake, redirects without credentials. It opens nothing itself.
 *
 * What a registry asks for, the scheme that it answers by, and the tokens are remembered and shared by
 * all images. Nothing is retried: 429, 5xx and a last 401 are given as they are.
 *
 * @param resolver - What `createResolver` gave.
 * @param options - See {@link CreateRegistryFetchOptions}.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { createRegistryFetch } from 'imagepuller-auth/fetch'
 *
 * const resolver = createResolver(parseConfig('registries = { "." = { ca-certs = "none" } }'))
 * const registryFetch = createRegistryFetch(resolver, { fetch: async () => new Response(), now: Date.now })
 * const failed = registryFetch('ghcr.io/acme/app', 'tags/list').catch(({ issue }) => issue.code)
 * console.log(typeof failed.then) // function
 * ```
 */
export function createRegistryFetch<Response extends FetchedResponse>(
  resolver: Resolver,
  options: CreateRegistryFetchOptions<Response>,
): RegistryFetch<Response> {
  if (typeof resolver?.resolve !== 'function' || typeof resolver.routeTo !== 'function') {
    throw new TypeError('createRegistryFetch: expected what createResolver gave')
  }
  const client = new Client<Response>(resolver, options)
  return async (image, path, request) => client.request(image, path, readRequest(request))
}

/** What all requests of one resolver share. */
class Client<Response extends FetchedResponse> {
  readonly #resolver: Resolver
  readonly #send: Send<Response>
  readonly #maxRedirects: number
  readonly #keychain: Keychain | undefined
  readonly #authenticator: Authenticator<Response>
  readonly #schemes = new AnsweredSchemes()

  constructor(resolver: Resolver, options: CreateRegistryFetchOptions<Response>) {
    const read = readOptions(options)
    if (read.fetch === undefined || read.now === undefined) {
      throw new TypeError('createRegistryFetch: expected fetch and now to be functions')
    }
    const { now, maxRedirects = MAX_REDIRECTS, foreignRealm = 'allow', clientId, keychain } = read
    this.#resolver = resolver
    this.#send = read.fetch as Send<Response>
    this.#maxRedirects = maxRedirects
    this.#keychain = keychain
    const tokens = new Tokens<Response>({ resolver, send: this.#send, now })
    const credentialsFor = (resolution: Resolution) => this.#credentialsFor(resolution)
    this.#authenticator = new Authenticator(tokens, { foreignRealm, clientId, credentialsFor })
  }

  async request(
    image: string | ImageReference,
    path: string,
    request: ReadRequest,
  ): Promise<Response> {
    if (typeof path !== 'string') throw new TypeError('registryFetch: expected a path as a string')
    const resolution = this.#resolver.resolve(nameOf(image))
    throwIfAborted(request.signal)
    if (resolution.tls.kind === 'deny-all') {
      const rule = resolution.rule === undefined ? '' : ` by the rule "${resolution.rule.name}"`
      throw fetchError('denied', `nobody is trusted for this registry${rule}; nothing was sent`)
    }
    const target = targetOf(resolution, path)
    if (request.isStream && target.isRegistry) await this.#introduce(resolution, request)
    const answered = await this.#reach(resolution, target, request)
    if (request.method !== 'GET' && request.method !== 'HEAD') return answered.response
    const context = {
      resolver: this.#resolver,
      send: this.#send,
      maxRedirects: this.#maxRedirects,
    }
    return this.#orAborted(request, () =>
      followRedirects(context, resolution, answered, initOf(request, {})),
    )
  }

  /** Asks what the registry wants, before a body that can be sent but once. */
  async #introduce(resolution: Resolution, request: ReadRequest): Promise<void> {
    const { signal } = request
    const target: Target = { ...targetOf(resolution, '/v2/'), path: '/v2/' }
    if (target.urls.some((url) => this.#authenticator.knows(originOf(url)))) return
    const bare: ReadRequest = {
      method: 'GET',
      headers: {},
      body: undefined,
      isStream: false,
      signal,
      scopes: request.scopes ?? scopesFor(request.method, resolution.image.repository, ''),
    }
    const { response } = await this.#reach(resolution, target, bare)
    await response.body?.cancel().catch(() => undefined)
  }

  #reach(resolution: Resolution, { urls, path, isRegistry }: Target, request: ReadRequest) {
    const carried = new Set<string>()
    const scopes = request.scopes ?? scopesFor(request.method, resolution.image.repository, path)
    const once = async (url: string): Promise<Response> => {
      const origin = originOf(url)
      const exchange = async (fields: Readonly<Record<string, string>>): Promise<Response> => {
        if (Object.keys(fields).length > 0) carried.add(url)
        const response = await this.#exchange(resolution, url, initOf(request, fields))
        if (isRegistry) this.#schemes.note(resolution, url)
        return response
      }
      if (!isRegistry) return exchange({})
      const { signal, isStream } = request
      const isRepeatable = !isStream
      return this.#authenticator.request({
        resolution,
        url,
        origin,
        scopes,
        signal,
        isRepeatable,
        exchange,
      })
    }
    return this.#orAborted(request, () =>
      reach(
        {
          resolution,
          schemes: this.#schemes,
          isSafe: request.method === 'GET' || request.method === 'HEAD',
          isAborted: () => request.signal?.aborted === true,
          isBare: (url) => !carried.has(url) && this.#isDirect(resolution, url),
          request: once,
        },
        urls,
      ),
    )
  }

  async #exchange(resolution: Resolution, url: string, init: SendInit): Promise<Response> {
    const route = this.#resolver.routeTo(resolution, url)
    if (route.proxy.kind === 'undialable') {
      throw fetchError('redirect', 'the URL is none that anything can dial')
    }
    return this.#send(url, init, route)
  }

  #isDirect(resolution: Resolution, url: string): boolean {
    return this.#resolver.routeTo(resolution, url).proxy.kind === 'direct'
  }

  /** Where the signal was aborted, its reason is what the promise rejects with. */
  async #orAborted<Result>({ signal }: ReadRequest, run: () => Promise<Result>): Promise<Result> {
    try {
      return await run()
    } catch (error) {
      throwIfAborted(signal)
      throw error
    }
  }

  async #credentialsFor({ rule, image }: Resolution): Promise<Credentials | undefined> {
    if (rule !== undefined || this.#keychain === undefined) return undefined
    const found = await this.#keychain.credentials(image.registry)
    if (found.kind !== 'failure') return found
    throw fetchError('challenge', `the keychain has no credentials: ${found.message}`)
  }
}

function nameOf(image: unknown): string {
  if (typeof image === 'string') return image
  const name = typeof image === 'object' && image !== null ? Reflect.get(image, 'name') : undefined
  if (isOf(string(), name)) return name
  throw new TypeError('registryFetch: expected an image reference')
}

function initOf(request: ReadRequest, fields: Readonly<Record<string, string>>): SendInit {
  const { method, headers, body, isStream, signal } = request
  return {
    method,
    headers: { ...headers, ...fields },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
    redirect: 'manual',
    ...(isStream ? { duplex: 'half' } : {}),
  }
}

function originOf(url: string): string {
  const parsed = parseHttpUrl(url)
  return typeof parsed === 'string' ? url : parsed.origin
}
