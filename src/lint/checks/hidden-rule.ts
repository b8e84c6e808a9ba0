// A rule that never applies, since each host that it covers has a rule that is more specific. That is so
// where the name itself can't be the registry of an image, and its subdomains have a rule of their own.
import { registryHost } from '../../image/index.js'
import { CATCH_ALL } from '../../names/index.js'
import type { Check } from '../check.js'
import { AT_KEY } from '../finding.js'
import type { LintedRule, Subject } from '../subject.js'

/** Whether each rule applies to some image. */
export const hiddenRule: Check = function* (subject) {
  for (const rule of subject.rules) {
    if (!isHidden(rule, subject)) continue
    yield {
      code: 'hidden-rule',
      severity: 'warning',
      path: rule.path,
      spot: AT_KEY,
      message:
        'never applies: no image has a registry of this very name, and the rule with a leading dot covers all that is below it',
      help: 'leave one of the two rules out',
    }
  }
}

/** Whether a more specific rule hides it wholly. */
export function isHidden({ normal }: LintedRule, { byNormal }: Pick<Subject, 'byNormal'>): boolean {
  if (normal === undefined || normal === CATCH_ALL || normal.startsWith('.')) return false
  return !isRegistry(normal) && byNormal.has(`.${normal}`)
}

/** A name without a dot is a repository of Docker Hub, save for one; Docker Hub's own is an alias. */
function isRegistry(host: string): boolean {
  return (host.includes('.') || host === 'localhost') && registryHost(host) === host
}
