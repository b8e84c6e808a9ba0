import { Secret } from '../secret.js'
import { decodeUtf8 } from '../text/index.js'
import { authorizationHeader, type HttpHeader } from './authorization.js'

/** What a token service granted. */
export interface Token {
  /** The union's tag. */
  readonly kind: 'token'
  /** The header for the registry whose challenge led here (`registry` of the token request). */
  readonly header: HttpHeader
  /** When the token ends, in milliseconds since 1970. */
  readonly expiresAt: number
  /** A refresh token for the next token request to the same service, if there is one. */
  readonly refreshToken: Secret | undefined
}

/** What is wrong with a token service's answer. */
export type TokenFailureCode =
  | 'too-large'
  | 'not-utf8'
  | 'not-json'
  | 'not-an-object'
  | 'wrong-type'
  | 'no-token'
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

const MAX_SIZE = 1024 * 1024

/** The distribution specification's "Token Authentication" on an answer without `expires_in`. */
const DEFAULT_LIFETIME = 60

const TOKEN_FAILURE_MESSAGES: Readonly<Record<TokenFailureCode, string>> = {
  'too-large': 'expected an answer of 1 MiB at most',
  'not-utf8': 'expected an answer in UTF-8',
  'not-json': 'expected an answer in JSON',
  'not-an-object': 'expected a JSON object',
  'wrong-type': 'expected strings as tokens',
  'no-token': 'expected token or access_token',
  'unsendable-token': 'expected a token of visible ASCII characters',
}

const FIELDS = ['token', 'access_token', 'refresh_token', 'expires_in', 'issued_at'] as const

type Fields = Partial<Record<(typeof FIELDS)[number], unknown>>

/**
 * Reads what a token service answers with status 200, as go-containerregistry does: `access_token`
 * wins over `token`, the case of names doesn't matter, null and the empty string are the same as
 * unset, a wrong type spoils the answer. Only tokens of visible ASCII are taken (RFC 6750, section
 * 2.1, is narrower still), so that no token can break the header that it is put into.
 *
 * The token ends `expires_in` seconds after `issued_at`, or after `now` if that is earlier, missing
 * or no RFC 3339 time; without `expires_in`, or if it is 0 or no whole number, after 60 seconds.
 *
 * @param body - The body of the answer.
 * @param now - The time of the answer, in milliseconds since 1970, as `Date.now()` gives it.
 * @returns The token, or what is wrong; frozen.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { parseTokenResponse } from 'imagepuller-auth'
 *
 * const token = parseTokenResponse('{"token":"abc","expires_in":300}', 0)
 * if (token.kind === 'token') console.log(token.expiresAt) // 300000
 * ```
 */
export function parseTokenResponse(body: string | Uint8Array, now: number): TokenResponse {
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
    throw new TypeError('parseTokenResponse: expected a string or bytes')
  }
  checkTime(now)
  if (body.length > MAX_SIZE) return failure('too-large')
  const text = typeof body === 'string' ? body : decodeUtf8(body)
  if (text === undefined) return failure('not-utf8')
  const fields = readFields(text)
  if (typeof fields === 'string') return failure(fields)
  const { token = '', access_token = '', refresh_token = '' } = fields
  if (typeof token !== 'string' || typeof access_token !== 'string') return failure('wrong-type')
  if (typeof refresh_token !== 'string') return failure('wrong-type')
  const granted = access_token || token
  if (granted === '') return failure('no-token')
  if (!isVisible(granted) || !isVisible(refresh_token)) return failure('unsendable-token')
  const issuedAt = Math.min(now, parseTime(fields.issued_at) ?? now)
  return Object.freeze({
    kind: 'token',
    header: authorizationHeader('Bearer', new Secret(granted)) as HttpHeader,
    expiresAt: issuedAt + lifetimeOf(fields.expires_in) * 1000,
    refreshToken: refresh_token === '' ? undefined : new Secret(refresh_token),
  })
}

/** The reference doesn't look at it, so nonsense in it spoils no token, but makes it a short one. */
function lifetimeOf(expiresIn: unknown): number {
  const isWhole = typeof expiresIn === 'number' && Number.isSafeInteger(expiresIn)
  return (isWhole && expiresIn) || DEFAULT_LIFETIME
}

function failure(reason: TokenFailureCode): TokenFailure {
  return Object.freeze({ kind: 'failure', code: reason, message: TOKEN_FAILURE_MESSAGES[reason] })
}

function readFields(text: string): Fields | TokenFailureCode {
  const value = parseJson(text)
  if (value === undefined) return 'not-json'
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not-an-object'
  const fields = Object.create(null) as Fields
  for (const [name, field] of Object.entries(value)) {
    // Go's encoding/json, by which the reference reads, takes names in any case and null for unset.
    const known = FIELDS.find((candidate) => candidate === name.toLowerCase())
    if (known && field !== null) fields[known] = field
  }
  return fields
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isVisible(token: string): boolean {
  for (let i = 0; i < token.length; i++) {
    const code = token.charCodeAt(i)
    if (code <= 0x20 || code >= 0x7f) return false
  }
  return true
}

/** An RFC 3339 time, its fraction dropped. */
function parseTime(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const parts = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.exec(value)
  if (parts === null) return undefined
  const [, date, time, zone = ''] = parts
  const milliseconds = Date.parse(`${date}T${time}${zone.toUpperCase()}`)
  return Number.isNaN(milliseconds) || !isDay(date) ? undefined : milliseconds
}

/** Whether a month has such a day: some engines read 30 February as 2 March. */
function isDay(date = ''): boolean {
  return new Date(`${date}T12:00:00Z`).toISOString().startsWith(date)
}

export function checkTime(now: number): void {
  if (!Number.isFinite(now)) throw new TypeError('expected a time in milliseconds since 1970')
}
