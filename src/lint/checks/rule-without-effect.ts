// A rule without which each image would be pulled in the same way: it says what holds without a rule, or
// what the rule says that would apply in its place.

import type { RegistryKeys } from '../../config/index.js'
import { credentialsOf, NO_KEYS } from '../../credentials.js'
import { CATCH_ALL } from '../../names/index.js'
import { compareCredentials, compareTrust, trustOf } from '../../resolve/index.js'
import type { Check } from '../check.js'
import { AT_KEY } from '../finding.js'
import type { LintedRule, Subject } from '../subject.js'
import { isHidden } from './hidden-rule.js'

/** Whether each rule changes something. */
export const ruleWithoutEffect: Check = function* (subject) {
  for (const rule of subject.rules) {
    const { normal, path } = rule
    if (normal === undefined || rule.isFaulty || isLoopback(normal)) continue
    if (isHidden(rule, subject)) continue
    const other = ruleInstead(normal, subject)
    if (other?.isFaulty || !isSame(rule.rule, other?.rule ?? NO_RULE)) continue
    const what = other === undefined ? 'what holds without a rule' : 'what the next rule says'
    const message = `changes nothing: it says ${what}${other === undefined ? '' : ' that would apply'}`
    yield {
      code: 'rule-without-effect',
      severity: 'info',
      path,
      spot: AT_KEY,
      message,
      help: undefined,
    }
  }
}

const NO_RULE: RegistryKeys = {
  ...NO_KEYS,
  caBundle: undefined,
  insecureSkipVerify: false,
  mirror: undefined,
  mirrorFallback: false,
}

/** Without a rule, plain HTTP is tried on loopback hosts: there, and for `.`, an empty rule changes that. */
function isLoopback(normal: string): boolean {
  return normal === CATCH_ALL || normal === 'localhost' || normal.endsWith('.localhost')
}

/** The rule that would apply to the same hosts; a leading dot is one more label. */
function ruleInstead(normal: string, { byNormal }: Subject): LintedRule | undefined {
  let name = normal
  for (;;) {
    if (name.startsWith('.')) name = name.slice(1)
    else {
      const dot = name.indexOf('.')
      if (dot < 0) return byNormal.get(CATCH_ALL)
      name = name.slice(dot)
    }
    const found = byNormal.get(name)
    if (found) return found
  }
}

function isSame(one: RegistryKeys, other: RegistryKeys): boolean {
  if (one.mirror !== other.mirror || one.mirrorFallback !== other.mirrorFallback) return false
  if (holdsCredentials(one) !== holdsCredentials(other)) return false
  if (compareTrust(trustOf(one), trustOf(other)) !== 'same') return false
  return compareCredentials(credentialsOf(one), credentialsOf(other)) === 'same'
}

/** Of two rules, most differ in this; a user name alone is an error of its rule. */
function holdsCredentials({ username, auth, identityToken, registryToken }: RegistryKeys): boolean {
  return Boolean(username ?? auth ?? identityToken ?? registryToken)
}
