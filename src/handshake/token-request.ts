// A request to a token service, by GET or by POST.
import { createMembership, type Membership } from '../membership.js'
import { Secret } from '../secret.js'
import { encodeForm, type FormField, joinParts, parseQuery, toByteString } from '../text/index.js'
import type { Account } from './account.js'
import type { HttpHeader } from './authorization.js'
import type { AllowedDestination } from './destination.js'

/**
 * Send this first, without following redirects, with the fields of `headersOf`, and give the body of
 * an answer with status 200 to `parseTokenResponse`.
 */
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

/** The token requests of `answerChallenge`, and the account that each asks for. */
const tokenRequests: Membership<TokenRequest, Account> = createMembership()

/** What two token requests have in common that ask for the same token, with the same account. */
export function tokenRequestKey(request: TokenRequest): string {
  const { registry, realm, service, scopes } = request
  const account = accountOf('tokenRequestKey', request)
  return joinParts([account.reveal(), registry, realm, service, ...scopes])
}

/** What two token requests have in common that may send the same refresh token of a token service. */
export function tokenServiceKey(request: TokenRequest): string {
  const account = accountOf('tokenServiceKey', request)
  return joinParts([account.reveal(), request.registry, request.origin])
}

/**
 * The account that a token request asks for.
 *
 * @param caller - The function's name, with which the message of a `TypeError` begins.
 * @throws `TypeError` if it isn't `answerChallenge`'s.
 */
export function accountOf(caller: string, request: TokenRequest): Account {
  const account = tokenRequests.keptOf(request)
  if (account !== undefined) return account
  throw new TypeError(`${caller}: expected answerChallenge's token request`)
}

/** The parts of a token request that don't depend on how it authenticates. */
export interface TokenTarget {
  readonly registry: AllowedDestination
  readonly realm: AllowedDestination
  readonly service: string
  readonly scopes: readonly string[]
  readonly account: Account
}

/** The distribution specification's "Token Authentication". */
export function tokenRequestByGet(
  target: TokenTarget,
  header: HttpHeader | undefined,
): TokenRequest {
  const [path = '', ...query] = target.realm.url.split('?')
  const fields = parseQuery(query.join('?')).filter(
    ([name]) => name !== 'scope' && name !== 'service',
  )
  for (const scope of target.scopes) fields.push(['scope', toByteString(scope)])
  fields.push(['service', toByteString(target.service)])
  return finish(target, {
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
export function tokenRequestByPost(
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
  return finish(target, {
    kind: 'token-request',
    method: 'POST',
    url: target.realm.url,
    headers: Object.freeze([FORM_CONTENT_TYPE]),
    body: new Secret(encodeForm(fields)),
    ...describeTarget(target),
    fallback,
  })
}

function finish({ account }: TokenTarget, request: TokenRequest): TokenRequest {
  return Object.freeze(tokenRequests.add(request, account))
}

type Described = Pick<
  TokenRequest,
  'registry' | 'origin' | 'realm' | 'service' | 'scopes' | 'foreign'
>

function describeTarget({ registry, realm, service, scopes }: TokenTarget): Described {
  const { origin, url, foreign } = realm
  return { registry: registry.origin, origin, realm: url, service, scopes, foreign }
}
