import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DerReader } from '../../../src/certificates/der-reader.js'
import { CertificateFault } from '../../../src/certificates/fault.js'
import { isObjectIdentifier } from '../../../src/certificates/object-identifier.js'
import { element, oid } from '../../support/der-builder.js'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

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
    expect(new DerReader(Buffer.from(encoded, 'hex')).objectIdentifier('policies')).toBe(dotted)
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
    expect(() => reader.objectIdentifier('policies')).toThrow(CertificateFault)
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
        expect(new DerReader(oid(arcs.join('.'))).objectIdentifier('policies')).toBe(arcs.join('.'))
      }),
    )
  })
})
