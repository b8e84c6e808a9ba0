import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readFields } from '../../../src/certificates/fields.js'
import {
  type Bytes,
  bitString,
  boolean,
  bytesOf,
  certificate,
  commonName,
  element,
  extension,
  type Fields,
  integer,
  NULL,
  octetString,
  oid,
  sequence,
  set,
  tower,
} from '../../support/der-builder.js'

const CA = extension('2.5.29.19', sequence(boolean(0xff)))
const V2 = element(0xa0, integer(1))
const algorithm = (...parameters: readonly Bytes[]) => {
  return sequence(oid('1.2.840.10045.4.3.2'), ...parameters)
}

describe('certificates that Go takes', () => {
  it.each<[Fields, string]>([
    [{}, 'version 3'],
    [{ version: V2 }, 'version 2'],
    [{ version: [] }, 'version 1'],
    [{ version: element(0xa0, integer(0)) }, 'version 1 written out'],
    [{ version: [], extensions: [NULL] }, 'version 1 with extensions, which are left unread'],
    [{ version: V2, extensions: [NULL] }, 'version 2 with the same'],
    [{ version: [], uniqueIds: element(0x81, [0]) }, 'version 1 with a unique identifier'],
    [{ uniqueIds: bytesOf(element(0x81, [0]), element(0x82, [0])) }, 'both unique identifiers'],
    [{ uniqueIds: element(0xa1), extensions: [NULL] }, 'a constructed one ends what is read'],
    [{ extensions: [] }, 'no extensions'],
    [{ bodyEnd: NULL }, 'another field in the part that is signed'],
    [{ end: NULL }, 'another field behind the signature'],
    [{ innerAlgorithm: algorithm() }, 'another signature algorithm'],
    [{ innerAlgorithm: algorithm(NULL, NULL) }, 'with parameters, and more'],
    [{ signature: bitString(0, []) }, 'an empty signature: it is not checked'],
    [{ signature: bitString(3, [0xf8]) }, 'a signature of five bits'],
    [{ serialNumber: integer(0) }, 'serial number zero, which RFC 5280 forbids'],
    [{ issuer: sequence(), subject: sequence() }, 'empty names'],
  ])('%#: %s', (fields) => expect(() => readFields(certificate(fields))).not.toThrow())
})

describe('certificates that Go refuses', () => {
  it.each<[Fields, string, string]>([
    [{ version: element(0xa0, integer(3)) }, 'the version is malformed', 'version 4'],
    [{ version: element(0xa0, integer(0xff)) }, 'the version is malformed', 'version 0'],
    [{ version: element(0xa0, integer(1, 0)) }, 'the version is malformed', 'version 257'],
    [
      { version: element(0xa0, integer(0x7f, ...Array(7).fill(0xff))) },
      'the version is malformed',
      'version-overflow: version 2^63, which is negative in Go, so that it takes it',
    ],
    [
      { version: element(0xa0, integer(2), NULL) },
      'the version is malformed',
      'more than a version',
    ],
    [{ version: element(0xa0) }, 'the version is malformed', 'less than a version'],
    [
      { version: integer(2) },
      'the signature algorithm is malformed',
      'the version without its tag',
    ],
    [{ serialNumber: integer(0xff) }, 'the serial number is negative', 'serial number -1'],
    [{ serialNumber: integer(0, 1) }, 'the serial number is malformed', 'a zero in front'],
    [{ serialNumber: integer() }, 'the serial number is malformed', 'an empty serial number'],
    [{ serialNumber: [] }, 'the serial number is malformed', 'no serial number'],
    [{ innerAlgorithm: NULL }, 'the signature algorithm is malformed', 'no algorithm'],
    [{ innerAlgorithm: sequence() }, 'the signature algorithm is malformed', 'an empty algorithm'],
    [
      { outerAlgorithm: algorithm() },
      'the signature algorithm is not the same inside and outside',
      'two algorithms',
    ],
    [
      { innerAlgorithm: algorithm(), outerAlgorithm: algorithm(NULL) },
      'the signature algorithm is not the same inside and outside',
      'NULL in one of them',
    ],
    [{ outerAlgorithm: NULL }, 'the signature algorithm is malformed', 'no outer algorithm'],
    [{ issuer: set() }, 'the issuer is malformed', 'a SET for the issuer'],
    [{ validity: sequence() }, 'notBefore is malformed', 'no dates'],
    [{ validity: set() }, 'the validity is malformed', 'a SET for the validity'],
    [{ subject: NULL }, 'the subject is malformed', 'no subject'],
    [{ publicKey: sequence() }, 'the public key is malformed', 'an empty key'],
    [{ publicKey: [] }, 'the public key is malformed', 'no key'],
    [{ extensions: [NULL] }, 'an extension is malformed', 'an extension of another type'],
    [{ bodyEnd: element(0xa3) }, 'the list of extensions is malformed', 'no list of extensions'],
    [{ signature: octetString() }, 'the signature is malformed', 'a signature of another type'],
    [{ signature: bitString(1, [1]) }, 'the signature is malformed', 'an unused bit that is set'],
    [{ signature: [] }, 'the signature is malformed', 'no signature'],
  ])('%#: %s: %s', (fields, message) => {
    expect(() => readFields(certificate(fields))).toThrow(message)
  })

  it.each([
    [bytesOf(), 'the certificate is malformed', 'nothing'],
    [set(), 'the certificate is malformed', 'a SET'],
    [sequence(), 'the part that is signed is malformed', 'an empty SEQUENCE'],
    [bytesOf(certificate(), [0]), 'the block is not DER throughout', 'a trailing NUL'],
    [
      bytesOf(certificate(), NULL),
      'the certificate is followed by other bytes',
      'a trailing element',
    ],
    [
      bytesOf(certificate(), certificate()),
      'the certificate is followed by other bytes',
      'two certificates',
    ],
    [certificate().subarray(0, -1), 'the block is not DER throughout', 'the last byte missing'],
  ])('%#: %s: %s', (der, message) => expect(() => readFields(der)).toThrow(message))
})

describe('fields', () => {
  it('are those of the certificate', () => {
    const der = certificate({ serialNumber: integer(0x00, 0xab, 0x01), extensions: [CA] })
    const fields = readFields(der)
    expect(fields).toMatchObject({
      version: 3,
      subject: 'CN=Subject',
      issuer: 'CN=Issuer',
      serialNumber: 'ab01',
      notBefore: Date.UTC(2020, 0, 1),
      notAfter: Date.UTC(2050, 0, 1),
      isCA: true,
    })
    const node = new X509Certificate(der)
    expect(node.serialNumber.toLowerCase()).toBe(fields.serialNumber)
    expect(node.ca).toBe(fields.isCA)
    expect([Date.parse(node.validFrom), Date.parse(node.validTo)]).toEqual([
      fields.notBefore,
      fields.notAfter,
    ])
  })

  it.each<[Fields, string]>([
    [{ serialNumber: integer(0) }, '00'],
    [{ serialNumber: integer(0x0a) }, '0a'],
    [{ serialNumber: integer(0, 0x80) }, '80'],
    [{ serialNumber: integer(1, 0) }, '0100'],
  ])('serial number %#: %s', (fields, serialNumber) => {
    expect(readFields(certificate(fields)).serialNumber).toBe(serialNumber)
  })

  it.each<[Fields, boolean, string]>([
    [{ extensions: [CA] }, true, 'version 3'],
    [{ extensions: [CA], version: V2 }, false, 'version 2 has no extensions'],
    [{ extensions: [CA], version: [] }, false, 'nor has version 1'],
    [{}, false, 'no extensions'],
  ])('%#: is a CA: %j: %s', (fields, isCA) => {
    expect(readFields(certificate(fields)).isCA).toBe(isCA)
  })
})

describe('threat 16: hostile structure', () => {
  it.each<[string, Fields]>([
    [
      'is too large: it is nested more than 32 levels deep',
      { innerAlgorithm: algorithm(tower(0x30, 60_000)) },
    ],
    ['is too large: it is nested more than 32 levels deep', { bodyEnd: tower(0xa5, 60_000) }],
    [
      'is too large: it has more than 10,000 elements',
      { end: bytesOf(...Array(60_000).fill(NULL)) },
    ],
    [
      'is too large: it has more than 10,000 elements',
      { subject: sequence(...Array(20_000).fill(set())) },
    ],
    [
      'is too large: an object identifier has more than 128 octets',
      { innerAlgorithm: sequence(element(6, new Uint8Array(254_000).fill(1))) },
    ],
    [
      'is too large: an object identifier has more than 128 octets',
      { innerAlgorithm: algorithm(element(6, new Uint8Array(254_000).fill(0xff))) },
    ],
    [
      'is too large: an object identifier has more than 128 octets',
      {
        subject: sequence(
          set(sequence(element(6, new Uint8Array(254_000).fill(0x81)), element(12))),
        ),
      },
    ],
  ])('%s: %#', (message, fields) => {
    const der = certificate(fields)
    expect(() => readFields(der)).toThrow(message)
  })

  it.each<[string, Fields]>([
    ['a serial number of 700 kB', { serialNumber: element(2, new Uint8Array(700_000).fill(1)) }],
    ['a name of 700 kB', { subject: commonName('x'.repeat(700_000)) }],
    ['a signature of 700 kB', { signature: bitString(0, new Uint8Array(700_000)) }],
    [
      '2,000 extensions',
      { extensions: Array.from({ length: 2000 }, (_, i) => extension(`1.2.${i}`, [])) },
    ],
  ])('%s is read', (_, fields) => {
    const der = certificate(fields)
    expect(readFields(der).version).toBe(3)
  })
})
