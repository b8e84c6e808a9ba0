import { describe, expect, it } from 'vitest'
import { CertificateFault, type CertificateFaultCode } from '../../../src/certificates/fault.js'
import { checkStructure } from '../../../src/certificates/structure.js'
import { type Bytes, bytesOf, element, sequence, tower } from '../../support/der-builder.js'

describe('checkStructure', () => {
  const check = (bytes: Uint8Array) => () => checkStructure(bytes, 'block')

  it.each([
    [bytesOf(), 'nothing'],
    [sequence(sequence(), [0x05, 0x00]), 'elements side by side'],
    [bytesOf([0x05, 0x00], [0x05, 0x00]), 'two elements at the top'],
    [element(0x04, [0xff, 0xff]), 'contents of a primitive type, which are not looked at'],
    [tower(0x30, 32), 'a tower of 32'],
    [tower(0x04, 40), 'a tower of octet strings, which is flat'],
    [sequence(element(0x06, new Uint8Array(128).fill(1))), 'an object identifier of 128 octets'],
    [element(0x82, new Uint8Array(40_000)), 'a long name'],
    [sequence(bytesOf(...Array(9_999).fill([0x05, 0x00]))), '10,000 elements'],
  ])('takes %#: %s', (bytes) => expect(check(bytes)).not.toThrow())

  it.each<[Bytes, CertificateFaultCode, string]>([
    [[0x30, 0x02, 0x05], 'not-der', 'an element that ends too early'],
    [sequence([0x30, 0x80, 0x00, 0x00]), 'not-der', 'an indefinite length inside'],
    [sequence([0x05, 0x01]), 'not-der', 'an element that reaches out of the other'],
    [sequence([0x05]), 'not-der', 'a single byte'],
    [tower(0x30, 33), 'too-deep', 'threat 16: a tower of 33'],
    [tower(0xa0, 60_000), 'too-deep', 'threat 16: a tower of 60,000'],
    [
      sequence(bytesOf(...Array(10_000).fill([0x05, 0x00]))),
      'too-many-elements',
      'threat 16: 10,001 elements',
    ],
    [
      sequence(element(0x06, new Uint8Array(129).fill(1))),
      'identifier-too-long',
      'threat 16: an object identifier of 129 octets',
    ],
  ])('refuses %#: %s: %s', (bytes, fault) => {
    expect(check(bytesOf(bytes))).toThrow(new CertificateFault('block', fault))
  })
})
