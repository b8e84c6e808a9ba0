// The handshake around one request. A registry is asked bare first; what it asks for is remembered, so
// that later requests carry it from the start. A 401 on what was remembered asks once more.
import type { Credentials } from '../credentials.js'
import {
  type Answer,
  type AuthorizationAnswer,
  answerChallenge,
  headersOf,
  type NoAnswer,
  type ParsedChallenges,
  parseChallenges,
  type Token,
  type TokenRequest,
} from '../handshake/index.js'
import type { Resolution } from '../resolve/index.js'
import type { FetchedResponse, Signal } from '../transport/index.js'
import { discard } from './body.js'
import { fetchError, RegistryFetchError } from './errors.js'
import type { Tokens } from './tokens.js'

/** How many registries' challenges are remembered; the oldest give way. */
const MAX_KNOWN = 256

/** What a request carries to authenticate. */
interface Carried {
  readonly answer: AuthorizationAnswer | Token
  /** Whether it was granted for an earlier request, so that the registry may have another mind now. */
  readonly isCached: boolean
}

/** One request, as the handshake sees it. */
export interface Authenticated<Response extends FetchedResponse> {
  readonly resolution: Resolution
  readonly url: string
  readonly origin: string
  readonly scopes: readonly string[]
  readonly signal: Signal | undefined
  /** Whether it can be sent again: a body that is a stream can't. */
  readonly isRepeatable: boolean
  /** Sends it with these fields. */
  readonly exchange: (headers: Readonly<Record<string, string>>) => Promise<Response>
}

/** What decides about a token service outside the registry's own domain. */
export type ForeignRealm = 'allow' | 'refuse' | ((request: TokenRequest) => boolean)

/** Parts of the handshake that the caller has chosen. */
export interface AuthenticatorOptions {
  readonly foreignRealm: ForeignRealm
  readonly clientId: string | undefined
  /** What a keychain has for a registry without a rule. */
  readonly credentialsFor: (resolution: Resolution) => Promise<Credentials | undefined>
}

/** Authenticates the requests of one resolver. */
export class Authenticator<Response extends FetchedResponse> {
  readonly #tokens: Tokens<Response>
  readonly #options: AuthenticatorOptions
  readonly #known = new Map<string, ParsedChallenges>()

  constructor(tokens: Tokens<Response>, options: AuthenticatorOptions) {
    this.#tokens = tokens
    this.#options = options
  }

  /** Whether it is known what the registry at an origin asks for, which may be nothing. */
  knows(origin: string): boolean {
    return this.#known.has(origin)
  }

  /** The answer to a request. A 401 that nothing more can be done about is an answer, too. */
  async request(request: Authenticated<Response>): Promise<Response> {
    const known = this.#known.get(request.origin)
    const first = known && (await this.#carry(request, known, undefined))
    let response = await request.exchange(fieldsOf(first))
    if (!this.knows(request.origin)) this.#remember(request.origin, parseChallenges(null))
    let carried = first
    // Once for what was asked for, and once more where a cached token came of that.
    for (let left = first ? 1 : 2; left > 0 && response.status === 401; left--) {
      if (!request.isRepeatable) return response
      const challenges = parseChallenges(response.headers.get('www-authenticate'))
      this.#remember(request.origin, challenges)
      const next = await this.#answer(request, challenges, carried)
      if (next === undefined) return response
      await discard(response)
      response = await request.exchange(fieldsOf(next))
      if (!next.isCached) return response
      carried = next
    }
    return response
  }

  #remember(origin: string, challenges: ParsedChallenges): void {
    this.#known.delete(origin)
    if (this.#known.size >= MAX_KNOWN) {
      for (const oldest of this.#known.keys()) {
        this.#known.delete(oldest)
        break
      }
    }
    this.#known.set(origin, challenges)
  }

  /** What to send for a 401; undefined where the 401 stands. */
  async #answer(
    request: Authenticated<Response>,
    challenges: ParsedChallenges,
    rejected: Carried | undefined,
  ): Promise<Carried | undefined> {
    if (rejected?.answer.kind === 'token') this.#tokens.forget(rejected.answer)
    const answer = await this.#decide(request, challenges, rejected)
    if (answer.kind !== 'none') return this.#obtain(request, answer, challenges, rejected)
    if (answer.code === 'rejected-credentials' || answer.code === 'other-origin') return undefined
    throw refusal(answer)
  }

  /** What to send from the start; undefined where that can't be told without asking. */
  async #carry(
    request: Authenticated<Response>,
    known: ParsedChallenges,
    rejected: undefined,
  ): Promise<Carried | undefined> {
    const answer = await this.#decide(request, known, rejected)
    if (answer.kind === 'none') return undefined
    return this.#obtain(request, answer, known, rejected)
  }

  async #decide(
    { resolution, url, scopes }: Authenticated<Response>,
    challenges: ParsedChallenges,
    rejected: Carried | undefined,
    withRefresh = true,
  ): Promise<Answer> {
    const { clientId, credentialsFor } = this.#options
    const hasChallenge = challenges.challenges.length > 0
    const credentials = hasChallenge ? await credentialsFor(resolution) : undefined
    const answer = answerChallenge(resolution, challenges, {
      url,
      scopes,
      rejected: rejected?.answer.header,
      clientId,
      credentials,
    })
    if (answer.kind !== 'token-request' || !withRefresh) return answer
    const refresh = this.#tokens.refreshFor(answer.registry)
    if (refresh === undefined) return answer
    return answerChallenge(resolution, challenges, {
      url,
      scopes,
      rejected: rejected?.answer.header,
      clientId,
      credentials,
      refresh,
    })
  }

  async #obtain(
    request: Authenticated<Response>,
    answer: AuthorizationAnswer | TokenRequest,
    challenges: ParsedChallenges,
    rejected: Carried | undefined,
  ): Promise<Carried> {
    if (answer.kind === 'authorization') return { answer, isCached: false }
    const cached = this.#tokens.cached(answer)
    if (cached) return { answer: cached, isCached: true }
    this.#checkRealm(answer)
    try {
      const token = await this.#tokens.ask(request.resolution, answer, request.signal)
      return { answer: token, isCached: false }
    } catch (error) {
      // A refresh token may end before its time. What the rule holds may still do.
      const again = await this.#decide(request, challenges, rejected, false)
      const isOther = again.kind === 'token-request' && again.body !== answer.body
      if (!(error instanceof RegistryFetchError) || !isOther || !usedRefresh(answer, again))
        throw error
      const token = await this.#tokens.ask(request.resolution, again, request.signal)
      return { answer: token, isCached: false }
    }
  }

  #checkRealm(request: TokenRequest): void {
    const { foreignRealm } = this.#options
    if (!request.foreign || foreignRealm === 'allow') return
    if (foreignRealm !== 'refuse' && foreignRealm(request) === true) return
    const message = `the token service ${request.origin} is outside the domain of ${request.registry}, and the option foreignRealm refuses it`
    throw fetchError('realm-refused', message)
  }
}

/** Whether the first of two requests was made with a refresh token of an earlier answer. */
function usedRefresh(first: TokenRequest, again: TokenRequest): boolean {
  if (first.method !== again.method) return true
  return first.body?.reveal() !== again.body?.reveal()
}

function fieldsOf(carried: Carried | undefined): Readonly<Record<string, string>> {
  return carried ? headersOf(carried.answer) : {}
}

function refusal({ code, message }: NoAnswer): RegistryFetchError {
  return fetchError(code === 'realm-refused' ? 'realm-refused' : 'challenge', message)
}
