// A command: what it says of itself, and what it does.

import type { Description, OptionTable, OptionValues } from './description.js'
import type { Status } from './failure.js'
import type { Io } from './io.js'

/** A command line, read. */
export interface Invocation<Table extends OptionTable> {
  readonly options: OptionValues<Table>
  readonly operands: readonly string[]
}

/** A command. */
export interface Command<Table extends OptionTable = OptionTable> extends Description<Table> {
  run(invocation: Invocation<Table>, io: Io): Promise<Status>
}

/** A command whose `run` knows the types of its options. */
export function defineCommand<const Table extends OptionTable>(command: Command<Table>): Command {
  return command
}
