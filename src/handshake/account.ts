// An account: the credentials that a token is asked for with. A token request by POST and its fallback
// by GET differ in all that is sent, and are one account's.
import type { BasicCredentials, Credentials } from '../credentials.js'
import { Secret } from '../secret.js'
import { joinParts } from '../text/index.js'

/** Everything that authenticates, in one secret: two accounts are the same if these are. */
export type Account = Secret

/** The account of a rule's, or a keychain's, credentials. */
export function accountOf(credentials: Credentials): Account {
  return new Secret(joinParts([credentials.kind, ...revealed(credentials)]))
}

/** The account of credentials together with one more token. */
export function joinAccount(account: Account, token: Secret): Account {
  return new Secret(joinParts([account.reveal(), token.reveal()]))
}

/** The part of credentials that a registry which asks for Basic gets. */
export function basicOf(credentials: Credentials): BasicCredentials | undefined {
  if (credentials.kind === 'basic') return credentials
  return credentials.kind === 'identity-token' ? credentials.basic : undefined
}

function revealed(credentials: Credentials): string[] {
  if (credentials.kind === 'registry-token') return [credentials.registryToken.reveal()]
  const basic = basicOf(credentials)?.encoded.reveal() ?? ''
  if (credentials.kind === 'identity-token') return [credentials.identityToken.reveal(), basic]
  return [basic]
}
