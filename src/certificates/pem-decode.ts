// The PEM blocks of a text as Go's `encoding/pem` decodes them.

import { decodeBase64 } from '../text/index.js'
import { BEGIN, blankLineEnd, DASHES, END, isBlank } from './pem-scan.js'

/** A block that Go decodes. Offsets are in UTF-16 code units. */
export interface DecodedBlock {
  /** What stands between `BEGIN ` and the dashes. */
  readonly label: string
  /** Whether lines of the form `key: value` precede the base64. */
  readonly hasHeaders: boolean
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Where the BEGIN line starts. */
  readonly start: number
  /** Where the line after the END line starts. */
  readonly end: number
  /** Where the base64 is. */
  readonly body: Stretch
}

/** A stretch of the text, such as the lines of base64. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** Why Go decodes nothing between a BEGIN line and an END line. */
export type DecodingFault =
  | 'text-after-begin'
  | 'end-mismatch'
  | 'text-after-end'
  | 'headers-without-body'
  | 'headers-past-end'
  | 'invalid-base64'

/** A BEGIN line that was tried in vain. */
export interface FailedBlock {
  readonly fault: DecodingFault
  /** Where the BEGIN line starts. */
  readonly start: number
  /** What stands between both lines; the END line starts behind it. */
  readonly body: Stretch
}

export interface Decoded {
  readonly blocks: readonly DecodedBlock[]
  /** By where they start. */
  readonly failed: ReadonlyMap<number, FailedBlock>
}

/**
 * Go looks for an END line first and then for the last BEGIN before it. Whatever fails, the search
 * goes on behind that END marker, so that no character is looked at for two END lines and the
 * whole is linear (CVE-2025-61723).
 */
export function decodeBlocks(text: string): Decoded {
  const blocks: DecodedBlock[] = []
  const failed = new Map<number, FailedBlock>()
  let position = 0
  for (;;) {
    const bodyEnd = text.indexOf(`\n${END}`, position)
    if (bodyEnd < 0) break
    const start = lastBegin(text, position, bodyEnd)
    position = bodyEnd + 1 + END.length
    if (start === undefined) continue
    const read = readBlock(text, start, bodyEnd)
    if (isFailed(read)) {
      failed.set(start, read)
      // The END line reads like a header itself: there Go gives up on the text as a whole.
      if (read.fault === 'headers-past-end') break
    } else {
      blocks.push(read)
      position = read.end
    }
  }
  return { blocks, failed }
}

/** By an own property: of a polluted prototype each block would have a fault. */
function isFailed(read: DecodedBlock | FailedBlock): read is FailedBlock {
  return Object.hasOwn(read, 'fault')
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
function readBlock(text: string, start: number, bodyEnd: number): DecodedBlock | FailedBlock {
  const typeEnd = text.indexOf('\n', start)
  const typeLine = lineContent(text, start + BEGIN.length, typeEnd)
  const label = typeLine.slice(0, -DASHES.length)
  const trailer = bodyEnd + 1 + END.length
  const from = skipHeaders(text, typeEnd + 1)
  // Without headers, the END line may follow the BEGIN line at once: then the body is empty.
  const body = { from, to: Math.max(from, bodyEnd) }
  const hasHeaders = from > typeEnd + 1
  const fail = (fault: DecodingFault): FailedBlock => {
    return { fault, start, body: { from: Math.min(from, bodyEnd), to: bodyEnd } }
  }

  if (!typeLine.endsWith(DASHES)) return fail('text-after-begin')
  if (from > trailer) return fail('headers-past-end')
  if (hasHeaders && from > bodyEnd) return fail('headers-without-body')
  if (!text.startsWith(`${label}${DASHES}`, trailer)) return fail('end-mismatch')
  const end = blankLineEnd(text, trailer + label.length + DASHES.length)
  if (end === undefined) return fail('text-after-end')
  const base64 = text.slice(body.from, body.to)
  const bytes = decodeBase64(base64.replaceAll(' ', '').replaceAll('\t', ''))
  if (bytes === undefined) return fail('invalid-base64')
  return { label, hasHeaders, bytes, start, end, body }
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
