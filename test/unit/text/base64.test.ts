import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from '../../../src/text/base64.js'
import { bytesKeptBy } from '../../support/memory.js'

const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('latin1')

/** RFC 4648, section 10 */
const RFC = [
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
] as const

describe('RFC 4648 test vectors', () => {
  it.each(RFC)('%j is %j', (plain, base64) => {
    expect(encodeBase64(Buffer.from(plain))).toBe(base64)
    expect(text(decodeBase64(base64))).toBe(plain)
  })
})

describe('encodeBase64', () => {
  it('property: is what Node writes', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      }),
    ))

  it('keeps of 1 MiB a text of its length, not one in pieces', () => {
    const bytes = new Uint8Array(2 ** 20).fill(0x5a)
    expect(bytesKeptBy(() => encodeBase64(bytes))).toBeLessThan(2 ** 22)
  })
})

describe('decodeBase64 takes what Go takes', () => {
  it.each([
    ['Zm9v\nYmFy', 'foobar', 'LF between groups'],
    ['Zm9v\r\nYmFy\r\n', 'foobar', 'CR LF, also at the end'],
    ['Z\nm\r9v', 'foo', 'line ends within a group'],
    ['Zg=\n=', 'f', 'a line end within the padding'],
    ['Zh==', 'f', 'unused bits of the last digit are set'],
    ['Zm9=', 'fo', 'the same with one padding character'],
    ['\n\r', '', 'nothing but line ends'],
    ['+/+/', '\xfb\xff\xbf', 'the last two digits of the alphabet'],
  ])('%j is %j: %s', (base64, plain) => {
    expect(text(decodeBase64(base64))).toBe(plain)
  })
})

describe('decodeBase64 refuses what Go refuses', () => {
  it.each([
    ['Zg', 'no padding'],
    ['Zg=', 'half of the padding'],
    ['Zm8', 'no padding after three digits'],
    ['Zm8==', 'too much padding'],
    ['Zm9v=', 'padding after a whole group'],
    ['Zm9v====', 'a group of padding'],
    ['=', 'nothing but padding'],
    ['Z===', 'a single digit'],
    ['Z', 'a single digit without padding'],
    ['Zg==Zg==', 'padding in the middle'],
    ['Zg==\nZm9v', 'padding before another line'],
    ['Zm 9v', 'a blank'],
    ['Zm\t9v', 'a tab: PEM drops it before decoding'],
    ['-_-_', 'the URL alphabet'],
    ['Zm9*', 'a character outside of the alphabet'],
    ['Zm9\u0000', 'NUL'],
    ['Zm9\x7f', 'the last ASCII character'],
    ['Zm9\x80', 'the first one beyond ASCII'],
    ['Zm9\u{10041}', 'a character whose code unit looks like a digit in its low bits'],
    ['Zm9\u0161', 'a digit in the low octet only'],
  ])('%j: %s', (base64) => {
    expect(decodeBase64(base64)).toBeUndefined()
  })
})

describe('properties', () => {
  it('encodes as Node does, and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const base64 = encodeBase64(bytes)
        expect(base64).toBe(Buffer.from(bytes).toString('base64'))
        expect(decodeBase64(base64)).toEqual(bytes)
      }),
    )
  })

  it('takes exactly whole groups with at most one padded group at the end', () => {
    const characters = fc.constantFrom(...'AAbb99+/zz0Q==\n\r-')
    let taken = 0
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 12 }), (base64) => {
        const digits = base64.replace(/[\r\n]/g, '')
        const isBase64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(digits)
        if (isBase64 && digits !== '') taken++
        expect(decodeBase64(base64) !== undefined).toBe(isBase64)
      }),
      { numRuns: 5000 },
    )
    expect(taken).toBeGreaterThan(200)
  })
})
