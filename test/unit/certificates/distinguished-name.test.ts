import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DerReader } from '../../../src/certificates/der-reader.js'
import { readDistinguishedName } from '../../../src/certificates/distinguished-name.js'
import { CertificateFault } from '../../../src/certificates/fault.js'
import {
  attribute,
  type Bytes,
  bytesOf,
  certificate,
  commonName,
  element,
  name,
  oid,
  sequence,
  set,
} from '../../support/der-builder.js'

const UTF8 = 0x0c
const read = (bytes: Uint8Array) => readDistinguishedName(new DerReader(bytes), 'subject')
const CN = (value: Bytes, tag = UTF8) => attribute('2.5.4.3', tag, value)
const DC = '0.9.2342.19200300.100.1.25'
const EMAIL_ATTRIBUTE = '1.2.840.113549.1.9.1'

describe("Go's notation", () => {
  it.each([
    [name(), '', 'no attributes'],
    [name(CN('x')), 'CN=x', 'a common name'],
    [
      name(
        attribute('2.5.4.6', 0x13, 'DE'),
        attribute('2.5.4.8', UTF8, 'BY'),
        attribute('2.5.4.7', UTF8, 'M'),
        attribute('2.5.4.9', UTF8, 'St'),
        attribute('2.5.4.17', UTF8, '8'),
        attribute('2.5.4.10', UTF8, 'Org'),
        attribute('2.5.4.11', UTF8, 'Unit'),
        CN('x'),
        attribute('2.5.4.5', 0x13, '42'),
      ),
      'SERIALNUMBER=42,CN=x,OU=Unit,O=Org,POSTALCODE=8,STREET=St,L=M,ST=BY,C=DE',
      'every short name, most significant last',
    ],
    [
      name(CN('x'), attribute('2.5.4.6', 0x13, 'DE')),
      'CN=x,C=DE',
      'the order of the encoding does not matter',
    ],
    [
      name(attribute('2.5.4.11', UTF8, 'a'), CN('x'), attribute('2.5.4.11', UTF8, 'b')),
      'CN=x,OU=a+OU=b',
      'values of one type are joined',
    ],
    [
      sequence(set(CN('x'), attribute('2.5.4.10', UTF8, 'Org'))),
      'CN=x,O=Org',
      'two attributes in one set',
    ],
    [sequence(set()), '', 'an empty set'],
    [name(CN('a'), CN('b')), 'CN=b', 'the last of two common names'],
    [name(CN('a'), CN('')), '', 'an empty common name, which is the last one'],
    [name(attribute('2.5.4.10', UTF8, '')), 'O=', 'an empty organization'],
    [
      name(attribute(DC, 0x16, 'com'), attribute(DC, 0x16, 'corp'), CN('x')),
      `CN=x,${DC}=#1304636f7270,${DC}=#1303636f6d`,
      'others come last, in reverse order, as PrintableString',
    ],
    [
      name(CN('x'), attribute(EMAIL_ATTRIBUTE, 0x16, 'a@b')),
      `CN=x,${EMAIL_ATTRIBUTE}=#0c03614062`,
      'an address has a character that PrintableString lacks',
    ],
    [name(attribute('2.5.4.12', UTF8, 'a*b')), '2.5.4.12=#0c03612a62', 'so has an asterisk'],
    [
      name(attribute('2.5.4.12', 0x14, [0xe9])),
      '2.5.4.12=#0c02c3a9',
      'Latin-1 is encoded anew as UTF-8',
    ],
    [
      name(attribute('2.5.4.12', UTF8, 'x'.repeat(200))),
      `2.5.4.12=#1381c8${'78'.repeat(200)}`,
      'a long value',
    ],
  ])('%#: %s: %s', (bytes, expected) => expect(read(bytes)).toBe(expected))
})

describe('escaping', () => {
  it.each([
    ['a,b', 'a\\,b'],
    ['a+b', 'a\\+b'],
    ['a"b', 'a\\"b'],
    ['a\\b', 'a\\\\b'],
    ['<a>', '\\<a\\>'],
    ['a;b', 'a\\;b'],
    [' a b ', '\\ a b\\ '],
    [' ', '\\ '],
    ['#a#', '\\#a#'],
    ['a=b/c', 'a=b/c'],
    ['🔒,é', '🔒\\,é'],
  ])('%j is printed as %j', (value, printed) =>
    expect(read(commonName(value))).toBe(`CN=${printed}`),
  )
})

describe('string types', () => {
  it.each<[number, Bytes, string, string]>([
    [UTF8, 'Prüf 登録 🔒', 'Prüf 登録 🔒', 'UTF8String'],
    [UTF8, [0xef, 0xbb, 0xbf, 0x61], '\uFEFFa', 'a byte order mark is a character here'],
    [0x13, "Az09'()+,-./:=? *&", "Az09'()\\+\\,-./:=? *&", 'PrintableString with * and &'],
    [0x16, 'a@b\u007f', 'a@b\u007f', 'IA5String'],
    [0x12, '12 3', '12 3', 'NumericString'],
    [0x14, [0x61, 0xe9], 'aé', 'T61String, read as Latin-1'],
    [0x1e, [0x00, 0x61, 0x76, 0x7b], 'a登', 'BMPString'],
    [0x1e, [0x00, 0x61, 0x00, 0x00], 'a', 'BMPString with a terminator'],
    [0x1e, [], '', 'an empty BMPString'],
  ])('tag %i, %j is %j: %s', (tag, value, text) => {
    expect(read(name(CN(value, tag), attribute('2.5.4.6', 0x13, 'DE')))).toBe(
      text === '' ? 'C=DE' : `CN=${text},C=DE`,
    )
  })

  it.each<[number, Bytes, string]>([
    [UTF8, [0xc3], 'half a character'],
    [UTF8, [0xc0, 0xaf], 'an overlong form'],
    [UTF8, [0xed, 0xa0, 0x80], 'a surrogate'],
    [0x13, 'a@b', '@ is not in PrintableString'],
    [0x13, 'a_b', '_ is not in PrintableString'],
    [0x13, [0xe9], 'Latin-1 in PrintableString'],
    [0x16, [0x80], 'IA5String ends at 0x7f'],
    [0x12, '1a', 'a letter in NumericString'],
    [0x12, '1/', 'the character before the digits'],
    [0x12, '1:', 'the character after the digits'],
    [0x1e, [0x00], 'half a BMP character'],
    [0x1e, [0xd8, 0x3d, 0xdd, 0x12], 'surrogates in BMPString'],
    [0x1e, [0xff, 0xfe], 'a noncharacter'],
    [0x1e, [0xfd, 0xd0], 'another noncharacter'],
    [0x03, [0x00], 'BIT STRING, which Go 1.26 refuses in a name'],
    [0x1a, 'a', 'VisibleString, which Go refuses in a name'],
    [0x1c, [0, 0, 0, 0x61], 'UniversalString, which Go refuses in a name'],
    [0x30, [], 'SEQUENCE'],
  ])('tag %i, %j is refused: %s', (tag, value) => {
    expect(() => read(name(CN(value, tag)))).toThrow(new CertificateFault('subject'))
  })
})

describe('structure', () => {
  it.each([
    [bytesOf(), 'nothing'],
    [set(), 'a SET around it'],
    [sequence(CN('x')), 'no SET'],
    [sequence(set(oid('2.5.4.3'))), 'no SEQUENCE'],
    [sequence(set(sequence())), 'no type'],
    [sequence(set(sequence(oid('2.5.4.3')))), 'no value'],
    [sequence(set(sequence(element(UTF8, 'x')))), 'a value only'],
  ])('%# is refused: %s', (bytes) => expect(() => read(bytes)).toThrow(CertificateFault))

  it('ignores what follows the value, like Go', () => {
    const twice = sequence(oid('2.5.4.3'), element(UTF8, 'x'), element(UTF8, 'y'))
    expect(read(name(twice))).toBe('CN=x')
  })
})

it('agrees with node:crypto on names in the usual order', () => {
  const subject = name(
    attribute('2.5.4.6', 0x13, 'DE'),
    attribute('2.5.4.10', UTF8, 'Example Corp'),
    attribute('2.5.4.11', UTF8, 'Prüfung'),
    CN('Root'),
  )
  const { subject: lines } = new X509Certificate(certificate({ subject }))
  expect(read(subject)).toBe(lines.split('\n').reverse().join(','))
})
