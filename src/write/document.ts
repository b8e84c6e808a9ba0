// A configuration as TOML. The only file of this room that knows smol-toml.
import { stringify, type TomlTable } from 'smol-toml'

/** A configuration before it is TOML: names and keys as the document has them. */
export interface ConfigDocument {
  readonly extraEnv: ReadonlyMap<string, string>
  readonly registries: ReadonlyMap<string, RuleDocument>
}

/** A table under `[registries]`. `ca-certs` is PEM that this library wrote, or its words for none. */
export type RuleDocument = ReadonlyMap<string, string | boolean>

/** Each that smol-toml has: one left out would come from a polluted `Object.prototype`. */
const OPTIONS = { maxDepth: 100, numbersAsFloat: false, strictTemporal: false }

/**
 * Writes a document: `extra-env` first, then the registries in the order of their names, and
 * `ca-certs` as literal multi-line strings, in which certificates look as `openssl` prints them.
 */
export function writeDocument({ extraEnv, registries }: ConfigDocument): string {
  const head = extraEnv.size > 0 ? [stringify({ 'extra-env': tableOf(extraEnv) }, OPTIONS)] : []
  const names = [...registries].sort(([a], [b]) => (a < b ? -1 : 1))
  return [...head, ...names.map(([name, rule]) => writeRule(name, rule))].join('\n')
}

function writeRule(name: string, rule: RuleDocument): string {
  const table = tableOf([...rule].filter(([key]) => key !== 'ca-certs'))
  const text = stringify({ registries: tableOf([[name, table]]) }, OPTIONS)
  const pem = rule.get('ca-certs')
  return pem === undefined ? text : `${text}ca-certs = '''\n${pem}'''\n`
}

/** A table without a prototype, so that `__proto__` is a key like any other. */
function tableOf(entries: Iterable<readonly [string, TomlTable | string | boolean]>): TomlTable {
  const table: TomlTable = Object.create(null)
  for (const [key, value] of entries) table[key] = value
  return table
}
