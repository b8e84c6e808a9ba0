// The request that was answered with 401, as the caller describes it.
import { custom, string } from 'valibot'
import type { Credentials } from '../credentials.js'
import { isTexts, option, optionsOf, ownValue } from '../options.js'
import type { Resolution } from '../resolve/index.js'
import { Secret } from '../secret.js'
import type { HttpHeader } from './authorization.js'
import { copyCredentials } from './given-credentials.js'
import { isRefreshToken, type RefreshToken } from './refresh-token.js'

/** The request that the registry answered with 401. */
export interface ChallengedRequest {
  /** The URL that answered 401: after redirects, the last one. */
  readonly url: string
  /** What to ask the token service for; to pull from the image's repository by default. */
  readonly scopes?: readonly string[] | undefined
  /**
   * The token, or the header, that the request carried and that didn't do. Then the scopes that the
   * challenges name are asked for as well, and first, since some token services read no more than
   * one; and the same header is not given again.
   */
  readonly rejected?: Secret | HttpHeader | undefined
  /** How to introduce the client to the token service; `imagepuller-auth` by default. */
  readonly clientId?: string | undefined
  /** A refresh token of an earlier answer (`refresh`), for the same registry and token service. */
  readonly refresh?: RefreshToken | undefined
  /** What a keychain has for the registry; allowed only where no rule applies. */
  readonly credentials?: Credentials | undefined
}

/** The same, checked, with the defaults. */
export interface ReadRequest {
  readonly url: string
  readonly scopes: readonly string[]
  readonly rejected: Secret | HttpHeader | undefined
  readonly clientId: string
  readonly refresh: RefreshToken | undefined
  readonly credentials: Credentials
}

const CLIENT_ID = 'imagepuller-auth'

const URL_EXPECTED = 'the URL that answered 401, as a string'

const readOptions = optionsOf('answerChallenge', () => ({
  url: option(string(), URL_EXPECTED),
  scopes: option(custom<readonly string[]>(isTexts), 'an array of strings'),
  rejected: option(
    custom<Secret | HttpHeader>((value) => value instanceof Secret || isHeader(value)),
    'a Secret, or the header of an answer',
  ),
  clientId: option(string(), 'a string'),
  refresh: option(
    custom<RefreshToken>(isRefreshToken),
    'a refresh token: its registry, its origin, and the token as a Secret',
  ),
  credentials: option(
    custom<Credentials>((value) => copyCredentials(value) !== undefined),
    'credentials as a resolution has them, each value a Secret',
  ),
}))

/** Reads the request; throws a `TypeError` where it isn't one. */
export function readChallengedRequest(request: unknown, resolution: Resolution): ReadRequest {
  const { url, scopes, rejected, clientId, refresh, credentials } = readOptions(request)
  if (url === undefined) {
    throw new TypeError(`answerChallenge: expected url to be ${URL_EXPECTED}`)
  }
  if (credentials !== undefined && resolution.rule !== undefined) {
    throw new TypeError(
      'answerChallenge: expected no credentials, since a rule applies to the registry and has its own',
    )
  }
  const { repository } = resolution.image
  return {
    url,
    scopes: Object.freeze([...(scopes ?? [`repository:${repository}:pull`])]),
    rejected,
    clientId: clientId ?? CLIENT_ID,
    refresh,
    credentials: copyCredentials(credentials) ?? resolution.credentials,
  }
}

function isHeader(value: unknown): boolean {
  return ownValue(value, 'value') instanceof Secret
}
