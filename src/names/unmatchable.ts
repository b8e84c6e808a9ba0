import { endsInNumber } from '../net/index.js'

/** Why a name can't match any registry. */
export type UnmatchableName = 'port' | 'ip-address' | 'not-a-domain-name'

/** Why a name has no {@link normalForm}. */
export function whyUnmatchable(name: string): UnmatchableName {
  // A URL, or user info before the name.
  if (name.includes('/') || name.includes('@')) return 'not-a-domain-name'
  if (name.includes('[') || name.split(':').length > 2) return 'ip-address'
  if (name.includes(':')) return 'port'
  return name !== '' && endsInNumber(name) ? 'ip-address' : 'not-a-domain-name'
}
