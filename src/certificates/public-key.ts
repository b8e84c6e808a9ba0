// Keys (SubjectPublicKeyInfo: RFC 5280, section 4.1.2.7) of the algorithms that Go's crypto/x509
// knows, of which each is checked as strictly as there. Keys of any other algorithm are Go's unknown
// keys, X25519 and Ed448 among them: left unread.

import { encodeHex } from '../text/index.js'
import { type Algorithm, readAlgorithm } from './algorithm.js'
import { type Curve, curves } from './curves.js'
import { DerReader } from './der-reader.js'
import { CertificateFault } from './fault.js'
import { readNumber } from './number.js'
import { TAG } from './tag.js'

const FIELD = 'public-key'

export const RSA = '1.2.840.113549.1.1.1'

export const ELLIPTIC_CURVE = '1.2.840.10045.2.1'

/** A key, as far as its algorithm is known. */
export interface PublicKey {
  /** The algorithm's object identifier. */
  readonly algorithm: string
  /** The bits of an RSA key's modulus; undefined for any other. */
  readonly modulusBits: number | undefined
  /** An RSA key's exponent, rounded beyond 53 bits; undefined for any other. */
  readonly exponent: number | undefined
  /** The object identifier of an elliptic curve; undefined for any other key. */
  readonly curve: string | undefined
}

export function readPublicKey(reader: DerReader): PublicKey {
  const info = reader.open(TAG.sequence, FIELD)
  const algorithm = readAlgorithm(info.open(TAG.sequence, FIELD), FIELD)
  const { octets, unused } = info.bitString(FIELD)
  const details = READERS.get(algorithm.identifier)?.(algorithm, octets)
  // Go would shift such a key into place; no encoder makes one.
  if (details !== undefined && unused > 0) throw new CertificateFault(FIELD)
  return {
    algorithm: algorithm.identifier,
    modulusBits: details?.modulusBits,
    exponent: details?.exponent,
    curve: details?.curve,
  }
}

type Details = Pick<Partial<PublicKey>, 'modulusBits' | 'exponent' | 'curve'>

type ReadKey = (algorithm: Algorithm, key: Uint8Array) => Details

const READERS: ReadonlyMap<string, ReadKey> = new Map<string, ReadKey>([
  [RSA, readRsaKey],
  ['1.2.840.10040.4.1', readDsaKey],
  [ELLIPTIC_CURVE, readCurveKey],
  ['1.3.101.112', readBareKey(32)], // Ed25519: RFC 8410, section 3
  // ML-DSA-44, 65 and 87, which Go knows since 1.27: FIPS 204, table 2
  ['2.16.840.1.101.3.4.3.17', readBareKey(1312)],
  ['2.16.840.1.101.3.4.3.18', readBareKey(1952)],
  ['2.16.840.1.101.3.4.3.19', readBareKey(2592)],
])

/**
 * RFC 3279, section 2.3.1: the parameters are NULL, and they are there. Go reads the exponent into an
 * `int` of 64 bits.
 */
function readRsaKey({ parameters }: Algorithm, key: Uint8Array): Details {
  const hasNull = parameters?.length === 2 && parameters[0] === TAG.null
  const numbers = new DerReader(key).open(TAG.sequence, FIELD)
  const modulus = numbers.integer(FIELD)
  const exponent = readNumber(numbers, FIELD)
  expect(hasNull && isPositive(modulus) && exponent > 0)
  return { modulusBits: modulus.length * 8 - Math.clz32(modulus[0] as number) + 24, exponent }
}

/** RFC 3279, section 2.3.2 */
function readDsaKey({ parameters }: Algorithm, key: Uint8Array): Details {
  const domain = new DerReader(parameters ?? new Uint8Array()).open(TAG.sequence, FIELD)
  const y = new DerReader(key).integer(FIELD)
  const numbers = [y, domain.integer(FIELD), domain.integer(FIELD), domain.integer(FIELD)]
  expect(numbers.every(isPositive))
  return {}
}

/** RFC 5480, sections 2.1.1 and 2.2: a named curve, and an uncompressed point that is on it. */
function readCurveKey({ parameters }: Algorithm, key: Uint8Array): Details {
  const reader = new DerReader(parameters ?? new Uint8Array())
  // Parameters written out instead of a name, which RFC 5480 forbids, are a curve of their own.
  if (reader.nextIs(TAG.sequence)) throw new CertificateFault(FIELD, 'unsupported-curve')
  const name = reader.objectIdentifier(FIELD)
  const curve = curves().get(name)
  if (curve === undefined) throw new CertificateFault(FIELD, 'unsupported-curve')
  expect(key.length === 1 + 2 * curve.octets && key[0] === 0x04 && isOnCurve(curve, key))
  return { curve: name }
}

/** A key that is all there is: no parameters, and as many octets as its algorithm has. */
function readBareKey(octets: number): ReadKey {
  return ({ parameters }, key) => {
    expect(parameters === undefined && key.length === octets)
    return {}
  }
}

function expect(isFine: boolean): void {
  if (!isFine) throw new CertificateFault(FIELD)
}

/** A positive INTEGER: the first bit is the sign, and the shortest form of zero is one octet. */
function isPositive(integer: Uint8Array): boolean {
  const first = integer[0] as number
  return first < 0x80 && (first > 0 || integer.length > 1)
}

function isOnCurve({ octets, p, b }: Curve, key: Uint8Array): boolean {
  const x = toBigInt(key.subarray(1, 1 + octets))
  const y = toBigInt(key.subarray(1 + octets))
  return x < p && y < p && (y * y - (x * x * x - 3n * x + b)) % p === 0n
}

function toBigInt(octets: Uint8Array): bigint {
  return BigInt(`0x${encodeHex(octets)}`)
}
