import type { BasicCredentials, Credentials } from '../credentials.js'
import type { Resolution } from '../resolve/index.js'
import { Secret } from '../secret.js'
import { authorizationHeader, type HttpHeader } from './authorization.js'
import type { Challenge } from './challenge.js'
import { type AllowedDestination, decideDestination, type RefusalCode } from './destination.js'
import { respondentAt } from './respondent.js'
import {
  type RefreshToken,
  type TokenRequest,
  type TokenTarget,
  tokenRequestByGet,
  tokenRequestByPost,
} from './token-request.js'

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

/** Why there is no answer. */
export type NoAnswerCode =
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
  readonly code: NoAnswerCode
  /** For `realm-refused`, what is wrong with the realm. */
  readonly refusal: RefusalCode | undefined
  /** The reason as a sentence. It repeats neither credentials nor what the server sent. */
  readonly message: string
}

/** What to do about a 401. */
export type Answer = AuthorizationAnswer | TokenRequest | NoAnswer

const CLIENT_ID = 'imagepuller-auth'

const NO_ANSWER_MESSAGES: Readonly<Record<NoAnswerCode, string>> = {
  'other-origin': "the 401 didn't come from the registry's own scheme, host and port",
  'no-challenge': 'the 401 has no challenge that can be read',
  'unsupported-scheme': 'the registry asks for neither Basic nor Bearer',
  'no-credentials': 'the registry asks for Basic, and the rule has no credentials for that',
  'unsendable-credentials': 'the credentials hold a control character, which no header can',
  'realm-missing': 'the Bearer challenge names no realm to get a token from',
  'realm-refused': "the Bearer challenge's realm is no place for credentials",
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
  if (realm.kind === 'refused') return none('realm-refused', realm.code)
  const scopes = options.retry ? withNamedScopes(options.scopes, challenges) : options.scopes
  const target = { registry, realm, service: parameterOf(challenge, 'service'), scopes }
  return requestToken(target, credentials, options)
}

function none(reason: NoAnswerCode, refusal?: RefusalCode): NoAnswer {
  return Object.freeze({ kind: 'none', code: reason, refusal, message: NO_ANSWER_MESSAGES[reason] })
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
