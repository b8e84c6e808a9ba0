import { encodeHex } from '../text/index.js'
import { readAlgorithm } from './algorithm.js'
import { CURVES } from './curves.js'
import { DerError, DerReader, TAG } from './der.js'

const FIELD = 'the public key'

/** Go reads the exponent of an RSA key into an `int` of 64 bits. */
const MAX_EXPONENT_OCTETS = 8

/** What an algorithm's check gets: the parameters as encoded, if there are any, and the key. */
interface KeyMaterial {
  readonly parameters: Uint8Array | undefined
  readonly key: Uint8Array
}

/**
 * Checks a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7) of the algorithms that Go 1.26 knows,
 * and of those as strictly as Go. Keys of any other algorithm are Go's unknown keys: left unread.
 */
export function checkPublicKey(reader: DerReader): void {
  const info = reader.open(TAG.sequence, FIELD)
  const algorithm = readAlgorithm(info.open(TAG.sequence, FIELD), FIELD)
  const { octets, unused } = info.bitString(FIELD)
  const check = CHECKS.get(algorithm.identifier)
  if (check === undefined) return
  // Go would shift such a key into place; no encoder makes one.
  if (unused > 0 || !check({ parameters: algorithm.parameters, key: octets })) {
    throw new DerError(FIELD)
  }
}

const CHECKS: ReadonlyMap<string, (material: KeyMaterial) => boolean> = new Map([
  ['1.2.840.113549.1.1.1', isRsaKey],
  ['1.2.840.10040.4.1', isDsaKey],
  ['1.2.840.10045.2.1', isEllipticCurveKey],
  ['1.3.101.110', isMontgomeryOrEdwardsKey],
  ['1.3.101.112', isMontgomeryOrEdwardsKey],
])

/** RFC 3279, section 2.3.1: the parameters are NULL, and they are there. */
function isRsaKey({ parameters, key }: KeyMaterial): boolean {
  if (parameters === undefined || encodeHex(parameters) !== '0500') return false
  const numbers = new DerReader(key).open(TAG.sequence, FIELD)
  const modulus = numbers.integer(FIELD)
  const exponent = numbers.integer(FIELD)
  return isPositive(modulus) && isPositive(exponent) && exponent.length <= MAX_EXPONENT_OCTETS
}

/** RFC 3279, section 2.3.2 */
function isDsaKey({ parameters, key }: KeyMaterial): boolean {
  if (parameters === undefined) return false
  const domain = new DerReader(parameters).open(TAG.sequence, FIELD)
  const y = new DerReader(key).integer(FIELD)
  return [y, domain.integer(FIELD), domain.integer(FIELD), domain.integer(FIELD)].every(isPositive)
}

/** RFC 8410, section 3: no parameters; RFC 7748 and RFC 8032: 32 octets. */
function isMontgomeryOrEdwardsKey({ parameters, key }: KeyMaterial): boolean {
  return parameters === undefined && key.length === 32
}

/** A positive INTEGER: the first bit is the sign, and the shortest form of zero is one octet. */
function isPositive(integer: Uint8Array): boolean {
  const first = integer[0] as number
  return first < 0x80 && (first > 0 || integer.length > 1)
}

/** RFC 5480, sections 2.1.1 and 2.2: a named curve, and an uncompressed point that is on it. */
function isEllipticCurveKey({ parameters, key }: KeyMaterial): boolean {
  if (parameters === undefined) return false
  const curve = CURVES.get(new DerReader(parameters).objectIdentifier(FIELD))
  if (curve === undefined || key.length !== 1 + 2 * curve.octets || key[0] !== 0x04) return false
  const x = toBigInt(key.subarray(1, 1 + curve.octets))
  const y = toBigInt(key.subarray(1 + curve.octets))
  const { p, b } = curve
  return x < p && y < p && (y * y - (x * x * x - 3n * x + b)) % p === 0n
}

function toBigInt(octets: Uint8Array): bigint {
  return BigInt(`0x${encodeHex(octets)}`)
}
