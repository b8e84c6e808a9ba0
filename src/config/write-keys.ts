// A rule, or the proxy variables, as the keys and values that a document has for it.
import type { ProxySettings } from '../proxy/index.js'
import type { RegistryKeys } from './config.js'
import { EXTRA_ENV_ROWS, type KeyRow, type KeyRows, RULE_ROWS } from './keys.js'

/** The keys that a rule's table needs, in the order of the key table, secrets revealed. */
export function writeRuleKeys(rule: RegistryKeys): ReadonlyMap<string, string | boolean> {
  return writeKeys(RULE_ROWS, rule)
}

/** The keys that `[extra-env]` needs, in the order of the key table, secrets revealed. */
export function writeExtraEnvKeys(settings: ProxySettings): ReadonlyMap<string, string> {
  // Every row of it is one of strings.
  return writeKeys(EXTRA_ENV_ROWS, settings) as ReadonlyMap<string, string>
}

function writeKeys<Properties extends object>(
  rows: KeyRows<Properties>,
  properties: Properties,
): ReadonlyMap<string, string | boolean> {
  const written = new Map<string, string | boolean>()
  for (const name of Object.keys(rows) as (keyof Properties)[]) {
    const row: KeyRow<Properties[keyof Properties]> = rows[name]
    const value = row.write(properties[name])
    if (value !== undefined) written.set(row.key, value)
  }
  return written
}
