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
  tokenServiceKey,
} from '../handshake/index.js'
import type { Resolution } from '../resolve/index.js'
import type { FetchedResponse, SendInit, Signal } from '../transport/index.js'
import { throwIfAborted } from './abort.js'
import { whyFailed } from './attempt.js'
import { discard, readBody } from './body.js'
import { BoundedMap } from './bounded-map.js'
import { ConnectionFault } from './connection-fault.js'
import { FetchFault, type FetchFaultDetails } from './fetch-fault.js'
import type { Sender } from './sender.js'
import { SharedWork } from './shared-work.js'

/** `parseTokenResponse` takes no longer answer. */
const MAX_ANSWER = 1024 * 1024

/** In milliseconds. A token that ends within this time is renewed: the request has yet to arrive. */
const MARGIN = 10_000

/** Statuses that say that what was sent isn't good enough (RFC 6749, section 5.2). */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403])

/** The tokens of one resolver. */
export class TokenSource<Response extends FetchedResponse> {
  readonly #sender: Sender<Response>
  readonly #now: () => number
  readonly #cache = new TokenCache()
  readonly #work = new SharedWork<Token>()
  /** By account, registry and token service. */
  readonly #refresh = new BoundedMap<RefreshToken>()

  constructor(sender: Sender<Response>, now: () => number) {
    this.#sender = sender
    this.#now = now
  }

  /** A refresh token that the token service of such a request has handed out for its registry. */
  refreshFor(request: TokenRequest): RefreshToken | undefined {
    return this.#refresh.get(tokenServiceKey(request))
  }

  /** The token that is kept for such a request, unless it is about to end. */
  cached(request: TokenRequest): Token | undefined {
    return this.#cache.get(request, this.#now() + MARGIN)
  }

  /** Forgets a token that the registry refused. */
  forget(rejected: Token): void {
    this.#cache.forget(rejected.header)
  }

  /** A token from the token service. */
  ask(resolution: Resolution, request: TokenRequest, signal: Signal | undefined): Promise<Token> {
    const begin = (shared: Signal): Promise<Token> => this.#obtain(resolution, request, shared)
    return this.#work.join(tokenRequestKey(request), begin, signal)
  }

  async #obtain(resolution: Resolution, request: TokenRequest, signal: Signal): Promise<Token> {
    const token = await this.#request(resolution, request, signal)
    this.#cache.set(request, token, this.#now())
    if (token.refresh) this.#refresh.set(tokenServiceKey(request), token.refresh)
    return token
  }

  async #request(resolution: Resolution, request: TokenRequest, signal: Signal): Promise<Token> {
    const response = await this.#send(resolution, request, signal)
    const { status } = response
    if (status === 200) return this.#read(request, response, signal)
    discard(response)
    if (status === 404 && request.fallback) {
      return this.#request(resolution, request.fallback, signal)
    }
    const isRefusal = REFUSALS.has(status)
    // A refresh token that doesn't do isn't sent again: the next request begins anew.
    if (isRefusal) this.#refresh.delete(tokenServiceKey(request))
    const what = isRefusal
      ? `it refuses the credentials, or the rights that are asked for (status ${status})`
      : `it answers with status ${status}`
    throw failure(request, what, { isRefusal, leavesMirror: status >= 500 })
  }

  async #read(request: TokenRequest, response: Response, signal: Signal): Promise<Token> {
    const body = await this.#bodyOf(request, response, signal)
    if (body === undefined) throw failure(request, 'its answer is longer than 1 MiB')
    const token = parseTokenResponse(request, body, this.#now())
    if (token.kind === 'failure') throw failure(request, token.message)
    return token
  }

  async #bodyOf(request: TokenRequest, response: Response, signal: Signal) {
    try {
      return await readBody(response, MAX_ANSWER, signal)
    } catch {
      throwIfAborted(signal)
      throw failure(request, 'its answer breaks off', { leavesMirror: true })
    }
  }

  async #send(resolution: Resolution, request: TokenRequest, signal: Signal): Promise<Response> {
    const body = request.body?.reveal()
    const init: SendInit = Object.assign(Object.create(null), {
      method: request.method,
      headers: headersOf(request),
      ...(body === undefined ? {} : { body }),
      signal,
      redirect: 'manual',
    })
    try {
      return await this.#sender.send(resolution, request.url, init)
    } catch (error) {
      if (!(error instanceof ConnectionFault)) throw error
      // Without what the client said: what was sent holds credentials.
      const { attempt } = error
      throw failure(request, `it can't be reached (${whyFailed(attempt)})`, {
        leavesMirror: true,
        tokenAttempt: attempt,
      })
    }
  }
}

function failure(
  { origin, registry }: TokenRequest,
  what: string,
  details: FetchFaultDetails = {},
): FetchFault {
  const message = `the token service ${origin} gives no token for ${registry}: ${what}`
  return new FetchFault('token-service', message, details)
}
