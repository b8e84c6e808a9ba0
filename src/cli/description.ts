// What a command says of itself: its help is made from it, and its arguments are read by it.

import type { Status } from './failure.js'

/** An option that is there or not. */
export interface Flag {
  readonly type: 'boolean'
  /** The one letter that stands for the option. */
  readonly short?: string
  /** What it does, in a few words. */
  readonly help: string
}

/** An option that a value follows. */
export interface Setting {
  readonly type: 'string'
  /** What the help calls the value, such as `FILE`. */
  readonly value: string
  /** The option may be given several times. */
  readonly multiple?: true
  /** The only values there are. */
  readonly choices?: readonly string[]
  /** What it does, in a few words. */
  readonly help: string
}

/** An option, as a row of a command's table. */
export type Option = Flag | Setting

/** A command's options by their names. */
export type OptionTable = Readonly<Record<string, Option>>

type ValueOf<Row extends Option> = Row extends { readonly type: 'boolean' }
  ? boolean
  : Row extends { readonly multiple: true }
    ? readonly string[]
    : Row extends { readonly choices: readonly (infer Choice)[] }
      ? Choice | undefined
      : string | undefined

/** What was given for each option: false, none or undefined for those that were not. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: ValueOf<Table[Name]>
}

/** A line to type, and what comes of it. */
export interface Example {
  readonly line: string
  readonly about: string
}

/** The description of a command. */
export interface Description<Table extends OptionTable = OptionTable> {
  readonly name: string
  /** A line for the list of commands. */
  readonly summary: string
  /** What follows the options, such as `CONFIG IMAGE...`. */
  readonly operands: string
  /** What the command does, a paragraph each. */
  readonly about: readonly string[]
  readonly options: Table
  readonly examples: readonly Example[]
  /** What each exit status means. */
  readonly statuses: Readonly<Record<Status, string>>
}

/** The options that every command takes. */
export const COMMON_OPTIONS = {
  'no-color': {
    type: 'boolean',
    help: 'Print without colour, as NO_COLOR in the environment does.',
  },
  help: { type: 'boolean', short: 'h', help: 'Print this page.' },
  version: { type: 'boolean', help: 'Print the version.' },
} as const
