// What another configuration changes about images, as a table.

import type { AspectChange, ImageChanges } from 'imagepuller-auth/audit'
import { type Paint, printable, type Row, renderRows } from '../../text/index.js'
import type { Look } from './look.js'

/** The longest name of a row, so that the tables of all images line up. */
const COLUMN = 15

/** An image, and a row for each aspect that changes. */
export function describeChanges({ image, changes }: ImageChanges, look: Look): string {
  const paints: Readonly<Record<AspectChange['change'], Paint>> = {
    looser: look.red,
    tighter: look.green,
    different: look.yellow,
  }
  const rows = changes.map(({ aspect, change }): Row => {
    return { name: aspect, text: change, paint: paints[change] }
  })
  return [look.bold(printable(image)), ...renderRows(rows, look, COLUMN)].join('\n')
}
