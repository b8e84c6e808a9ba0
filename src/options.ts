// The options of public functions, and members of what comes from JSON: own properties only, each
// checked by a valibot schema. valibot's issues quote the input, so none of them is ever shown.
import type { GenericSchema, InferOutput } from 'valibot'
import { lazy } from './lazy.js'
import { nearestAmong } from './text/index.js'

/** An option: what it has to be, for valibot and in words that follow "expected NAME to be". */
export interface OptionRow<Schema extends GenericSchema = GenericSchema> {
  readonly schema: Schema
  readonly expected: string
}

/** One row of a table of options. */
export function option<const Schema extends GenericSchema>(
  schema: Schema,
  expected: string,
): OptionRow<Schema> {
  return { schema, expected }
}

type Rows = Readonly<Record<string, OptionRow>>

/** The options as they were given; one that is absent, or given as undefined, is undefined. */
export type Checked<Table extends Rows> = {
  readonly [Name in keyof Table]: InferOutput<Table[Name]['schema']> | undefined
}

/** Reads the options of one function. */
export type ReadOptions<Table extends Rows> = (options: unknown) => Checked<Table>

/**
 * A reader of a function's options.
 *
 * @param caller - The function's name, with which the message of a `TypeError` begins.
 * @param makeTable - Makes the table of its options, when the first options are read. The reader throws
 *   a `TypeError` for any other.
 */
export function optionsOf<const Table extends Rows>(
  caller: string,
  makeTable: () => Table,
): ReadOptions<Table> {
  const tableOf = lazy(makeTable)
  return (options) => {
    const table = tableOf()
    const names = Object.keys(table)
    const checked: Record<string, unknown> = Object.create(null)
    for (const name of names) checked[name] = undefined
    if (options === undefined) return checked as Checked<Table>
    if (typeof options !== 'object' || options === null || Array.isArray(options)) {
      throw new TypeError(`${caller}: expected options to be an object`)
    }
    for (const [name, value] of Object.entries(options)) {
      // Own properties alone: `constructor` is no option.
      const row = Object.hasOwn(table, name) ? table[name] : undefined
      if (row === undefined) throw unknownOption(caller, names, nearestAmong(names)(name))
      if (value === undefined) continue
      if (!isOf(row.schema, value)) {
        throw new TypeError(`${caller}: expected ${name} to be ${row.expected}`)
      }
      checked[name] = value
    }
    return checked as Checked<Table>
  }
}

/** Whether a value is what the schema describes, its type and whatever is asked of it besides. */
export function isOf<const Schema extends GenericSchema>(
  schema: Schema,
  value: unknown,
): value is InferOutput<Schema> {
  // Not by safeParse: it begins without issues of its own, and finds those of a polluted prototype.
  const result = schema['~run']({ value, issues: undefined }, {})
  return result.typed && result.issues === undefined
}

/**
 * Whether a value is an array of strings. Not by valibot's `array`: it begins each item without issues
 * of its own, and finds those of a polluted prototype.
 */
export function isTexts(value: unknown): value is readonly string[] {
  if (!Array.isArray(value)) return false
  for (let i = 0; i < value.length; i++) if (typeof value[i] !== 'string') return false
  return true
}

/** The value's own property, and none of a polluted prototype; undefined where it has none, or is no object. */
export function ownValue(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null
  return isObject && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}

function unknownOption(
  caller: string,
  names: readonly string[],
  near: string | undefined,
): TypeError {
  const known = names.length === 0 ? 'it takes none' : `it takes ${names.join(', ')}`
  const hint = near === undefined ? known : `did you mean ${near}?`
  return new TypeError(`${caller}: unknown option; ${hint}`)
}
