import { locateOffsets, type Position } from './toml-position.js'

const BYTE_ORDER_MARK = '\ufeff'
// With the flag "u" a pair of surrogates is one character, which isn't in the range.
const LONE_SURROGATE = /[\ud800-\udfff]/u

/**
 * Text that UTF-8 can hold, without a byte order mark, or the place where the input is something
 * else. Nothing is ever replaced.
 */
export function readUnicode(input: string | Uint8Array): string | Position {
  const text = typeof input === 'string' ? input : decodeUtf8(input)
  if (typeof text !== 'string') return text
  const surrogate = text.search(LONE_SURROGATE)
  if (surrogate >= 0) return locateOffsets(text)(surrogate)
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

/** Whether the text takes more than that many bytes in UTF-8. */
export function isLargerThan(text: string, bytes: number): boolean {
  // A UTF-16 code unit takes one to three bytes.
  if (text.length > bytes) return true
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes
}

function decodeUtf8(bytes: Uint8Array): string | Position {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return firstInvalid(bytes)
  }
}

function firstInvalid(bytes: Uint8Array): Position {
  const lenient = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
  // What was replaced differs from the input when it is encoded again, first where it was invalid.
  const replaced = new TextEncoder().encode(lenient.decode(bytes))
  const offset = replaced.findIndex((byte, i) => byte !== bytes[i])
  const before = lenient.decode(bytes.subarray(0, offset))
  return locateOffsets(before)(before.length)
}
