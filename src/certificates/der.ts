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
