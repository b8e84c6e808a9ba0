// What looks like a PEM block of a label but is none: Go passes over it without a word, and a
// certificate is lost.

import type { Decoded, DecodingFault, FailedBlock } from './pem-decode.js'
import { BEGIN, blankLineEnd, DASHES, END, forwardSearch, startsLine } from './pem-scan.js'

/** Why a text that looks like a block is none. */
export type PemFault =
  | 'text-after-begin'
  | 'end-mismatch'
  | 'text-after-end'
  | 'headers-without-body'
  | 'headers-past-end'
  | 'invalid-base64'
  | 'begin-not-at-line-start'
  | 'begin-before-end'
  | 'no-end'
  | 'end-not-at-line-start'
  | 'end-without-begin'
  | 'unreachable'

/** A BEGIN or END line that belongs to no block. Offsets are in UTF-16 code units. */
export interface Undecoded {
  readonly fault: PemFault
  /** Where the marker starts. */
  readonly start: number
  /** Somewhere in the line that is wrong. */
  readonly at: number
  /** What was tried to be decoded, if it came to that. */
  readonly failed: FailedBlock | undefined
}

/** The BEGIN and END lines of a label, indented ones included, that are part of no block. */
export function findUndecoded(text: string, label: string, decoded: Decoded): readonly Undecoded[] {
  const begins = brokenBegins(text, label, decoded)
  return [...begins, ...strayEnds(text, label, decoded.blocks, begins)]
}

/** The BEGIN lines that start none of the blocks. */
function brokenBegins(text: string, label: string, { blocks, failed }: Decoded): Undecoded[] {
  const marker = `${BEGIN}${label}${DASHES}`
  const nextBegin = forwardSearch(text, BEGIN)
  const nextEnd = forwardSearch(text, END)
  const judge = (start: number): Pick<Undecoded, 'fault' | 'at'> => {
    if (!startsLine(text, start)) return { fault: 'begin-not-at-line-start', at: start }
    if (blankLineEnd(text, start + marker.length) === undefined) {
      return { fault: 'text-after-begin', at: start }
    }
    const begin = nextBegin(start + 1)
    const end = nextEnd(start)
    if (begin < end) return { fault: 'begin-before-end', at: start }
    if (end === Number.POSITIVE_INFINITY) return { fault: 'no-end', at: start }
    if (startsLine(text, end)) return { fault: 'unreachable', at: start }
    return { fault: 'end-not-at-line-start', at: end }
  }
  return markersOutside(text, marker, blocks).map((start) => {
    const tried = failed.get(start)
    if (tried === undefined) return { ...judge(start), start, failed: undefined }
    const at = AT_THE_END.has(tried.fault) ? tried.body.to + 1 : start
    return { fault: tried.fault, start, at, failed: tried }
  })
}

/** The faults of which the END line is the one that is wrong. */
const AT_THE_END: ReadonlySet<DecodingFault> = new Set([
  'end-mismatch',
  'text-after-end',
  'headers-past-end',
])

/** The END lines of a label that close neither a block nor a BEGIN line that is reported. */
function strayEnds(
  text: string,
  label: string,
  blocks: Decoded['blocks'],
  begins: readonly Undecoded[],
): Undecoded[] {
  const stray: Undecoded[] = []
  let open = 0
  let next = 0
  for (const start of markersOutside(text, `${END}${label}${DASHES}`, blocks)) {
    while ((begins[next]?.start ?? Number.POSITIVE_INFINITY) < start) {
      next++
      open++
    }
    if (open > 0) open--
    else stray.push({ fault: 'end-without-begin', start, at: start, failed: undefined })
  }
  return stray
}

/** Where the marker starts a line, white space and a byte order mark aside, outside the blocks. */
function markersOutside(text: string, marker: string, blocks: Decoded['blocks']): number[] {
  const starts: number[] = []
  let next = 0
  let start = text.indexOf(marker)
  while (start >= 0) {
    while ((blocks[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++
    const inside = (blocks[next]?.start ?? Number.POSITIVE_INFINITY) <= start
    if (!inside && isIndentation(text, start)) starts.push(start)
    start = text.indexOf(marker, start + marker.length)
  }
  return starts
}

/**
 * Whether only white space precedes an offset in its line. A lone `\r` ends a line here, though not
 * in Go, so that a file with the line ends of old Macs is reported and not taken for prose.
 */
function isIndentation(text: string, offset: number): boolean {
  let position = offset - 1
  while (position >= 0) {
    const character = text[position] as string
    if (character === '\n' || character === '\r') return true
    if (character.trim() !== '') return false
    position--
  }
  return true
}
