import { createHash, X509Certificate as NodeCertificate } from 'node:crypto'
import 'reflect-metadata'
import { describe, expect, it } from 'vitest'
import { type CaBundle, parseCaBundle, readCaBundle } from '../../../src/certificates/bundle.js'
import { parseCertificate } from '../../../src/certificates/certificate.js'
import type { CertificateFaultCode } from '../../../src/certificates/fault.js'
import {
  boolean,
  bytesOf,
  certificate,
  element,
  extension,
  type Fields,
  integer,
  NULL,
  name,
  octetString,
  oid,
  pem,
  sequence,
  tower,
} from '../../support/der-builder.js'
import vectors from '../../vectors/ca-bundles.json' with { type: 'json' }

const GOOD = pem(certificate())
const OTHER = pem(certificate({ serialNumber: integer(7) }))
const skip = (text: string) => parseCaBundle(text, { brokenCertificates: 'skip' })

/** Undefined for what OpenSSL doesn't read: a UTCTime with an offset. */
function nodeCertificate(der: Uint8Array): NodeCertificate | undefined {
  try {
    return new NodeCertificate(der)
  } catch {
    return undefined
  }
}

describe('a certificate', () => {
  const der = certificate({
    serialNumber: integer(0x00, 0xc0, 0xff, 0xee),
    extensions: [extension('2.5.29.19', sequence(boolean(0xff)), boolean(0xff))],
  })
  const only = ({ certificates: [first] }: CaBundle) => {
    if (first === undefined) throw new Error('expected a certificate')
    return first
  }
  const read = () => only(parseCaBundle(pem(der)))

  it('exposes what is documented, as own properties', () => {
    expect(Object.keys(read())).toEqual([
      'kind',
      'subject',
      'issuer',
      'serialNumber',
      'notBefore',
      'notAfter',
      'fingerprint',
      'isCA',
      'der',
      'pem',
    ])
    expect({ ...read() }).toEqual({
      kind: 'certificate',
      subject: 'CN=Subject',
      issuer: 'CN=Issuer',
      serialNumber: 'c0ffee',
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: new Date('2050-01-01T00:00:00Z'),
      fingerprint: createHash('sha256').update(der).digest('hex'),
      isCA: true,
      der,
      pem: pem(der),
    })
  })

  it('is frozen, and so is all around it', () => {
    const bundle = skip(`${GOOD}${pem(der, 'X')}`)
    const contents = readCaBundle(GOOD)
    for (const value of [
      bundle,
      bundle.certificates,
      only(bundle),
      bundle.skipped,
      bundle.skipped[0],
      contents,
      contents.certificates,
      contents.skipped,
      contents.broken,
    ]) {
      expect(Object.isFrozen(value)).toBe(true)
    }
  })

  it('hands out copies of what cannot be frozen', () => {
    const first = read()
    first.der.fill(0)
    first.notBefore.setTime(0)
    first.notAfter.setTime(0)
    expect({ ...first }).toEqual({ ...read() })
    expect(first.der.buffer.byteLength).toBe(der.length)
  })

  it('is listed once, where it is first', () => {
    const text = `${OTHER}${GOOD}${OTHER.replaceAll('\n', '\r\n')}${GOOD}`
    expect(parseCaBundle(text).certificates.map(({ serialNumber }) => serialNumber)).toEqual([
      '07',
      '2a',
    ])
  })

  it('of the same subject and key, but another serial number, is another', () => {
    expect(parseCaBundle(GOOD + OTHER).certificates.length).toBe(2)
  })

  it('may have a UTCTime with an offset, which @peculiar/x509 misreads', () => {
    const validity = sequence(element(0x17, '200101000000+0100'), element(0x17, '300101000000Z'))
    const { notBefore } = only(parseCaBundle(pem(certificate({ validity }))))
    expect(notBefore).toEqual(new Date('2019-12-31T23:00:00Z'))
  })

  it.each<[Fields, string]>([
    [{ innerAlgorithm: sequence(oid('1.2.3')) }, 'an unknown signature algorithm'],
    [{ publicKey: sequence(sequence(oid('1.2.3')), element(3, [0])) }, 'an unknown key algorithm'],
    [
      { extensions: [extension('1.2.3', 'not DER', boolean(0xff))] },
      'an unknown critical extension',
    ],
    [{ version: [] }, 'version 1'],
    [{ end: NULL }, 'another field behind the signature'],
    [{ bodyEnd: NULL }, 'another field in the part that is signed'],
    [{ extensions: [extension('2.5.29.18', NULL)] }, 'an issuer alternative name of another type'],
    [{ extensions: [extension('2.5.29.19', sequence(integer(3)))] }, 'a path length without CA'],
    [
      { extensions: [extension('2.5.29.17', sequence(element(0xa5, sequence())))] },
      'an ediPartyName',
    ],
    [
      { extensions: [extension('2.5.29.17', sequence(element(0xa3, sequence())))] },
      'an x400Address',
    ],
    [{ subject: name(), issuer: name() }, 'empty names'],
  ])('%#: may have %s', (fields) => {
    expect(parseCaBundle(pem(certificate(fields))).certificates.length).toBe(1)
  })

  it('agrees with node:crypto, for all of the vectors', () => {
    const seen = new Set<string>()
    let agreed = 0
    for (const { text } of vectors.cases) {
      for (const own of skip(text).certificates) {
        if (seen.has(own.fingerprint)) continue
        seen.add(own.fingerprint)
        const node = nodeCertificate(own.der)
        if (node === undefined) continue
        agreed++
        expect(own.fingerprint).toBe(node.fingerprint256.replaceAll(':', '').toLowerCase())
        expect(own.serialNumber).toBe(node.serialNumber.toLowerCase())
        expect(own.pem).toBe(node.toString())
        expect([+own.notBefore, +own.notAfter]).toEqual([
          Date.parse(node.validFrom),
          Date.parse(node.validTo),
        ])
        expect(own.subject).toBe(node.subject.split('\n').reverse().join(','))
      }
    }
    expect([seen.size > 220, seen.size - agreed]).toEqual([true, 1])
  })
})

describe('parseCertificate', () => {
  const der = certificate()

  it('reads one certificate, as a bundle does', () => {
    expect({ ...parseCertificate(der) }).toEqual({ ...parseCaBundle(pem(der)).certificates[0] })
  })

  it('copies the bytes', () => {
    const bytes = Uint8Array.from(der)
    const read = parseCertificate(bytes)
    bytes.fill(0)
    expect(read.kind === 'certificate' && read.der).toEqual(der)
  })

  it('takes a view and a Buffer', () => {
    const view = bytesOf([1, 2], der).subarray(2)
    expect(parseCertificate(view).kind).toBe('certificate')
    expect(parseCertificate(Buffer.from(der)).kind).toBe('certificate')
  })

  it.each<[Uint8Array, CertificateFaultCode]>([
    [bytesOf(), 'malformed'],
    [Uint8Array.of(0x30, 0x80), 'not-der'],
    [der.subarray(1), 'not-der'],
    [bytesOf(der, NULL), 'trailing-bytes'],
    [certificate({ serialNumber: integer(0x80) }), 'negative-serial-number'],
    [certificate({ outerAlgorithm: sequence(oid('1.2.3')) }), 'algorithm-mismatch'],
    [
      certificate({ extensions: [extension('1.2.3', []), extension('1.2.3', [])] }),
      'duplicate-extension',
    ],
    [
      certificate({ extensions: [extension('2.5.29.14', octetString(), boolean(0xff))] }),
      'critical-extension',
    ],
    [
      certificate({
        publicKey: sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.3')), element(3, [0])),
      }),
      'unsupported-curve',
    ],
    [certificate({ bodyEnd: bytesOf(...Array(10_000).fill(NULL)) }), 'too-many-elements'],
    [certificate({ bodyEnd: tower(0xa5, 40) }), 'too-deep'],
    [certificate({ bodyEnd: element(6, new Uint8Array(129).fill(1)) }), 'identifier-too-long'],
  ])('%#: gives what is wrong as a value: %s', (bytes, code) => {
    const read = parseCertificate(bytes)
    expect(read).toMatchObject({ kind: 'broken', code })
    expect(read).toHaveProperty(
      'message',
      expect.stringMatching(/^expected an X\.509 certificate in DER, but /),
    )
    expect(Object.isFrozen(read)).toBe(true)
  })

  it.each([undefined, null, pem(der), [...der], der.buffer, {}])(
    '%#: misuse is a TypeError',
    (value) => {
      expect(() => parseCertificate(value as Uint8Array)).toThrow(TypeError)
    },
  )
})
