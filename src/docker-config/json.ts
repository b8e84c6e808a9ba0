// The JSON text of a credentials file: its size, its encoding, its syntax.
import type { DocumentPlace } from '../findings.js'
import { decodeBase64, isLargerThan, readUnicode } from '../text/index.js'
import { fail } from './errors.js'
import { type JsonPlaces, skimJson } from './json-position.js'
import { likenessOfText, UTF_16 } from './likeness.js'

/** A JSON text that was read. */
export interface JsonDocument {
  /** What it stands for. */
  readonly root: unknown
  /** Where its members stand. */
  readonly places: JsonPlaces
}

/** Reads a JSON text, also in base64, as a Secret's manifest has it. */
export function readJson(input: string | Uint8Array, maxBytes: number): JsonDocument {
  const text = unwrapBase64(readText(input, maxBytes))
  const places = skimJson(text)
  if (places.fault) {
    const likeness = likenessOfText(text)
    const hint = likeness === undefined ? '' : `; this looks like ${likeness}`
    fail('invalid-json', `expected JSON${hint}`, places.fault)
  }
  return { root: JSON.parse(text), places }
}

function placeAt(line: number, column: number): DocumentPlace {
  return { kind: 'document', line, column, endLine: line, endColumn: column }
}

function readText(input: string | Uint8Array, maxBytes: number): string {
  const isText = typeof input === 'string'
  if (isText ? isLargerThan(input, maxBytes) : input.length > maxBytes) {
    const expectation = `expected at most ${maxBytes} bytes`
    fail('too-large', expectation, placeAt(1, 1))
  }
  // For JSON a byte order mark is no white space.
  if (startsWithMark(input)) {
    fail('invalid-json', 'expected JSON without a byte order mark', placeAt(1, 1))
  }
  const text = readUnicode(input)
  if (typeof text !== 'string') {
    const hint = startsWithUtf16Mark(input) ? `; this looks like ${UTF_16}` : ''
    fail('invalid-utf8', `expected valid UTF-8${hint}`, placeAt(text.line, text.column))
  }
  return text
}

function startsWithMark(input: string | Uint8Array): boolean {
  if (typeof input === 'string') return input.startsWith('\ufeff')
  return input[0] === 0xef && input[1] === 0xbb && input[2] === 0xbf
}

/** What PowerShell's `>` writes begins with it. */
function startsWithUtf16Mark(input: string | Uint8Array): boolean {
  const [first, second] = input
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}

/** A Secret's manifest has its values in base64. No JSON document that is an object looks like that. */
function unwrapBase64(text: string): string {
  const bytes = decodeBase64(text.trim())
  const inner = bytes && !startsWithMark(bytes) && readUnicode(bytes)
  return typeof inner === 'string' && inner.trimStart().startsWith('{') ? inner : text
}
