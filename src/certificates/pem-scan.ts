// What a text is searched for, in time that is linear in its length.

export const BEGIN = '-----BEGIN '

export const END = '-----END '

export const DASHES = '-----'

/** Where the next line starts if nothing but blanks and tabs is left of this one. */
export function blankLineEnd(text: string, from: number): number | undefined {
  let position = from
  while (isBlank(text[position])) position++
  if (position === text.length) return position
  if (text[position] === '\r') position++
  return text[position] === '\n' ? position + 1 : undefined
}

export function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

/** Whether a line starts at an offset. */
export function startsLine(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n'
}

/** `indexOf` for offsets that only grow: each stretch of the text is searched once. */
export function forwardSearch(text: string, marker: string): (from: number) => number {
  let found = -1
  return (from) => {
    if (found < from) {
      const offset = text.indexOf(marker, from)
      found = offset < 0 ? Number.POSITIVE_INFINITY : offset
    }
    return found
  }
}
