import { describe, expect, it } from 'vitest'
import { DerReader } from '../../../src/certificates/der-reader.js'
import { CertificateFault } from '../../../src/certificates/fault.js'
import { constructedTag, primitiveTag, TAG } from '../../../src/certificates/tag.js'
import { sequence } from '../../support/der-builder.js'

const FIELD = 'version'
const read = (bytes: readonly number[]) => new DerReader(Uint8Array.from(bytes))
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('an element', () => {
  it.each([
    [[0x04, 0x00], '', 'empty'],
    [[0x04, 0x01, 0xaa], 'aa', 'short length'],
    [[0x04, 0x01, 0xaa, 0xbb], 'aa', 'another byte follows'],
    [[0x04, 0x7f, ...Array(127).fill(1)], '01'.repeat(127), 'the longest short form'],
    [[0x04, 0x81, 0x80, ...Array(128).fill(1)], '01'.repeat(128), 'the shortest long form'],
    [[0x04, 0x82, 0x01, 0x00, ...Array(256).fill(1)], '01'.repeat(256), 'two length octets'],
  ])('%j has the contents %s: %s', (bytes, contents) => {
    expect(hex(read(bytes).contents(TAG.octetString, FIELD))).toBe(contents)
  })

  it('leaves what follows it', () => {
    const reader = read([0x04, 0x01, 0xaa, 0x05, 0x00])
    reader.contents(TAG.octetString, FIELD)
    expect([reader.isAtEnd, reader.nextIs(TAG.null)]).toEqual([false, true])
    reader.contents(TAG.null, FIELD)
    expect([reader.isAtEnd, reader.nextIs(TAG.null)]).toEqual([true, false])
  })

  it.each([
    [[], 'nothing'],
    [[0x04], 'no length'],
    [[0x04, 0x01], 'no contents'],
    [[0x04, 0x02, 0xaa], 'a byte short'],
    [[0x04, 0x80, 0xaa, 0x00, 0x00], 'an indefinite length (BER)'],
    [[0x04, 0x81, 0x7f, ...Array(127).fill(1)], 'a long form for a short length'],
    [[0x04, 0x82, 0x00, 0x80, ...Array(128).fill(1)], 'a length octet too many'],
    [[0x04, 0x84, 0xff, 0xff, 0xff, 0xff], 'four gigabytes that are not there'],
    [[0x04, 0x85, 0x01, 0, 0, 0, 0], 'five length octets'],
    [[0x04, 0x81], 'no octet of a long length'],
    [[0x04, 0x82, 0x01], 'half of a long length'],
    [[0x1f, 0x01, 0x00], 'a tag of two octets'],
    [[0x05, 0x00], 'another tag'],
  ])('%j is refused: %s', (bytes) => {
    expect(() => read(bytes).contents(TAG.octetString, FIELD)).toThrow(new CertificateFault(FIELD))
  })

  it('is refused where it ends behind the element around it', () => {
    const inner = new DerReader(sequence([0x04, 0x02, 0xaa])).open(TAG.sequence, FIELD)
    expect(() => inner.any(FIELD)).toThrow(new CertificateFault(FIELD))
  })

  it('is read as a whole, header included', () => {
    const reader = read([0x31, 0x01, 0xaa, 0xff])
    expect(hex(reader.encoded(FIELD))).toBe('3101aa')
    expect(reader.isAtEnd).toBe(false)
  })

  it('is read with its tag', () => {
    const { tag, contents } = read([0x31, 0x01, 0xaa, 0xff]).any(FIELD)
    expect([tag, hex(contents)]).toEqual([TAG.set, 'aa'])
  })

  it('is optional by its tag', () => {
    const reader = read([0x81, 0x01, 0xaa, 0xa1, 0x00])
    expect(reader.optional(primitiveTag(0), FIELD)).toBeUndefined()
    expect(reader.optional(primitiveTag(1), FIELD)).toEqual(Uint8Array.of(0xaa))
    expect(reader.optional(constructedTag(1), FIELD)).toEqual(Uint8Array.of())
    expect(reader.optional(constructedTag(1), FIELD)).toBeUndefined()
    expect(reader.isAtEnd).toBe(true)
  })
})

describe('BOOLEAN', () => {
  it.each([
    [[0x01, 0x01, 0x00], false],
    [[0x01, 0x01, 0xff], true],
  ])('%j is %j', (bytes, value) => expect(read(bytes).boolean(FIELD)).toBe(value))

  it.each([
    [[0x01, 0x01, 0x01], 'true in BER only'],
    [[0x01, 0x00], 'empty'],
    [[0x01, 0x02, 0xff, 0xff], 'two octets'],
    [[0x02, 0x01, 0xff], 'an INTEGER'],
  ])('%j is refused: %s', (bytes) => {
    expect(() => read(bytes).boolean(FIELD)).toThrow(CertificateFault)
  })
})

describe('INTEGER', () => {
  it.each([
    [[0x02, 0x01, 0x00], '00', 'zero'],
    [[0x02, 0x01, 0x80], '80', 'negative'],
    [[0x02, 0x02, 0x00, 0x80], '0080', 'a sign octet that is needed'],
    [[0x02, 0x02, 0xff, 0x7f], 'ff7f', 'a negative sign octet that is needed'],
  ])('%j is %s: %s', (bytes, value) => expect(hex(read(bytes).integer(FIELD))).toBe(value))

  it.each([
    [[0x02, 0x00], 'empty'],
    [[0x02, 0x02, 0x00, 0x7f], 'a zero octet too many'],
    [[0x02, 0x02, 0xff, 0x80], 'a sign octet too many'],
    [[0x02, 0x02, 0x00, 0x00], 'zero in two octets'],
  ])('%j is refused: %s', (bytes) => {
    expect(() => read(bytes).integer(FIELD)).toThrow(CertificateFault)
  })

  it('may have an implicit tag', () => {
    expect(read([0x80, 0x01, 0x05]).integer(FIELD, primitiveTag(0))).toEqual(Uint8Array.of(5))
  })
})

describe('BIT STRING', () => {
  it.each([
    [[0x03, 0x01, 0x00], '', 0, 'empty'],
    [[0x03, 0x02, 0x00, 0xff], 'ff', 0, 'whole octets'],
    [[0x03, 0x02, 0x07, 0x80], '80', 7, 'a single bit'],
  ])('%j is %s: %s', (bytes, octets, unused) => {
    const value = read(bytes).bitString(FIELD)
    expect([hex(value.octets), value.unused]).toEqual([octets, unused])
  })

  it.each([
    [[0x03, 0x00], 'no octet for the unused bits'],
    [[0x03, 0x01, 0x01], 'unused bits of nothing'],
    [[0x03, 0x02, 0x08, 0x00], 'eight unused bits'],
    [[0x03, 0x02, 0x01, 0x01], 'an unused bit that is set'],
    [[0x03, 0x02, 0x07, 0xc0], 'the highest unused bit is set'],
  ])('%j is refused: %s', (bytes) => {
    expect(() => read(bytes).bitString(FIELD)).toThrow(CertificateFault)
  })
})
