import { describe, expect, it } from 'vitest'
import { readBasicConstraints } from '../../../src/certificates/basic-constraints.js'
import { DerReader } from '../../../src/certificates/der-reader.js'
import { EXTENSION, readExtensions } from '../../../src/certificates/extensions.js'
import { CertificateFault } from '../../../src/certificates/fault.js'
import {
  type Bytes,
  bitString,
  boolean,
  bytesOf,
  element,
  extension,
  integer,
  NULL,
  octetString,
  oid,
  sequence,
  tower,
} from '../../support/der-builder.js'

const readAll = (...extensions: readonly Bytes[]) =>
  readExtensions(new DerReader(bytesOf(...extensions)))
/** Whether the basic constraints, if there are any, say so. */
const isCA = (extensions: ReturnType<typeof readExtensions>) => {
  const constraints = extensions.get(EXTENSION.basicConstraints)
  return constraints !== undefined && readBasicConstraints(constraints.value).isCA
}
const CRITICAL = boolean(0xff)

const KEY_ID = '2.5.29.14'
const KEY_USAGE = '2.5.29.15'
const ALT_NAME = '2.5.29.17'
const ISSUER_ALT_NAME = '2.5.29.18'
const BASIC = '2.5.29.19'
const NAME_CONSTRAINTS = '2.5.29.30'
const CRL = '2.5.29.31'
const POLICIES = '2.5.29.32'
const MAPPINGS = '2.5.29.33'
const AUTHORITY_KEY = '2.5.29.35'
const POLICY_CONSTRAINTS = '2.5.29.36'
const USAGE = '2.5.29.37'
const INHIBIT = '2.5.29.54'
const ACCESS = '1.3.6.1.5.5.7.1.1'
const UNKNOWN = '1.2.3'
const url = element(0x86, 'http://a/')
const BIG = [0x01, 0, 0, 0, 0, 0, 0, 0, 0]

describe('contents that Go takes', () => {
  it.each<[string, Bytes, string]>([
    [KEY_ID, octetString('x'), 'a key identifier'],
    [KEY_ID, octetString(), 'an empty one'],
    [KEY_USAGE, bitString(1, [0x06]), 'two usages'],
    [KEY_USAGE, bitString(0, []), 'no usage'],
    [KEY_USAGE, bytesOf(bitString(0, []), NULL), 'something behind it'],
    [ALT_NAME, sequence(element(0x82, 'a')), 'a domain'],
    [ISSUER_ALT_NAME, sequence(element(0x82, 'a')), 'a domain'],
    [ISSUER_ALT_NAME, [0xff], 'an extension that Go leaves unread'],
    [BASIC, sequence(), 'no CA'],
    [BASIC, sequence(integer(0)), 'no CA, but a path length'],
    [BASIC, sequence(boolean(0xff), integer(0x7f, 0, 0, 0, 0, 0, 0, 0)), 'the longest path length'],
    [NAME_CONSTRAINTS, sequence(element(0xa0, sequence(element(0x82, 'a')))), 'a domain'],
    [CRL, sequence(), 'no distribution points'],
    [CRL, sequence(sequence(element(0xa0, element(0xa0, url, url)))), 'two URLs'],
    [
      CRL,
      sequence(sequence(element(0xa0, element(0xa0, element(0xa4, sequence()), url)))),
      'a name that ends the URLs',
    ],
    [CRL, sequence(sequence(element(0x81, [0, 0x80])), sequence()), 'no names'],
    [
      POLICIES,
      sequence(sequence(oid('1.2.3')), sequence(oid('1.2.4'), sequence())),
      'two policies, one with qualifiers',
    ],
    [
      POLICIES,
      sequence(sequence(element(6, [0x2a, 0x90, 0x80, 0x80, 0x80, 0x00]))),
      'an arc of more than 31 bits',
    ],
    [MAPPINGS, sequence(sequence(oid('1.2.3'), oid('1.2.4'))), 'a mapping'],
    [
      MAPPINGS,
      sequence(sequence(element(6), element(6, [0x80]))),
      'identifiers that are left unread',
    ],
    [AUTHORITY_KEY, sequence(element(0x80, 'x')), 'a key identifier'],
    [AUTHORITY_KEY, sequence(), 'none'],
    [
      POLICY_CONSTRAINTS,
      sequence(element(0x80, [0]), element(0x81, [0xff])),
      'both numbers, one negative',
    ],
    [POLICY_CONSTRAINTS, sequence(element(0x81, [0])), 'the second number'],
    [POLICY_CONSTRAINTS, sequence(), 'no numbers'],
    [USAGE, sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.2.3')), 'two usages'],
    [INHIBIT, integer(0x7f, 0, 0, 0, 0, 0, 0, 0), 'a number of 63 bits'],
    [ACCESS, sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), url)), 'a URL'],
    [
      ACCESS,
      sequence(sequence(oid('1.2.3'), element(0x82, 'a')), sequence(oid('1.2.3'))),
      'no URLs',
    ],
    [UNKNOWN, [0xff, 0xff], 'an unknown extension is left unread'],
    [UNKNOWN, tower(0x30, 1000), 'threat 16: even a deep one'],
  ])('%s, %#: %s', (type, value) => expect(() => readAll(extension(type, value))).not.toThrow())
})

describe('contents that Go refuses', () => {
  it.each<[string, Bytes, string]>([
    [KEY_ID, [], 'nothing'],
    [KEY_ID, sequence(), 'another type'],
    [KEY_USAGE, bitString(1, [0x01]), 'an unused bit that is set'],
    [KEY_USAGE, NULL, 'another type'],
    [ALT_NAME, sequence(element(0x87, [1])), 'an address of one octet'],
    [BASIC, [], 'nothing'],
    [BASIC, sequence(boolean(1)), 'true in BER only'],
    [BASIC, sequence(boolean(0xff), integer(0xff)), 'a negative path length'],
    [
      BASIC,
      sequence(boolean(0xff), integer(0, 0x80, 0, 0, 0, 0, 0, 0, 0)),
      'a path length of 64 bits',
    ],
    [BASIC, sequence(boolean(0xff), integer(0, 1)), 'a path length with a zero in front'],
    [NAME_CONSTRAINTS, sequence(), 'no names'],
    [CRL, NULL, 'another type'],
    [CRL, sequence(NULL), 'a point of another type'],
    [CRL, sequence(sequence(element(0xa0, element(0xa1, url)))), 'a name relative to the issuer'],
    [CRL, sequence(sequence(element(0xa0))), 'an empty name'],
    [POLICIES, NULL, 'another type'],
    [POLICIES, sequence(sequence()), 'no identifier'],
    [POLICIES, sequence(sequence(oid('1.2.3')), sequence(oid('1.2.3'))), 'a policy twice'],
    [POLICIES, sequence(sequence(element(6))), 'an empty identifier'],
    [POLICIES, sequence(sequence(element(6, [0x2a, 0x80, 0x01]))), 'an arc with a zero in front'],
    [POLICIES, sequence(sequence(element(6, [0x2a, 0x81]))), 'an arc without an end'],
    [MAPPINGS, NULL, 'another type'],
    [MAPPINGS, sequence(sequence(oid('1.2.3'))), 'half a mapping'],
    [AUTHORITY_KEY, NULL, 'another type'],
    [POLICY_CONSTRAINTS, NULL, 'another type'],
    [POLICY_CONSTRAINTS, sequence(element(0x80, BIG)), 'a number of 65 bits'],
    [POLICY_CONSTRAINTS, sequence(element(0x81, [])), 'an empty number'],
    [USAGE, NULL, 'another type'],
    [USAGE, sequence(NULL), 'a usage of another type'],
    [INHIBIT, integer(...BIG), 'a number of 65 bits'],
    [INHIBIT, NULL, 'another type'],
    [ACCESS, NULL, 'another type'],
    [ACCESS, sequence(sequence(url)), 'no method'],
  ])('%s, %#: %s', (type, value) => {
    expect(() => readAll(extension(type, value))).toThrow(CertificateFault)
  })
})

describe('what Go takes and is refused all the same (inner-der)', () => {
  it.each<[string, Bytes, string]>([
    [USAGE, bytesOf(sequence(), [0xff]), 'something that is not DER behind it'],
    [ACCESS, sequence(sequence(oid('1.2.3'), element(0xa4, [0xff]))), 'a name that is left unread'],
    [ALT_NAME, sequence(element(0xa4, [0x1f, 0x21, 0])), 'a tag of two octets in such a name'],
  ])('%s, %#: %s', (type, value) => {
    expect(() => readAll(extension(type, value))).toThrow('is not DER throughout')
  })

  it.each<[string, Bytes, string]>([
    [ALT_NAME, sequence(tower(0xa4, 40)), 'is nested more than 32 levels deep'],
    [CRL, sequence(bytesOf(...Array(10_000).fill(sequence()))), 'has more than 10,000 elements'],
    [
      ALT_NAME,
      sequence(element(0xa0, element(6, new Uint8Array(254_000)))),
      'has more than 128 octets',
    ],
  ])('threat 16: %s, %#, %s', (type, value, fault) => {
    expect(() => readAll(extension(type, value))).toThrow(fault)
  })
})

describe('extensions', () => {
  it.each<[Bytes, boolean, string]>([
    [extension(BASIC, sequence(boolean(0xff)), CRITICAL), true, 'a CA'],
    [extension(BASIC, sequence(boolean(0xff))), true, 'a CA, not critical'],
    [extension(BASIC, sequence(boolean(0x00))), false, 'the default written out'],
    [extension(BASIC, sequence()), false, 'no CA'],
    [extension(UNKNOWN, sequence(boolean(0xff))), false, 'another extension that looks like it'],
    [[], false, 'no extensions'],
  ])('%#: is a CA: %j: %s', (bytes, expected) => expect(isCA(readAll(bytes))).toBe(expected))

  it.each([KEY_ID, AUTHORITY_KEY, ACCESS])('%s may not be critical', (type) => {
    const value = type === KEY_ID ? octetString() : sequence()
    expect(() => readAll(extension(type, value, boolean(0x00)))).not.toThrow()
    expect(() => readAll(extension(type, value, CRITICAL))).toThrow('is marked critical')
  })

  it('may be critical without being known: chains are not built here', () => {
    expect(() => readAll(extension(UNKNOWN, [], CRITICAL))).not.toThrow()
  })

  it('are there once', () => {
    const other = extension('1.2.4', [])
    expect(() => readAll(extension(UNKNOWN, []), other)).not.toThrow()
    expect(() => readAll(extension(UNKNOWN, []), other, extension(UNKNOWN, 'x'))).toThrow(
      new CertificateFault('extension', 'duplicate-extension'),
    )
  })

  it.each<[Bytes, string]>([
    [NULL, 'another type'],
    [sequence(), 'nothing'],
    [sequence(oid(UNKNOWN)), 'no value'],
    [sequence(octetString('x')), 'no identifier'],
    [sequence(element(6, [0x2a, 0x80]), octetString()), 'a broken identifier'],
    [extension(UNKNOWN, [], boolean(0x01)), 'criticality that is true in BER only'],
    [extension(UNKNOWN, [], boolean(0xff), boolean(0xff)), 'criticality twice'],
    [extension(UNKNOWN, [], integer(1)), 'criticality of another type'],
    [sequence(oid(UNKNOWN), bitString(0, 'x')), 'a value of another type'],
  ])('%# is refused: %s', (bytes) => expect(() => readAll(bytes)).toThrow(CertificateFault))
})
