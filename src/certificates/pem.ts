import { decodeBase64, encodeBase64 } from '../text/index.js'

const BEGIN = '-----BEGIN '

const END = '-----END '

const DASHES = '-----'

const COLUMNS = 64

/** A block that Go's `encoding/pem` decodes. */
export interface PemBlock {
  readonly kind: 'block'
  /** What stands between `BEGIN ` and the dashes. */
  readonly label: string
  /** Whether lines of the form `key: value` precede the base64. */
  readonly hasHeaders: boolean
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where the BEGIN line starts, in UTF-16 code units. */
  readonly start: number
  /** Where the line after the END line starts. */
  readonly end: number
  /** The line that the block starts on, from 1. */
  readonly line: number
}

/** Why a text that looks like a block is none. */
export type PemFault =
  | 'begin-not-at-line-start'
  | 'text-after-begin'
  | 'begin-before-end'
  | 'no-end'
  | 'end-not-at-line-start'
  | 'end-mismatch'
  | 'text-after-end'
  | 'end-without-begin'
  | 'headers-without-body'
  | 'headers-past-end'
  | 'invalid-base64'
  | 'unreachable'

/** A BEGIN or END line that belongs to no {@link PemBlock}: Go passes over it without a word. */
export interface BrokenPemBlock {
  readonly kind: 'broken'
  readonly fault: PemFault
  /** Where the marker starts, in UTF-16 code units. */
  readonly start: number
  /** The line that the marker stands on, from 1. */
  readonly line: number
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'line'> : never

/**
 * The PEM blocks of a text as Go 1.26's `encoding/pem` finds them, and, for one label, what looks
 * like a block but isn't found by these rules; both in the order of the text.
 *
 * Every marker, line end and base64 digit is ASCII, so that reading UTF-16 here and bytes in Go
 * gives the same blocks.
 */
export function readPem(text: string, label: string): (PemBlock | BrokenPemBlock)[] {
  const { blocks, faults } = decodeBlocks(text)
  const begins = brokenBegins(text, label, blocks, faults)
  const ends = strayEnds(text, label, blocks, begins)
  return numberLines(text, [...blocks, ...begins, ...ends])
}

/** One block in the form that every reader takes: 64 columns, `\n`, no headers. */
export function encodePem(label: string, bytes: Uint8Array): string {
  const base64 = encodeBase64(bytes)
  const lines = [`${BEGIN}${label}${DASHES}`]
  for (let i = 0; i < base64.length; i += COLUMNS) lines.push(base64.slice(i, i + COLUMNS))
  lines.push(`${END}${label}${DASHES}`, '')
  return lines.join('\n')
}

interface Decoded {
  readonly blocks: readonly Unnumbered<PemBlock>[]
  /** The BEGIN lines that were tried in vain, by where they start. */
  readonly faults: ReadonlyMap<number, PemFault>
}

/**
 * Go looks for an END line first and then for the last BEGIN before it. Whatever fails, the search
 * goes on behind that END marker, so that no character is looked at for two END lines and the
 * whole is linear (CVE-2025-61723).
 */
function decodeBlocks(text: string): Decoded {
  const blocks: Unnumbered<PemBlock>[] = []
  const faults = new Map<number, PemFault>()
  let position = 0
  for (;;) {
    const bodyEnd = text.indexOf(`\n${END}`, position)
    if (bodyEnd < 0) break
    const start = lastBegin(text, position, bodyEnd)
    position = bodyEnd + 1 + END.length
    if (start === undefined) continue
    const read = readBlock(text, start, bodyEnd)
    if (typeof read === 'string') {
      faults.set(start, read)
      // The END line reads like a header itself: there Go gives up on the text as a whole.
      if (read === 'headers-past-end') break
    } else {
      blocks.push(read)
      position = read.end
    }
  }
  return { blocks, faults }
}

/**
 * Where the last BEGIN between two offsets starts, if it starts a line there. The search is in a
 * slice: `lastIndexOf` on the whole text would run back to its beginning for each END line.
 */
function lastBegin(text: string, from: number, to: number): number | undefined {
  const offset = text.slice(from, to).lastIndexOf(BEGIN)
  if (offset < 0 || (offset > 0 && text[from + offset - 1] !== '\n')) return undefined
  return from + offset
}

/** The block between a BEGIN line and the line end before an END marker. */
function readBlock(text: string, start: number, bodyEnd: number): Unnumbered<PemBlock> | PemFault {
  const typeEnd = text.indexOf('\n', start)
  const typeLine = lineContent(text, start + BEGIN.length, typeEnd)
  if (!typeLine.endsWith(DASHES)) return 'text-after-begin'
  const label = typeLine.slice(0, -DASHES.length)

  const trailer = bodyEnd + 1 + END.length
  const body = skipHeaders(text, typeEnd + 1)
  const hasHeaders = body > typeEnd + 1
  if (body > trailer) return 'headers-past-end'
  if (hasHeaders && body > bodyEnd) return 'headers-without-body'

  const closing = `${label}${DASHES}`
  if (!text.startsWith(closing, trailer)) return 'end-mismatch'
  const end = blankLineEnd(text, trailer + closing.length)
  if (end === undefined) return 'text-after-end'
  // Without headers, the END line may follow the BEGIN line at once: then the body is empty.
  const base64 = text.slice(body, Math.max(body, bodyEnd))
  const bytes = decodeBase64(base64.replaceAll(' ', '').replaceAll('\t', ''))
  if (bytes === undefined) return 'invalid-base64'
  return { kind: 'block', label, hasHeaders, bytes, start, end }
}

/** A line without the `\r` of its line end and without the blanks and tabs before that. */
function lineContent(text: string, from: number, lineEnd: number): string {
  let end = text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd
  while (end > from && isBlank(text[end - 1])) end--
  return text.slice(from, end)
}

/** Where the first line without a colon starts, or the text's end. */
function skipHeaders(text: string, from: number): number {
  let position = from
  while (position < text.length) {
    const newline = text.indexOf('\n', position)
    const lineEnd = newline < 0 ? text.length : newline
    if (!text.slice(position, lineEnd).includes(':')) break
    position = Math.min(lineEnd + 1, text.length)
  }
  return position
}

/** Where the next line starts if nothing but blanks and tabs is left of this one. */
function blankLineEnd(text: string, from: number): number | undefined {
  let position = from
  while (isBlank(text[position])) position++
  if (position === text.length) return position
  if (text[position] === '\r') position++
  return text[position] === '\n' ? position + 1 : undefined
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

/** The BEGIN lines of a label, indented ones included, that start none of the blocks. */
function brokenBegins(
  text: string,
  label: string,
  blocks: Decoded['blocks'],
  faults: Decoded['faults'],
): Unnumbered<BrokenPemBlock>[] {
  const marker = `${BEGIN}${label}${DASHES}`
  const nextBegin = forwardSearch(text, BEGIN)
  const nextEnd = forwardSearch(text, END)
  const faultAt = (start: number): PemFault => {
    const tried = faults.get(start)
    if (tried !== undefined) return tried
    if (!startsLine(text, start)) return 'begin-not-at-line-start'
    if (blankLineEnd(text, start + marker.length) === undefined) return 'text-after-begin'
    const begin = nextBegin(start + 1)
    const end = nextEnd(start)
    if (begin < end) return 'begin-before-end'
    if (end === Number.POSITIVE_INFINITY) return 'no-end'
    return startsLine(text, end) ? 'unreachable' : 'end-not-at-line-start'
  }
  return markersOutside(text, marker, blocks).map((start) => {
    return { kind: 'broken', fault: faultAt(start), start }
  })
}

/** The END lines of a label that close neither a block nor a BEGIN line that is reported. */
function strayEnds(
  text: string,
  label: string,
  blocks: Decoded['blocks'],
  begins: readonly Unnumbered<BrokenPemBlock>[],
): Unnumbered<BrokenPemBlock>[] {
  const stray: Unnumbered<BrokenPemBlock>[] = []
  let open = 0
  let next = 0
  for (const start of markersOutside(text, `${END}${label}${DASHES}`, blocks)) {
    while ((begins[next]?.start ?? Number.POSITIVE_INFINITY) < start) {
      next++
      open++
    }
    if (open > 0) open--
    else stray.push({ kind: 'broken', fault: 'end-without-begin', start })
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

function startsLine(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === '\n'
}

/** `indexOf` for offsets that only grow: each stretch of the text is searched once. */
function forwardSearch(text: string, marker: string): (from: number) => number {
  let found = -1
  return (from) => {
    if (found < from) {
      const offset = text.indexOf(marker, from)
      found = offset < 0 ? Number.POSITIVE_INFINITY : offset
    }
    return found
  }
}

function numberLines(
  text: string,
  found: Unnumbered<PemBlock | BrokenPemBlock>[],
): (PemBlock | BrokenPemBlock)[] {
  let line = 1
  const nextLineEnd = forwardSearch(text, '\n')
  let lineEnd = nextLineEnd(0)
  return found
    .sort((a, b) => a.start - b.start)
    .map((item) => {
      while (lineEnd < item.start) {
        line++
        lineEnd = nextLineEnd(lineEnd + 1)
      }
      return { ...item, line }
    })
}
