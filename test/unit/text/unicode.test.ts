import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decodeLeniently,
  decodeUtf8,
  isLargerThan,
  readUnicode,
  toByteString,
} from '../../../src/text/unicode.js'

describe('readUnicode', () => {
  it.each<[input: string | number[], text: string, reason: string]>([
    ['', '', 'nothing'],
    ['\ufeffa', 'a', 'a byte order mark is left out'],
    ['\ufeff\ufeffa', '\ufeffa', 'but one only'],
    [[0xef, 0xbb, 0xbf, 0x61], 'a', 'as bytes'],
    [[0xc3, 0xa4], 'ä', 'two bytes'],
    [[0xf0, 0x9f, 0x98, 0x80], '\u{1f600}', 'four bytes'],
    ['\ufffd', '\ufffd', 'a replacement character that was there'],
  ])('%j is %j: %s', (input, text) => {
    expect(readUnicode(typeof input === 'string' ? input : Uint8Array.from(input))).toBe(text)
  })

  it.each<[input: string | number[], line: number, column: number, reason: string]>([
    [[0xff], 1, 1, 'no UTF-8'],
    [[0x61, 0x0a, 0x61, 0xc3], 2, 2, 'a sequence cut off'],
    [[0xc0, 0xaf], 1, 1, 'an overlong form'],
    [[0xed, 0xa0, 0x80], 1, 1, 'a surrogate in UTF-8'],
    [[0xef, 0xbb, 0xbf, 0x61, 0x80], 1, 2, 'behind a byte order mark'],
    [[0xef, 0xbf, 0xbd, 0xef, 0xbf], 1, 2, 'behind a replacement character that was there'],
    ['a\ud800', 1, 2, 'a lone surrogate'],
    ['\n\udc00\ud800', 2, 1, 'two in the wrong order'],
  ])('%j is none, from %i:%i: %s', (input, line, column) => {
    const read = readUnicode(typeof input === 'string' ? input : Uint8Array.from(input))
    expect(read).toEqual({ line, column })
  })

  it('property: reads UTF-8 alone, and nothing is replaced', () => {
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.string().map((text) => new TextEncoder().encode(text)),
    )
    fc.assert(
      fc.property(bytes, (given) => {
        const text = readUnicode(given)
        const isUtf8 = Buffer.from(Buffer.from(given).toString('utf8')).equals(Buffer.from(given))
        expect(typeof text).toBe(isUtf8 ? 'string' : 'object')
        if (typeof text !== 'string' || given[0] === 0xef) return
        expect([...new TextEncoder().encode(text)]).toEqual([...given])
      }),
    )
  })
})

describe('decodeUtf8 and toByteString', () => {
  it('keep a byte order mark, and each other', () => {
    expect(decodeUtf8(Uint8Array.from([0xef, 0xbb, 0xbf]))).toBe('\ufeff')
    expect(decodeUtf8(Uint8Array.from([0x80]))).toBeUndefined()
    expect(toByteString('ä')).toBe('\u00c3\u00a4')
    expect(toByteString('a:b')).toBe('a:b')
    expect(toByteString('ä'.repeat(5000))).toBe('\u00c3\u00a4'.repeat(5000))
  })
})

describe('isLargerThan', () => {
  it.each([
    ['abc', 3, false],
    ['abc', 2, true],
    ['ää', 4, false],
    ['ää', 3, true],
    ['\u{1f600}', 4, false],
    ['\u{1f600}', 3, true],
    ['', 0, false],
  ])('%j takes more than %i bytes: %s', (text, bytes, answer) => {
    expect(isLargerThan(text, bytes)).toBe(answer)
  })
})

describe('decodeLeniently', () => {
  it.each<[bytes: number[], text: string, reason: string]>([
    [[0x61, 0xc3, 0xa4], 'aä', 'UTF-8'],
    [[0xef, 0xbb, 0xbf, 0x61], '\ufeffa', 'a byte order mark is kept'],
    [[0xfc, 0x61], '\ufffda', 'a byte of another encoding'],
    [[0xf0, 0x9f, 0x0a, 0x2d], '\ufffd\n-', 'a sequence that is cut off takes no ASCII with it'],
  ])('of %j gives %j: %s', (bytes, text) => {
    expect(decodeLeniently(Uint8Array.from(bytes))).toBe(text)
  })

  it('property: keeps all ASCII in its order', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const ascii = decodeLeniently(bytes).replace(/[^\0-\x7f]/g, '')
        expect(ascii).toBe(String.fromCharCode(...bytes.filter((byte) => byte < 0x80)))
      }),
    )
  })
})
