// How a stream shows text: how wide it is, and in which colours.

/** A stream's width and colours. */
export interface Look {
  /** The columns of the terminal; infinite elsewhere, so that a line of a table is a line for grep. */
  readonly width: number
  readonly bold: Paint
  readonly dim: Paint
  readonly red: Paint
  readonly yellow: Paint
  readonly green: Paint
  readonly cyan: Paint
}

/** Wraps a text in the escapes of a colour, or leaves it as it is. */
export type Paint = (text: string) => string

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
  const paint = (start: number, end: number): Paint =>
    hasColor ? (text) => `\u001b[${start}m${text}\u001b[${end}m` : (text) => text
  return {
    width: isTTY && columns > 0 ? Math.max(columns, LEAST_WIDTH) : Number.POSITIVE_INFINITY,
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  }
}
