// The arguments of a command, read by its table of options: what is unknown is refused with the nearest name.

import { parseArgs } from 'node:util'
import { nearestAmong } from '../text/index.js'
import type { Command, Invocation } from './command.js'
import { COMMON_OPTIONS, type OptionTable } from './description.js'
import { Misuse } from './failure.js'
import { printable } from './render/index.js'

/** Options may stand before, between and behind the operands; `--` ends them. */
export function parseArguments(command: Command, args: readonly string[]): Invocation<OptionTable> {
  const table: OptionTable = { ...command.options, ...COMMON_OPTIONS }
  const options: Record<string, boolean | string | string[] | undefined> = emptyValues(table)
  const operands: string[] = []
  for (const token of tokensOf(table, args)) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const row = Object.hasOwn(table, token.name) ? table[token.name] : undefined
    if (row === undefined) throw unknownOption(token.rawName, command.name, Object.keys(table))
    if (row.type === 'boolean') {
      if (token.value !== undefined) throw new Misuse(`${token.rawName} takes no value`)
      options[token.name] = true
      continue
    }
    const value = argumentOf(token, row.value)
    if (row.choices && !row.choices.includes(value)) {
      throw new Misuse(`${token.rawName}: expected ${listOf(row.choices)}`)
    }
    const given = options[token.name]
    if (Array.isArray(given)) given.push(value)
    else if (given === undefined) options[token.name] = value
    else throw new Misuse(`${token.rawName} is given twice, and takes one value`)
  }
  return { options: options as Invocation<OptionTable>['options'], operands }
}

function emptyValues(table: OptionTable): Record<string, boolean | string[] | undefined> {
  // Without a prototype: an option that was not given never comes from Object.prototype.
  const values: Record<string, boolean | string[] | undefined> = Object.create(null)
  for (const [name, row] of Object.entries(table)) {
    values[name] = row.type === 'boolean' ? false : row.multiple ? [] : undefined
  }
  return values
}

/** Not strictly: the messages of `parseArgs` repeat what was typed, and know no nearest name. */
function tokensOf(table: OptionTable, args: readonly string[]) {
  const options: Record<string, { type: 'boolean' | 'string'; short?: string }> =
    Object.create(null)
  for (const [name, row] of Object.entries(table)) {
    const isShort = row.type === 'boolean' && row.short !== undefined
    options[name] = isShort ? { type: row.type, short: row.short } : { type: row.type }
  }
  return parseArgs({ args: [...args], options, strict: false, tokens: true }).tokens
}

function unknownOption(rawName: string, command: string, known: readonly string[]): Misuse {
  const nearest = nearestAmong(known)(rawName)
  const hint = nearest === undefined ? '' : `; did you mean --${nearest}?`
  return new Misuse(`${printable(rawName)} is no option of ${command}${hint}`)
}

/** A value that begins with `-` is rather the next option, unless it stands behind `=`. */
function argumentOf(
  token: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
  name: string,
): string {
  const { rawName, value, inlineValue } = token
  if (value === undefined) throw new Misuse(`${rawName} expects ${name}`)
  if (!inlineValue && value.startsWith('-') && value !== '-') {
    throw new Misuse(`${rawName} expects ${name}; write ${rawName}=${name} if it begins with "-"`)
  }
  return value
}

function listOf(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
