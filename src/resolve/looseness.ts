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

/**
 * Whom `after` trusts in TLS, beside `before`. A bundle is tighter than the web PKI: a few may vouch
 * for a server in place of a hundred, though one of the few may be new. Of two bundles the one that
 * holds the other is looser; anchors in place of others are different.
 */
export function compareTrust(before: TlsTrust, after: TlsTrust): Change {
  if (before.kind !== after.kind) {
    return TRUST_RANKS[after.kind] > TRUST_RANKS[before.kind] ? 'looser' : 'tighter'
  }
  if (before.kind !== 'ca-bundle' || after.kind !== 'ca-bundle') return 'same'
  const had = new Set(before.certificates.map(({ fingerprint }) => fingerprint))
  const has = new Set(after.certificates.map(({ fingerprint }) => fingerprint))
  return changeOfSets(had, has)
}

/**
 * What `after` authenticates with, beside `before`: more secrets that may be sent are looser, others
 * are different, whatever their kinds.
 */
export function compareCredentials(before: Credentials, after: Credentials): Change {
  if (isSameAtAGlance(before, after)) return 'same'
  return changeOfSets(secretsOf(before), secretsOf(after))
}

/** Whether both are the same at a glance, as most are: the sets cost more. */
function isSameAtAGlance(before: Credentials, after: Credentials): boolean {
  if (before.kind === 'anonymous') return after.kind === 'anonymous'
  if (before.kind !== 'basic' || after.kind !== 'basic') return false
  return before.encoded.reveal() === after.encoded.reveal()
}

/** What may be sent, each with how it is sent. The set stays in here: it holds the secrets. */
function secretsOf(credentials: Credentials): ReadonlySet<string> {
  switch (credentials.kind) {
    case 'anonymous':
      return new Set()
    case 'basic':
      return new Set([`basic ${credentials.encoded.reveal()}`])
    case 'registry-token':
      return new Set([`registry-token ${credentials.registryToken.reveal()}`])
    case 'identity-token':
      return new Set([
        `identity-token ${credentials.identityToken.reveal()}`,
        ...(credentials.basic ? secretsOf(credentials.basic) : []),
      ])
  }
}

/** Which members came and went. */
export function changeOfSets(before: ReadonlySet<string>, after: ReadonlySet<string>): Change {
  const isMore = hasOther(after, before)
  const isLess = hasOther(before, after)
  if (isMore && isLess) return 'different'
  return isMore ? 'looser' : isLess ? 'tighter' : 'same'
}

/** Whether a set has a member that the other lacks. */
function hasOther(members: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const member of members) if (!others.has(member)) return true
  return false
}

/**
 * Several changes of one thing as one: what got looser in one regard and tighter in none is looser,
 * whatever is different besides. It is looser and tighter alike where both happened, thus different.
 */
export function joinChanges(...changes: readonly Change[]): Change {
  const isLooser = changes.includes('looser')
  const isTighter = changes.includes('tighter')
  if (isLooser !== isTighter) return isLooser ? 'looser' : 'tighter'
  return isLooser || changes.includes('different') ? 'different' : 'same'
}
