import {
  checkStructure,
  constructedTag,
  DerError,
  DerReader,
  decodeUtf8,
  encodeHex,
  isObjectIdentifier,
  primitiveTag,
  TAG,
} from './encoding.js'

/*
 * What Go 1.26's `x509.ParseCertificate` refuses, this reader refuses: Go is what decides whether a
 * certificate is in the reference's pool, and the parsers that JavaScript has take BER, trailing
 * bytes and points beside their curve.
 *
 * Accepted although Go refuses it:
 * - `uri-name`: a URI among the subject alternative names that is ASCII, but that Go's `net/url`
 *   can't parse, or whose host isn't a domain name.
 *
 * Refused although Go accepts it, for safety's sake:
 * - `oversized`: object identifiers of more than 128 octets, names with a tag of more than 32 KiB,
 *   more than 10,000 elements, or more than 32 levels of them.
 * - `inner-der`: an element that Go passes over unread, or the rest of an extension that it reads,
 *   which is constructed but not DER inside.
 * - `key-padding`: a key of a known algorithm whose last octet has unused bits.
 * - `constraint-name`: name constraints on mailboxes with quoted or escaped local parts, and on URIs
 *   with a colon or four numbers in the domain.
 */

/** A certificate's fields (RFC 5280, section 4.1), as far as the library shows them. */
export interface CertificateFields extends Validity {
  readonly subject: string
  readonly issuer: string
  /** The serial number in lower-case hexadecimal, two digits an octet, without a sign octet. */
  readonly serialNumber: string
  readonly isCA: boolean
}

const V1 = 0
const V3 = 2

/**
 * Reads a certificate.
 *
 * @throws `DerError` naming the first field that is malformed.
 */
export function readCertificate(der: Uint8Array): CertificateFields {
  checkStructure(der, 'the block')
  const input = new DerReader(der)
  const certificate = input.open(TAG.sequence, 'the certificate')
  if (!input.isAtEnd) throw new DerError('the certificate', 'is followed by other bytes')
  const body = certificate.open(TAG.sequence, 'the part that is signed')
  const outerAlgorithm = certificate.contents(TAG.sequence, 'the signature algorithm')
  certificate.bitString('the signature')
  return readBody(body, outerAlgorithm)
}

/** TBSCertificate; what follows its last field is ignored, as in Go. */
function readBody(body: DerReader, outerAlgorithm: Uint8Array): CertificateFields {
  const version = readVersion(body)
  const serialNumber = readSerialNumber(body)
  const algorithm = body.contents(TAG.sequence, 'the signature algorithm')
  if (encodeHex(algorithm) !== encodeHex(outerAlgorithm)) {
    throw new DerError('the signature algorithm', 'is not the same inside and outside')
  }
  readAlgorithm(new DerReader(algorithm), 'the signature algorithm')
  const issuer = readDistinguishedName(body, 'the issuer')
  const validity = readValidity(body)
  const subject = readDistinguishedName(body, 'the subject')
  checkPublicKey(body)
  const { isCA } = readVersionedFields(body, version)
  return { subject, issuer, serialNumber, ...validity, isCA }
}

function readVersion(body: DerReader): number {
  const field = 'the version'
  const contents = body.optional(constructedTag(0), field)
  if (contents === undefined) return V1
  const reader = new DerReader(contents)
  const version = encodeHex(reader.integer(field))
  if (!reader.isAtEnd || !['00', '01', '02'].includes(version)) throw new DerError(field)
  return Number(version)
}

function readSerialNumber(body: DerReader): string {
  const octets = body.integer('the serial number')
  const first = octets[0] as number
  if (first >= 0x80) throw new DerError('the serial number', 'is negative')
  return encodeHex(first === 0 && octets.length > 1 ? octets.subarray(1) : octets)
}

/** The fields that a version 1 certificate can't have; there, Go ignores them. */
function readVersionedFields(body: DerReader, version: number): { readonly isCA: boolean } {
  if (version > V1) {
    body.optional(primitiveTag(1), "the issuer's unique identifier")
    body.optional(primitiveTag(2), "the subject's unique identifier")
  }
  const contents =
    version === V3 ? body.optional(constructedTag(3), 'the list of extensions') : undefined
  if (contents === undefined) return { isCA: false }
  return readExtensions(new DerReader(contents).open(TAG.sequence, 'the list of extensions'))
}

const MINUTE = 60_000

/** When a certificate may be used (RFC 5280, section 4.1.2.5), in milliseconds since 1970. */
export interface Validity {
  readonly notBefore: number
  readonly notAfter: number
}

/** Reads both dates; that they are in order is not asked for, as in Go. */
export function readValidity(reader: DerReader): Validity {
  const validity = reader.open(TAG.sequence, 'the validity')
  const notBefore = readTime(validity, 'notBefore')
  const notAfter = readTime(validity, 'notAfter')
  return { notBefore, notAfter }
}

/**
 * A UTCTime with or without seconds, or a GeneralizedTime with them; `Z` or an offset follows.
 * RFC 5280 asks for seconds and `Z`; Go's `cryptobyte` takes more, and so do certificates.
 */
function readTime(reader: DerReader, field: string): number {
  const { tag, contents } = reader.any(field)
  const text = String.fromCharCode(...contents.subarray(0, MAX_TIME + 1))
  const zone = text.endsWith('Z') ? 1 : 5
  const digits = text.slice(0, -zone)
  const time = isDigits(digits) ? timeOf(tag, digits) : undefined
  const offset = offsetOf(text.slice(-zone))
  if (time === undefined || offset === undefined) throw new DerError(field)
  return time - offset
}

/** `YYYYMMDDhhmmss+hhmm` */
const MAX_TIME = 19

function timeOf(tag: number, digits: string): number | undefined {
  if (tag === TAG.generalizedTime && digits.length === 14) return calendarTime(digits)
  if (tag !== TAG.utcTime || (digits.length !== 10 && digits.length !== 12)) return undefined
  const century = digits.slice(0, 2) >= '50' ? '19' : '20'
  return calendarTime(`${century}${digits}`.padEnd(14, '0'))
}

/** The time that `YYYYMMDDhhmmss` stands for, if there is such a time. */
function calendarTime(digits: string): number | undefined {
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}T${digits.slice(8, 10)}:${digits.slice(10, 12)}:${digits.slice(12)}.000Z`
  const date = new Date(iso)
  // A day such as 30 February, or the hour 24, gives another date or none.
  return Number.isNaN(date.getTime()) || date.toISOString() !== iso ? undefined : date.getTime()
}

/**
 * The milliseconds that `Z` or `+hhmm` stands for. An offset of zero is written `Z`; a day, and
 * the minutes beside it, is as far as Go goes.
 */
function offsetOf(zone: string): number | undefined {
  if (zone === 'Z') return 0
  const sign = zone[0] === '-' ? -1 : 1
  const hours = zone.slice(1, 3)
  const minutes = zone.slice(3)
  const isOffset = (zone[0] === '+' || zone[0] === '-') && isDigits(zone.slice(1))
  if (!isOffset || hours > '24' || minutes > '59' || `${hours}${minutes}` === '0000') {
    return undefined
  }
  return sign * (Number(hours) * 60 + Number(minutes)) * MINUTE
}

function isDigits(text: string): boolean {
  for (const character of text) if (character < '0' || character > '9') return false
  return true
}

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

/** An AlgorithmIdentifier's contents (RFC 5280, section 4.1.1.2). */
function readAlgorithm(
  reader: DerReader,
  field: string,
): { readonly identifier: string; readonly parameters: Uint8Array | undefined } {
  const identifier = reader.objectIdentifier(field)
  const parameters = reader.isAtEnd ? undefined : reader.any(field).encoded
  return { identifier, parameters }
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

/** A curve y² = x³ - 3x + b over the field of order p (FIPS 186-4, appendix D.1.2). */
interface Curve {
  readonly octets: number
  readonly p: bigint
  readonly b: bigint
}

const CURVES: ReadonlyMap<string, Curve> = new Map([
  [
    '1.3.132.0.33', // P-224
    {
      octets: 28,
      p: 2n ** 224n - 2n ** 96n + 1n,
      b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
    },
  ],
  [
    '1.2.840.10045.3.1.7', // P-256
    {
      octets: 32,
      p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
      b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    },
  ],
  [
    '1.3.132.0.34', // P-384
    {
      octets: 48,
      p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
      b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    },
  ],
  [
    '1.3.132.0.35', // P-521
    {
      octets: 66,
      p: 2n ** 521n - 1n,
      b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    },
  ],
])

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

/** Go reads the numbers in extensions into integers of 64 bits. */
const MAX_NUMBER_OCTETS = 8

/** What the extensions say that the rest of the library asks for. */
export interface ExtensionFacts {
  /** The CA bit of the basic constraints; false without them. */
  readonly isCA: boolean
}

interface KnownExtension {
  readonly field: string
  /** RFC 5280 has it non-critical, and Go refuses the certificate where it isn't. */
  readonly neverCritical?: true
  readonly check: (value: DerReader, field: string) => void
}

/**
 * Reads the extensions of a certificate: each at most once (RFC 5280, section 4.2), and those that
 * Go 1.26 looks into as strictly as Go. The contents of others are left unread.
 */
export function readExtensions(extensions: DerReader): ExtensionFacts {
  const seen = new Set<string>()
  let isCA = false
  while (!extensions.isAtEnd) {
    const extension = extensions.open(TAG.sequence, 'an extension')
    const identifier = extension.objectIdentifier("an extension's identifier")
    if (seen.has(identifier)) throw new DerError('an extension', 'is there twice')
    seen.add(identifier)
    const isCritical =
      extension.nextIs(TAG.boolean) && extension.boolean("an extension's criticality")
    const value = extension.contents(TAG.octetString, "an extension's value")
    checkExtension(identifier, isCritical, value)
    if (identifier === BASIC_CONSTRAINTS) isCA = readBasicConstraints(new DerReader(value))
  }
  return { isCA }
}

function checkExtension(identifier: string, isCritical: boolean, value: Uint8Array): void {
  const known = KNOWN.get(identifier)
  if (known === undefined) return
  if (isCritical && known.neverCritical) throw new DerError(known.field, 'is marked critical')
  checkStructure(value, known.field)
  known.check(new DerReader(value), known.field)
}

const BASIC_CONSTRAINTS = '2.5.29.19'

/** RFC 5280, sections 4.2.1 and 4.2.2 */
const KNOWN: ReadonlyMap<string, KnownExtension> = new Map<string, KnownExtension>([
  [
    '2.5.29.14',
    {
      field: 'the subject key identifier extension',
      neverCritical: true,
      check: (value, field) => value.contents(TAG.octetString, field),
    },
  ],
  [
    '2.5.29.15',
    { field: 'the key usage extension', check: (value, field) => value.bitString(field) },
  ],
  ['2.5.29.17', { field: 'the subject alternative name extension', check: checkSubjectAltNames }],
  // Go doesn't look into these names, but @peculiar/x509 does: their structure is all that counts.
  ['2.5.29.18', { field: 'the issuer alternative name extension', check: () => {} }],
  [BASIC_CONSTRAINTS, { field: 'the basic constraints extension', check: readBasicConstraints }],
  ['2.5.29.30', { field: 'the name constraints extension', check: checkNameConstraints }],
  ['2.5.29.31', { field: 'the CRL distribution points extension', check: checkDistributionPoints }],
  ['2.5.29.32', { field: 'the certificate policies extension', check: checkPolicies }],
  ['2.5.29.33', { field: 'the policy mappings extension', check: checkPolicyMappings }],
  [
    '2.5.29.35',
    {
      field: 'the authority key identifier extension',
      neverCritical: true,
      check: checkAuthorityKey,
    },
  ],
  ['2.5.29.36', { field: 'the policy constraints extension', check: checkPolicyConstraints }],
  ['2.5.29.37', { field: 'the extended key usage extension', check: checkExtendedKeyUsage }],
  ['2.5.29.54', { field: 'the inhibitAnyPolicy extension', check: checkNumber }],
  [
    '1.3.6.1.5.5.7.1.1',
    {
      field: 'the authority information access extension',
      neverCritical: true,
      check: checkAccess,
    },
  ],
])

function readBasicConstraints(
  value: DerReader,
  field = 'the basic constraints extension',
): boolean {
  const constraints = value.open(TAG.sequence, field)
  const isCA = constraints.nextIs(TAG.boolean) && constraints.boolean(field)
  if (constraints.nextIs(TAG.integer)) {
    const pathLength = checkNumber(constraints, field)
    if ((pathLength[0] as number) >= 0x80) throw new DerError(field)
  }
  return isCA
}

function checkDistributionPoints(value: DerReader, field: string): void {
  const points = value.open(TAG.sequence, field)
  while (!points.isAtEnd) {
    const point = points.open(TAG.sequence, field)
    const name = point.optional(constructedTag(0), field)
    if (name === undefined) continue
    const fullName = new DerReader(name).open(constructedTag(0), field)
    while (fullName.nextIs(URI)) fullName.contents(URI, field)
  }
}

function checkPolicies(value: DerReader, field: string): void {
  const policies = value.open(TAG.sequence, field)
  const seen = new Set<string>()
  while (!policies.isAtEnd) {
    const identifier = policies.open(TAG.sequence, field).contents(TAG.objectIdentifier, field)
    const key = encodeHex(identifier)
    if (seen.has(key) || !isObjectIdentifier(identifier)) throw new DerError(field)
    seen.add(key)
  }
}

function checkPolicyMappings(value: DerReader, field: string): void {
  const mappings = value.open(TAG.sequence, field)
  while (!mappings.isAtEnd) {
    const mapping = mappings.open(TAG.sequence, field)
    mapping.contents(TAG.objectIdentifier, field)
    mapping.contents(TAG.objectIdentifier, field)
  }
}

function checkAuthorityKey(value: DerReader, field: string): void {
  value.open(TAG.sequence, field).optional(primitiveTag(0), field)
}

function checkPolicyConstraints(value: DerReader, field: string): void {
  const constraints = value.open(TAG.sequence, field)
  for (const tag of [primitiveTag(0), primitiveTag(1)]) {
    if (constraints.nextIs(tag)) checkNumber(constraints, field, tag)
  }
}

function checkExtendedKeyUsage(value: DerReader, field: string): void {
  const usages = value.open(TAG.sequence, field)
  while (!usages.isAtEnd) usages.objectIdentifier(field)
}

function checkAccess(value: DerReader, field: string): void {
  const descriptions = value.open(TAG.sequence, field)
  while (!descriptions.isAtEnd) {
    const description = descriptions.open(TAG.sequence, field)
    description.objectIdentifier(field)
    description.optional(URI, field)
  }
}

function checkNumber(reader: DerReader, field: string, tag?: number): Uint8Array {
  const integer = reader.integer(field, tag)
  if (integer.length > MAX_NUMBER_OCTETS) throw new DerError(field)
  return integer
}

interface Attribute {
  readonly type: string
  readonly value: string
}

/**
 * The attributes that Go's `pkix.Name` has fields for, in the order in which it prints them: the
 * reverse of the order in which it would encode them.
 */
const NAMED_ATTRIBUTES: readonly { type: string; name: string; single: boolean }[] = [
  { type: '2.5.4.5', name: 'SERIALNUMBER', single: true },
  { type: '2.5.4.3', name: 'CN', single: true },
  { type: '2.5.4.11', name: 'OU', single: false },
  { type: '2.5.4.10', name: 'O', single: false },
  { type: '2.5.4.17', name: 'POSTALCODE', single: false },
  { type: '2.5.4.9', name: 'STREET', single: false },
  { type: '2.5.4.7', name: 'L', single: false },
  { type: '2.5.4.8', name: 'ST', single: false },
  { type: '2.5.4.6', name: 'C', single: false },
]
const NAMED_TYPES = new Set(NAMED_ATTRIBUTES.map(({ type }) => type))

/**
 * Reads a Name (RFC 5280, section 4.1.2.4) and prints it as Go's `pkix.Name.String()` does: the
 * attributes with a short name in a fixed order, values of one type joined by `+`, then the others
 * as `OID=#` and the value's DER in hexadecimal. Of several common names, or serial numbers, the
 * last is printed.
 */
export function readDistinguishedName(reader: DerReader, field: string): string {
  const attributes: Attribute[] = []
  const names = reader.open(TAG.sequence, field)
  while (!names.isAtEnd) {
    const set = names.open(TAG.set, field)
    while (!set.isAtEnd) attributes.push(readAttribute(set.open(TAG.sequence, field), field))
  }
  return print(attributes)
}

function readAttribute(reader: DerReader, field: string): Attribute {
  const type = reader.objectIdentifier(field)
  const { tag, contents } = reader.any(field)
  const value = DECODERS.get(tag)?.(contents)
  if (value === undefined) throw new DerError(field)
  return { type, value }
}

/** The string types that Go reads in a name; undefined for what it refuses in them. */
const DECODERS: ReadonlyMap<number, (octets: Uint8Array) => string | undefined> = new Map([
  [TAG.utf8String, decodeUtf8],
  [TAG.printableString, (octets) => decodeSet(octets, isPrintable)],
  [TAG.ia5String, (octets) => decodeSet(octets, isAscii)],
  [TAG.numericString, (octets) => decodeSet(octets, isNumeric)],
  // T.61 is read as Latin-1, like everyone does.
  [TAG.t61String, (octets) => decodeSet(octets, () => true)],
  [TAG.bmpString, decodeBmp],
])

function decodeSet(
  octets: Uint8Array,
  belongs: (character: string) => boolean,
): string | undefined {
  let text = ''
  for (const octet of octets) {
    const character = String.fromCharCode(octet)
    if (!belongs(character)) return undefined
    text += character
  }
  return text
}

function decodeBmp(octets: Uint8Array): string | undefined {
  if (octets.length % 2 !== 0) return undefined
  let text = ''
  for (let i = 0; i < octets.length; i += 2) {
    const code = ((octets[i] as number) << 8) | (octets[i + 1] as number)
    const isSurrogate = code >= 0xd800 && code <= 0xdfff
    const isNoncharacter = code >= 0xfffe || (code >= 0xfdd0 && code <= 0xfdef)
    if (isSurrogate || isNoncharacter) return undefined
    text += String.fromCharCode(code)
  }
  return text.endsWith('\0') ? text.slice(0, -1) : text
}

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** X.680, section 41.4 */
const PRINTABLE = new Set(`${LETTERS_AND_DIGITS} '()+,-./:=?`)

/** With `*` and `&`, which are common in names although X.680 doesn't allow them. */
function isPrintable(character: string): boolean {
  return PRINTABLE.has(character) || character === '*' || character === '&'
}

function isAscii(character: string): boolean {
  return character < '\x80'
}

function isNumeric(character: string): boolean {
  return character === ' ' || (character >= '0' && character <= '9')
}

function print(attributes: readonly Attribute[]): string {
  const parts: string[] = []
  for (const { type, name, single } of NAMED_ATTRIBUTES) {
    const all = attributes.filter((attribute) => attribute.type === type)
    const printed = single ? all.slice(-1).filter(({ value }) => value !== '') : all
    if (printed.length > 0) {
      parts.push(printed.map(({ value }) => `${name}=${escapeValue(value)}`).join('+'))
    }
  }
  const others = attributes.filter(({ type }) => !NAMED_TYPES.has(type)).reverse()
  for (const { type, value } of others) parts.push(`${type}=#${encodeHex(encodeString(value))}`)
  return parts.join(',')
}

/** RFC 2253, section 2.4, as far as Go follows it. */
function escapeValue(value: string): string {
  let text = ''
  for (let i = 0; i < value.length; i++) {
    const character = value[i] as string
    const isOuterBlank = character === ' ' && (i === 0 || i === value.length - 1)
    const isFirstHash = character === '#' && i === 0
    if (',+"\\<>;'.includes(character) || isOuterBlank || isFirstHash) text += '\\'
    text += character
  }
  return text
}

/** A string's DER as Go encodes it anew: PrintableString where X.680 allows it, else UTF8String. */
function encodeString(value: string): Uint8Array {
  const tag = [...value].every((c) => PRINTABLE.has(c)) ? TAG.printableString : TAG.utf8String
  const octets = new TextEncoder().encode(value)
  const length: number[] = []
  for (let rest = octets.length; rest > 0; rest >>>= 8) length.unshift(rest & 0xff)
  const header = octets.length < 0x80 ? [octets.length] : [0x80 | length.length, ...length]
  return Uint8Array.from([tag, ...header, ...octets])
}

/** The kinds of GeneralName (RFC 5280, section 4.2.1.6) whose values Go looks at. */
const EMAIL = primitiveTag(1)
const DNS = primitiveTag(2)
const URI = primitiveTag(6)
const IP = primitiveTag(7)

/**
 * Checks a list of GeneralNames. Not checked: that a URI is one by the rules of Go's `net/url`;
 * it has to be ASCII.
 */
export function checkSubjectAltNames(value: DerReader, field: string): void {
  const names = value.open(TAG.sequence, field)
  while (!names.isAtEnd) {
    const { tag, contents } = names.any(field)
    const isText = tag === EMAIL || tag === DNS || tag === URI
    if (isText && ascii(contents) === undefined) throw new DerError(field)
    if (tag === IP && !isIpAddress(contents)) throw new DerError(field)
  }
}

/** Checks permitted and excluded subtrees, at least one of the two (RFC 5280, section 4.2.1.10). */
export function checkNameConstraints(value: DerReader, field: string): void {
  const constraints = value.open(TAG.sequence, field)
  const permitted = constraints.optional(constructedTag(0), field)
  const excluded = constraints.optional(constructedTag(1), field)
  const lists = [permitted, excluded].filter((list) => list !== undefined)
  const isComplete = value.isAtEnd && constraints.isAtEnd && lists.length > 0
  if (!isComplete || lists.some((list) => list.length === 0)) throw new DerError(field)
  for (const list of lists) {
    const subtrees = new DerReader(list)
    while (!subtrees.isAtEnd) {
      const { tag, contents } = subtrees.open(TAG.sequence, field).any(field)
      if (CONSTRAINTS.get(tag)?.(contents) === false) throw new DerError(field)
    }
  }
}

const CONSTRAINTS: ReadonlyMap<number, (contents: Uint8Array) => boolean> = new Map([
  [EMAIL, isEmailConstraint],
  [DNS, isDomainConstraint],
  [URI, isUriConstraint],
  [IP, isIpConstraint],
])

function isDomainConstraint(contents: Uint8Array): boolean {
  const domain = ascii(contents)
  return domain !== undefined && isDomain(withoutLeadingDot(domain))
}

/** A mailbox, or the domain of mailboxes. */
function isEmailConstraint(contents: Uint8Array): boolean {
  const constraint = ascii(contents)
  const at = constraint?.lastIndexOf('@') ?? -1
  if (constraint === undefined || at < 0) return isDomainConstraint(contents)
  return isLocalPart(constraint.slice(0, at)) && isDomain(constraint.slice(at + 1))
}

/** A domain that is no IP address; a colon, which only IPv6 addresses have, is refused everywhere. */
function isUriConstraint(contents: Uint8Array): boolean {
  const domain = ascii(contents)
  if (domain === undefined || domain.includes(':')) return false
  return isDomainConstraint(contents) && !isDottedNumber(domain)
}

/** An address and a mask whose ones are all at its beginning. */
function isIpConstraint(contents: Uint8Array): boolean {
  if (contents.length !== 8 && contents.length !== 32) return false
  const half = contents.length / 2
  let bits = ''
  for (const octet of contents.subarray(half)) bits += octet.toString(2).padStart(8, '0')
  return !bits.includes('01') && isIpAddress(contents.subarray(0, half))
}

/** Four octets, or sixteen that don't stand for an IPv4 address (RFC 4291, section 2.5.5.2). */
function isIpAddress(octets: Uint8Array): boolean {
  if (octets.length === 4) return true
  const isMapped =
    octets.subarray(0, 10).every((octet) => octet === 0) &&
    octets[10] === 0xff &&
    octets[11] === 0xff
  return octets.length === 16 && !isMapped
}

/** Labels of visible ASCII, none empty; the empty domain stands for all of them. */
function isDomain(domain: string): boolean {
  if (domain === '') return true
  for (const character of domain) if (character <= ' ' || character > '~') return false
  return domain.split('.').every((label) => label !== '')
}

/** A constraint on subdomains starts with a dot, which belongs to no label. */
function withoutLeadingDot(domain: string): string {
  return domain.startsWith('.') && domain !== '.' ? domain.slice(1) : domain
}

const ATOM_CHARACTERS = new Set(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~",
)

/** RFC 5322, section 3.2.3: atoms with dots between them; quoted strings are refused. */
function isLocalPart(text: string): boolean {
  return text.split('.').every((atom) => {
    return atom !== '' && [...atom].every((character) => ATOM_CHARACTERS.has(character))
  })
}

function isDottedNumber(domain: string): boolean {
  const labels = domain.split('.')
  return labels.length === 4 && labels.every(isDigits)
}

/** The text of an IA5String's contents. */
function ascii(contents: Uint8Array): string | undefined {
  let text = ''
  for (const octet of contents) {
    if (octet >= 0x80) return undefined
    text += String.fromCharCode(octet)
  }
  return text
}
