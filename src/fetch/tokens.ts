// Tokens for requests: from the cache, or from the token service, which is asked once for all requests
// that need the same token.
import {
  headersOf,
  parseTokenResponse,
  type RefreshToken,
  type Token,
  TokenCache,
  type TokenRequest,
  tokenRequestKey,
} from '../handshake/index.js'
import type { Resolution, Resolver } from '../resolve/index.js'
import type { FetchedResponse, Send, SendInit, Signal } from '../transport/index.js'
import { discard, readBody } from './body.js'
import { faultOf } from './connection-fault.js'
import { fetchError } from './errors.js'
import { SharedWork } from './shared.js'

/** The distribution specification has no limit; go-containerregistry stops reading at 64 KiB. */
const MAX_ANSWER = 1024 * 1024

/** A token that ends within this time is renewed: the request has yet to arrive. */
const MARGIN = 10_000

/** How many registries' refresh tokens are kept; the oldest give way. */
const MAX_REFRESH_TOKENS = 256

/** What sending needs. */
export interface TokenContext<Response extends FetchedResponse> {
  readonly resolver: Resolver
  readonly send: Send<Response>
  readonly now: () => number
}

/** The tokens of one resolver. */
export class Tokens<Response extends FetchedResponse> {
  readonly #context: TokenContext<Response>
  readonly #cache = new TokenCache()
  readonly #work = new SharedWork<Token>()
  readonly #refresh = new Map<string, RefreshToken>()

  constructor(context: TokenContext<Response>) {
    this.#context = context
  }

  /** A refresh token that a token service handed out for a registry. */
  refreshFor(registry: string): RefreshToken | undefined {
    return this.#refresh.get(registry)
  }

  /** The token that is kept for such a request, unless it is about to end. */
  cached(request: TokenRequest): Token | undefined {
    return this.#cache.get(request, this.#context.now() + MARGIN)
  }

  /** Forgets a token that the registry refused. */
  forget(rejected: Token): void {
    this.#cache.forget(rejected.header)
  }

  /** A token from the token service. */
  ask(resolution: Resolution, request: TokenRequest, signal: Signal | undefined): Promise<Token> {
    return this.#work.join(
      tokenRequestKey(request),
      (shared) => this.#request(resolution, request, shared),
      signal,
    )
  }

  async #request(resolution: Resolution, request: TokenRequest, signal: Signal): Promise<Token> {
    const response = await this.#send(resolution, request, signal)
    if (response.status === 404 && request.fallback) {
      await discard(response)
      const token = await this.#request(resolution, request.fallback, signal)
      this.#cache.set(request, token, this.#context.now())
      return token
    }
    if (response.status !== 200) {
      await discard(response)
      this.#forgetRefresh(request)
      throw fetchError('token-service', describeStatus(request, response.status))
    }
    const body = await readBody(response, MAX_ANSWER)
    const token =
      body === undefined
        ? 'the answer has more than 1 MiB'
        : parseTokenResponse(request, body, this.#context.now())
    if (typeof token === 'string') throw failure(request, token)
    if (token.kind === 'failure') throw failure(request, token.message)
    this.#cache.set(request, token, this.#context.now())
    if (token.refresh) this.#keepRefresh(token.refresh)
    return token
  }

  async #send(resolution: Resolution, request: TokenRequest, signal: Signal): Promise<Response> {
    const { resolver, send } = this.#context
    const route = resolver.routeTo(resolution, request.url)
    const body = request.body?.reveal()
    const init: SendInit = {
      method: request.method,
      headers: headersOf(request),
      ...(body === undefined ? {} : { body }),
      signal,
      redirect: 'manual',
    }
    try {
      return await send(request.url, init, route)
    } catch (error) {
      if (signal.aborted) throw error
      // No cause: what was sent holds credentials, and a client's error may hold what was sent.
      throw failure(request, `it can't be reached (${faultOf(error).reason})`)
    }
  }

  #keepRefresh(refresh: RefreshToken): void {
    this.#refresh.delete(refresh.registry)
    if (this.#refresh.size >= MAX_REFRESH_TOKENS) {
      for (const oldest of this.#refresh.keys()) {
        this.#refresh.delete(oldest)
        break
      }
    }
    this.#refresh.set(refresh.registry, refresh)
  }

  /** A refresh token that doesn't do is not sent again: the next request begins anew. */
  #forgetRefresh({ registry }: TokenRequest): void {
    this.#refresh.delete(registry)
  }
}

function describeStatus(request: TokenRequest, status: number): string {
  const refused = status === 401 || status === 403
  const what = refused
    ? `it refuses the credentials, or the rights that are asked for (status ${status})`
    : `it answers with status ${status}`
  return failure(request, what).message
}

function failure({ origin, registry }: TokenRequest, what: string) {
  return fetchError('token-service', `the token service ${origin} of ${registry}: ${what}`)
}
