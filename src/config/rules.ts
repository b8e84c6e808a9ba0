// The tables under [registries]: each one read, and judged with what it says together.
import { lazy } from '../lazy.js'
import { normalForm } from '../names/index.js'
import { withoutUserInfo } from '../text/index.js'
import { checkBundle } from './bundle.js'
import type { RegistryKeys, RegistryRule } from './config.js'
import { checkCredentials, countCredentials } from './credentials.js'
import { type KeyTable, keyTable, readKeys, readTable } from './key-table.js'
import { type Reading, RULE_ROWS } from './keys.js'
import { checkMirror } from './mirror.js'
import { checkNames } from './names.js'
import type { Path } from './path.js'
import { warnAboutReach } from './reach.js'
import type { Report } from './report.js'
import type { TomlTable } from './toml.js'

const ruleKeys: () => KeyTable<RegistryKeys> = lazy(() => keyTable(RULE_ROWS, 'rule'))

interface Rules {
  readonly rules: readonly RegistryRule[]
  /** Their names with user info, in the same order. */
  readonly names: readonly string[]
}

export function readRules(registries: TomlTable, reading: Reading, report: Report): Rules {
  const names = Object.keys(registries)
  const normals: (string | undefined)[] = []
  const rules = names.map((name): RegistryRule => {
    const path = ['registries', name]
    const table = readTable(registries[name], path, report)
    const keys = readKeys(table, ruleKeys(), path, reading, report)
    const normal = normalForm(name)
    normals.push(normal)
    checkRule(keys, normal, table, path, report)
    return ruleOf(withoutUserInfo(name), keys)
  })
  checkNames(names, normals, rules, report)
  return { rules: Object.freeze(rules), names: Object.freeze(names) }
}

/** Written out: to freeze a copy that a spread has made takes longer than to read its table. */
function ruleOf(name: string, keys: RegistryKeys): RegistryRule {
  return Object.freeze({
    name,
    caBundle: keys.caBundle,
    insecureSkipVerify: keys.insecureSkipVerify,
    username: keys.username,
    password: keys.password,
    auth: keys.auth,
    identityToken: keys.identityToken,
    registryToken: keys.registryToken,
    mirror: keys.mirror,
    mirrorFallback: keys.mirrorFallback,
  })
}

function checkRule(
  keys: RegistryKeys,
  normal: string | undefined,
  table: TomlTable,
  path: Path,
  report: Report,
): void {
  const held = countCredentials(keys)
  checkCredentials(keys, held, table, path, report)
  if (keys.caBundle) checkBundle(keys.caBundle, String(table['ca-certs']), keys, path, report)
  checkMirror(keys, held, normal, path, report)
  if (held > 0 || keys.insecureSkipVerify) warnAboutReach(keys, held, normal, path, report)
}
