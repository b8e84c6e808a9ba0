import { joinParts } from '../text/index.js'
import type { TokenRequest } from './token-request.js'
import { checkTime, type Token } from './token-response.js'

const MAX_ENTRIES = 1000

interface Entry {
  readonly request: TokenRequest
  readonly token: Token
}

/**
 * Tokens by what they were granted for: the registry's origin, the realm, the service and the scopes,
 * and the credentials that were sent for them. A token request for any other registry finds nothing,
 * whatever the realm. Of two accounts that ask for the same, the later one's token is kept. Holds 1000
 * tokens, the oldest give way. Time is passed in.
 *
 * @example
 *
 * ```ts
 * import { parseTokenResponse, TokenCache, type TokenRequest } from 'imagepuller-auth'
 *
 * const cache = new TokenCache()
 * function remember(request: TokenRequest, body: string, now: number) {
 *   const token = parseTokenResponse(body, now)
 *   if (token.kind === 'token') cache.set(request, token, now)
 *   return cache.get(request, now)
 * }
 * console.log(typeof remember) // function
 * ```
 */
export class TokenCache {
  readonly #entries = new Map<string, Entry>()

  /** How many tokens it holds. */
  get size(): number {
    return this.#entries.size
  }

  /**
   * The token that was granted for such a request, unless it has ended.
   *
   * @param request - A token request that is about to be sent.
   * @param now - The time in milliseconds since 1970; add what the token still has to last.
   * @throws `TypeError` if the time is no finite number.
   */
  get(request: TokenRequest, now: number): Token | undefined {
    checkTime(now)
    const entry = this.#entries.get(keyOf(request))
    if (entry === undefined || entry.token.expiresAt <= now) return undefined
    return haveSameCredentials(entry.request, request) ? entry.token : undefined
  }

  /**
   * Keeps a token, and drops those that have ended.
   *
   * @param request - The token request that it was granted for: not its fallback.
   * @param token - The token.
   * @param now - The time in milliseconds since 1970.
   * @throws `TypeError` if the time is no finite number.
   */
  set(request: TokenRequest, token: Token, now: number): void {
    checkTime(now)
    const key = keyOf(request)
    this.#entries.delete(key)
    for (const [other, entry] of this.#entries) {
      if (entry.token.expiresAt <= now || this.#entries.size >= MAX_ENTRIES) {
        this.#entries.delete(other)
      }
    }
    if (token.expiresAt > now) this.#entries.set(key, Object.freeze({ request, token }))
  }

  /**
   * Forgets the token for such a request: the registry refused it before its time.
   *
   * @param request - The token request that it was granted for.
   */
  delete(request: TokenRequest): void {
    const key = keyOf(request)
    const entry = this.#entries.get(key)
    if (entry && haveSameCredentials(entry.request, request)) this.#entries.delete(key)
  }
}

function keyOf({ registry, realm, service, scopes }: TokenRequest): string {
  return joinParts([registry, realm, service, ...scopes])
}

function haveSameCredentials(a: TokenRequest, b: TokenRequest): boolean {
  return revealed(a) === revealed(b)
}

function revealed({ headers, body }: TokenRequest): string {
  const fields = headers.flatMap(({ name, value }) => [name, value.reveal()])
  return joinParts([...fields, body?.reveal() ?? ''])
}
