import { createHash, generateKeyPairSync, sign, webcrypto } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseCertificate } from '../../../src/certificates/certificate.js'
import { certificateFacts } from '../../../src/certificates/index.js'
import { verifySignature } from '../../../src/inspect/signature.js'
import { ALGORITHMS, type Algorithm, ca, type Issued, issue } from '../../support/authority.js'
import {
  bitString,
  certificate as build,
  bytesOf,
  integer,
  NULL,
  octetString,
  oid,
  sequence,
} from '../../support/der-builder.js'

const verify = async (subject: Issued, issuer: Issued) => {
  const facts = [subject, issuer].map(({ certificate }) => certificateFacts(certificate))
  const [a, b] = facts
  if (a === undefined || b === undefined) throw new Error('expected facts')
  return verifySignature(a, b)
}

const factsOf = (fields: Parameters<typeof build>[0]) => {
  const read = parseCertificate(build(fields))
  const found = read.kind === 'certificate' ? certificateFacts(read) : undefined
  if (found === undefined) throw new Error('expected a certificate')
  return found
}

describe('a signature', () => {
  const good = Object.entries(ALGORITHMS).filter(([name]) => name !== 'rsa-sha1')

  it.each<[string, Algorithm]>(good)(
    'by %s is good with its key, and bad with another',
    async (_, algorithm) => {
      const root = await issue('Root', { algorithm, extensions: [ca()] })
      const other = await issue('Root', { algorithm, extensions: [ca()] })
      const leaf = await issue('leaf', { issuer: root, algorithm: ALGORITHMS.p256 })
      expect(await verify(root, root)).toBe('good')
      expect(await verify(leaf, root)).toBe('good')
      expect(await verify(leaf, other)).toBe('bad-signature')
    },
  )

  it('over SHA-1 is weak, although WebCrypto verifies it', async () => {
    const root = await issue('Root', { algorithm: ALGORITHMS['rsa-sha1'] })
    expect(await verify(root, root)).toBe('weak-signature')
  })

  it.each<[string, Algorithm, Algorithm]>([
    ['RSA by a curve', ALGORITHMS.rsa, ALGORITHMS.p256],
    ['a curve by RSA', ALGORITHMS.p256, ALGORITHMS.rsa],
    ['another curve', ALGORITHMS.p256, ALGORITHMS.p384],
    ['Ed25519 by a curve', ALGORITHMS.ed25519, ALGORITHMS.p256],
  ])('%s is bad', async (_, signer, key) => {
    const root = await issue('Root', { algorithm: signer })
    const other = await issue('Root', { algorithm: key })
    expect(await verify(root, other)).toBe('bad-signature')
  })

  it('by an RSA key below 1,024 bits is weak', async () => {
    const algorithm = { ...ALGORITHMS.rsa, modulusLength: 512 }
    const root = await issue('Root', { algorithm })
    expect(await verify(root, root)).toBe('weak-signature')
  })

  it.each([
    ['RSASSA-PSS with a salt of another length', { ...ALGORITHMS['rsa-pss'], saltLength: 20 }],
  ])('by %s is unsupported, as in Go', async (_, algorithm) => {
    const root = await issue('Root', { algorithm })
    expect(await verify(root, root)).toBe('unsupported-algorithm')
  })
})

describe('the exponent of an RSA key', () => {
  it.each([
    [3, 'good', 'the least that is in use'],
    [2 ** 31 - 1, 'good', 'the greatest by which Go verifies'],
    [2 ** 32 - 1, 'unsupported-algorithm', 'one of 32 bits, which Go refuses'],
  ])('%i: %s, %s', async (publicExponent, verdict) => {
    const made = generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent })
    const spki = made.publicKey.export({ type: 'spki', format: 'der' })
    const pkcs8 = made.privateKey.export({ type: 'pkcs8', format: 'der' })
    const { subtle } = webcrypto
    const keys = {
      publicKey: await subtle.importKey('spki', spki, ALGORITHMS.rsa, true, ['verify']),
      privateKey: await subtle.importKey('pkcs8', pkcs8, ALGORITHMS.rsa, true, ['sign']),
    }
    const root = await issue('Root', { algorithm: ALGORITHMS.rsa, keys })
    expect(await verify(root, root)).toBe(verdict)
  })

  it('is never 1, of which a message is its own signature', async () => {
    const numbers = sequence(integer(0, ...Array(128).fill(0xff)), integer(1))
    const publicKey = sequence(sequence(oid('1.2.840.113549.1.1.1'), NULL), bitString(0, numbers))
    const innerAlgorithm = sequence(oid('1.2.840.113549.1.1.11'), NULL)
    const { body } = factsOf({ innerAlgorithm }).encoded
    const digest = createHash('sha256').update(body).digest()
    const info = sequence(sequence(oid('2.16.840.1.101.3.4.2.1'), NULL), octetString(digest))
    // RFC 8017, section 9.2
    const padded = bytesOf([0, 1], Array(125 - info.length).fill(0xff), [0], info)
    const signed = factsOf({ innerAlgorithm, signature: bitString(0, padded) })
    expect(await verifySignature(signed, factsOf({ publicKey }))).toBe('unsupported-algorithm')
  })
})

describe('an Ed25519 signature', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  const issuer = factsOf({ publicKey: key })

  /** The signature of a body with this serial number. */
  const signed = (innerAlgorithm: Uint8Array, serial: number, unused: number) => {
    const fields = { innerAlgorithm, serialNumber: integer(serial) }
    const octets = sign(null, factsOf(fields).encoded.body, privateKey)
    return { octets, facts: () => factsOf({ ...fields, signature: bitString(unused, octets) }) }
  }
  const plain = sequence(oid('1.3.101.112'))
  const withNull = sequence(oid('1.3.101.112'), NULL)

  it('has no parameters: with some it is unknown to Go', async () => {
    expect(await verifySignature(signed(plain, 1, 0).facts(), issuer)).toBe('good')
    expect(await verifySignature(signed(withNull, 1, 0).facts(), issuer)).toBe(
      'unsupported-algorithm',
    )
  })

  it('is bad where its last octet has unused bits, since Go shifts it into place', async () => {
    const even = Array.from({ length: 100 }, (_, serial) => serial).find((serial) => {
      return ((signed(plain, serial, 0).octets.at(-1) as number) & 1) === 0
    }) as number
    expect(await verifySignature(signed(plain, even, 0).facts(), issuer)).toBe('good')
    expect(await verifySignature(signed(plain, even, 1).facts(), issuer)).toBe('bad-signature')
  })
})

describe('signatures that are built', () => {
  const ecdsa = sequence(oid('1.2.840.10045.4.3.2'))

  it.each([
    ['an unknown algorithm', { innerAlgorithm: sequence(oid('1.2.3')) }, 'unsupported-algorithm'],
    ['MD5', { innerAlgorithm: sequence(oid('1.2.840.113549.1.1.4')) }, 'weak-signature'],
    ['MD2', { innerAlgorithm: sequence(oid('1.2.840.113549.1.1.2')) }, 'weak-signature'],
    [
      'PSS without parameters',
      { innerAlgorithm: sequence(oid('1.2.840.113549.1.1.10')) },
      'unsupported-algorithm',
    ],
    ['Ed25519 of zeros', {}, 'bad-signature'],
  ])('%s: %#', async (_, fields, verdict) => {
    expect(await verifySignature(factsOf(fields), factsOf({}))).toBe(verdict)
  })

  it('by a key that WebCrypto does not take are unsupported', async () => {
    const issuer = factsOf({})
    const encoded = { ...issuer.encoded, publicKey: Uint8Array.of(0x30, 0x00) }
    expect(await verifySignature(factsOf({}), { ...issuer, encoded })).toBe('unsupported-algorithm')
  })

  it('by a key of an unknown algorithm are unsupported', async () => {
    const publicKey = sequence(sequence(oid('1.2.840.113549.1.1.10')), bitString(0, [1]))
    expect(await verifySignature(factsOf({}), factsOf({ publicKey }))).toBe('unsupported-algorithm')
  })

  it.each([
    ['nothing', bitString(0, [])],
    ['no SEQUENCE', bitString(0, integer(1))],
    ['one number', bitString(0, sequence(integer(1)))],
    ['three numbers', bitString(0, sequence(integer(1), integer(1), integer(1)))],
    ['something behind it', bitString(0, [...sequence(integer(1), integer(1)), 0])],
    ['a negative number', bitString(0, sequence(integer(0x80), integer(1)))],
    ['a number of 33 octets', bitString(0, sequence(integer(1, ...Array(32).fill(0)), integer(1)))],
    ['small numbers', bitString(0, sequence(integer(1), integer(1)))],
  ])('by ECDSA with %s are bad', async (_, signature) => {
    const root = await issue('Root', { algorithm: ALGORITHMS.p256 })
    const issuer = certificateFacts(root.certificate)
    if (issuer === undefined) throw new Error('expected facts')
    expect(await verifySignature(factsOf({ innerAlgorithm: ecdsa, signature }), issuer)).toBe(
      'bad-signature',
    )
  })

  it('on P-224 are unsupported, since WebCrypto has no such curve', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp224r1' })
    const issuer = factsOf({
      publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    })
    expect(await verifySignature(factsOf({ innerAlgorithm: ecdsa }), issuer)).toBe(
      'unsupported-algorithm',
    )
  })
})
