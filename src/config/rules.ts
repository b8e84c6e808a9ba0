import type { TomlTable } from 'smol-toml'
import { readCaBundle } from '../certificates/index.js'
import { isMatchable, normalForm, type UnmatchableName, whyUnmatchable } from '../names/index.js'
import type { RegistryRule } from './config.js'
import { quoteKey } from './key-text.js'
import { RULE_TABLE } from './keys.js'
import type { Report } from './report.js'
import { checkMirror, checkPair, readRule, warnAboutRule } from './rule.js'
import { readTable, readValues } from './table.js'

export function readRules(registries: TomlTable, report: Report): readonly RegistryRule[] {
  const bundles = new Map<string, ReturnType<typeof readCaBundle>>()
  const readBundle = (text: string): ReturnType<typeof readCaBundle> => {
    const bundle = bundles.get(text) ?? readCaBundle(text)
    bundles.set(text, bundle)
    return bundle
  }
  const names = Object.keys(registries)
  checkNames(names, report)
  const rules = names.map((name) => {
    const path = ['registries', name]
    const table = readTable(registries[name], path, report)
    const values = readValues(table, RULE_TABLE, path, report)
    const rule = readRule(name, values, path, readBundle, report)
    checkPair(rule, table, path, report)
    warnAboutRule(rule, path, report)
    checkMirror(rule, path, report)
    return rule
  })
  return Object.freeze(rules)
}

const UNMATCHABLE: Readonly<Record<UnmatchableName, string>> = {
  port: 'a registry with a port is covered by "." alone, so this name never matches',
  'ip-address': 'an IP address is covered by "." alone, so this name never matches',
  'not-a-domain-name': 'expected a domain name; this one never matches',
}

function checkNames(names: readonly string[], report: Report): void {
  if (names.every(isUsualName)) return
  const seen = new Map<string, string>()
  for (const name of names) {
    const normal = normalForm(name)
    const other = normal === undefined ? undefined : seen.get(normal)
    if (normal === undefined) {
      const message = UNMATCHABLE[whyUnmatchable(name)]
      report.warn('unmatchable-name', ['registries', name], message)
    } else if (other === undefined) seen.set(normal, name)
    else {
      const message = `means the same as registries.${quoteKey(other)}`
      report.error('duplicate-name', ['registries', name], message)
    }
  }
}

const UPPER_CASE = /[A-Z]/

/** As the guide writes names; two of these mean the same only if they are the same. */
function isUsualName(name: string): boolean {
  return name.endsWith('.') && !UPPER_CASE.test(name) && isMatchable(name)
}
