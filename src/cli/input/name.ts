// How messages name what was read.

import { printable } from '../../text/index.js'

/** A file's name as messages have it. */
export function nameOf(file: string): string {
  return file === '-' ? '<stdin>' : printable(file)
}
