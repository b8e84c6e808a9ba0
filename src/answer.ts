import type { Challenge } from './challenge.js'
import type { BasicCredentials, Credentials } from './credentials.js'
import {
  type AllowedDestination,
  decideDestination,
  type RefusalReason,
  respondentAt,
} from './destination.js'
import { encodeForm, type FormField, parseQuery, toByteString } from './encoding.js'
import type { Resolution } from './resolver.js'
import { Secret } from './secret.js'

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

const MESSAGES: Readonly<Record<NoAnswerReason, string>> = {
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
  return Object.freeze({ kind: 'none', reason, refusal, message: MESSAGES[reason] })
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
    ...describe(target),
    fallback: undefined,
  })
}

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
    ...describe(target),
    fallback,
  })
}

function describe({ registry, realm, service, scopes }: TokenTarget) {
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

/** A header field to send. */
export interface HttpHeader {
  /** The field's name, in lower case. */
  readonly name: 'authorization' | 'content-type'
  /**
   * The field's value. Each character is one byte of what is sent, as `fetch` and `node:http` take
   * it: where a token has other than ASCII, these are the bytes of its UTF-8.
   */
  readonly value: Secret
}

/**
 * The `Authorization` field, or undefined if the credentials hold a control character, which would
 * end the field and begin another. White space at the end is no part of a field's value (RFC 9110,
 * section 5.5).
 */
export function authorizationHeader(
  scheme: 'Basic' | 'Bearer',
  credentials: Secret,
): HttpHeader | undefined {
  const bytes = toByteString(`${scheme} ${credentials.reveal()}`)
  if (breaksField(bytes)) return undefined
  let end = bytes.length
  while (bytes[end - 1] === ' ' || bytes[end - 1] === '\t') end--
  return Object.freeze({ name: 'authorization', value: new Secret(bytes.slice(0, end)) })
}

/** The `Content-Type` field of a form. */
export const FORM_CONTENT_TYPE: HttpHeader = Object.freeze({
  name: 'content-type',
  value: new Secret('application/x-www-form-urlencoded'),
})

/** RFC 9110, section 5.5: a field may hold tabs, and bytes beyond ASCII. */
function breaksField(bytes: string): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i)
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true
  }
  return false
}
