import type { TomlTable } from 'smol-toml'
import { safeParse } from 'valibot'
import type { KnownKeys, KnownTable, Schemas, Values } from './keys.js'
import type { Path, Report } from './report.js'

/** The table at a path; an empty one where there is none, or something else. */
export function readTable(value: unknown, path: Path, report: Report): TomlTable {
  if (isTable(value)) return value
  if (value !== undefined) report.error('wrong-type', path, 'expected a table')
  return Object.create(null)
}

/** smol-toml gives tables, and nothing else, no prototype. */
function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null
}

export function reportUnknown(
  key: string,
  value: unknown,
  known: KnownKeys<unknown>,
  path: Path,
  report: Report,
): void {
  const nearest = known.nearest(key)
  // Of `[registries.ghcr.io]` the rule is `ghcr`, which has no dot, and `io` is a table in it.
  const isCut = path.length === 2 && !path[1]?.includes('.') && isTable(value)
  const hint = nearest
    ? `did you mean ${nearest}?`
    : isCut
      ? 'quote the whole name of a registry, as in registries."ghcr.io."'
      : `expected ${known.listed}`
  report.error('unknown-key', [...path, key], `unknown key; ${hint}`)
}

/** The values of a table. Its keys that are unknown or have a value of another type are reported. */
export function readValues<Keys extends Schemas>(
  table: TomlTable,
  known: KnownTable<Keys>,
  path: Path,
  report: Report,
): Values<Keys> {
  const values: Record<string, unknown> = { ...known.absent }
  for (const key of Object.keys(table)) {
    const schema = known.schemas.get(key)
    const value = table[key]
    if (schema === undefined) reportUnknown(key, value, known, path, report)
    // `typed` is always valibot's own; `success` looks for issues in a polluted Object.prototype.
    else if (safeParse(schema, value).typed) values[key] = value
    else report.error('wrong-type', [...path, key], `expected a ${schema.type}`)
  }
  return values as Values<Keys>
}
