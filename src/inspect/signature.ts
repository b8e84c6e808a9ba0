// Whether one certificate's key made another's signature, by WebCrypto.

import {
  type CertificateFacts,
  DerReader,
  ELLIPTIC_CURVE,
  type PublicKey,
  RSA,
  TAG,
} from '../certificates/index.js'
import { encodeHex } from '../text/index.js'
import { subtle, type WebAlgorithm } from './web-crypto.js'

/** What became of a signature. */
export type SignatureVerdict = 'good' | 'bad-signature' | 'weak-signature' | 'unsupported-algorithm'

/** Go refuses RSA keys below this. */
const MIN_MODULUS_BITS = 1024

/** Verifies the signature of a certificate with the key of what may be its issuer. */
export async function verifySignature(
  subject: CertificateFacts,
  issuer: CertificateFacts,
): Promise<SignatureVerdict> {
  if (subject.signature.brokenDigest !== undefined) return 'weak-signature'
  const scheme = schemeOf(subject)
  if (scheme === undefined) return 'unsupported-algorithm'
  const { key } = issuer
  if (key.algorithm !== scheme.key) {
    return KEYS.has(key.algorithm) ? 'bad-signature' : 'unsupported-algorithm'
  }
  if (key.modulusBits !== undefined && key.modulusBits < MIN_MODULUS_BITS) return 'weak-signature'
  if (key.exponent !== undefined && !isUsualExponent(key.exponent)) return 'unsupported-algorithm'
  const curve = scheme.key === ELLIPTIC_CURVE ? curveOf(key) : undefined
  if (scheme.key === ELLIPTIC_CURVE && curve === undefined) return 'unsupported-algorithm'
  const algorithm = curve ? { ...scheme.algorithm, namedCurve: curve.name } : scheme.algorithm
  const { body, signature } = subject.encoded
  // Go shifts a signature with unused bits into place, which makes it another one.
  if (signature === undefined) return 'bad-signature'
  const octets = curve ? toRawSignature(signature, curve.octets) : signature
  if (octets === undefined) return 'bad-signature'
  try {
    const { publicKey } = issuer.encoded
    const imported = await subtle.importKey('spki', publicKey, algorithm, false, ['verify'])
    return (await subtle.verify(algorithm, imported, octets, body)) ? 'good' : 'bad-signature'
  } catch {
    // The runtime's WebCrypto lacks the algorithm, or doesn't take the key.
    return 'unsupported-algorithm'
  }
}

/** Go's `crypto/rsa` verifies by no other exponent; of 1, every message would be its own signature. */
function isUsualExponent(exponent: number): boolean {
  return exponent > 1 && exponent < 2 ** 31 && exponent % 2 === 1
}

/** A signature algorithm, and the algorithm of the keys that make it. */
interface Scheme {
  readonly key: string
  readonly algorithm: WebAlgorithm
}

const rsa = (hash: string): Scheme => ({ key: RSA, algorithm: { name: 'RSASSA-PKCS1-v1_5', hash } })

const ecdsa = (hash: string): Scheme => ({
  key: ELLIPTIC_CURVE,
  algorithm: { name: 'ECDSA', hash },
})

const ED25519 = '1.3.101.112'

const RSA_PSS = '1.2.840.113549.1.1.10'

const SCHEMES: ReadonlyMap<string, Scheme> = new Map([
  ['1.2.840.113549.1.1.11', rsa('SHA-256')],
  ['1.2.840.113549.1.1.12', rsa('SHA-384')],
  ['1.2.840.113549.1.1.13', rsa('SHA-512')],
  ['1.2.840.10045.4.3.2', ecdsa('SHA-256')],
  ['1.2.840.10045.4.3.3', ecdsa('SHA-384')],
  ['1.2.840.10045.4.3.4', ecdsa('SHA-512')],
  [ED25519, { key: ED25519, algorithm: { name: 'Ed25519' } }],
])

/** The algorithms of the keys that one of these schemes has. */
const KEYS = new Set([...SCHEMES.values()].map(({ key }) => key))

function schemeOf({ signature }: CertificateFacts): Scheme | undefined {
  // RFC 8410, section 3: Ed25519 has no parameters. With some, it is unknown to Go.
  if (signature.algorithm === ED25519 && signature.parameters !== undefined) return undefined
  if (signature.algorithm !== RSA_PSS) return SCHEMES.get(signature.algorithm)
  const parameters = signature.parameters && encodeHex(signature.parameters)
  const found = PSS_DIGESTS.find(({ encoded }) => encoded.includes(parameters ?? ''))
  if (found === undefined) return undefined
  const { hash, octets } = found
  return { key: RSA, algorithm: { name: 'RSA-PSS', hash, saltLength: octets } }
}

/**
 * The parameters of RSASSA-PSS (RFC 4055, section 3.1) that Go takes: one digest for the message and
 * the mask, with a NULL behind its identifier or without, and a salt as long as the digest.
 */
const PSS_DIGESTS = [
  pssDigest('SHA-256', 32, '0609608648016503040201'),
  pssDigest('SHA-384', 48, '0609608648016503040202'),
  pssDigest('SHA-512', 64, '0609608648016503040203'),
]

function pssDigest(
  hash: string,
  octets: number,
  identifier: string,
): { hash: string; octets: number; encoded: readonly string[] } {
  const element = (tag: string, contents: string) => {
    return `${tag}${(contents.length / 2).toString(16).padStart(2, '0')}${contents}`
  }
  const encode = (digest: string, mask: string) => {
    const algorithm = element('30', `06092a864886f70d010108${mask}`)
    const salt = element('02', octets.toString(16))
    return element('30', element('a0', digest) + element('a1', algorithm) + element('a2', salt))
  }
  const digests = [element('30', `${identifier}0500`), element('30', identifier)]
  const encoded = digests.flatMap((digest) => digests.map((mask) => encode(digest, mask)))
  // The trailer field's default may be written out.
  const withTrailer = encoded.map((text) => {
    const contents = text.slice(4)
    return element('30', `${contents}a303020101`)
  })
  return { hash, octets, encoded: [...encoded, ...withTrailer] }
}

interface WebCurve {
  readonly name: string
  readonly octets: number
}

/** The curve of an elliptic key, which always has one; P-224 is missing, since WebCrypto has none. */
function curveOf({ curve }: PublicKey): WebCurve | undefined {
  return WEB_CURVES.get(curve as string)
}

const WEB_CURVES: ReadonlyMap<string, WebCurve> = new Map([
  ['1.2.840.10045.3.1.7', { name: 'P-256', octets: 32 }],
  ['1.3.132.0.34', { name: 'P-384', octets: 48 }],
  ['1.3.132.0.35', { name: 'P-521', octets: 66 }],
])

/** WebCrypto takes r and s side by side; a certificate has them as a SEQUENCE of two INTEGERs. */
function toRawSignature(signature: Uint8Array, octets: number): Uint8Array | undefined {
  try {
    const input = new DerReader(signature)
    const numbers = input.open(TAG.sequence, 'signature')
    const both = [numbers.integer('signature'), numbers.integer('signature')]
    if (!input.isAtEnd || !numbers.isAtEnd) return undefined
    const raw = new Uint8Array(2 * octets)
    for (const [i, integer] of both.entries()) {
      const digits = integer[0] === 0 ? integer.subarray(1) : integer
      if (digits.length > octets || (integer[0] as number) >= 0x80) return undefined
      raw.set(digits, (i + 1) * octets - digits.length)
    }
    return raw
  } catch {
    return undefined
  }
}
