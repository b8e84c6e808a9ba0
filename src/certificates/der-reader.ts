// Reads DER one element after another, as strictly as Go's cryptobyte. It doesn't look into an
// element by itself, so that nesting costs nothing.

import { CertificateFault, type CertificateField } from './fault.js'
import { type Header, readHeader } from './header.js'
import { dottedForm } from './object-identifier.js'
import { TAG } from './tag.js'

/** One element: its tag, and its contents. */
export interface DerElement {
  readonly tag: number
  readonly contents: Uint8Array
}

/** The octets of a BIT STRING, and how many bits of the last one are unused. */
export interface BitString {
  readonly octets: Uint8Array
  readonly unused: number
}

/** A reader of what an element contains. Each method throws a `CertificateFault` for its field. */
export class DerReader {
  readonly #bytes: Uint8Array
  readonly #end: number
  #offset: number

  /** A stretch of bytes, and no copy or view of it: views take longer than all else. */
  constructor(bytes: Uint8Array, from = 0, to: number = bytes.length) {
    this.#bytes = bytes
    this.#offset = from
    this.#end = to
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#end
  }

  /** Whether the next element has this tag; false at the end. */
  nextIs(tag: number): boolean {
    return this.#offset < this.#end && this.#bytes[this.#offset] === tag
  }

  /** The next element, whatever its tag. */
  any(field: CertificateField): DerElement {
    const { tag, contents, end } = this.#next(field)
    return { tag, contents: this.#bytes.subarray(contents, end) }
  }

  /** The next element as a whole, header included. */
  encoded(field: CertificateField): Uint8Array {
    const start = this.#offset
    return this.#bytes.subarray(start, this.#next(field).end)
  }

  /** The contents of the next element, which must have this tag. */
  contents(tag: number, field: CertificateField): Uint8Array {
    const { contents, end } = this.#next(field, tag)
    return this.#bytes.subarray(contents, end)
  }

  /** A reader of the next element's contents. */
  open(tag: number, field: CertificateField): DerReader {
    const { contents, end } = this.#next(field, tag)
    return new DerReader(this.#bytes, contents, end)
  }

  /** The contents of the next element if it has this tag. */
  optional(tag: number, field: CertificateField): Uint8Array | undefined {
    return this.nextIs(tag) ? this.contents(tag, field) : undefined
  }

  /** `00` or `ff` (X.690, section 11.1). */
  boolean(field: CertificateField): boolean {
    const contents = this.contents(TAG.boolean, field)
    const [value] = contents
    if (contents.length !== 1 || (value !== 0x00 && value !== 0xff)) {
      throw new CertificateFault(field)
    }
    return value === 0xff
  }

  /** The octets of an INTEGER in two's complement, in the shortest form. */
  integer(field: CertificateField, tag: number = TAG.integer): Uint8Array {
    const contents = this.contents(tag, field)
    const [first, second] = contents
    if (first === undefined) throw new CertificateFault(field)
    const sign = (second ?? 0) >> 7
    const isPadded = second !== undefined && first === (sign === 1 ? 0xff : 0x00)
    if (isPadded) throw new CertificateFault(field)
    return contents
  }

  /** The dotted form of an OBJECT IDENTIFIER. */
  objectIdentifier(field: CertificateField): string {
    const dotted = dottedForm(this.contents(TAG.objectIdentifier, field))
    if (dotted === undefined) throw new CertificateFault(field)
    return dotted
  }

  /** A BIT STRING, whose unused bits are zero (X.690, section 11.2.1). */
  bitString(field: CertificateField): BitString {
    const contents = this.contents(TAG.bitString, field)
    const [unused] = contents
    if (unused === undefined || unused > 7) throw new CertificateFault(field)
    const octets = contents.subarray(1)
    // An empty string has no last octet that could leave bits unused.
    const last = octets.at(-1) ?? 0xff
    if ((last & ((1 << unused) - 1)) !== 0) throw new CertificateFault(field)
    return { octets, unused }
  }

  #next(field: CertificateField, tag?: number): Header {
    const header = readHeader(this.#bytes, this.#offset, this.#end)
    if (header === undefined || (tag !== undefined && header.tag !== tag)) {
      throw new CertificateFault(field)
    }
    this.#offset = header.end
    return header
  }
}
