import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DerReader } from '../../../src/certificates/der-reader.js'
import { CertificateFault } from '../../../src/certificates/fault.js'
import { readValidity } from '../../../src/certificates/validity.js'
import { type Bytes, element, sequence } from '../../support/der-builder.js'

const UTC = 0x17
const GENERALIZED = 0x18
const readTimes = (tag: number, notBefore: Bytes, notAfter = element(UTC, '300101000000Z')) => {
  return readValidity(new DerReader(sequence(element(tag, notBefore), notAfter)))
}

describe('times', () => {
  it.each([
    [UTC, '200229235959Z', '2020-02-29T23:59:59Z', 'a leap day'],
    [UTC, '491231235959Z', '2049-12-31T23:59:59Z', 'the last year of this century'],
    [UTC, '500101000000Z', '1950-01-01T00:00:00Z', 'the first year of the last one'],
    [UTC, '680229000000Z', '1968-02-29T00:00:00Z', 'a leap day of the last one'],
    [UTC, '000229000000Z', '2000-02-29T00:00:00Z', '2000 was a leap year'],
    [UTC, '2001010203Z', '2020-01-01T02:03:00Z', 'no seconds'],
    [UTC, '200101000000+0130', '2019-12-31T22:30:00Z', 'east of Greenwich'],
    [UTC, '2001010000-0130', '2020-01-01T01:30:00Z', 'west of Greenwich, no seconds'],
    [UTC, '200102000000+2459', '2019-12-31T23:01:00Z', 'the largest offset that Go takes'],
    [GENERALIZED, '20500101000000Z', '2050-01-01T00:00:00Z', 'beyond UTCTime'],
    [GENERALIZED, '99991231235959Z', '9999-12-31T23:59:59Z', 'no end (RFC 5280, section 4.1.2.5)'],
    [
      GENERALIZED,
      '20200101000000Z',
      '2020-01-01T00:00:00Z',
      'before 2050, which only RFC 5280 forbids',
    ],
    [GENERALIZED, '00000229000000Z', '0000-02-29T00:00:00Z', 'the year 0'],
    [GENERALIZED, '20200101000000-0001', '2020-01-01T00:01:00Z', 'an offset'],
  ])('tag %i, %s is %s: %s', (tag, text, expected) => {
    expect(readTimes(tag, text).notBefore).toBe(Date.parse(expected))
  })

  it.each<[number, Bytes, string]>([
    [UTC, '201301000000Z', 'month 13'],
    [UTC, '200001000000Z', 'month 0'],
    [UTC, '200100000000Z', 'day 0'],
    [UTC, '200132000000Z', 'day 32'],
    [UTC, '200431000000Z', '31 April'],
    [UTC, '210229000000Z', '29 February of a common year'],
    [GENERALIZED, '21000229000000Z', '29 February 2100'],
    [UTC, '200101240000Z', 'hour 24'],
    [UTC, '200101006000Z', 'minute 60'],
    [UTC, '200101000060Z', 'second 60: Go has no leap seconds'],
    [UTC, '200101000000', 'no zone'],
    [UTC, '200101000000z', 'a lower-case zone'],
    [UTC, '200101000000+0000', 'an offset of zero is written Z'],
    [UTC, '200101000000-0000', 'the same, west'],
    [UTC, '200101000000+2500', 'more than a day of offset'],
    [UTC, '200101000000+0160', '60 minutes of offset'],
    [UTC, '200101000000+01', 'half an offset'],
    [UTC, '200101000000 0100', 'a blank for a sign'],
    [UTC, '200101000000+01 0', 'a blank in the offset'],
    [UTC, '20010100000Z', 'an odd number of digits'],
    [UTC, '20010100Z', 'no minutes'],
    [UTC, '200101000000.5Z', 'half a second'],
    [UTC, '20200101000000Z', 'four digits for the year'],
    [UTC, 'Z', 'a zone only'],
    [UTC, '', 'nothing'],
    [UTC, '-10101000000Z', 'a sign for a digit'],
    [UTC, '2001010000/0Z', 'the character before the digits'],
    [UTC, '2001010000:0Z', 'the character after the digits'],
    [GENERALIZED, '200101000000Z', 'two digits for the year'],
    [GENERALIZED, '202001010000Z', 'no seconds'],
    [GENERALIZED, '20200101000000.0Z', 'a fraction'],
    [GENERALIZED, '20200101000000ZZ', 'two zones'],
    [UTC, [...Buffer.from('20010100000'), 0xb0, 0x5a], 'a digit with its high bit set'],
    [0x0c, '200101000000Z', 'a UTF8String'],
  ])('tag %i, %j is refused: %s', (tag, text) => {
    expect(() => readTimes(tag, text)).toThrow(new CertificateFault('not-before'))
  })

  it('takes any time of day of any year, and nothing that differs from it in a digit range', () => {
    const date = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(date, (value) => {
        const text = `${value.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`
        expect(readTimes(GENERALIZED, text).notBefore).toBe(
          Math.floor(value.getTime() / 1000) * 1000,
        )
      }),
    )
  })
})

describe('the validity', () => {
  it('names the date that is malformed', () => {
    expect(() => readTimes(UTC, '200101000000Z', element(UTC, 'x'))).toThrow(
      new CertificateFault('not-after'),
    )
    expect(() => readTimes(UTC, '200101000000Z', element(0x05))).toThrow(
      new CertificateFault('not-after'),
    )
  })

  it('may end before it begins, as in Go', () => {
    const { notBefore, notAfter } = readTimes(UTC, '400101000000Z')
    expect(notBefore).toBeGreaterThan(notAfter)
  })

  it('threat 16: a time of 600 kB is refused at once', () => {
    expect(() => readTimes(UTC, '200101000000Z'.repeat(50_000))).toThrow(
      new CertificateFault('not-before'),
    )
  })
})
