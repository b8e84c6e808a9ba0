import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DerReader } from '../../../src/certificates/der-reader.js'
import { CertificateFault } from '../../../src/certificates/fault.js'
import { readPublicKey } from '../../../src/certificates/public-key.js'
import {
  type Bytes,
  bitString,
  bytesOf,
  integer,
  NULL,
  octetString,
  oid,
  sequence,
  set,
} from '../../support/der-builder.js'

const check = (bytes: Uint8Array) => () => readPublicKey(new DerReader(bytes))
const RSA = '1.2.840.113549.1.1.1'
const DSA = '1.2.840.10040.4.1'
const EC = '1.2.840.10045.2.1'
const P256 = oid('1.2.840.10045.3.1.7')
const ED25519 = '1.3.101.112'
const X25519 = '1.3.101.110'
const ML_DSA_44 = '2.16.840.1.101.3.4.3.17'
const ML_DSA_65 = '2.16.840.1.101.3.4.3.18'
const ML_DSA_87 = '2.16.840.1.101.3.4.3.19'

const info = (algorithm: string, parameters: Bytes, key: Bytes, unused = 0) => {
  return sequence(sequence(oid(algorithm), parameters), bitString(unused, key))
}
const NO_RSA = { modulusBits: undefined, exponent: undefined }
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
    [info(X25519, NULL, new Uint8Array(31)), 'X25519, which Go knows for key exchange only'],
    [info(ML_DSA_44, [], new Uint8Array(1312)), 'ML-DSA-44'],
    [info(ML_DSA_65, [], new Uint8Array(1952)), 'ML-DSA-65'],
    [info(ML_DSA_87, [], new Uint8Array(2592)), 'ML-DSA-87'],
    [info('2.16.840.1.101.3.4.4.2', NULL, 'x'), 'ML-KEM, which no certificate of Go has'],
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
    [info(EC, [], G), 'no curve'],
    [info(EC, NULL, G), 'NULL for a curve'],
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
    [info(ML_DSA_44, [], new Uint8Array(1311)), 'ML-DSA-44, an octet short'],
    [info(ML_DSA_44, [], new Uint8Array(1952)), 'ML-DSA-44 with the length of ML-DSA-65'],
    [info(ML_DSA_65, [], new Uint8Array(1953)), 'ML-DSA-65, an octet long'],
    [info(ML_DSA_87, NULL, new Uint8Array(2592)), 'ML-DSA-87 with parameters'],
    [dsa(integer(0), integer(1), integer(2), integer(3)), 'DSA, y zero'],
    [dsa(integer(1), integer(0), integer(2), integer(3)), 'DSA, p zero'],
    [dsa(integer(1), integer(1), integer(0x80), integer(3)), 'DSA, q negative'],
    [dsa(integer(1), integer(1), integer(2)), 'DSA without g'],
    [dsa([], integer(1), integer(2), integer(3)), 'DSA without y'],
    [info(DSA, [], integer(1)), 'DSA without parameters'],
    [info(DSA, NULL, integer(1)), 'DSA with NULL'],
  ])('%#: %s', (bytes) => expect(check(bytes)).toThrow(new CertificateFault('public-key')))
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
  ])('%# is refused: %s', (bytes) => expect(check(bytes)).toThrow(CertificateFault))

  it('refuses unused bits in a key of a known algorithm, which Go would shift away (key-padding)', () => {
    expect(check(info(ED25519, [], new Uint8Array(32), 1))).toThrow(CertificateFault)
  })
})

describe('curves that Go does not know', () => {
  it.each([
    [ecKey('secp256k1'), 'secp256k1'],
    [ecKey('brainpoolP256r1'), 'brainpoolP256r1'],
    [info(EC, sequence(), G), 'explicit parameters'],
    [info(EC, oid('1.2.3'), []), 'an unknown curve with an empty key'],
  ])('%#: %s is unsupported, and not malformed', (bytes) => {
    const error = new CertificateFault('public-key', 'unsupported-curve')
    expect(check(bytes)).toThrow(error)
    expect(error.message).toContain('curve that is unsupported')
  })
})

describe('details', () => {
  const read = (bytes: Uint8Array) => readPublicKey(new DerReader(bytes))

  it.each([
    [rsa(integer(0x05), integer(0x03)), 3, 3, 'three bits'],
    [rsa(integer(0x7f), integer(0x03)), 7, 3, 'seven bits'],
    [rsa(integer(0, 0x80), integer(1, 0, 1)), 8, 65537, 'a sign octet'],
    [rsa(integer(1, 0), integer(0x7f, 0, 0, 0, 0, 0, 0, 0)), 9, 0x7f * 2 ** 56, 'two octets'],
    [spki(generateKeyPairSync('rsa', { modulusLength: 1024 })), 1024, 65537, 'node:crypto'],
  ])('%#: a modulus of %i bits, and the exponent %i', (bytes, modulusBits, exponent) => {
    expect(read(bytes)).toEqual({ algorithm: RSA, modulusBits, exponent, curve: undefined })
  })

  it('name the curve', () => {
    const expected = { ...NO_RSA, algorithm: EC, curve: '1.2.840.10045.3.1.7' }
    expect(read(info(EC, P256, G))).toEqual(expected)
  })

  it('of other keys are none', () => {
    const expected = { ...NO_RSA, algorithm: ED25519, curve: undefined }
    expect(read(info(ED25519, [], new Uint8Array(32)))).toEqual(expected)
  })
})
