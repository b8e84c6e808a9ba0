import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Certificate, parseCertificate } from '../../../src/certificates/certificate.js'
import { certificateFacts } from '../../../src/certificates/facts.js'
import {
  type Bytes,
  bitString,
  boolean,
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
} from '../../support/der-builder.js'

const read = (fields: Fields) => {
  const read = parseCertificate(certificate(fields))
  if (read.kind === 'broken') throw new Error(read.message)
  return read
}
const factsOf = (fields: Fields) => {
  const facts = certificateFacts(read(fields))
  if (facts === undefined) throw new Error('expected facts')
  return facts
}
const withExtension = (type: string, value: Bytes, ...critical: Bytes[]) => {
  return factsOf({ extensions: [extension(type, value, ...critical)] })
}

describe('the facts of a certificate', () => {
  it('are those of the builder', () => {
    expect(factsOf({})).toMatchObject({
      version: 3,
      isCA: false,
      hasBasicConstraints: false,
      pathLength: undefined,
      keyUsage: undefined,
      extendedKeyUsage: undefined,
      signature: { algorithm: '1.3.101.112', parameters: undefined, brokenDigest: undefined },
      key: {
        algorithm: '1.3.101.112',
        modulusBits: undefined,
        exponent: undefined,
        curve: undefined,
      },
      selfIssued: false,
      subjectKeyIdentifier: undefined,
      authorityKeyIdentifier: undefined,
      alternativeNames: undefined,
      nameConstraints: undefined,
      unknownCritical: [],
    })
  })

  it.each<[Bytes, boolean, number | undefined]>([
    [sequence(), false, undefined],
    [sequence(boolean(0xff)), true, undefined],
    [sequence(boolean(0xff), integer(0)), true, 0],
    [sequence(integer(3)), false, 3],
    [sequence(boolean(0xff), integer(1, 0)), true, 256],
  ])('%#: basic constraints: CA %j, path length %j', (value, isCA, pathLength) => {
    expect(withExtension('2.5.29.19', value)).toMatchObject({
      hasBasicConstraints: true,
      isCA,
      pathLength,
    })
  })

  it.each<[Bytes, readonly string[]]>([
    [bitString(0, []), []],
    [bitString(7, [0x80]), ['digitalSignature']],
    [bitString(1, [0x06]), ['keyCertSign', 'cRLSign']],
    [bitString(7, [0x00, 0x80]), ['decipherOnly']],
    [
      bitString(0, [0xff, 0xff, 0xff]),
      [
        'digitalSignature',
        'contentCommitment',
        'keyEncipherment',
        'dataEncipherment',
        'keyAgreement',
        'keyCertSign',
        'cRLSign',
        'encipherOnly',
        'decipherOnly',
      ],
    ],
  ])('%#: key usage %j', (value, usages) => {
    expect(withExtension('2.5.29.15', value).keyUsage).toEqual(usages)
  })

  it('extended key usages are object identifiers', () => {
    const facts = withExtension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'), oid('2.5.29.37.0')))
    expect(facts.extendedKeyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '2.5.29.37.0'])
  })

  it.each([
    ['1.2.840.113549.1.1.2', 'MD2'],
    ['1.2.840.113549.1.1.4', 'MD5'],
    ['1.2.840.113549.1.1.5', 'SHA-1'],
    ['1.3.14.3.2.29', 'SHA-1'],
    ['1.2.840.10040.4.3', 'SHA-1'],
    ['1.2.840.10045.4.1', 'SHA-1'],
    ['1.2.840.113549.1.1.11', undefined],
    ['1.2.840.10045.4.3.2', undefined],
  ])('the signature algorithm %s has the broken digest %j', (algorithm, brokenDigest) => {
    const { signature } = factsOf({ innerAlgorithm: sequence(oid(algorithm), NULL) })
    expect(signature).toEqual({ algorithm, parameters: Uint8Array.from(NULL), brokenDigest })
  })

  it('the bits of an RSA key', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const info = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
    const { key, encoded } = factsOf({ publicKey: info })
    expect(key.modulusBits).toBe(1024)
    expect(encoded.publicKey).toEqual(info)
  })

  it.each<[Fields, boolean]>([
    [{ issuer: commonName('a'), subject: commonName('a') }, true],
    [{ issuer: commonName('a'), subject: commonName('b') }, false],
    [{ issuer: commonName('a'), subject: commonName('A') }, false],
    [{ issuer: commonName('a'), subject: commonName('ab') }, false],
  ])('%#: self-issued %j: names are compared octet by octet, as in Go', (fields, selfIssued) => {
    expect(factsOf(fields).selfIssued).toBe(selfIssued)
  })

  it('key identifiers', () => {
    expect(withExtension('2.5.29.14', octetString('x')).subjectKeyIdentifier).toEqual(
      Uint8Array.of(0x78),
    )
    const authority = withExtension('2.5.29.35', sequence(element(0x80, 'y')))
    expect(authority.authorityKeyIdentifier).toEqual(Uint8Array.of(0x79))
    expect(withExtension('2.5.29.35', sequence()).authorityKeyIdentifier).toBeUndefined()
  })

  it('alternative names by their kind', () => {
    const list = [
      element(0x82, 'a'),
      element(0x87, [1, 2, 3, 4]),
      element(0x81, 'b'),
      element(0x86, 'c'),
    ]
    expect(withExtension('2.5.29.17', sequence(...list)).alternativeNames).toEqual({
      dns: ['a'],
      ip: [Uint8Array.of(1, 2, 3, 4)],
      email: ['b'],
      uri: ['c'],
    })
  })

  it.each<[string, Bytes, readonly string[], string]>([
    ['1.2.3', 'x', ['1.2.3'], 'unknown'],
    ['2.5.29.18', 'x', ['2.5.29.18'], 'an issuer alternative name, which Go does not know'],
    ['2.5.29.17', sequence(element(0x82, 'a')), [], 'a domain'],
    [
      '2.5.29.17',
      sequence(element(0xa4, sequence())),
      ['2.5.29.17'],
      'names of which Go knows none',
    ],
    ['2.5.29.30', sequence(element(0xa0, sequence(element(0x82, 'a')))), [], 'a domain'],
    [
      '2.5.29.30',
      sequence(element(0xa0, sequence(element(0xa4, sequence())))),
      ['2.5.29.30'],
      'constraints of a kind that Go does not check',
    ],
  ])('critical extensions that Go does not handle: %s, %#: %j', (type, value, unknown) => {
    expect(withExtension(type, value, boolean(0xff)).unknownCritical).toEqual(unknown)
    expect(withExtension(type, value).unknownCritical).toEqual([])
  })

  it('a version 1 certificate has no extensions', () => {
    expect(
      factsOf({ version: [], extensions: [extension('2.5.29.19', sequence(boolean(0xff)))] }),
    ).toMatchObject({
      version: 1,
      isCA: false,
      hasBasicConstraints: false,
    })
  })
})

it('only what the library read has facts', () => {
  const real = read({})
  expect(certificateFacts({ ...real })).toBeUndefined()
  expect(certificateFacts(Object.create(real))).toBeUndefined()
  for (const other of [undefined, null, 'x', {}]) {
    expect(certificateFacts(other as unknown as Certificate)).toBeUndefined()
  }
})
