// `answerChallenge`: what to send for a 401.
import type { Credentials } from '../credentials.js'
import { resolutions } from '../membership.js'
import type { Resolution, TlsTrust } from '../resolve/index.js'
import type { Secret } from '../secret.js'
import { type Account, accountOf, basicOf } from './account.js'
import { type AuthorizationAnswer, authorizationHeader, isSameHeader } from './authorization.js'
import type { Challenge } from './challenge.js'
import {
  type ChallengedRequest,
  type ReadRequest,
  readChallengedRequest,
} from './challenged-request.js'
import { type AllowedDestination, realmDestination, registryDestination } from './destination.js'
import { type NoAnswer, noChallenge, none, noneForMirror, realmRefused } from './no-answer.js'
import {
  type HeaderValues,
  isHeaderValues,
  type ParsedChallenges,
  parsedChallenges,
  parseLines,
} from './parse-challenges.js'
import { accountWith, type RefreshToken } from './refresh-token.js'
import { type Respondent, respondentAt } from './respondent.js'
import {
  type TokenRequest,
  type TokenTarget,
  tokenRequestByGet,
  tokenRequestByPost,
} from './token-request.js'

/** What to do about a 401. */
export type Answer = AuthorizationAnswer | TokenRequest | NoAnswer

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
 * Where credentials may go is up to {@link decideDestination}'s rules, for the URL that answered 401
 * and for the realm alike. A mirror's challenges are answered anonymously: the rule's credentials are
 * for the registry, not for its mirror, unless both are one origin.
 *
 * @param resolution - What the resolver says about the image.
 * @param challenges - What `parseChallenges` gave, or the values of the 401's `WWW-Authenticate`.
 * @param request - The request that was challenged.
 * @returns The header to send, the token request to send first, or why there is no answer; frozen.
 * @throws `TypeError` if the resolution isn't a resolver's, an argument is of the wrong type, an
 *   option unknown, or credentials are given where a rule applies.
 *
 * @example
 *
 * ```ts
 * import { answerChallenge, createResolver, parseConfig } from 'imagepuller-auth'
 *
 * const resolution = createResolver(parseConfig('')).resolve('nginx')
 * const answer = answerChallenge(
 *   resolution,
 *   'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
 *   { url: 'https://index.docker.io/v2/' },
 * )
 * if (answer.kind === 'token-request') console.log(answer.method, new URL(answer.url).origin)
 * // GET https://auth.docker.io
 * ```
 */
export function answerChallenge(
  resolution: Resolution,
  challenges: ParsedChallenges | HeaderValues,
  request: ChallengedRequest,
): Answer {
  if (!resolutions.has(resolution)) {
    throw new TypeError("answerChallenge: expected a resolver's resolution")
  }
  const parsed = readChallenges(challenges)
  const options = readChallengedRequest(request, resolution)
  const { tls } = resolution
  const respondent = respondentAt(resolution, options.url, options.credentials)
  const registry = registryDestination(respondent, options.url)
  if (registry.kind === 'refused') return none('other-origin')
  const challenge = parsed.challenges.find(isAnswerable)
  if (challenge !== undefined)
    return answer(challenge, { respondent, tls, registry, parsed, options })
  return parsed.challenges.length === 0 ? noChallenge(parsed.skipped) : none('unsupported-scheme')
}

function readChallenges(challenges: unknown): ParsedChallenges {
  if (parsedChallenges.has(challenges)) return challenges
  if (isHeaderValues(challenges)) return parseLines(challenges)
  throw new TypeError(
    'answerChallenge: expected what parseChallenges gave, or a string or an array of strings',
  )
}

function isAnswerable({ scheme }: Challenge): boolean {
  return scheme === 'basic' || scheme === 'bearer'
}

/** All that an answer depends on, besides the challenge. */
interface Context {
  readonly respondent: Respondent
  readonly tls: TlsTrust
  readonly registry: AllowedDestination
  readonly parsed: ParsedChallenges
  readonly options: ReadRequest
}

function answer(challenge: Challenge, context: Context): Answer {
  const { credentials } = context.respondent
  if (credentials.kind === 'registry-token') {
    return authorize(context, 'Bearer', credentials.registryToken)
  }
  if (challenge.scheme === 'bearer') return answerBearer(challenge, context)
  const basic = basicOf(credentials)
  if (basic) return authorize(context, 'Basic', basic.encoded)
  const { respondent, registry } = context
  return respondent.kind === 'mirror' ? noneForMirror(registry.origin) : none('no-credentials')
}

function authorize(
  { registry: { origin }, options: { rejected } }: Context,
  scheme: 'Basic' | 'Bearer',
  credentials: Secret,
): Answer {
  const header = authorizationHeader(scheme, credentials)
  if (header === undefined) return none('unsendable-credentials')
  // The same again would be refused again, and count against the account.
  if (rejected && isSameHeader(header, rejected)) return none('rejected-credentials')
  return Object.freeze({ kind: 'authorization', origin, header })
}

function answerBearer(challenge: Challenge, context: Context): Answer {
  const { respondent, tls, registry, parsed, options } = context
  const { credentials } = respondent
  const realmText = parameterOf(challenge, 'realm')
  if (realmText === '') return none('realm-missing')
  const realm = realmDestination(respondent, realmText)
  if (realm.kind === 'refused') return realmRefused(realm)
  const target: TokenTarget = {
    registry,
    realm,
    service: parameterOf(challenge, 'service'),
    scopes: options.rejected ? withNamedScopes(options.scopes, parsed.challenges) : options.scopes,
    account: accountOf(credentials, tls),
  }
  return requestToken(target, credentials, options)
}

function requestToken(
  target: TokenTarget,
  credentials: Credentials,
  { clientId, refresh }: ReadRequest,
): Answer {
  const basic = basicOf(credentials)
  const header = basic && authorizationHeader('Basic', basic.encoded)
  const getFor = (one: TokenTarget) => {
    return basic && !header ? undefined : tokenRequestByGet(one, header)
  }
  const account = refresh && refreshAccount(refresh, target)
  if (refresh && account) {
    const own = { ...target, account }
    return tokenRequestByPost(own, refresh.token, clientId, getFor(own))
  }
  if (credentials.kind === 'identity-token') {
    return tokenRequestByPost(target, credentials.identityToken, clientId, getFor(target))
  }
  return getFor(target) ?? none('unsendable-credentials')
}

/** The account that a refresh token asks for; undefined if it is for another target. */
function refreshAccount(
  refresh: RefreshToken,
  { registry, realm, account }: TokenTarget,
): Account | undefined {
  if (refresh.registry !== registry.origin || refresh.origin !== realm.origin) return undefined
  return accountWith(refresh, account)
}

/** A parameter's value. As for go-containerregistry, an empty one is the same as a missing one. */
function parameterOf({ parameters }: Challenge, name: string): string {
  return Object.hasOwn(parameters, name) ? (parameters[name] as string) : ''
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
