import { parseTokenResponse, type Token, type TokenRequest } from '../../src/handshake/index.js'
import { BEARER, tokenRequest } from './answer.js'

export const NOW: number = Date.UTC(2026, 0, 1, 12)

/** The token of a token service's answer. */
export function granted(
  body: string | Uint8Array,
  request: TokenRequest = tokenRequest(BEARER),
  now: number = NOW,
): Token {
  const got = parseTokenResponse(request, body, now)
  if (got.kind !== 'token') throw new Error(got.code)
  return got
}
