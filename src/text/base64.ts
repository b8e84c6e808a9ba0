// Base64, as strict and as lenient as Go reads it.
import { lazy } from '../lazy.js'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const digitsOf = lazy(() => new TextEncoder().encode(ALPHABET))

const PADDING = 0x3d

const INVALID = 0xff

/** By character code. */
const valuesOf = lazy(() => {
  const values = new Uint8Array(128).fill(INVALID)
  digitsOf().forEach((code, value) => {
    values[code] = value
  })
  return values
})

/** Standard base64 (RFC 4648, section 4) with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  // A text that grows by a character at a time is kept in pieces, of 32 bytes each.
  const alphabet = digitsOf()
  const digits = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  let length = 0
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    digits[length++] = alphabet[group >> 18] as number
    digits[length++] = alphabet[(group >> 12) & 63] as number
    digits[length++] = alphabet[(group >> 6) & 63] as number
    digits[length++] = alphabet[group & 63] as number
  }
  const missing = (3 - (bytes.length % 3)) % 3
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
    digits.fill(PADDING, length - missing),
  )
}

/** How many bytes a text without line ends stands for; with some, it is more than enough. */
function lengthOf(text: string): number {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return Math.ceil((text.length * 3) / 4) - padding
}

/**
 * The bytes of standard base64, read as strictly and as leniently as Go's `base64.StdEncoding`: line
 * ends are passed over, padding is required, and unused bits of the last group may have any value
 * (RFC 4648, section 3.5, leaves that open). Anything else gives undefined.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(lengthOf(text))
  const values = valuesOf()
  let length = 0
  let group = 0
  let digits = 0
  let padding = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x0a || code === 0x0d) continue
    if (code === PADDING) {
      padding++
      continue
    }
    const value = values[code] ?? INVALID
    if (value === INVALID || padding > 0) return undefined
    group = (group << 6) | value
    digits++
    if (digits % 4 === 0) {
      bytes[length++] = group >> 16
      bytes[length++] = group >> 8
      bytes[length++] = group
      group = 0
    }
  }
  const left = digits % 4
  if (left === 1 || padding !== (4 - left) % 4) return undefined
  if (left >= 2) bytes[length++] = group >> (left === 2 ? 4 : 10)
  if (left === 3) bytes[length++] = group >> 2
  return length === bytes.length ? bytes : bytes.subarray(0, length)
}
