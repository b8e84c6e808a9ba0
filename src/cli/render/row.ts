// The rows of the tables about images, which line up over all commands.

import { type Paint, printable, type Row } from '../../text/index.js'

/** The longest name of a row, so that the tables of all images and commands line up. */
export const COLUMN = 15

/** A row of a table; what stands in it can't rewrite the terminal. */
export function row(name: string, text: string, paint?: Paint): Row {
  return { name, text: printable(text), paint }
}
