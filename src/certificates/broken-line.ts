// The line of a PEM block's base64 that is broken, where that can be told: editors, mail programs and
// terminals cut lines, lose them, and put characters in.

import type { Stretch } from './pem-decode.js'

/** What is wrong with a line: a character that no base64 has, or its length. */
export type LineFault = 'foreign-character' | 'shorter-line' | 'longer-line'

export interface BrokenLine {
  readonly fault: LineFault
  /** Where the line starts, in UTF-16 code units. */
  readonly at: number
}

/** The first line that differs from the others by its alphabet, or else by its length. */
export function findBrokenLine(text: string, body: Stretch): BrokenLine | undefined {
  const lines = linesOf(text, body)
  const foreign = lines.find(({ isForeign }) => isForeign)
  if (foreign !== undefined) return { fault: 'foreign-character', at: foreign.at }
  const width = usualLength(lines)
  // The last line holds what is left over, and may be shorter.
  const isOdd = ({ length }: Line, i: number) => {
    return i === lines.length - 1 ? length > width : length !== width
  }
  const odd = lines.length < MANY ? undefined : lines.find(isOdd)
  if (odd === undefined) return undefined
  return { fault: odd.length < width ? 'shorter-line' : 'longer-line', at: odd.at }
}

/** How many characters the lines of a block have: those of most, or of PEM by itself where there are few. */
export function lineWidth(text: string, body: Stretch): number {
  const lines = linesOf(text, body)
  return lines.length < MANY ? PEM_WIDTH : usualLength(lines)
}

/** With fewer lines, one can't be told to be the odd one. */
const MANY = 4

/** RFC 7468, section 2 */
const PEM_WIDTH = 64

interface Line {
  readonly at: number
  /** Without blanks. */
  readonly length: number
  /** Whether there is anything but base64 and blanks, or something behind the padding. */
  readonly isForeign: boolean
}

/** The lines that aren't blank. */
function linesOf(text: string, { from, to }: Stretch): readonly Line[] {
  const lines: Line[] = []
  let isPadded = false
  for (let at = from; at < to; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 || newline > to ? to : newline
    let length = 0
    let isForeign = false
    for (let i = at; i < end; i++) {
      const code = text.charCodeAt(i)
      if (isBlank(code)) continue
      length++
      if (code === PADDING) isPadded = true
      else if (isPadded || !isBase64(code)) isForeign = true
    }
    if (length > 0) lines.push({ at, length, isForeign })
    at = end + 1
  }
  return lines
}

/** The length that most lines have. */
function usualLength(lines: readonly Line[]): number {
  const counts = new Map<number, number>()
  let usual = 0
  for (const { length } of lines) {
    const count = (counts.get(length) ?? 0) + 1
    counts.set(length, count)
    if (count > (counts.get(usual) ?? 0)) usual = length
  }
  return usual
}

const PADDING = 0x3d

/** Blank, tab, CR. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d
}

function isBase64(code: number): boolean {
  const isDigit = code >= 0x30 && code <= 0x39
  const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
  return isDigit || isLetter || code === 0x2b || code === 0x2f
}
