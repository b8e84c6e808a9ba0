// `TokenCache`: tokens, kept until they end.
//
// A token is found by what it was granted for: the registry's origin, the realm, the service, the
// scopes, and the account that asked. The account is known by its credentials and the trust by which they
// are sent, not by the request: a POST that a token service answers with 404 and the GET that replaces it
// ask for the same token.
//
// Servers decide how long tokens are, how long they last and how many there are: a registry names a
// new realm with each challenge, if it likes. So each registry has a share of its own, and fills no
// more than that.
import { Secret } from '../secret.js'
import { joinParts } from '../text/index.js'
import type { Account } from './account.js'
import { type HttpHeader, isSameHeader } from './authorization.js'
import { checkTime } from './token-lifetime.js'
import { accountOf, type TokenRequest } from './token-request.js'
import type { Token } from './token-response.js'

/** How many tokens one registry may have. */
const MAX_TOKENS = 100

/** How many characters one registry's tokens, and what they are found by, may have. */
const MAX_CHARACTERS = 256 * 1024

/** How many registries there may be; a further one's tokens are not kept. */
const MAX_REGISTRIES = 256

interface Entry {
  readonly key: string
  readonly account: Account
  readonly token: Token
  readonly characters: number
}

/**
 * Tokens by what they were granted for: the registry's origin, the realm, the service, the scopes, the
 * credentials that they were asked for with, which are the same for a POST and its fallback, and the
 * trust by which. A token request for any other registry finds nothing, whatever the realm. Time is
 * passed in.
 *
 * A registry has 100 tokens and 256 Ki characters at most, of which the oldest give way; they never
 * drive out another registry's. There are 256 registries at most; of a further one nothing is kept
 * before the tokens of another have ended.
 *
 * @example
 *
 * ```ts
 * import { parseTokenResponse, TokenCache, type TokenRequest } from 'imagepuller-auth'
 *
 * const cache = new TokenCache()
 * function remember(request: TokenRequest, body: string, now: number) {
 *   const token = parseTokenResponse(request, body, now)
 *   if (token.kind === 'token') cache.set(request, token, now)
 *   return cache.get(request, now)
 * }
 * console.log(typeof remember) // function
 * ```
 */
export class TokenCache {
  /** The entries of each registry, the oldest first. */
  readonly #shares = new Map<string, readonly Entry[]>()

  /** How many tokens it holds. */
  get size(): number {
    let size = 0
    for (const share of this.#shares.values()) size += share.length
    return size
  }

  /**
   * The token that was granted for such a request, unless it has ended.
   *
   * @param request - A token request that is about to be sent.
   * @param now - The time in milliseconds since 1970; add what the token still has to last.
   * @throws `TypeError` if the request isn't `answerChallenge`'s, or the time no finite number.
   */
  get(request: TokenRequest, now: number): Token | undefined {
    const account = accountOf('TokenCache.get', request)
    checkTime('TokenCache.get', now)
    const entry = this.#shares.get(request.registry)?.find(isFor(keyOf(request), account))
    return entry && entry.token.expiresAt > now ? entry.token : undefined
  }

  /**
   * Keeps a token in place of the one that was there, and drops the registry's that have ended.
   *
   * @param request - The token request that it was granted for, or the one whose fallback that was.
   * @param token - The token.
   * @param now - The time in milliseconds since 1970.
   * @throws `TypeError` if the request isn't `answerChallenge`'s, the token is for another registry,
   *   or the time is no finite number.
   */
  set(request: TokenRequest, token: Token, now: number): void {
    const account = accountOf('TokenCache.set', request)
    checkTime('TokenCache.set', now)
    if (!Object.hasOwn(token, 'origin') || token.origin !== request.registry) {
      throw new TypeError("TokenCache.set: expected a token for the request's registry")
    }
    const key = keyOf(request)
    const isSame = isFor(key, account)
    const others = (this.#shares.get(request.registry) ?? []).filter((entry) => !isSame(entry))
    const entry = { key, account, token, characters: sizeOf(key, token) }
    const share = entry.characters > MAX_CHARACTERS ? others : [...others, entry]
    this.#keep(request.registry, lasting(share, now), now)
  }

  /**
   * Forgets a token that the registry refused before its time, whatever request it was granted for.
   *
   * @param rejected - The token, or the header that it was sent in.
   * @throws `TypeError` if the argument is neither.
   */
  forget(rejected: Secret | HttpHeader): void {
    if (!(rejected instanceof Secret) && !(rejected?.value instanceof Secret)) {
      throw new TypeError('TokenCache.forget: expected a Secret, or the header of an answer')
    }
    for (const [registry, share] of this.#shares) {
      this.#put(
        registry,
        share.filter(({ token }) => !isSameHeader(token.header, rejected)),
      )
    }
  }

  #keep(registry: string, share: readonly Entry[], now: number): void {
    if (!this.#shares.has(registry) && this.#shares.size >= MAX_REGISTRIES) this.#sweep(now)
    if (this.#shares.has(registry) || this.#shares.size < MAX_REGISTRIES) {
      this.#put(registry, withinLimits(share))
    }
  }

  #sweep(now: number): void {
    for (const [registry, share] of this.#shares) this.#put(registry, lasting(share, now))
  }

  #put(registry: string, share: readonly Entry[]): void {
    if (share.length === 0) this.#shares.delete(registry)
    else this.#shares.set(registry, share)
  }
}

function keyOf({ realm, service, scopes }: TokenRequest): string {
  return joinParts([realm, service, ...scopes])
}

function isFor(key: string, account: Account): (entry: Entry) => boolean {
  return (entry) => entry.key === key && entry.account.equals(account)
}

function sizeOf(key: string, { header, refresh }: Token): number {
  return key.length + header.value.reveal().length + (refresh?.token.reveal().length ?? 0)
}

function lasting(share: readonly Entry[], now: number): readonly Entry[] {
  return share.filter(({ token }) => token.expiresAt > now)
}

/** The newest entries that a registry's share has room for. */
function withinLimits(share: readonly Entry[]): readonly Entry[] {
  let characters = 0
  let first = share.length
  while (first > 0 && share.length - first < MAX_TOKENS) {
    characters += (share[first - 1] as Entry).characters
    if (characters > MAX_CHARACTERS) break
    first--
  }
  return share.slice(first)
}
