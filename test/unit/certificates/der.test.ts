import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkStructure,
  constructedTag,
  DerError,
  DerReader,
  isObjectIdentifier,
  primitiveTag,
  TAG,
} from '../../../src/certificates/der.js'
import { type Bytes, bytesOf, element, oid, sequence, tower } from '../../support/der-builder.js'

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
    expect(hex(read(bytes).contents(TAG.octetString, 'it'))).toBe(contents)
  })

  it('leaves what follows it', () => {
    const reader = read([0x04, 0x01, 0xaa, 0x05, 0x00])
    reader.contents(TAG.octetString, 'it')
    expect([reader.isAtEnd, reader.nextIs(TAG.null)]).toEqual([false, true])
    reader.contents(TAG.null, 'it')
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
    expect(() => read(bytes).contents(TAG.octetString, 'the value')).toThrow(
      new DerError('the value'),
    )
  })

  it('is refused where it ends behind the element around it', () => {
    const inner = new DerReader(sequence([0x04, 0x02, 0xaa])).open(TAG.sequence, 'outer')
    expect(() => inner.any('inner')).toThrow('inner is malformed')
  })

  it('is read as a whole, header included', () => {
    const { tag, encoded, contents } = read([0x31, 0x01, 0xaa, 0xff]).any('it')
    expect([tag, hex(encoded), hex(contents)]).toEqual([TAG.set, '3101aa', 'aa'])
  })

  it('is optional by its tag', () => {
    const reader = read([0x81, 0x01, 0xaa, 0xa1, 0x00])
    expect(reader.optional(primitiveTag(0), 'it')).toBeUndefined()
    expect(reader.optional(primitiveTag(1), 'it')).toEqual(Uint8Array.of(0xaa))
    expect(reader.optional(constructedTag(1), 'it')).toEqual(Uint8Array.of())
    expect(reader.optional(constructedTag(1), 'it')).toBeUndefined()
    expect(reader.isAtEnd).toBe(true)
  })
})

describe('BOOLEAN', () => {
  it.each([
    [[0x01, 0x01, 0x00], false],
    [[0x01, 0x01, 0xff], true],
  ])('%j is %j', (bytes, value) => expect(read(bytes).boolean('it')).toBe(value))

  it.each([
    [[0x01, 0x01, 0x01], 'true in BER only'],
    [[0x01, 0x00], 'empty'],
    [[0x01, 0x02, 0xff, 0xff], 'two octets'],
    [[0x02, 0x01, 0xff], 'an INTEGER'],
  ])('%j is refused: %s', (bytes) => {
    expect(() => read(bytes).boolean('it')).toThrow(DerError)
  })
})

describe('INTEGER', () => {
  it.each([
    [[0x02, 0x01, 0x00], '00', 'zero'],
    [[0x02, 0x01, 0x80], '80', 'negative'],
    [[0x02, 0x02, 0x00, 0x80], '0080', 'a sign octet that is needed'],
    [[0x02, 0x02, 0xff, 0x7f], 'ff7f', 'a negative sign octet that is needed'],
  ])('%j is %s: %s', (bytes, value) => expect(hex(read(bytes).integer('it'))).toBe(value))

  it.each([
    [[0x02, 0x00], 'empty'],
    [[0x02, 0x02, 0x00, 0x7f], 'a zero octet too many'],
    [[0x02, 0x02, 0xff, 0x80], 'a sign octet too many'],
    [[0x02, 0x02, 0x00, 0x00], 'zero in two octets'],
  ])('%j is refused: %s', (bytes) => {
    expect(() => read(bytes).integer('it')).toThrow(DerError)
  })

  it('may have an implicit tag', () => {
    expect(read([0x80, 0x01, 0x05]).integer('it', primitiveTag(0))).toEqual(Uint8Array.of(5))
  })
})

describe('BIT STRING', () => {
  it.each([
    [[0x03, 0x01, 0x00], '', 0, 'empty'],
    [[0x03, 0x02, 0x00, 0xff], 'ff', 0, 'whole octets'],
    [[0x03, 0x02, 0x07, 0x80], '80', 7, 'a single bit'],
  ])('%j is %s: %s', (bytes, octets, unused) => {
    const value = read(bytes).bitString('it')
    expect([hex(value.octets), value.unused]).toEqual([octets, unused])
  })

  it.each([
    [[0x03, 0x00], 'no octet for the unused bits'],
    [[0x03, 0x01, 0x01], 'unused bits of nothing'],
    [[0x03, 0x02, 0x08, 0x00], 'eight unused bits'],
    [[0x03, 0x02, 0x01, 0x01], 'an unused bit that is set'],
    [[0x03, 0x02, 0x07, 0xc0], 'the highest unused bit is set'],
  ])('%j is refused: %s', (bytes) => {
    expect(() => read(bytes).bitString('it')).toThrow(DerError)
  })
})

describe('OBJECT IDENTIFIER', () => {
  it.each([
    ['06032a0304', '1.2.3.4'],
    ['060127', '0.39'],
    ['060128', '1.0'],
    ['06014f', '1.39'],
    ['060150', '2.0'],
    ['06028837', '2.999'],
    ['06062a87ffffff7f', '1.2.2147483647'],
  ])('%s is %s', (encoded, dotted) => {
    expect(new DerReader(Buffer.from(encoded, 'hex')).objectIdentifier('it')).toBe(dotted)
  })

  it.each([
    ['0600', 'empty'],
    ['06022a80', 'an arc without an end'],
    ['06032a8001', 'an arc with a zero in front'],
    ['06028001', 'the first arc with a zero in front'],
    ['06062a8880808000', 'an arc of 32 bits'],
    ['06058880808000', 'the first arc of 32 bits'],
    [hex(element(0x06, new Uint8Array(129).fill(1))), 'threat 16: more than 128 octets'],
  ])('%s is refused: %s', (encoded) => {
    const reader = new DerReader(Buffer.from(encoded, 'hex'))
    expect(() => reader.objectIdentifier('it')).toThrow(DerError)
  })

  it('may have 128 octets', () => {
    expect(isObjectIdentifier(new Uint8Array(128).fill(1))).toBe(true)
  })

  it('is read back as it was written', () => {
    const arc = fc.integer({ min: 0, max: 0x7fff_ffff })
    const dotted = fc.oneof(
      fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 39 }), arc, arc),
      fc.tuple(fc.constant(2), fc.integer({ min: 0, max: 0x7fff_ffff - 80 }), arc),
    )
    fc.assert(
      fc.property(dotted, (arcs) => {
        expect(new DerReader(oid(arcs.join('.'))).objectIdentifier('it')).toBe(arcs.join('.'))
      }),
    )
  })
})

describe('checkStructure', () => {
  const check = (bytes: Uint8Array) => () => checkStructure(bytes, 'it')

  it.each([
    [bytesOf(), 'nothing'],
    [sequence(sequence(), [0x05, 0x00]), 'elements side by side'],
    [bytesOf([0x05, 0x00], [0x05, 0x00]), 'two elements at the top'],
    [element(0x04, [0xff, 0xff]), 'contents of a primitive type, which are not looked at'],
    [tower(0x30, 32), 'a tower of 32'],
    [tower(0x04, 40), 'a tower of octet strings, which is flat'],
    [sequence(element(0x06, new Uint8Array(128).fill(1))), 'an object identifier of 128 octets'],
    [sequence(bytesOf(...Array(9_999).fill([0x05, 0x00]))), '10,000 elements'],
  ])('takes %#: %s', (bytes) => expect(check(bytes)).not.toThrow())

  it.each<[Bytes, string, string]>([
    [[0x30, 0x02, 0x05], 'is not DER throughout', 'an element that ends too early'],
    [sequence([0x30, 0x80, 0x00, 0x00]), 'is not DER throughout', 'an indefinite length inside'],
    [sequence([0x05, 0x01]), 'is not DER throughout', 'an element that reaches out of the other'],
    [sequence([0x05]), 'is not DER throughout', 'a single byte'],
    [tower(0x30, 33), 'is nested too deeply', 'threat 16: a tower of 33'],
    [
      element(0x82, new Uint8Array(32_769)),
      'has a tagged element that is too long',
      'threat 16: a name of 32 KiB',
    ],
    [tower(0xa0, 60_000), 'is nested too deeply', 'threat 16: a tower of 60,000'],
    [
      sequence(bytesOf(...Array(10_000).fill([0x05, 0x00]))),
      'has too many elements',
      'threat 16: 10,001 elements',
    ],
    [
      sequence(element(0x06, new Uint8Array(129).fill(1))),
      'has an object identifier that is too long',
      'threat 16: an object identifier of 129 octets',
    ],
  ])('refuses %#: it %s: %s', (bytes, fault) => {
    expect(check(bytesOf(bytes))).toThrow(new DerError('it', fault))
  })
})
