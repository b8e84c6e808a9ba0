// One password or token for registries that have nothing to do with each other: each of them learns what
// opens the others.
import { hasPlaceholder } from '../../config/index.js'
import { CATCH_ALL, withoutLeadingDot } from '../../names/index.js'
import type { Check } from '../check.js'
import { AT_KEY } from '../finding.js'
import { ownersDomain } from './shared-domains.js'

/** Whether secrets are of one owner's registries. */
export const repeatedSecret: Check = function* ({ rules }) {
  /** The owner's domain of the rule that has the secret first. */
  const owners = new Map<string, string>()
  for (const { normal, secrets, path } of rules) {
    // What `.` sends everywhere is a finding of its own.
    if (normal === undefined || normal === CATCH_ALL) continue
    const owner = ownersDomain(withoutLeadingDot(normal))
    for (const { key, secret } of secrets) {
      const text = secret.reveal()
      const first = owners.get(text)
      if (first === undefined) owners.set(text, owner)
      if (first === undefined || first === owner || hasPlaceholder(text)) continue
      yield {
        code: 'repeated-secret',
        severity: 'warning',
        path: [...path, key],
        spot: AT_KEY,
        message:
          'holds the same secret as a registry above that is none of its own: each of them learns what opens the other',
        help: 'give each registry credentials of its own',
      }
    }
  }
}
