import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DerError, DerReader } from '../../../src/certificates/der.js'
import { readExtensions } from '../../../src/certificates/extensions.js'
import { checkPublicKey } from '../../../src/certificates/public-key.js'
import { readCertificate } from '../../../src/certificates/tbs-certificate.js'
import { readValidity } from '../../../src/certificates/validity.js'
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
  ])('%#: %s', (fields) => expect(() => readCertificate(certificate(fields))).not.toThrow())
})

describe('certificates that Go refuses', () => {
  it.each<[Fields, string, string]>([
    [{ version: element(0xa0, integer(3)) }, 'the version is malformed', 'version 4'],
    [{ version: element(0xa0, integer(0xff)) }, 'the version is malformed', 'version 0'],
    [{ version: element(0xa0, integer(1, 0)) }, 'the version is malformed', 'version 257'],
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
    expect(() => readCertificate(certificate(fields))).toThrow(message)
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
  ])('%#: %s: %s', (der, message) => expect(() => readCertificate(der)).toThrow(message))
})

describe('fields', () => {
  it('are those of the certificate', () => {
    const der = certificate({ serialNumber: integer(0x00, 0xab, 0x01), extensions: [CA] })
    const fields = readCertificate(der)
    expect(fields).toEqual({
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
    expect(readCertificate(certificate(fields)).serialNumber).toBe(serialNumber)
  })

  it.each<[Fields, boolean, string]>([
    [{ extensions: [CA] }, true, 'version 3'],
    [{ extensions: [CA], version: V2 }, false, 'version 2 has no extensions'],
    [{ extensions: [CA], version: [] }, false, 'nor has version 1'],
    [{}, false, 'no extensions'],
  ])('%#: is a CA: %j: %s', (fields, isCA) => {
    expect(readCertificate(certificate(fields)).isCA).toBe(isCA)
  })
})

describe('threat 16: hostile structure', () => {
  const within = (milliseconds: number, run: () => void) => {
    const start = performance.now()
    run()
    expect(performance.now() - start).toBeLessThan(milliseconds)
  }

  it.each<[string, Fields]>([
    ['is nested too deeply', { innerAlgorithm: algorithm(tower(0x30, 60_000)) }],
    ['is nested too deeply', { bodyEnd: tower(0xa5, 60_000) }],
    ['has too many elements', { end: bytesOf(...Array(60_000).fill(NULL)) }],
    ['has too many elements', { subject: sequence(...Array(20_000).fill(set())) }],
    [
      'has an object identifier that is too long',
      { innerAlgorithm: sequence(element(6, new Uint8Array(254_000).fill(1))) },
    ],
    [
      'has an object identifier that is too long',
      { innerAlgorithm: algorithm(element(6, new Uint8Array(254_000).fill(0xff))) },
    ],
    [
      'has an object identifier that is too long',
      {
        subject: sequence(
          set(sequence(element(6, new Uint8Array(254_000).fill(0x81)), element(12))),
        ),
      },
    ],
  ])('%s: %#', (message, fields) => {
    const der = certificate(fields)
    within(500, () => expect(() => readCertificate(der)).toThrow(message))
  })

  it.each<[string, Fields]>([
    ['a serial number of 700 kB', { serialNumber: element(2, new Uint8Array(700_000).fill(1)) }],
    ['a name of 700 kB', { subject: commonName('x'.repeat(700_000)) }],
    ['a signature of 700 kB', { signature: bitString(0, new Uint8Array(700_000)) }],
    [
      '2,000 extensions',
      { extensions: Array.from({ length: 2000 }, (_, i) => extension(`1.2.${i}`, [])) },
    ],
  ])('%s is read in linear time', (_, fields) => {
    const der = certificate(fields)
    within(500, () => readCertificate(der))
  })
})

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
    expect(() => readTimes(tag, text)).toThrow(new DerError('notBefore'))
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
      new DerError('notAfter'),
    )
    expect(() => readTimes(UTC, '200101000000Z', element(0x05))).toThrow(new DerError('notAfter'))
  })

  it('may end before it begins, as in Go', () => {
    const { notBefore, notAfter } = readTimes(UTC, '400101000000Z')
    expect(notBefore).toBeGreaterThan(notAfter)
  })

  it('threat 16: a time of 600 kB is refused at once', () => {
    expect(() => readTimes(UTC, '200101000000Z'.repeat(50_000))).toThrow(new DerError('notBefore'))
  })
})

const check = (bytes: Uint8Array) => () => checkPublicKey(new DerReader(bytes))
const RSA = '1.2.840.113549.1.1.1'
const DSA = '1.2.840.10040.4.1'
const EC = '1.2.840.10045.2.1'
const P256 = oid('1.2.840.10045.3.1.7')
const ED25519 = '1.3.101.112'
const X25519 = '1.3.101.110'

const info = (algorithm: string, parameters: Bytes, key: Bytes, unused = 0) => {
  return sequence(sequence(oid(algorithm), parameters), bitString(unused, key))
}
const rsa = (modulus: Bytes, exponent: Bytes, parameters: Bytes = NULL) => {
  return info(RSA, parameters, sequence(modulus, exponent))
}
const dsa = (y: Bytes, ...domain: Bytes[]) => info(DSA, sequence(...domain), y)
const spki = (options: ReturnType<typeof generateKeyPairSync>) => {
  return new Uint8Array(options.publicKey.export({ type: 'spki', format: 'der' }))
}
const ecKey = (namedCurve: string) => spki(generateKeyPairSync('ec', { namedCurve }))
/** The P-256 generator */
const G = Buffer.from(
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' +
    '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
  'hex',
)
const P = Buffer.from('ffffffff00000001000000000000000000000000ffffffffffffffffffffffff', 'hex')
/** The root of b, so that (0, y) is on P-256 */
const Y0 = Buffer.from('66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4', 'hex')

describe('keys that Go takes', () => {
  it.each([
    [spki(generateKeyPairSync('rsa', { modulusLength: 1024 })), 'RSA'],
    [rsa(integer(0x05), integer(0x03)), 'RSA of three bits'],
    [rsa(integer(0x05), integer(0x7f, 0, 0, 0, 0, 0, 0, 0)), 'an RSA exponent of 63 bits'],
    [
      info(RSA, NULL, bytesOf(sequence(integer(5), integer(3), integer(1)), [0])),
      'RSA with more behind it',
    ],
    [ecKey('secp224r1'), 'P-224'],
    [ecKey('prime256v1'), 'P-256'],
    [ecKey('secp384r1'), 'P-384'],
    [ecKey('secp521r1'), 'P-521'],
    [info(EC, P256, G), 'the generator of P-256'],
    [info(EC, P256, bytesOf([4], new Uint8Array(32), Y0)), 'a point whose x is zero'],
    [spki(generateKeyPairSync('ed25519')), 'Ed25519'],
    [spki(generateKeyPairSync('x25519')), 'X25519'],
    [dsa(integer(1), integer(1), integer(2), integer(3)), 'DSA'],
    [spki(generateKeyPairSync('ed448')), 'Ed448, which is unknown to Go and left unread'],
    [info('1.2.3', [], []), 'an unknown algorithm with an empty key'],
    [
      info('1.2.3', octetString('x'), [0x80], 7),
      'an unknown algorithm with parameters and one bit',
    ],
    [info('1.2.840.113549.1.1.10', [], 'x'), 'RSASSA-PSS, which Go knows for signatures only'],
  ])('%#: %s', (bytes) => expect(check(bytes)).not.toThrow())
})

describe('keys that Go refuses', () => {
  it.each([
    [rsa(integer(5), integer(3), []), 'RSA without parameters'],
    [rsa(integer(5), integer(3), sequence()), 'RSA with parameters that are not NULL'],
    [rsa(integer(0), integer(3)), 'modulus zero'],
    [rsa(integer(0x80), integer(3)), 'a negative modulus'],
    [rsa(integer(0, 5), integer(3)), 'a modulus with a zero in front'],
    [rsa(integer(5), integer(0)), 'exponent zero'],
    [rsa(integer(5), integer(0xff)), 'a negative exponent'],
    [rsa(integer(5), integer(0, 0x80, 0, 0, 0, 0, 0, 0, 0)), 'an exponent of 64 bits'],
    [rsa(integer(5), []), 'no exponent'],
    [info(RSA, NULL, [...integer(5), ...integer(3)]), 'no SEQUENCE'],
    [info(RSA, NULL, []), 'an empty RSA key'],
    [ecKey('secp256k1'), 'secp256k1'],
    [ecKey('brainpoolP256r1'), 'brainpoolP256r1'],
    [info(EC, [], G), 'no curve'],
    [info(EC, NULL, G), 'NULL for a curve'],
    [info(EC, sequence(), G), 'explicit parameters'],
    [info(EC, P256, bytesOf([2], G.subarray(1, 33))), 'a compressed point'],
    [info(EC, P256, bytesOf([6], G.subarray(1))), 'a hybrid point'],
    [info(EC, P256, [0]), 'the point at infinity'],
    [info(EC, P256, []), 'no point'],
    [info(EC, P256, G.subarray(0, 64)), 'an octet short'],
    [info(EC, P256, bytesOf(G, [0])), 'an octet long'],
    [info(EC, oid('1.3.132.0.34'), G), 'a point of another curve'],
    [info(EC, P256, bytesOf(G.subarray(0, 64), [0xf4])), 'a point beside the curve'],
    [info(EC, P256, bytesOf([4], P, Y0)), 'x is p: zero in another form'],
    [
      info(EC, P256, bytesOf([4], new Uint8Array(32), new Uint8Array(32).fill(255))),
      'y is more than p',
    ],
    [info(ED25519, [], new Uint8Array(31)), 'Ed25519, an octet short'],
    [info(ED25519, [], new Uint8Array(33)), 'Ed25519, an octet long'],
    [info(ED25519, NULL, new Uint8Array(32)), 'Ed25519 with parameters'],
    [info(X25519, [], new Uint8Array(31)), 'X25519, an octet short'],
    [info(X25519, NULL, new Uint8Array(32)), 'X25519 with parameters'],
    [dsa(integer(0), integer(1), integer(2), integer(3)), 'DSA, y zero'],
    [dsa(integer(1), integer(0), integer(2), integer(3)), 'DSA, p zero'],
    [dsa(integer(1), integer(1), integer(0x80), integer(3)), 'DSA, q negative'],
    [dsa(integer(1), integer(1), integer(2)), 'DSA without g'],
    [dsa([], integer(1), integer(2), integer(3)), 'DSA without y'],
    [info(DSA, [], integer(1)), 'DSA without parameters'],
    [info(DSA, NULL, integer(1)), 'DSA with NULL'],
  ])('%#: %s', (bytes) => expect(check(bytes)).toThrow(new DerError('the public key')))
})

describe('structure', () => {
  it.each([
    [bytesOf(), 'nothing'],
    [set(), 'no SEQUENCE'],
    [sequence(), 'no algorithm'],
    [sequence(sequence(), bitString(0, [])), 'no identifier'],
    [sequence(sequence(oid('1.2.3'), [0x05]), bitString(0, [])), 'parameters that end too early'],
    [sequence(sequence(oid('1.2.3'))), 'no key'],
    [sequence(sequence(oid('1.2.3')), octetString('x')), 'a key that is no BIT STRING'],
    [info('1.2.3', [], [0x01], 1), 'an unused bit that is set'],
  ])('%# is refused: %s', (bytes) => expect(check(bytes)).toThrow(DerError))

  it('refuses unused bits in a key of a known algorithm, which Go would shift away (key-padding)', () => {
    expect(check(info(ED25519, [], new Uint8Array(32), 1))).toThrow(DerError)
  })
})

const readAll = (...extensions: readonly Bytes[]) =>
  readExtensions(new DerReader(bytesOf(...extensions)))
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
    expect(() => readAll(extension(type, value))).toThrow(DerError)
  })
})

describe('what Go takes and is refused all the same (inner-der)', () => {
  it.each<[string, Bytes, string]>([
    [ISSUER_ALT_NAME, [0xff], 'an extension that only @peculiar/x509 reads'],
    [USAGE, bytesOf(sequence(), [0xff]), 'something that is not DER behind it'],
    [ACCESS, sequence(sequence(oid('1.2.3'), element(0xa4, [0xff]))), 'a name that is left unread'],
  ])('%s, %#: %s', (type, value) => {
    expect(() => readAll(extension(type, value))).toThrow('is not DER throughout')
  })

  it.each<[string, Bytes, string]>([
    [ALT_NAME, sequence(tower(0xa4, 40)), 'is nested too deeply'],
    [CRL, sequence(bytesOf(...Array(10_000).fill(sequence()))), 'has too many elements'],
    [ALT_NAME, sequence(element(0xa0, element(6, new Uint8Array(254_000)))), 'too long'],
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
  ])('%#: is a CA: %j: %s', (bytes, isCA) => expect(readAll(bytes)).toEqual({ isCA }))

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
      new DerError('an extension', 'is there twice'),
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
  ])('%# is refused: %s', (bytes) => expect(() => readAll(bytes)).toThrow(DerError))
})
