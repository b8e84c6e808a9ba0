// Places in a text, by line and column.

/** A place in a text: both numbers count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * Turns offsets into positions. Each costs the logarithm of the number of lines, and next to nothing
 * where it is on the line of the one before, or on the next line.
 */
export function locateOffsets(text: string): (offset: number) => Position {
  const starts = lineStarts(text)
  let line = 0
  return (offset) => {
    if (!isOnLine(starts, line, offset)) {
      line = isOnLine(starts, line + 1, offset) ? line + 1 : lineOf(starts, offset)
    }
    return { line: line + 1, column: offset - (starts[line] as number) + 1 }
  }
}

/** Where each line begins. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1)
  return starts
}

/** Whether an offset is on a line, which counts from 0 here; there may be no such line. */
function isOnLine(starts: readonly number[], line: number, offset: number): boolean {
  const start = starts[line] ?? Number.POSITIVE_INFINITY
  const end = starts[line + 1] ?? Number.POSITIVE_INFINITY
  return start <= offset && offset < end
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle
  }
  return low
}
