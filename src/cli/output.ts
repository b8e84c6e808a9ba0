// Where a command that writes a file with secrets puts it.

import type { OptionValues } from './description.js'
import { Misuse } from './failure.js'
import type { Io } from './io.js'

/** The options of every command that writes such a file. */
export const OUTPUT_OPTIONS = {
  output: {
    type: 'string',
    value: 'FILE',
    help: 'Write a new file, readable by its owner alone, in place of standard output.',
  },
  force: { type: 'boolean', help: 'Let --output replace a file that is there already.' },
} as const

/** Refuses what would be found wrong only after other files were read. */
export function checkOutput({ output, force }: OptionValues<typeof OUTPUT_OPTIONS>): void {
  if (force && output === undefined) throw new Misuse('--force expects --output FILE')
  if (output === '-')
    throw new Misuse('--output expects a FILE; without it, standard output is used')
}

/** Writes the text where the options say. */
export function writeOutput(
  text: string,
  { output, force }: OptionValues<typeof OUTPUT_OPTIONS>,
  io: Io,
): void {
  if (output === undefined) io.write(text)
  else io.save(output, text, force)
}
