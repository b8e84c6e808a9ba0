// Whether one decision trusts or sends more than another: what a prediction, an audit and a comparison
// of two configurations have in common.
import type { Credentials } from '../credentials.js'
import type { TlsTrust } from './trust.js'

/** How a decision differs from another one. */
export type Change = 'same' | 'looser' | 'tighter' | 'different'

const TRUST_RANKS: Readonly<Record<TlsTrust['kind'], number>> = {
  'deny-all': 0,
  'ca-bundle': 1,
  'web-pki': 2,
  'skip-verify': 3,
}

/** Whom `after` trusts in TLS, beside `before`. */
export function compareTrust(before: TlsTrust, after: TlsTrust): Change {
  if (before.kind !== after.kind) {
    return TRUST_RANKS[after.kind] > TRUST_RANKS[before.kind] ? 'looser' : 'tighter'
  }
  if (before.kind !== 'ca-bundle' || after.kind !== 'ca-bundle') return 'same'
  const had = new Set(before.certificates.map(({ fingerprint }) => fingerprint))
  const has = new Set(after.certificates.map(({ fingerprint }) => fingerprint))
  return changeOfSets(had, has)
}

/** Which members came and went. */
export function changeOfSets(before: ReadonlySet<string>, after: ReadonlySet<string>): Change {
  const isMore = [...after].some((member) => !before.has(member))
  const isLess = [...before].some((member) => !after.has(member))
  if (isMore && isLess) return 'different'
  return isMore ? 'looser' : isLess ? 'tighter' : 'same'
}

/** What `after` authenticates with, beside `before`. */
export function compareCredentials(before: Credentials, after: Credentials): Change {
  if (before.kind === 'anonymous' || after.kind === 'anonymous') {
    if (before.kind === after.kind) return 'same'
    return before.kind === 'anonymous' ? 'looser' : 'tighter'
  }
  return areEqual(before, after) ? 'same' : 'different'
}

function areEqual(a: Credentials, b: Credentials): boolean {
  const revealed = (credentials: Credentials): readonly string[] => {
    if (credentials.kind === 'basic') return [credentials.encoded.reveal()]
    if (credentials.kind === 'registry-token') return [credentials.registryToken.reveal()]
    if (credentials.kind !== 'identity-token') return []
    return [credentials.identityToken.reveal(), credentials.basic?.encoded.reveal() ?? '']
  }
  const [first, second] = [revealed(a), revealed(b)]
  return a.kind === b.kind && first.every((secret, i) => secret === second[i])
}
