// A document that can't be read at all: the one issue that it has.
import { ConfigError, type ConfigErrorCode, freezeFinding } from '../findings.js'
import type { Position } from '../text/index.js'
import { placeBetween } from './places.js'

/** Where a document begins. */
export const START: Position = { line: 1, column: 1 }

/** Throws the error for the document as a whole. */
export function fail(
  code: ConfigErrorCode,
  at: Position,
  message: string,
  help: string,
  endColumn: number = at.column,
): never {
  const { line, column } = at
  const place = placeBetween({ line, column }, { line, column: Math.max(column, endColumn) })
  const said = `the document ${message}`
  throw new ConfigError([
    freezeFinding({ code, severity: 'error', path: [], message: said, help, place }),
  ])
}
