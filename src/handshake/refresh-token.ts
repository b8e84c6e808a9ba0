// A refresh token of a token service, bound to where it came from.
import { createMembership, type Membership } from '../membership.js'
import { ownValue } from '../options.js'
import { Secret } from '../secret.js'
import { type Account, joinAccount } from './account.js'

/**
 * A refresh token that a token service handed out, bound to where it came from and to the registry
 * that it was asked for: another registry that names the same token service must get nothing by it.
 */
export interface RefreshToken {
  /** The registry's origin. It is sent for no other registry. */
  readonly registry: string
  /** The token service's origin. It is sent nowhere else. */
  readonly origin: string
  /** The token. */
  readonly token: Secret
}

/** The refresh tokens of token services' answers, and the account that each was asked for with. */
const granted: Membership<RefreshToken, Account> = createMembership()

/** A refresh token of a token service's answer. */
export function refreshTokenOf(refresh: RefreshToken, account: Account): RefreshToken {
  return Object.freeze(granted.add(refresh, account))
}

/** Whether a value has the three parts itself: a polluted prototype must not supply an origin. */
export function isRefreshToken(value: unknown): value is RefreshToken {
  const isText = (name: string) => typeof ownValue(value, name) === 'string'
  return isText('registry') && isText('origin') && ownValue(value, 'token') instanceof Secret
}

/**
 * The account that credentials and a refresh token ask for together. A token service's own refresh
 * token is the account's that it was granted to, and undefined for any other: with the fallback it
 * would mix two accounts. One that the caller made is no known account's, so it makes one of its own.
 */
export function accountWith(refresh: RefreshToken, account: Account): Account | undefined {
  const owner = granted.keptOf(refresh)
  if (owner === undefined) return joinAccount(account, refresh.token)
  return owner.equals(account) ? account : undefined
}
