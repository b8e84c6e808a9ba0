// What a token service answers, and what comes of it.
import { isTexts } from '../options.js'
import { Secret } from '../secret.js'
import { decodeUtf8, parseJson } from '../text/index.js'
import { authorizationHeader, type HttpHeader } from './authorization.js'
import { type RefreshToken, refreshTokenOf } from './refresh-token.js'
import { checkTime, endOfToken } from './token-lifetime.js'
import { accountOf, type TokenRequest } from './token-request.js'

/** What a token service granted. */
export interface Token {
  /** The union's tag. */
  readonly kind: 'token'
  /** The header to send. */
  readonly header: HttpHeader
  /** The registry's origin. The header is for no other. */
  readonly origin: string
  /** When the token ends, in milliseconds since 1970. */
  readonly expiresAt: number
  /** For the next `answerChallenge` at this registry and token service, if there is one. */
  readonly refresh: RefreshToken | undefined
}

/** What is wrong with a token service's answer. */
export type TokenFailureCode =
  | 'too-large'
  | 'not-utf8'
  | 'not-json'
  | 'not-an-object'
  | 'wrong-type'
  | 'no-token'
  | 'token-too-large'
  | 'unsendable-token'

/** The answer grants nothing. */
export interface TokenFailure {
  /** The union's tag. */
  readonly kind: 'failure'
  /** Why. */
  readonly code: TokenFailureCode
  /** The reason as a sentence. It shows nothing of the answer. */
  readonly message: string
}

/** What a token service's answer comes to. */
export type TokenResponse = Token | TokenFailure

const MAX_ANSWER = 1024 * 1024

/** HTTP servers take no longer header; and a cache of them must not fill the memory. */
const MAX_TOKEN = 64 * 1024

const MESSAGES: Readonly<Record<TokenFailureCode, string>> = {
  'too-large': "the token service's answer: expected 1 MiB at most",
  'not-utf8': "the token service's answer: expected UTF-8",
  'not-json': "the token service's answer: expected JSON",
  'not-an-object': "the token service's answer: expected a JSON object",
  'wrong-type': "the token service's answer: expected strings as tokens",
  'no-token': "the token service's answer: expected token or access_token",
  'token-too-large': "the token service's answer: expected a token of 64 KiB at most",
  'unsendable-token': "the token service's answer: expected a token of visible ASCII characters",
}

const NAMES = ['token', 'access_token', 'refresh_token', 'expires_in', 'issued_at'] as const

type Members = Partial<Record<(typeof NAMES)[number], unknown>>

/**
 * Reads what a token service answers with status 200, as go-containerregistry does: `access_token`
 * wins over `token`, the case of names doesn't matter, null and the empty string are the same as
 * unset, a token of a wrong type spoils the answer. Only tokens of visible ASCII are taken (RFC 6750,
 * section 2.1, is narrower still), so that no token can break the header that it is put into.
 *
 * The token ends `expires_in` seconds, and a day at most, after `issued_at`, or after `now` if that is
 * earlier, missing or no RFC 3339 time; without `expires_in`, or if it is 0 or no whole number, after
 * 60 seconds. One that would have ended already by its `issued_at` lasts 60 seconds from now.
 *
 * @param request - The token request that was answered: the one of `answerChallenge`, or its fallback.
 * @param body - The body of the answer.
 * @param now - The time of the answer, in milliseconds since 1970, as `Date.now()` gives it.
 * @returns The token, or what is wrong; frozen.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { answerChallenge, createResolver, parseConfig, parseTokenResponse } from 'imagepuller-auth'
 *
 * const resolution = createResolver(parseConfig('')).resolve('ghcr.io/acme/app')
 * const challenge = 'Bearer realm="https://ghcr.io/token",service="ghcr.io"'
 * const request = answerChallenge(resolution, challenge, { url: 'https://ghcr.io/v2/' })
 * if (request.kind === 'token-request') {
 *   const token = parseTokenResponse(request, '{"token":"abc","expires_in":300}', 0)
 *   if (token.kind === 'token') console.log(token.origin, token.expiresAt)
 *   // https://ghcr.io 300000
 * }
 * ```
 */
export function parseTokenResponse(
  request: TokenRequest,
  body: string | Uint8Array,
  now: number,
): TokenResponse {
  const account = accountOf('parseTokenResponse', request)
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
    throw new TypeError('parseTokenResponse: expected a string or bytes')
  }
  checkTime('parseTokenResponse', now)
  const members = readMembers(body)
  if (typeof members === 'string') return failure(members)
  const tokens = [members.access_token ?? '', members.token ?? '', members.refresh_token ?? '']
  if (!isTexts(tokens)) return failure('wrong-type')
  const [accessToken = '', plainToken = '', refreshToken = ''] = tokens
  const granted = accessToken || plainToken
  if (granted === '') return failure('no-token')
  const fault = faultOf(granted) ?? faultOf(refreshToken)
  if (fault) return failure(fault)
  const { registry, origin } = request
  return Object.freeze({
    kind: 'token',
    header: authorizationHeader('Bearer', new Secret(granted)) as HttpHeader,
    origin: registry,
    expiresAt: endOfToken(members.expires_in, members.issued_at, now),
    refresh:
      refreshToken === ''
        ? undefined
        : refreshTokenOf({ registry, origin, token: new Secret(refreshToken) }, account),
  })
}

function failure(code: TokenFailureCode): TokenFailure {
  return Object.freeze({ kind: 'failure', code, message: MESSAGES[code] })
}

/** The members of the answer's object that have a meaning here. */
function readMembers(body: string | Uint8Array): Members | TokenFailureCode {
  if (body.length > MAX_ANSWER) return 'too-large'
  const text = typeof body === 'string' ? body : decodeUtf8(body)
  if (text === undefined) return 'not-utf8'
  const value = parseJson(text)
  if (value === undefined) return 'not-json'
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not-an-object'
  const members: Members = Object.create(null)
  for (const [name, member] of Object.entries(value)) {
    // Go's encoding/json, by which go-containerregistry reads, takes names in any case, the last one
    // where there are several, and null for unset.
    const known = NAMES.find((candidate) => candidate === name.toLowerCase())
    if (known && member !== null) members[known] = member
  }
  return members
}

/** What keeps a token from being sent, or kept. */
function faultOf(token: string): TokenFailureCode | undefined {
  if (token.length > MAX_TOKEN) return 'token-too-large'
  for (let i = 0; i < token.length; i++) {
    const code = token.charCodeAt(i)
    if (code <= 0x20 || code >= 0x7f) return 'unsendable-token'
  }
  return undefined
}
