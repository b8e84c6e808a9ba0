// A table of the document read by its rows: each key's value checked for its type and turned into the
// property that it stands for.
import { type KeyRows, type Reading, rowsOf } from './keys.js'
import type { Path } from './path.js'
import type { Report } from './report.js'
import type { TomlTable } from './toml.js'
import { reportUnknownKey, type UnknownKeyHints, unknownKeyHints } from './unknown-key.js'
import { reportWrongType } from './wrong-type.js'

/** The rows of a table, by key. */
export interface KeyTable {
  /** A Map, since a document may have keys such as `constructor`. */
  readonly byKey: ReadonlyMap<string, KnownKey>
  /** What to say about other keys. */
  readonly hints: UnknownKeyHints
}

interface KnownKey {
  readonly property: string
  readonly type: 'string' | 'boolean'
  readonly isCredential: boolean
  /** Gets a value of the row's type only. */
  readonly read: (value: never, reading: Reading) => unknown
}

/** Compiles rows, once. `level` is where the table stands, for hints. */
export function keyTable<Properties extends object>(
  rows: KeyRows<Properties>,
  level: 'extra-env' | 'rule',
): KeyTable {
  const entries = rowsOf(rows)
  return {
    byKey: new Map(
      entries.map(([property, { key, type, secrecy, read }]) => [
        key,
        { property, type, isCredential: secrecy === 'credential', read },
      ]),
    ),
    hints: unknownKeyHints(
      entries.map(([, { key }]) => key),
      level,
    ),
  }
}

/**
 * Reads a table into the properties of one that has no key. Keys that are unknown, or have a value of
 * another type, are reported.
 *
 * @returns Whether the texts of all credentials are plain.
 */
export function readKeys<Properties extends object>(
  table: TomlTable,
  keys: KeyTable,
  properties: Properties,
  path: Path,
  reading: Reading,
  report: Report,
): boolean {
  const read = properties as Record<string, unknown>
  let arePlain = true
  for (const key of Object.keys(table)) {
    const value = table[key]
    const known = keys.byKey.get(key)
    if (known === undefined) reportUnknownKey(key, value, keys.hints, path, report)
    else if (typeof value !== known.type) reportWrongType(value, known.type, [...path, key], report)
    else {
      if (known.isCredential) arePlain &&= isPlain(value as string)
      read[known.property] = known.read(value as never, reading)
    }
  }
  return arePlain
}

/** Whether a text has neither control characters nor brackets, which are looked into elsewhere. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 || code === 0x28 || code >= 0x7b) return false
  }
  return true
}

/** The table at a path; an empty one where there is none, or something else, which is reported. */
export function readTable(value: unknown, path: Path, report: Report): TomlTable {
  if (isTable(value)) return value
  if (value !== undefined) reportWrongType(value, 'table', path, report)
  return Object.create(null)
}

/** smol-toml gives tables, and nothing else, no prototype. */
export function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null
}
