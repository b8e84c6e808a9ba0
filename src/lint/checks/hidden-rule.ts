// A rule that never applies: Docker Hub's short name stands for a subdomain of it, which a rule of its own covers.
import { DOCKER_HUB, DOCKER_HUB_ALIAS } from '../../image/index.js'
import type { Check } from '../check.js'
import { AT_KEY } from '../finding.js'
import type { LintedRule, Subject } from '../subject.js'

/** Whether the rule applies to some image. */
export const hiddenRule: Check = function* (subject) {
  for (const rule of subject.rules) {
    if (!isHidden(rule, subject)) continue
    yield {
      code: 'hidden-rule',
      severity: 'warning',
      path: rule.path,
      spot: AT_KEY,
      message: `never applies: ${DOCKER_HUB_ALIAS} stands for ${DOCKER_HUB}, and the rule with a leading dot covers that and all else that is below it`,
      help: 'leave one of the two rules out',
    }
  }
}

/**
 * Whether a more specific rule hides it wholly. The host of any other rule can be the registry of an image:
 * `corp./app` has one without a dot.
 */
export function isHidden({ normal }: LintedRule, { dotted }: Pick<Subject, 'dotted'>): boolean {
  return normal === DOCKER_HUB_ALIAS && dotted.has(DOCKER_HUB_ALIAS)
}
