import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DerError, DerReader } from '../../../src/certificates/der.js'
import { readDistinguishedName } from '../../../src/certificates/distinguished-name.js'
import {
  checkNameConstraints,
  checkSubjectAltNames,
} from '../../../src/certificates/general-names.js'
import {
  attribute,
  type Bytes,
  bytesOf,
  certificate,
  commonName,
  element,
  integer,
  name,
  oid,
  sequence,
  set,
} from '../../support/der-builder.js'

const UTF8 = 0x0c
const read = (bytes: Uint8Array) => readDistinguishedName(new DerReader(bytes), 'the name')
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
    expect(() => read(name(CN(value, tag)))).toThrow(new DerError('the name'))
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
  ])('%# is refused: %s', (bytes) => expect(() => read(bytes)).toThrow(DerError))

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

const EMAIL = 0x81
const DNS = 0x82
const DIRECTORY = 0xa4
const URI = 0x86
const IP = 0x87
const MAPPED = [...Array(10).fill(0), 0xff, 0xff, 192, 0, 2, 1]
const V6 = [0x20, 0x01, 0x0d, 0xb8, ...Array(12).fill(0)]

describe('subject alternative names', () => {
  const check = (...names: readonly Bytes[]) => {
    return () => checkSubjectAltNames(new DerReader(sequence(...names)), 'the names')
  }

  it.each<[readonly Bytes[], string]>([
    [[], 'none'],
    [
      [element(DNS, 'example.corp'), element(EMAIL, 'a@b'), element(URI, 'https://a/')],
      'three kinds',
    ],
    [[element(DNS, '')], 'an empty domain, which Go takes here'],
    [[element(DNS, 'a b..')], 'no domain at all, which Go takes here'],
    [[element(URI, 'https://[::1')], 'uri-name: a URI that Go refuses'],
    [[element(IP, [192, 0, 2, 1])], 'IPv4'],
    [[element(IP, V6)], 'IPv6'],
    [
      [element(IP, [...MAPPED.slice(0, 9), 1, ...MAPPED.slice(10)])],
      'nearly an IPv4-mapped address',
    ],
    [[element(IP, [...MAPPED.slice(0, 10), 0xfe, ...MAPPED.slice(11)])], 'nearly another one'],
    [[element(IP, [...MAPPED.slice(0, 11), 0xfe, ...MAPPED.slice(12)])], 'nearly a third one'],
    [[element(DIRECTORY, sequence()), element(0x88, [0x2a, 0x80])], 'kinds that Go leaves unread'],
  ])('%# is taken: %s', (names) => expect(check(...names)).not.toThrow())

  it.each<[readonly Bytes[], string]>([
    [[element(DNS, 'é')], 'a domain beyond ASCII'],
    [[element(EMAIL, 'é@b')], 'a mailbox beyond ASCII'],
    [[element(URI, 'https://é/')], 'a URI beyond ASCII'],
    [[element(IP, [192, 0, 2])], 'three octets'],
    [[element(IP, [192, 0, 2, 0, 24])], 'five octets'],
    [[element(IP, [])], 'no octets'],
    [[element(IP, [192, 0, 2, 0, 255, 255, 255, 0])], 'a network'],
    [[element(IP, MAPPED)], 'an IPv4-mapped address'],
    [[element(DNS, 'a'), [DNS]], 'half a name'],
  ])('%# is refused: %s', (names) => expect(check(...names)).toThrow(new DerError('the names')))

  it('are a SEQUENCE', () => {
    expect(() => checkSubjectAltNames(new DerReader(set()), 'the names')).toThrow(DerError)
  })
})

describe('name constraints', () => {
  const permitted = (...trees: readonly Bytes[]) => element(0xa0, ...trees)
  const excluded = (...trees: readonly Bytes[]) => element(0xa1, ...trees)
  const tree = (tag: number, value: Bytes) => sequence(element(tag, value))
  const check = (bytes: Bytes) => {
    return () => checkNameConstraints(new DerReader(bytesOf(bytes)), 'the constraints')
  }

  it.each<[number, Bytes, string]>([
    [DNS, 'example.corp', 'a domain'],
    [DNS, '.example.corp', 'subdomains only'],
    [DNS, '', 'every domain'],
    [DNS, 'a_b!~', 'any visible ASCII'],
    [DNS, `${'a'.repeat(64)}.corp`, 'a label that DNS does not take'],
    [EMAIL, 'example.corp', 'the mailboxes of a domain'],
    [EMAIL, "a.b!#$%&'*+-/=?^_`{|}~@example.corp", 'a mailbox'],
    [EMAIL, 'a@', 'a mailbox without a domain, which Go takes'],
    [URI, 'example.corp', 'a domain'],
    [URI, '.example.corp', 'subdomains'],
    [URI, '1.2.3', 'three numbers'],
    [URI, '1.2.3.4a', 'not quite four numbers'],
    [URI, '1.2.3.4.5', 'five numbers'],
    [IP, [192, 0, 2, 0, 255, 255, 255, 0], 'an IPv4 network'],
    [IP, [192, 0, 2, 0, 255, 255, 240, 0], 'a mask that ends within an octet'],
    [IP, [0, 0, 0, 0, 0, 0, 0, 0], 'every IPv4 address'],
    [IP, [192, 0, 2, 1, 255, 255, 255, 255], 'one address'],
    [IP, [...V6, ...Array(4).fill(255), ...Array(12).fill(0)], 'an IPv6 network'],
    [DIRECTORY, sequence(), 'a kind that Go leaves unread'],
  ])('tag %i, %j is taken: %s', (tag, value) => {
    expect(check(sequence(permitted(tree(tag, value))))).not.toThrow()
    expect(check(sequence(excluded(tree(tag, value))))).not.toThrow()
  })

  it.each<[number, Bytes, string]>([
    [DNS, 'example.corp.', 'a trailing dot'],
    [DNS, '.', 'a dot'],
    [DNS, '..a', 'an empty label'],
    [DNS, 'a..b', 'an empty label in the middle'],
    [DNS, 'a b', 'a blank'],
    [DNS, 'a\u007f', 'a control character'],
    [DNS, 'é', 'a domain beyond ASCII'],
    [EMAIL, 'é', 'a domain beyond ASCII'],
    [EMAIL, 'a b', 'a domain with a blank'],
    [EMAIL, '@example.corp', 'no local part'],
    [EMAIL, 'a@.example.corp', 'a mailbox at subdomains'],
    [EMAIL, 'a@b.', 'a trailing dot'],
    [EMAIL, '.a@b', 'a dot in front'],
    [EMAIL, 'a.@b', 'a dot at the end'],
    [EMAIL, 'a..b@c', 'two dots'],
    [EMAIL, 'a b@c', 'a blank in the local part'],
    [EMAIL, '"a"@b', 'constraint-name: a quoted local part, which Go takes'],
    [URI, 'é', 'a domain beyond ASCII'],
    [URI, '192.0.2.1', 'an IPv4 address'],
    [URI, '::1', 'an IPv6 address'],
    [URI, 'a:443', 'constraint-name: a colon, which Go takes'],
    [URI, 'a.', 'a trailing dot'],
    [IP, [192, 0, 2, 0], 'no mask'],
    [IP, [192, 0, 2, 0, 255, 0, 255, 0], 'a mask with a hole'],
    [IP, [192, 0, 2, 0, 255, 255, 255, 1], 'a mask with a one at the end'],
    [IP, [192, 0, 2, 0, 253, 0, 0, 0], 'a mask with a hole within an octet'],
    [IP, [...MAPPED, ...Array(16).fill(255)], 'an IPv4-mapped network'],
    [IP, [], 'nothing'],
  ])('tag %i, %j is refused: %s', (tag, value) => {
    const error = new DerError('the constraints')
    expect(check(sequence(permitted(tree(tag, value))))).toThrow(error)
    expect(check(sequence(permitted(tree(DNS, 'a')), excluded(tree(tag, value))))).toThrow(error)
  })

  it.each<[Bytes, string]>([
    [set(), 'no SEQUENCE'],
    [sequence(), 'neither permitted nor excluded names'],
    [sequence(permitted()), 'no permitted names'],
    [sequence(permitted(tree(DNS, 'a')), excluded()), 'no excluded names'],
    [sequence(excluded(tree(DNS, 'a')), permitted(tree(DNS, 'a'))), 'the wrong order'],
    [sequence(permitted(tree(DNS, 'a')), integer(1)), 'something else at the end'],
    [bytesOf(sequence(permitted(tree(DNS, 'a'))), integer(1)), 'something behind it'],
    [sequence(permitted(element(DNS, 'a'))), 'a name without a SEQUENCE'],
    [sequence(permitted(sequence())), 'an empty subtree'],
  ])('%# is refused: %s', (bytes) => expect(check(bytes)).toThrow(new DerError('the constraints')))

  it('may have a minimum and a maximum, which Go leaves unread', () => {
    const bounded = sequence(element(DNS, 'a'), element(0x80, [0]), element(0x81, [1]))
    expect(check(sequence(permitted(bounded)))).not.toThrow()
  })
})
