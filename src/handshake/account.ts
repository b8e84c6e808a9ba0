// An account: the credentials that a token is asked for with, and the trust by which. A token request by
// POST and its fallback by GET differ in all that is sent, and are one account's. Two rules may ask one
// token service without credentials, where one has its mirror at the other's registry. A token that was
// granted over unverified TLS may be an interceptor's, and one that was granted over verified TLS would be
// sent to an interceptor; so neither rule is given the other's.
import type { BasicCredentials, Credentials } from '../credentials.js'
import type { TlsTrust } from '../resolve/index.js'
import { Secret } from '../secret.js'
import { joinParts } from '../text/index.js'

/** Everything that authenticates, and what is trusted, in one secret: accounts are the same if these are. */
export type Account = Secret

/** The account of a rule's, or a keychain's, credentials, which are sent by this trust. */
export function accountOf(credentials: Credentials, tls: TlsTrust): Account {
  const anchors = tls.kind === 'ca-bundle' ? tls.certificates : []
  return new Secret(
    joinParts([
      credentials.kind,
      ...revealed(credentials),
      tls.kind,
      ...anchors.map(({ fingerprint }) => fingerprint),
    ]),
  )
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
