import { Secret } from '../secret.js'
import { encodeForm, type FormField, parseQuery, toByteString } from '../text/index.js'
import type { HttpHeader } from './authorization.js'
import type { AllowedDestination } from './destination.js'

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

/** The parts of a token request that don't depend on how it authenticates. */
export interface TokenTarget {
  readonly registry: AllowedDestination
  readonly realm: AllowedDestination
  readonly service: string
  readonly scopes: readonly string[]
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
