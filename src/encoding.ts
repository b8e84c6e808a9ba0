// Bytes as text and text as bytes: hexadecimal, UTF-8, base64, forms; and DER.

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

/**
 * Parts with their lengths, so that no two lists of parts give one text. Not by JSON, which would ask a
 * polluted prototype's toJSON.
 */
export function joinParts(parts: readonly string[]): string {
  return parts.map((part) => `${part.length}:${part}`).join('')
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

/** Identifier octets of the universal types that certificates use (X.690, section 8.1.2). */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

const CONSTRUCTED = 0x20
const CONTEXT_SPECIFIC = 0x80
const HIGH_TAG_NUMBER = 0x1f

/** Far above what certificates need, and below what costs other parsers time or stack. */
const MAX_DEPTH = 32
const MAX_ELEMENTS = 10_000
const MAX_OBJECT_IDENTIFIER = 128
/** Other parsers make the octets of such a name arguments of one call, with the stack as their limit. */
const MAX_TAGGED = 32 * 1024

/** The identifier octet of a primitive context-specific type such as `[1] IMPLICIT`. */
export function primitiveTag(number: number): number {
  return CONTEXT_SPECIFIC | number
}

/** The identifier octet of a constructed context-specific type such as `[3] EXPLICIT`. */
export function constructedTag(number: number): number {
  return CONTEXT_SPECIFIC | CONSTRUCTED | number
}

/** The bytes are not what was expected. The message names the field, never its value. */
export class DerError extends Error {
  /**
   * @param field - What was read, as a noun with its article.
   * @param fault - What is wrong with it, as the rest of the sentence.
   */
  constructor(field: string, fault = 'is malformed') {
    super(`${field} ${fault}`)
  }
}

/** One element: identifier, length and contents. */
export interface DerElement {
  readonly tag: number
  readonly contents: Uint8Array
  /** The element as a whole, header included. */
  readonly encoded: Uint8Array
}

/**
 * Reads one element after another from the contents of an element, as strictly as Go's
 * `cryptobyte`: single-octet tags, definite lengths in their shortest form (X.690, section 10.1),
 * nothing out of bounds. It doesn't look into an element by itself, so that nesting costs nothing.
 */
export class DerReader {
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length
  }

  /** Whether the next element has this tag; false at the end. */
  nextIs(tag: number): boolean {
    return this.#bytes[this.#offset] === tag
  }

  /** The next element, whatever its tag. */
  any(field: string): DerElement {
    const start = this.#offset
    const header = readHeader(this.#bytes, start, this.#bytes.length)
    if (header === undefined) throw new DerError(field)
    this.#offset = header.end
    return {
      tag: header.tag,
      contents: this.#bytes.subarray(header.contents, header.end),
      encoded: this.#bytes.subarray(start, header.end),
    }
  }

  /** The contents of the next element, which must have this tag. */
  contents(tag: number, field: string): Uint8Array {
    const element = this.any(field)
    if (element.tag !== tag) throw new DerError(field)
    return element.contents
  }

  /** A reader of the next element's contents. */
  open(tag: number, field: string): DerReader {
    return new DerReader(this.contents(tag, field))
  }

  /** The contents of the next element if it has this tag. */
  optional(tag: number, field: string): Uint8Array | undefined {
    return this.nextIs(tag) ? this.contents(tag, field) : undefined
  }

  /** `00` or `ff` (X.690, section 11.1). */
  boolean(field: string): boolean {
    const contents = this.contents(TAG.boolean, field)
    const [value] = contents
    if (contents.length !== 1 || (value !== 0x00 && value !== 0xff)) throw new DerError(field)
    return value === 0xff
  }

  /** The octets of an INTEGER in two's complement, in the shortest form. */
  integer(field: string, tag: number = TAG.integer): Uint8Array {
    const contents = this.contents(tag, field)
    const [first, second] = contents
    if (first === undefined) throw new DerError(field)
    const sign = (second ?? 0) >> 7
    const isPadded = second !== undefined && first === (sign === 1 ? 0xff : 0x00)
    if (isPadded) throw new DerError(field)
    return contents
  }

  /** The dotted form of an OBJECT IDENTIFIER whose arcs fit 31 bits, as Go's `encoding/asn1` has it. */
  objectIdentifier(field: string): string {
    const contents = this.contents(TAG.objectIdentifier, field)
    if (!isObjectIdentifier(contents)) throw new DerError(field)
    const arcs: number[] = []
    let arc = 0
    for (const octet of contents) {
      arc = arc * 128 + (octet & 0x7f)
      if (arc > 0x7fff_ffff) throw new DerError(field)
      if (octet >= 0x80) continue
      if (arcs.length === 0) {
        // The first two arcs share a number (X.690, section 8.19.4).
        const root = Math.min(Math.floor(arc / 40), 2)
        arcs.push(root, arc - root * 40)
      } else {
        arcs.push(arc)
      }
      arc = 0
    }
    return arcs.join('.')
  }

  /** The octets of a BIT STRING and how many bits of the last one are unused, all of them zero. */
  bitString(field: string): { readonly octets: Uint8Array; readonly unused: number } {
    const contents = this.contents(TAG.bitString, field)
    const [unused] = contents
    if (unused === undefined || unused > 7) throw new DerError(field)
    const octets = contents.subarray(1)
    // An empty string has no last octet that could leave bits unused.
    const last = octets.at(-1) ?? 0xff
    if ((last & ((1 << unused) - 1)) !== 0) throw new DerError(field)
    return { octets, unused }
  }
}

interface Header {
  readonly tag: number
  readonly contents: number
  readonly end: number
}

function readHeader(bytes: Uint8Array, start: number, limit: number): Header | undefined {
  if (limit - start < 2) return undefined
  const tag = bytes[start] as number
  const first = bytes[start + 1] as number
  if ((tag & HIGH_TAG_NUMBER) === HIGH_TAG_NUMBER) return undefined
  const contents = first < 0x80 ? start + 2 : start + 2 + (first & 0x7f)
  const length = first < 0x80 ? first : longLength(bytes.subarray(start + 2, contents))
  if (length === undefined || contents + length > limit) return undefined
  return { tag, contents, end: contents + length }
}

/** A length of one to four octets that fits no shorter form. */
function longLength(octets: Uint8Array): number | undefined {
  if (octets.length === 0 || octets.length > 4 || octets[0] === 0) return undefined
  let length = 0
  for (const octet of octets) length = length * 256 + octet
  return length < 0x80 ? undefined : length
}

/** Whether each arc is complete and in its shortest form (X.690, section 8.19.2). */
export function isObjectIdentifier(contents: Uint8Array): boolean {
  let startsArc = true
  for (const octet of contents) {
    if (startsArc && octet === 0x80) return false
    startsArc = octet < 0x80
  }
  return contents.length > 0 && contents.length <= MAX_OBJECT_IDENTIFIER && startsArc
}

/**
 * Refuses what isn't DER all the way down, and what is nested, split or numbered beyond any
 * certificate's need: parsers that recurse, or that build a tree, get nothing else to read.
 */
export function checkStructure(bytes: Uint8Array, field: string): void {
  const ends = [bytes.length]
  let offset = 0
  let elements = 0
  for (let end = ends.at(-1); end !== undefined; end = ends.at(-1)) {
    if (offset === end) {
      ends.pop()
      continue
    }
    const header = readHeader(bytes, offset, end)
    if (header === undefined) throw new DerError(field, 'is not DER throughout')
    if (++elements > MAX_ELEMENTS) throw new DerError(field, 'has too many elements')
    if ((header.tag & CONSTRUCTED) === 0) {
      const length = header.end - header.contents
      if (header.tag === TAG.objectIdentifier && length > MAX_OBJECT_IDENTIFIER) {
        throw new DerError(field, 'has an object identifier that is too long')
      }
      if ((header.tag & CONTEXT_SPECIFIC) !== 0 && length > MAX_TAGGED) {
        throw new DerError(field, 'has a tagged element that is too long')
      }
      offset = header.end
    } else {
      if (ends.push(header.end) > MAX_DEPTH + 1) throw new DerError(field, 'is nested too deeply')
      offset = header.contents
    }
  }
}
