// The token handshake: challenges, the answer to them, and the token that it leads to.
import {
  authorizationHeader,
  type BasicCredentials,
  type Credentials,
  type HttpHeader,
  Secret,
} from './credentials.js'
import {
  decodeUtf8,
  encodeForm,
  type FormField,
  joinParts,
  parseQuery,
  toByteString,
} from './encoding.js'
import type { Resolution } from './resolver.js'
import {
  type AllowedDestination,
  decideDestination,
  type RefusalReason,
  respondentAt,
} from './resolver.js'

/** The parameters of a challenge, by name in lower case. The object has no prototype. */
export interface ChallengeParameters {
  /** A parameter's value, without the quotes and escapes that it was sent in. */
  readonly [name: string]: string | undefined
}

/** One challenge of a `WWW-Authenticate` header (RFC 9110, section 11.3). */
export interface Challenge {
  /** The authentication scheme in lower case, e.g. `bearer`. */
  readonly scheme: string
  /** The parameters; none if there are none, or if the challenge has a token68 instead. */
  readonly parameters: ChallengeParameters
  /** What stands in the place of parameters, e.g. the ticket of `Negotiate`. */
  readonly token68: string | undefined
}

/** Why a part of a `WWW-Authenticate` header can't be read. */
export type SkippedReason =
  | 'no-scheme'
  | 'unexpected-character'
  | 'no-value'
  | 'unterminated-quote'
  | 'duplicate-parameter'

/** The part of a header that was left out. Nothing here repeats what the server sent. */
export interface SkippedChallenge {
  /** Which header line, from 1. */
  readonly line: number
  /** Where in the line reading stopped, from 1, in UTF-16 code units. */
  readonly column: number
  /** Why it stopped there. */
  readonly reason: SkippedReason
  /** The reason as a sentence. */
  readonly message: string
}

/** The challenges in the server's order, and beside them what could not be read. */
export interface ChallengeList extends ReadonlyArray<Challenge> {
  /** What was left out. Not enumerable, so that the list equals a plain array of its challenges. */
  readonly skipped: readonly SkippedChallenge[]
}

const SKIPPED_MESSAGES: Readonly<Record<SkippedReason, string>> = {
  'no-scheme': 'expected the name of an authentication scheme',
  'unexpected-character': 'expected a comma, a parameter or the end of the header',
  'no-value': 'expected a token or a quoted string as the value of a parameter',
  'unterminated-quote': 'expected a closing quote, and no control character before it',
  'duplicate-parameter': 'a parameter occurs more than once in one challenge',
}

const NO_PARAMETERS: ChallengeParameters = Object.freeze(Object.create(null))

/** What stopped the reading of a header line, and where. */
class Fault {
  readonly reason: SkippedReason
  readonly at: number

  constructor(reason: SkippedReason, at: number) {
    this.reason = reason
    this.at = at
  }
}

/** A header line and how far it has been read. */
interface Cursor {
  readonly text: string
  at: number
}

const TAB = 0x09
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const EQUALS = 0x3d
const BACKSLASH = 0x5c

const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const TOKEN = characterSet(`!#$%&'*+-.^_\`|~${LETTERS_AND_DIGITS}`)
const TOKEN68 = characterSet(`-._~+/${LETTERS_AND_DIGITS}`)

/**
 * Reads `WWW-Authenticate` headers as RFC 9110, section 11.6.1, writes them: several challenges in a
 * line, several lines, token68, quoted strings with commas and escapes, empty list elements.
 *
 * It never throws on what a server sent. Where a line stops making sense, the challenge in which
 * that happens and the rest of the line are left out, since a realm that is guessed from a broken
 * header decides where credentials go; `skipped` says where and why. A challenge that names a
 * parameter twice is such a case (section 11.2 forbids it). A tab is taken for a space.
 *
 * @param headerValues - The header's value or values; null or undefined if there was none, as
 *   `Headers.get` and `IncomingMessage.headers` say. Where these give one character for each byte,
 *   decode a header that holds more than ASCII as UTF-8 first.
 * @returns The challenges in the server's order, frozen.
 * @throws `TypeError` if the argument is anything else.
 *
 * @example
 *
 * ```ts
 * import { parseChallenges } from 'imagepuller-auth'
 *
 * const [challenge] = parseChallenges(
 *   'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
 * )
 * console.log(challenge?.scheme) // bearer
 * console.log(challenge?.parameters['realm']) // https://auth.docker.io/token
 * ```
 */
export function parseChallenges(
  headerValues: string | readonly string[] | null | undefined,
): ChallengeList {
  const lines = typeof headerValues === 'string' ? [headerValues] : (headerValues ?? [])
  if (!Array.isArray(lines) || !lines.every((line) => typeof line === 'string')) {
    throw new TypeError('parseChallenges: expected a string or an array of strings')
  }
  const challenges: Challenge[] = []
  const skipped: SkippedChallenge[] = []
  for (const [index, text] of lines.entries()) {
    const fault = readLine({ text, at: 0 }, challenges)
    if (fault) skipped.push(describeFault(fault, index + 1))
  }
  Object.defineProperty(challenges, 'skipped', { value: Object.freeze(skipped) })
  return Object.freeze(challenges) as unknown as ChallengeList
}

function describeFault({ reason, at }: Fault, line: number): SkippedChallenge {
  return Object.freeze({ line, column: at + 1, reason, message: SKIPPED_MESSAGES[reason] })
}

function readLine(cursor: Cursor, challenges: Challenge[]): Fault | undefined {
  skipSeparators(cursor)
  while (cursor.at < cursor.text.length) {
    const challenge = readChallenge(cursor)
    if (challenge instanceof Fault) return challenge
    challenges.push(challenge)
  }
  return undefined
}

/** Reads a challenge and the separators behind it. */
function readChallenge(cursor: Cursor): Challenge | Fault {
  const scheme = readRun(cursor, TOKEN).toLowerCase()
  if (scheme === '') return new Fault('no-scheme', cursor.at)
  const end = cursor.at
  skipSpaces(cursor)
  if (cursor.at === end) return endOfElement(cursor) ?? challengeOf(scheme, NO_PARAMETERS)
  const token68 = readToken68(cursor)
  if (token68 !== undefined) return challengeOf(scheme, NO_PARAMETERS, token68)
  const parameters = readParameters(cursor)
  return parameters instanceof Fault ? parameters : challengeOf(scheme, parameters)
}

function challengeOf(scheme: string, parameters: ChallengeParameters, token68?: string): Challenge {
  return Object.freeze({ scheme, parameters, token68 })
}

/** A token68 that fills its list element; otherwise undefined, with the cursor where it was. */
function readToken68(cursor: Cursor): string | undefined {
  const start = cursor.at
  const digits = readRun(cursor, TOKEN68)
  while (codeAt(cursor) === EQUALS) cursor.at++
  const token68 = cursor.text.slice(start, cursor.at)
  if (digits !== '' && endOfElement(cursor) === undefined) return token68
  cursor.at = start
  return undefined
}

/** Reads parameters up to the end of the line or the scheme of the next challenge. */
function readParameters(cursor: Cursor): ChallengeParameters | Fault {
  const parameters: Record<string, string> = Object.create(null)
  let separated = skipSeparators(cursor)
  while (cursor.at < cursor.text.length) {
    const start = cursor.at
    const name = readRun(cursor, TOKEN).toLowerCase()
    skipSpaces(cursor)
    if (name === '' || codeAt(cursor) !== EQUALS) {
      // Behind a comma, a token without `=` is the next challenge's scheme.
      if (name === '' || !separated) return new Fault('unexpected-character', cursor.at)
      cursor.at = start
      break
    }
    if (name in parameters) return new Fault('duplicate-parameter', start)
    cursor.at++
    skipSpaces(cursor)
    const value = codeAt(cursor) === QUOTE ? readQuoted(cursor) : readValue(cursor)
    if (value instanceof Fault) return value
    parameters[name] = value
    const fault = endOfElement(cursor)
    if (fault) return fault
    separated = true
  }
  return Object.freeze(parameters)
}

function readValue(cursor: Cursor): string | Fault {
  const value = readRun(cursor, TOKEN)
  return value === '' ? new Fault('no-value', cursor.at) : value
}

/** A quoted string without its quotes and escapes (RFC 9110, section 5.6.4). */
function readQuoted(cursor: Cursor): string | Fault {
  const { text } = cursor
  let value = ''
  let start = cursor.at + 1
  let end = start
  for (;;) {
    const code = text.charCodeAt(end)
    if (code === QUOTE) break
    if (code === BACKSLASH) {
      value += text.slice(start, end)
      start = ++end
    }
    if (!isText(text.charCodeAt(end))) return new Fault('unterminated-quote', end)
    end++
  }
  cursor.at = end + 1
  return value + text.slice(start, end)
}

/** Anything but control characters and, as NaN, the end of the line. */
function isText(code: number): boolean {
  return code === TAB || (code >= SPACE && code !== 0x7f)
}

/** Moves to the next element of the list, unless something stands before it. */
function endOfElement(cursor: Cursor): Fault | undefined {
  if (skipSeparators(cursor) || cursor.at === cursor.text.length) return undefined
  return new Fault('unexpected-character', cursor.at)
}

/** Passes over commas and white space; true if there was a comma. */
function skipSeparators(cursor: Cursor): boolean {
  let comma = false
  for (;;) {
    skipSpaces(cursor)
    if (codeAt(cursor) !== COMMA) return comma
    comma = true
    cursor.at++
  }
}

function skipSpaces(cursor: Cursor): void {
  while (codeAt(cursor) === SPACE || codeAt(cursor) === TAB) cursor.at++
}

function readRun(cursor: Cursor, set: Uint8Array): string {
  const { text, at: start } = cursor
  let end = start
  while (end < text.length && set[text.charCodeAt(end)] === 1) end++
  cursor.at = end
  return text.slice(start, end)
}

function codeAt(cursor: Cursor): number {
  return cursor.text.charCodeAt(cursor.at)
}

function characterSet(characters: string): Uint8Array {
  const set = new Uint8Array(128)
  for (let i = 0; i < characters.length; i++) set[characters.charCodeAt(i)] = 1
  return set
}

/**
 * A refresh token that a token service handed out, bound to where it came from and to the registry
 * that it was asked for: another registry that names the same token service must get nothing by it.
 */
export interface RefreshToken {
  /** The registry's origin: `registry` of the token request. */
  readonly registry: string
  /** The token service's origin: `origin` of the token request. It is sent nowhere else. */
  readonly origin: string
  /** The token: `refreshToken` of the token service's answer. */
  readonly token: Secret
}

/** The request that the registry answered with 401. */
export interface ChallengedRequest {
  /** The URL that answered 401: after redirects, the last one. */
  readonly url: string
  /** What to ask the token service for; to pull from the image's repository by default. */
  readonly scopes?: readonly string[] | undefined
  /**
   * True if the request carried a token already. Then the scopes that the challenges name are asked
   * for as well, and first, since some token services read no more than one.
   */
  readonly retry?: boolean | undefined
  /** How to introduce the client to the token service; `imagepuller-auth` by default. */
  readonly clientId?: string | undefined
  /** A refresh token from an earlier answer, for the same registry and token service. */
  readonly refresh?: RefreshToken | undefined
}

/** Send the request again, with this header. */
export interface AuthorizationAnswer {
  /** The union's tag. */
  readonly kind: 'authorization'
  /** The registry's origin. The header is for no other. */
  readonly origin: string
  /** The `Authorization` header. */
  readonly header: HttpHeader
}

/** Send this first, without following redirects, and give a 200's body to `parseTokenResponse`. */
export interface TokenRequest {
  /** The union's tag. */
  readonly kind: 'token-request'
  /** The method. */
  readonly method: 'GET' | 'POST'
  /** The URL. It holds no credentials. */
  readonly url: string
  /** The header fields to send. */
  readonly headers: readonly HttpHeader[]
  /** The body of a POST. */
  readonly body: Secret | undefined
  /** The registry's origin. The token that comes back is for no other. */
  readonly registry: string
  /** The token service's origin. */
  readonly origin: string
  /** The challenge's realm, without what this request adds to it. */
  readonly realm: string
  /** The challenge's service; empty if it names none. */
  readonly service: string
  /** The scopes that are asked for. */
  readonly scopes: readonly string[]
  /** Whether the realm is outside the registry's own domain. A puller may refuse to go there. */
  readonly foreign: boolean
  /** What to send instead if the token service answers 404. */
  readonly fallback: TokenRequest | undefined
}

/** Why there is no answer. */
export type NoAnswerReason =
  | 'other-origin'
  | 'no-challenge'
  | 'unsupported-scheme'
  | 'no-credentials'
  | 'unsendable-credentials'
  | 'realm-missing'
  | 'realm-refused'

/** There is nothing to send; the 401 stands. */
export interface NoAnswer {
  /** The union's tag. */
  readonly kind: 'none'
  /** Why. */
  readonly reason: NoAnswerReason
  /** For `realm-refused`, what is wrong with the realm. */
  readonly refusal: RefusalReason | undefined
  /** The reason as a sentence. It repeats neither credentials nor what the server sent. */
  readonly message: string
}

/** What to do about a 401. */
export type Answer = AuthorizationAnswer | TokenRequest | NoAnswer

const CLIENT_ID = 'imagepuller-auth'

const NO_ANSWER_MESSAGES: Readonly<Record<NoAnswerReason, string>> = {
  'other-origin': "the 401 didn't come from the registry's own scheme, host and port",
  'no-challenge': 'the 401 has no challenge that can be read',
  'unsupported-scheme': 'the registry asks for neither Basic nor Bearer',
  'no-credentials': 'the registry asks for Basic, and the rule has no credentials for that',
  'unsendable-credentials': 'the credentials hold a control character, which no header can',
  'realm-missing': 'the Bearer challenge names no realm to get a token from',
  'realm-refused': "the Bearer challenge's realm is no place for credentials",
}

/** The parts of a token request that don't depend on how it authenticates. */
interface TokenTarget {
  readonly registry: AllowedDestination
  readonly realm: AllowedDestination
  readonly service: string
  readonly scopes: readonly string[]
}

/**
 * Answers a registry's challenges as go-containerregistry does, with nothing sent that the registry
 * didn't ask for.
 *
 * Of several challenges the first in the server's order counts whose scheme is Basic or Bearer.
 * - Basic: `registrytoken` as Bearer, else `username` and `password`, else `auth`.
 * - Bearer: `registrytoken` as it is, whatever the realm; else `identitytoken` in an OAuth2
 *   `refresh_token` grant (POST), with the GET as the fallback for a 404; else a GET with the Basic
 *   header, or anonymously. `scope` and `service` are merged into the query of the realm.
 *
 * Where credentials may go is up to {@link decideDestination}, for the URL that answered 401 and for
 * the realm alike. A mirror's challenges are answered anonymously: the rule's credentials are for the
 * registry, not for its mirror, unless both are one origin.
 *
 * @param resolution - What the resolver says about the image.
 * @param challenges - The challenges of the 401, from `parseChallenges`.
 * @param request - The request that was challenged.
 * @returns The header to send, the token request to send first, or why there is no answer; frozen.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { answerChallenge, createResolver, parseChallenges, parseConfig } from 'imagepuller-auth'
 *
 * const resolution = createResolver(parseConfig('')).resolve('nginx')
 * const challenges = parseChallenges(
 *   'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
 * )
 * const answer = answerChallenge(resolution, challenges, { url: 'https://index.docker.io/v2/' })
 * if (answer.kind === 'token-request') console.log(answer.method, new URL(answer.url).origin)
 * // GET https://auth.docker.io
 * ```
 */
export function answerChallenge(
  resolution: Resolution,
  challenges: readonly Challenge[],
  request: ChallengedRequest,
): Answer {
  if (!Array.isArray(challenges)) throw new TypeError('answerChallenge: expected challenges')
  const options = readRequest(request, resolution)
  const respondent = respondentAt(resolution, options.url)
  const registry = decideDestination(respondent, options.url, 'registry')
  if (registry.kind === 'refused') return none('other-origin')
  const challenge = challenges.find(({ scheme }) => scheme === 'basic' || scheme === 'bearer')
  if (challenge === undefined) {
    return none(challenges.length === 0 ? 'no-challenge' : 'unsupported-scheme')
  }
  const { credentials } = respondent
  if (credentials.kind === 'registry-token') {
    return authorize(registry, 'Bearer', credentials.registryToken)
  }
  if (challenge.scheme === 'basic') {
    const basic = basicOf(credentials)
    return basic ? authorize(registry, 'Basic', basic.encoded) : none('no-credentials')
  }
  const realmText = parameterOf(challenge, 'realm')
  if (realmText === '') return none('realm-missing')
  const realm = decideDestination(respondent, realmText, 'realm')
  if (realm.kind === 'refused') return none('realm-refused', realm.reason)
  const scopes = options.retry ? withNamedScopes(options.scopes, challenges) : options.scopes
  const target = { registry, realm, service: parameterOf(challenge, 'service'), scopes }
  return requestToken(target, credentials, options)
}

function none(reason: NoAnswerReason, refusal?: RefusalReason): NoAnswer {
  return Object.freeze({ kind: 'none', reason, refusal, message: NO_ANSWER_MESSAGES[reason] })
}

function authorize(
  { origin }: AllowedDestination,
  scheme: 'Basic' | 'Bearer',
  credentials: Secret,
): Answer {
  const header = authorizationHeader(scheme, credentials)
  if (header === undefined) return none('unsendable-credentials')
  return Object.freeze({ kind: 'authorization', origin, header })
}

function requestToken(
  target: TokenTarget,
  credentials: Credentials,
  { clientId, refresh }: RequestOptions,
): Answer {
  const basic = basicOf(credentials)
  const header = basic && authorizationHeader('Basic', basic.encoded)
  const get = basic && !header ? undefined : tokenRequestByGet(target, header)
  if (isFor(refresh, target)) {
    return tokenRequestByPost(target, refresh.token, clientId, get)
  }
  if (credentials.kind === 'identity-token') {
    return tokenRequestByPost(target, credentials.identityToken, clientId, get)
  }
  return get ?? none('unsendable-credentials')
}

function isFor(
  refresh: RefreshToken | undefined,
  { registry, realm }: TokenTarget,
): refresh is RefreshToken {
  return refresh?.registry === registry.origin && refresh.origin === realm.origin
}

/** The distribution specification's "Token Authentication". */
function tokenRequestByGet(target: TokenTarget, header: HttpHeader | undefined): TokenRequest {
  const [path = '', ...query] = target.realm.url.split('?')
  const fields = parseQuery(query.join('?')).filter(
    ([name]) => name !== 'scope' && name !== 'service',
  )
  for (const scope of target.scopes) fields.push(['scope', toByteString(scope)])
  fields.push(['service', toByteString(target.service)])
  return Object.freeze({
    kind: 'token-request',
    method: 'GET',
    url: `${path}?${encodeForm(fields)}`,
    headers: Object.freeze(header ? [header] : []),
    body: undefined,
    ...describeTarget(target),
    fallback: undefined,
  })
}

/** The `Content-Type` field of a form. */
const FORM_CONTENT_TYPE: HttpHeader = Object.freeze({
  name: 'content-type',
  value: new Secret('application/x-www-form-urlencoded'),
})

/** The distribution specification's "OAuth2 Token Authentication". */
function tokenRequestByPost(
  target: TokenTarget,
  refreshToken: Secret,
  clientId: string,
  fallback: TokenRequest | undefined,
): TokenRequest {
  const fields: FormField[] = [
    ['client_id', toByteString(clientId)],
    ['grant_type', 'refresh_token'],
    ['refresh_token', toByteString(refreshToken.reveal())],
    ['scope', toByteString(target.scopes.join(' '))],
  ]
  if (target.service !== '') fields.push(['service', toByteString(target.service)])
  return Object.freeze({
    kind: 'token-request',
    method: 'POST',
    url: target.realm.url,
    headers: Object.freeze([FORM_CONTENT_TYPE]),
    body: new Secret(encodeForm(fields)),
    ...describeTarget(target),
    fallback,
  })
}

function describeTarget({ registry, realm, service, scopes }: TokenTarget) {
  const { origin, url, foreign } = realm
  return { registry: registry.origin, origin, realm: url, service, scopes, foreign }
}

function basicOf(credentials: Credentials): BasicCredentials | undefined {
  if (credentials.kind === 'basic') return credentials
  return credentials.kind === 'identity-token' ? credentials.basic : undefined
}

/** The reference takes an empty parameter for one that is missing. */
function parameterOf({ parameters }: Challenge, name: string): string {
  return Object.hasOwn(parameters, name) ? (parameters[name] ?? '') : ''
}

/** The scopes that the challenges name and that weren't asked for, before those that were. */
function withNamedScopes(
  scopes: readonly string[],
  challenges: readonly Challenge[],
): readonly string[] {
  const named = challenges.map((challenge) => parameterOf(challenge, 'scope'))
  return Object.freeze([
    ...new Set(named.filter((scope) => scope !== '' && !scopes.includes(scope))),
    ...scopes,
  ])
}

interface RequestOptions {
  readonly url: string
  readonly scopes: readonly string[]
  readonly retry: boolean
  readonly clientId: string
  readonly refresh: RefreshToken | undefined
}

function readRequest(request: ChallengedRequest, { image }: Resolution): RequestOptions {
  if (typeof request !== 'object' || request === null) throw misuse('a request')
  const url = own(request, 'url')
  const scopes = own(request, 'scopes') ?? [`repository:${image.repository}:pull`]
  const retry = own(request, 'retry') ?? false
  const clientId = own(request, 'clientId') ?? CLIENT_ID
  if (typeof url !== 'string') throw misuse('the URL of the request as a string')
  if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === 'string')) {
    throw misuse('scopes as an array of strings')
  }
  if (typeof retry !== 'boolean') throw misuse('retry as a boolean')
  if (typeof clientId !== 'string') throw misuse('the client id as a string')
  const refresh = readRefresh(own(request, 'refresh'))
  return { url, scopes: Object.freeze([...scopes]), retry, clientId, refresh }
}

function readRefresh(refresh: RefreshToken | undefined): RefreshToken | undefined {
  if (refresh === undefined) return undefined
  const registry = own(refresh, 'registry')
  const origin = own(refresh, 'origin')
  const token = own(refresh, 'token')
  if (typeof registry !== 'string' || typeof origin !== 'string' || !(token instanceof Secret)) {
    throw misuse('a refresh token as its registry, its origin and a Secret')
  }
  return { registry, origin, token }
}

/** A property of the object itself: one from a polluted prototype counts as unset. */
function own<T extends object, K extends keyof T>(object: T, key: K): T[K] | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function misuse(expectation: string): TypeError {
  return new TypeError(`answerChallenge: expected ${expectation}`)
}

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
export type TokenFailureReason =
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
  readonly reason: TokenFailureReason
  /** The reason as a sentence. It shows nothing of the answer. */
  readonly message: string
}

/** What a token service's answer comes to. */
export type TokenResponse = Token | TokenFailure

const MAX_SIZE = 1024 * 1024
/** The distribution specification's "Token Authentication" on an answer without `expires_in`. */
const DEFAULT_LIFETIME = 60
const MAX_ENTRIES = 1000

const TOKEN_FAILURE_MESSAGES: Readonly<Record<TokenFailureReason, string>> = {
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

function failure(reason: TokenFailureReason): TokenFailure {
  return Object.freeze({ kind: 'failure', reason, message: TOKEN_FAILURE_MESSAGES[reason] })
}

function readFields(text: string): Fields | TokenFailureReason {
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

function checkTime(now: number): void {
  if (!Number.isFinite(now)) throw new TypeError('expected a time in milliseconds since 1970')
}

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
