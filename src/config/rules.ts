// The tables under [registries]: each one read, and judged with what it says together.
import { lazy } from '../lazy.js'
import { isUsual, normalForm } from '../names/index.js'
import { withoutUserInfo } from '../text/index.js'
import { checkBundle } from './bundle.js'
import type { RegistryKeys, RegistryRule } from './config.js'
import { checkCredentials, checkTexts, countCredentials } from './credentials.js'
import { type KeyTable, keyTable, readKeys, readTable } from './key-table.js'
import { type Reading, RULE_ROWS } from './keys.js'
import { checkMirror } from './mirror.js'
import { checkDuplicates, checkName } from './names.js'
import type { Path } from './path.js'
import { warnAboutReach } from './reach.js'
import type { Report } from './report.js'
import type { TomlTable } from './toml.js'

const ruleKeys: () => KeyTable = lazy(() => keyTable(RULE_ROWS, 'rule'))

interface Rules {
  readonly rules: readonly RegistryRule[]
  /** Their names with user info, in the same order. */
  readonly names: readonly string[]
}

export function readRules(registries: TomlTable, reading: Reading, report: Report): Rules {
  const keys = ruleKeys()
  const names = Object.keys(registries)
  let areUsual = true
  const rules: RegistryRule[] = []
  for (const name of names) {
    const path = ['registries', name]
    const table = readTable(registries[name], path, report)
    const usual = isUsual(name)
    const rule = newRule(usual ? name : withoutUserInfo(name))
    const arePlain = readKeys(table, keys, rule, path, reading, report)
    const normal = usual ? name.slice(0, -1) : normalForm(name)
    checkRule(rule, arePlain, normal, table, path, report)
    checkName(name, normal, rule, report)
    areUsual &&= usual
    rules.push(Object.freeze(rule))
  }
  if (!areUsual) checkDuplicates(names, report)
  return { rules: Object.freeze(rules), names: Object.freeze(names) }
}

/** The rule of a table without a key, to be read into and frozen: a copy would take longer than that. */
function newRule(name: string): RegistryRule {
  return {
    name,
    caBundle: undefined,
    insecureSkipVerify: false,
    username: undefined,
    password: undefined,
    auth: undefined,
    identityToken: undefined,
    registryToken: undefined,
    mirror: undefined,
    mirrorFallback: false,
  }
}

function checkRule(
  keys: RegistryKeys,
  arePlain: boolean,
  normal: string | undefined,
  table: TomlTable,
  path: Path,
  report: Report,
): void {
  const held = countCredentials(keys)
  if (!arePlain) checkTexts(keys, path, report)
  checkCredentials(keys, held, table, path, report)
  if (keys.caBundle) checkBundle(keys.caBundle, String(table['ca-certs']), keys, path, report)
  checkMirror(keys, held, normal, path, report)
  if (held > 0 || keys.insecureSkipVerify) warnAboutReach(keys, held, normal, path, report)
}
