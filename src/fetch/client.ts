// The order of things in one request: where it goes, what authenticates it, what it leads to. What all
// requests of one resolver share is kept here; each decision has a module of its own.

import { string } from 'valibot'
import type { ImageReference } from '../image/index.js'
import { isOf } from '../options.js'
import { isOwnOrigin, type Resolution, type Resolver } from '../resolve/index.js'
import type { FetchedResponse, SendInit } from '../transport/index.js'
import { throwIfAborted, untilAborted } from './abort.js'
import { AnsweredSchemes } from './answered-schemes.js'
import { Authenticator } from './authenticator.js'
import { discard } from './body.js'
import { type CreateRegistryFetchOptions, readCreateOptions } from './create-options.js'
import { FetchFault } from './fetch-fault.js'
import { KeychainCredentials } from './keychain-credentials.js'
import { reach } from './reach.js'
import { followRedirects } from './redirects.js'
import { isSafe, type ReadRequest } from './request.js'
import { scopesFor } from './scopes.js'
import { Sender } from './sender.js'
import { type Candidate, registryTarget, targetOf } from './target.js'
import { toRegistryFetchError } from './to-error.js'
import { TokenSource } from './token-source.js'

/** Makes the requests of one resolver. */
export class Client<Response extends FetchedResponse> {
  readonly #resolver: Resolver
  readonly #sender: Sender<Response>
  readonly #maxRedirects: number
  readonly #authenticator: Authenticator<Response>
  readonly #schemes = new AnsweredSchemes()

  constructor(resolver: Resolver, options: CreateRegistryFetchOptions<Response>) {
    const { fetch, now, maxRedirects, ...chosen } = readCreateOptions<Response>(options)
    this.#resolver = resolver
    this.#maxRedirects = maxRedirects
    this.#sender = new Sender<Response>(resolver, fetch)
    const { foreignRealm, clientId } = chosen
    const tokens = new TokenSource(this.#sender, now)
    const keychain = new KeychainCredentials(chosen.keychain, now)
    this.#authenticator = new Authenticator({ tokens, keychain, foreignRealm, clientId })
  }

  /** The answer of the image's registry. */
  async request(
    image: string | ImageReference,
    path: string,
    request: ReadRequest,
  ): Promise<Response> {
    if (typeof path !== 'string') throw new TypeError('registryFetch: expected a path as a string')
    const resolution = this.#resolver.resolve(nameOf(image))
    throwIfAborted(request.signal)
    const answer = this.#request(resolution, path, request)
    try {
      return await untilAborted(answer, request.signal)
    } catch (error) {
      // One that was under way when the signal was aborted is given to no caller.
      answer.then(discard, () => undefined)
      throw error instanceof FetchFault
        ? toRegistryFetchError(error, this.#resolver, resolution)
        : error
    }
  }

  async #request(resolution: Resolution, path: string, request: ReadRequest): Promise<Response> {
    if (resolution.tls.kind === 'deny-all') {
      const message =
        'the rule for this registry has "ca-certs" without a certificate: nothing was sent'
      throw new FetchFault('denied', message)
    }
    const { candidates, path: whole } = targetOf(resolution, path, this.#schemes)
    const { method, scopes = scopesFor(method, resolution.image.repository, whole) } = request
    if (request.isStream) await this.#introduce(resolution, candidates, request)
    return reach(
      {
        resolution,
        schemes: this.#schemes,
        isSafe: isSafe(method),
        isRepeatable: !request.isStream,
        request: (candidate) => this.#ask(resolution, candidate, request, scopes),
      },
      candidates,
    )
  }

  /** Asks what the registry wants, before a body that can be sent but once. */
  async #introduce(
    resolution: Resolution,
    candidates: readonly Candidate[],
    { signal }: ReadRequest,
  ): Promise<void> {
    const isKnown = ({ at, origin }: Candidate): boolean => {
      return at === 'elsewhere' || this.#authenticator.knows(resolution, origin)
    }
    if (candidates.some(isKnown)) return
    const bare: ReadRequest = { ...BARE, signal }
    const response = await reach(
      {
        resolution,
        schemes: this.#schemes,
        isSafe: false,
        isRepeatable: true,
        request: async (candidate) => {
          const answer = await this.#exchange(resolution, candidate, initOf(bare, {}))
          this.#authenticator.remember(resolution, candidate.origin, answer)
          return answer
        },
      },
      registryTarget(resolution, '/v2/').candidates,
    )
    discard(response)
  }

  /** The answer at one URL, authentication and redirects included. */
  async #ask(
    resolution: Resolution,
    candidate: Candidate,
    request: ReadRequest,
    scopes: readonly string[],
  ): Promise<Response> {
    const { url, origin, at } = candidate
    const exchange = (fields: Readonly<Record<string, string>>): Promise<Response> =>
      this.#exchange(resolution, candidate, initOf(request, fields))
    const { signal, isStream, method } = request
    const isRepeatable = !isStream
    const response =
      at === 'elsewhere'
        ? await exchange({})
        : await this.#authenticator.request({
            resolution,
            url,
            origin,
            scopes,
            signal,
            isRepeatable,
            exchange,
          })
    if (!isSafe(method)) return response
    const init = initOf(request, {})
    const maxRedirects = this.#maxRedirects
    return followRedirects({ sender: this.#sender, resolution, init, maxRedirects }, response, url)
  }

  async #exchange(
    resolution: Resolution,
    { url, origin, at }: Candidate,
    init: SendInit,
  ): Promise<Response> {
    const response = await this.#sender.send(resolution, url, init)
    if (at === 'registry' || showsTls(resolution, origin)) this.#schemes.note(resolution, url)
    return response
  }
}

/**
 * Whether an answer of the mirror shows that the registry has TLS: a mirror may be on its very origin. One
 * that is there by plain HTTP says nothing of TLS.
 */
function showsTls(resolution: Resolution, origin: string): boolean {
  return origin.startsWith('https:') && isOwnOrigin(resolution, origin)
}

/** What `/v2/` is asked with. */
const BARE: Omit<ReadRequest, 'signal'> = Object.freeze({
  method: 'GET',
  headers: {},
  body: undefined,
  isStream: false,
  scopes: undefined,
})

function nameOf(image: unknown): string {
  if (typeof image === 'string') return image
  const name = typeof image === 'object' && image !== null ? Reflect.get(image, 'name') : undefined
  if (isOf(string(), name)) return name
  throw new TypeError('registryFetch: expected an image reference')
}

function initOf(request: ReadRequest, fields: Readonly<Record<string, string>>): SendInit {
  const { method, headers, body, isStream, signal } = request
  // Without a prototype, from which a client would read what isn't there.
  return Object.assign(Object.create(null), {
    method,
    headers: { ...headers, ...fields },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
    redirect: 'manual',
    ...(isStream ? { duplex: 'half' } : {}),
  })
}
