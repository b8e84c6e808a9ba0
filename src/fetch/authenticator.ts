// The handshake around one request. A registry is asked bare first; what it asks for is remembered, so
// that later requests carry it from the start. A 401 on a token that was kept asks once more.
import {
  type Answer,
  type AuthorizationAnswer,
  answerChallenge,
  headersOf,
  type NoAnswer,
  type ParsedChallenges,
  parseChallenges,
  type RefreshToken,
  type Token,
  type TokenRequest,
  tokenRequestKey,
} from '../handshake/index.js'
import type { Resolution } from '../resolve/index.js'
import { joinParts } from '../text/index.js'
import type { FetchedResponse, Signal } from '../transport/index.js'
import { discard } from './body.js'
import { BoundedMap } from './bounded-map.js'
import { FetchFault } from './fetch-fault.js'
import { checkRealm, type ForeignRealm } from './foreign-realm.js'
import type { KeychainCredentials } from './keychain-credentials.js'
import type { TokenSource } from './token-source.js'

/** What a request carries to authenticate. */
interface Carried {
  readonly granted: AuthorizationAnswer | Token
  /** What the token was asked for, by the key of its request; undefined for another header. */
  readonly key: string | undefined
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

/** Parts of the handshake that the caller has chosen. */
export interface AuthenticatorOptions<Response extends FetchedResponse> {
  readonly tokens: TokenSource<Response>
  readonly keychain: KeychainCredentials
  readonly foreignRealm: ForeignRealm
  readonly clientId: string | undefined
}

/** How often a 401 is answered: with what was asked for, and anew where that didn't do. */
const MAX_ANSWERS = 2

/** What was said to a challenge, and didn't do. */
type Rejected = Carried | undefined

/** Authenticates the requests of one resolver. */
export class Authenticator<Response extends FetchedResponse> {
  readonly #options: AuthenticatorOptions<Response>
  /**
   * The challenges of an origin, by the rule under which they came. A rule without verification may have
   * its mirror at the registry of another rule: a realm that an interceptor names to the first must not
   * get the credentials of the second.
   */
  readonly #challenges = new BoundedMap<ParsedChallenges>()
  /** The scopes that a registry wanted, where those of the request were not enough. */
  readonly #scopes = new BoundedMap<readonly string[]>()

  constructor(options: AuthenticatorOptions<Response>) {
    this.#options = options
  }

  /** Whether it is known what the registry at an origin asks for. */
  knows(resolution: Resolution, origin: string): boolean {
    return this.#challenges.get(originKey(resolution, origin)) !== undefined
  }

  /** Remembers what an answer asks for, which is nothing where it is no 401. */
  remember(
    resolution: Resolution,
    origin: string,
    { status, headers }: Response,
  ): ParsedChallenges {
    const field = status === 401 ? headers.get('www-authenticate') : null
    const challenges = parseChallenges(field)
    this.#challenges.set(originKey(resolution, origin), challenges)
    return challenges
  }

  /** The answer to a request. A 401 that nothing more can be done about is an answer, too. */
  async request(request: Authenticated<Response>): Promise<Response> {
    let carried = await this.#carry(request)
    for (let answers = carried ? 1 : 0; ; answers++) {
      const response = await request.exchange(carried ? headersOf(carried.granted) : {})
      if (response.status !== 401) return response
      const challenges = this.remember(request.resolution, request.origin, response)
      if (carried) this.#forget(request, carried)
      if (!request.isRepeatable || answers === MAX_ANSWERS) return response
      const next = await this.#answer(request, challenges, carried).catch((error) => {
        discard(response)
        throw error
      })
      if (next === undefined) return response
      discard(response)
      carried = next
    }
  }

  #forget({ resolution }: Authenticated<Response>, { granted }: Carried): void {
    if (granted.kind === 'token') this.#options.tokens.forget(granted)
    else this.#options.keychain.forget(resolution)
  }

  /** What to send from the start; undefined where that can't be told without asking. */
  async #carry(request: Authenticated<Response>): Promise<Rejected> {
    const known = this.#challenges.get(originKey(request.resolution, request.origin))
    if (known === undefined || known.challenges.length === 0) return undefined
    const answer = await this.#decide(request, known, undefined)
    return answer.kind === 'none' ? undefined : this.#obtain(request, answer, known, undefined)
  }

  /** What to send for a 401; undefined where the 401 stands. */
  async #answer(
    request: Authenticated<Response>,
    challenges: ParsedChallenges,
    rejected: Rejected,
  ): Promise<Rejected> {
    const answer = await this.#decide(request, challenges, rejected)
    if (answer.kind === 'none') {
      if (isFinal(answer, rejected)) return undefined
      throw new FetchFault(codeOf(answer), answer.message)
    }
    // The same token for the same scopes has been asked for already, and didn't do.
    if (rejected && !rejected.isCached && keyOf(answer) === rejected.key) return undefined
    const next = await this.#obtain(request, answer, challenges, rejected)
    if (rejected && next.granted.header.value.equals(rejected.granted.header.value)) {
      return undefined
    }
    if (rejected && answer.kind === 'token-request') {
      this.#scopes.set(scopesKey(request), answer.scopes)
    }
    return next
  }

  async #decide(
    request: Authenticated<Response>,
    challenges: ParsedChallenges,
    rejected: Rejected,
  ): Promise<Answer> {
    const answer = await this.#answerWith(request, challenges, rejected)
    if (answer.kind !== 'token-request') return answer
    const refresh = this.#options.tokens.refreshFor(answer)
    return refresh ? this.#answerWith(request, challenges, rejected, refresh) : answer
  }

  async #answerWith(
    request: Authenticated<Response>,
    challenges: ParsedChallenges,
    rejected: Rejected,
    refresh?: RefreshToken,
  ): Promise<Answer> {
    const { resolution, url, signal } = request
    const { keychain, clientId } = this.#options
    const isAsked = challenges.challenges.length > 0
    const credentials = isAsked ? await keychain.for(resolution, signal) : undefined
    const known = rejected ? undefined : this.#scopes.get(scopesKey(request))
    return answerChallenge(resolution, challenges, {
      url,
      scopes: known ?? request.scopes,
      rejected: rejected?.granted.header,
      clientId,
      credentials,
      refresh,
    })
  }

  async #obtain(
    request: Authenticated<Response>,
    answer: AuthorizationAnswer | TokenRequest,
    challenges: ParsedChallenges,
    rejected: Rejected,
  ): Promise<Carried> {
    if (answer.kind === 'authorization') return { granted: answer, key: undefined, isCached: false }
    const { tokens, foreignRealm } = this.#options
    const key = tokenRequestKey(answer)
    const cached = tokens.cached(answer)
    if (cached) return { granted: cached, key, isCached: true }
    checkRealm(answer, foreignRealm)
    const { resolution, signal } = request
    try {
      return { granted: await tokens.ask(resolution, answer, signal), key, isCached: false }
    } catch (error) {
      if (!(error instanceof FetchFault) || !error.details.isRefusal) throw error
      // A refresh token may end before its time. What the rule holds may still do.
      const again = await this.#answerWith(request, challenges, rejected)
      if (again.kind !== 'token-request' || isSameRequest(answer, again)) {
        this.#options.keychain.forget(resolution)
        throw error
      }
      return { granted: await tokens.ask(resolution, again, signal), key, isCached: false }
    }
  }
}

/** Whether two requests for one token authenticate by the same: in the body, or in the header. */
function isSameRequest(first: TokenRequest, again: TokenRequest): boolean {
  return first.method === again.method && first.body?.reveal() === again.body?.reveal()
}

function keyOf(answer: AuthorizationAnswer | TokenRequest): string | undefined {
  return answer.kind === 'token-request' ? tokenRequestKey(answer) : undefined
}

/** An origin under the rule by which it is asked; no rule that applies has an empty name. */
function originKey({ rule }: Resolution, origin: string): string {
  return joinParts([rule?.name ?? '', origin])
}

function scopesKey<Response extends FetchedResponse>({
  resolution,
  origin,
  scopes,
}: Authenticated<Response>): string {
  return joinParts([originKey(resolution, origin), ...scopes])
}

/** Credentials were sent, and the registry says no more than that they didn't do. */
function isFinal({ code }: NoAnswer, rejected: Rejected): boolean {
  return code === 'rejected-credentials' || (code === 'no-challenge' && rejected !== undefined)
}

function codeOf({ code }: NoAnswer): 'realm-refused' | 'challenge' {
  return code === 'realm-refused' ? code : 'challenge'
}
