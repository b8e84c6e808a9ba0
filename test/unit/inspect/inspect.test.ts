import 'reflect-metadata'
import {
  AuthorityKeyIdentifierExtension,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
} from '@peculiar/x509'
import { describe, expect, it } from 'vitest'
import {
  type Certificate,
  parseCaBundle,
  parseCertificate,
} from '../../../src/certificates/index.js'
import { inspectCertificate } from '../../../src/inspect/inspect.js'
import { ALGORITHMS, type Algorithm, ca, issue, names } from '../../support/authority.js'
import {
  certificate as build,
  element,
  extension,
  oid,
  sequence,
} from '../../support/der-builder.js'
import vectors from '../../vectors/ca-bundles.json' with { type: 'json' }

const inspected = (certificate: Certificate) => {
  const inspection = inspectCertificate(certificate)
  if (inspection.kind !== 'inspected') throw new Error(inspection.message)
  return inspection
}

describe('what a certificate says', () => {
  it('is all there', async () => {
    const constraint = sequence(element(0xa0, sequence(element(0x82, 'corp'))))
    const { certificate } = await issue('Root', {
      extensions: [
        ca(3),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1']),
        names({ type: 'dns', value: 'a.corp' }, { type: 'ip', value: '192.0.2.1' }),
        new SubjectKeyIdentifierExtension('0a0b'),
        new AuthorityKeyIdentifierExtension('0c0d'),
        new Extension('2.5.29.30', true, constraint),
      ],
    })
    const inspection = inspected(certificate)
    expect(inspection).toEqual({
      kind: 'inspected',
      key: { algorithm: 'ECDSA', bits: undefined, curve: 'P-256' },
      signature: { algorithm: 'ECDSA', hash: 'SHA-256' },
      keyUsages: ['keyCertSign', 'cRLSign'],
      extendedKeyUsages: ['1.3.6.1.5.5.7.3.1'],
      pathLength: 3,
      nameConstraints: { permitted: [{ type: 'dns', value: 'corp' }], excluded: [] },
      subjectKeyIdentifier: '0a0b',
      authorityKeyIdentifier: '0c0d',
      alternativeNames: [
        { type: 'dns', value: 'a.corp' },
        { type: 'ip', value: '192.0.2.1' },
      ],
      selfIssued: true,
    })
    for (const value of [
      inspection,
      inspection.key,
      inspection.signature,
      inspection.keyUsages,
      inspection.alternativeNames,
      inspection.alternativeNames[0],
      inspection.nameConstraints?.permitted,
    ]) {
      expect(Object.isFrozen(value)).toBe(true)
    }
  })

  it('is little where it says little', async () => {
    const root = await issue('Root')
    const { certificate } = await issue('leaf', { issuer: root })
    expect(inspected(certificate)).toMatchObject({
      keyUsages: undefined,
      extendedKeyUsages: undefined,
      pathLength: undefined,
      nameConstraints: undefined,
      subjectKeyIdentifier: undefined,
      authorityKeyIdentifier: undefined,
      alternativeNames: [],
      selfIssued: false,
    })
  })

  it.each<[Algorithm, object, object]>([
    [
      ALGORITHMS.rsa,
      { algorithm: 'RSASSA-PKCS1-v1_5', bits: 1024 },
      { algorithm: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    ],
    [
      ALGORITHMS['rsa-pss'],
      { algorithm: 'RSASSA-PKCS1-v1_5', bits: 1024 },
      { algorithm: 'RSA-PSS', hash: 'SHA-256' },
    ],
    [
      ALGORITHMS.p384,
      { algorithm: 'ECDSA', curve: 'P-384' },
      { algorithm: 'ECDSA', hash: 'SHA-384' },
    ],
    [
      ALGORITHMS.p521,
      { algorithm: 'ECDSA', curve: 'P-521' },
      { algorithm: 'ECDSA', hash: 'SHA-512' },
    ],
    [ALGORITHMS.ed25519, { algorithm: 'Ed25519' }, { algorithm: 'Ed25519', hash: undefined }],
  ])('%#: names key and signature', async (algorithm, key, signature) => {
    const { certificate } = await issue('Root', { algorithm })
    expect(inspected(certificate)).toMatchObject({ key, signature })
  })
})

describe('an algorithm that WebCrypto has no name for', () => {
  it.each(['1.2.3', '1.2.840.113549.1.1.4'])('is named by its identifier: %s', (identifier) => {
    const certificate = parseCertificate(build({ innerAlgorithm: sequence(oid(identifier)) }))
    if (certificate.kind === 'broken') throw new Error(certificate.message)
    expect(inspected(certificate).signature).toEqual({ algorithm: identifier, hash: undefined })
  })
})

describe('what cannot be inspected', () => {
  const read = (der: Uint8Array) => {
    const certificate = parseCertificate(der)
    if (certificate.kind === 'broken') throw new Error(certificate.message)
    return certificate
  }
  const manyNames = (count: number) => {
    const list = Array.from({ length: count }, () => element(0x82, 'registry.corp'))
    return build({ extensions: [extension('2.5.29.17', sequence(...list))] })
  }

  it('is more than 64 KiB', () => {
    expect(inspectCertificate(read(manyNames(4500)))).toEqual({
      kind: 'unreadable',
      code: 'too-large',
      message: 'the certificate has more than 64 KiB',
    })
    expect(inspectCertificate(read(manyNames(4000)))).toMatchObject({ kind: 'inspected' })
  })

  it('has something that @peculiar/x509 refuses', () => {
    const edi = extension('2.5.29.17', sequence(element(0xa5, sequence())))
    const inspection = inspectCertificate(read(build({ extensions: [edi] })))
    expect(inspection).toMatchObject({ kind: 'unreadable', code: 'unsupported' })
    expect(Object.isFrozen(inspection)).toBe(true)
  })

  it.each([undefined, null, {}, 'x', { der: build() }])('%#: is misuse', (value) => {
    expect(() => inspectCertificate(value as Certificate)).toThrow(TypeError)
  })

  it('is a copy', () => {
    expect(() => inspectCertificate({ ...read(build()) })).toThrow(TypeError)
  })
})

it("every certificate of Go's vectors gives one of both, and most can be read", () => {
  const kinds = { inspected: 0, unreadable: 0 }
  for (const { text } of vectors.cases) {
    for (const certificate of parseCaBundle(text, { brokenCertificates: 'skip' }).certificates) {
      kinds[inspectCertificate(certificate).kind]++
    }
  }
  expect(kinds.inspected).toBeGreaterThan(200)
  expect(kinds.unreadable).toBeLessThan(kinds.inspected / 10)
})
