// How a stream shows text: how wide it is, and in which colours.

import { type Paints, paintsOf } from '../../text/index.js'

/** A stream's width and colours. */
export interface Look extends Paints {
  /** The columns of the terminal; infinite elsewhere, so that a line of a table is a line for grep. */
  readonly width: number
  readonly hasColor: boolean
}

interface Stream {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** Below that a table has no room for its second column. */
const LEAST_WIDTH = 40

/**
 * `--no-color` and a `NO_COLOR` that isn't empty come first; `FORCE_COLOR` (save `0` and `false`, as
 * Node reads it) colours what is no terminal; otherwise a terminal decides.
 */
export function lookOf(
  { isTTY = false, columns = 0 }: Stream,
  env: Readonly<Record<string, string | undefined>>,
  noColor: boolean,
): Look {
  const variable = (name: string) => (Object.hasOwn(env, name) ? (env[name] ?? '') : '')
  const isForced = !['', '0', 'false'].includes(variable('FORCE_COLOR'))
  const isTerminal = isTTY && variable('TERM') !== 'dumb'
  const hasColor = !noColor && variable('NO_COLOR') === '' && (isForced || isTerminal)
  return {
    width: isTTY && columns > 0 ? Math.max(columns, LEAST_WIDTH) : Number.POSITIVE_INFINITY,
    hasColor,
    ...paintsOf(hasColor),
  }
}
