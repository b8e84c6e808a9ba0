// A table of two columns below a heading: a name, and a text that wraps in its own column.

import type { Paint } from './paint.js'
import { columnsOf, wrap } from './wrap.js'

/** A row: its name is empty where it goes on with the row above. */
export interface Row {
  readonly name: string
  /** Safe to print. */
  readonly text: string
  readonly paint?: Paint | undefined
}

/** Where a table is printed. */
export interface Page {
  /** Its columns; may be infinite. */
  readonly width: number
  /** The paint of the names. */
  readonly dim: Paint
}

/** Two spaces before the names and at least that many behind them. */
const INDENT = '  '

/** The rows in two columns, the second one beginning at `column` or behind the longest name. */
export function renderRows(rows: readonly Row[], page: Page, column = 0): string[] {
  const widest = Math.max(...rows.map(({ name }) => columnsOf(name)), 0)
  const start = Math.max(column, INDENT.length + widest + INDENT.length)
  return rows.flatMap(({ name, text, paint = (line) => line }) => {
    return wrap(text, page.width - start).map((line, i) => {
      const label = i === 0 ? name : ''
      const gap = ' '.repeat(start - INDENT.length - columnsOf(label))
      return `${INDENT}${label === '' ? '' : page.dim(label)}${gap}${paint(line)}`
    })
  })
}
