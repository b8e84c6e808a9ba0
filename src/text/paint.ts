// Colours for a terminal.

/** Wraps a text in the escapes of a colour, or leaves it as it is. */
export type Paint = (text: string) => string

/** The colours that texts for people are printed in. */
export interface Paints {
  readonly bold: Paint
  readonly dim: Paint
  readonly red: Paint
  readonly yellow: Paint
  readonly green: Paint
  readonly cyan: Paint
}

/** The colours, or for a stream without colour as many that change nothing. */
export function paintsOf(hasColor: boolean): Paints {
  const paint = (start: number, end: number): Paint =>
    hasColor ? (text) => `\u001b[${start}m${text}\u001b[${end}m` : (text) => text
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  }
}
