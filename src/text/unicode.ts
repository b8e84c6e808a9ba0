// Texts and their UTF-8, with nothing replaced.
import { locateOffsets, type Position } from './position.js'

let strict: TextDecoder | undefined

/** The text of UTF-8, nothing replaced and nothing left out; undefined for other bytes. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  // Made once: that takes longer than to decode a short text.
  strict ??= new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}

let lenient: TextDecoder | undefined

/**
 * The text of bytes of which the ASCII alone counts, such as a PEM file's, with comments in whatever
 * encoding: each byte of ASCII stays what it is, and what isn't UTF-8 is replaced.
 */
export function decodeLeniently(bytes: Uint8Array): string {
  lenient ??= new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
  return lenient.decode(bytes)
}

/** How many arguments a call takes in every runtime. */
const ARGUMENTS = 4096

/** The UTF-8 bytes of a text, one character for each. */
export function toByteString(text: string): string {
  const encoded = new TextEncoder().encode(text)
  // Each character is a byte already.
  if (encoded.length === text.length) return text
  let bytes = ''
  for (let start = 0; start < encoded.length; start += ARGUMENTS) {
    bytes += String.fromCharCode(...encoded.subarray(start, start + ARGUMENTS))
  }
  return bytes
}

const BYTE_ORDER_MARK = '\ufeff'

// With the flag "u" a pair of surrogates is one character, which isn't in the range.
const LONE_SURROGATE = /[\ud800-\udfff]/u

/**
 * Text that UTF-8 can hold, without a byte order mark, or the place where the input is something
 * else. Nothing is ever replaced.
 */
export function readUnicode(input: string | Uint8Array): string | Position {
  const marked = typeof input === 'string' ? input : (decodeUtf8(input) ?? firstInvalid(input))
  if (typeof marked !== 'string') return marked
  const text = withoutMark(marked)
  const surrogate = text.search(LONE_SURROGATE)
  return surrogate >= 0 ? locateOffsets(text)(surrogate) : text
}

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

/** Whether the text takes more than that many bytes in UTF-8. */
export function isLargerThan(text: string, bytes: number): boolean {
  // A UTF-16 code unit takes one to three bytes.
  if (text.length > bytes) return true
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes
}

function firstInvalid(bytes: Uint8Array): Position {
  // What was replaced differs from the input when it is encoded again, first where it was invalid,
  // or within a sequence that begins like the replacement character's.
  const replaced = new TextEncoder().encode(decodeLeniently(bytes))
  let offset = replaced.findIndex((byte, i) => byte !== bytes[i])
  while (offset > 0 && isContinuation(replaced[offset])) offset--
  const before = withoutMark(decodeLeniently(bytes.subarray(0, offset)))
  return locateOffsets(before)(before.length)
}

/** Whether the byte goes on with a character of several bytes. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}
