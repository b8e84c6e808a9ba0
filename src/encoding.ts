const DIGITS = '0123456789abcdef'

/** Two lower-case digits for each byte. */
export function encodeHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += `${DIGITS[byte >> 4]}${DIGITS[byte & 15]}`
  return text
}

/** The text of UTF-8, nothing replaced and nothing left out; undefined for other bytes. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** C0, DEL and C1: a header that holds one ends early, or is refused by the HTTP client. */
export function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true
  }
  return false
}

/** The UTF-8 bytes of a text, one character for each. */
export function toByteString(text: string): string {
  let bytes = ''
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte)
  return bytes
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const PADDING = 0x3d
const INVALID = 0xff

const VALUES = new Uint8Array(128).fill(INVALID)
for (let value = 0; value < ALPHABET.length; value++) VALUES[ALPHABET.charCodeAt(value)] = value

/** Standard base64 (RFC 4648, section 4) with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += ALPHABET[group >> 18]
    text += ALPHABET[(group >> 12) & 63]
    text += i + 1 < bytes.length ? ALPHABET[(group >> 6) & 63] : '='
    text += i + 2 < bytes.length ? ALPHABET[group & 63] : '='
  }
  return text
}

/**
 * The bytes of standard base64, read as strictly and as leniently as Go's `base64.StdEncoding`: line
 * ends are passed over, padding is required, and unused bits of the last group may have any value
 * (RFC 4648, section 3.5, leaves that open). Anything else gives undefined.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4))
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
    const value = VALUES[code] ?? INVALID
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
  return bytes.subarray(0, length)
}

/** A name and a value. Each character stands for one byte, since percent escapes can hold any. */
export type FormField = readonly [name: string, value: string]

const HEX = '0123456789ABCDEF'
const UNRESERVED = /^[A-Za-z0-9._~-]$/

/**
 * The fields of a query as Go's `url.ParseQuery` reads them: one with a semicolon or a broken percent
 * escape is left out.
 */
export function parseQuery(query: string): FormField[] {
  const fields: FormField[] = []
  for (const field of query.split('&')) {
    if (field === '' || field.includes(';')) continue
    const equals = field.indexOf('=')
    const name = percentDecode(equals < 0 ? field : field.slice(0, equals))
    const value = percentDecode(equals < 0 ? '' : field.slice(equals + 1))
    if (name !== undefined && value !== undefined) fields.push([name, value])
  }
  return fields
}

/** `application/x-www-form-urlencoded` as Go's `url.Values` writes it: sorted by name, ` ` as `+`. */
export function encodeForm(fields: readonly FormField[]): string {
  return [...fields]
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&')
}

function percentEncode(bytes: string): string {
  let text = ''
  for (const byte of bytes) text += escapeByte(byte)
  return text
}

function escapeByte(byte: string): string {
  if (byte === ' ') return '+'
  if (UNRESERVED.test(byte)) return byte
  const code = byte.charCodeAt(0)
  return `%${HEX[code >> 4]}${HEX[code & 15]}`
}

function percentDecode(text: string): string | undefined {
  const [first = '', ...rest] = text.replaceAll('+', ' ').split('%')
  let bytes = first
  for (const part of rest) {
    if (!/^[0-9A-Fa-f]{2}/.test(part)) return undefined
    bytes += String.fromCharCode(Number.parseInt(part.slice(0, 2), 16)) + part.slice(2)
  }
  return bytes
}
