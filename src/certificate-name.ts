import { constructedTag, DerError, DerReader, primitiveTag, TAG } from './der.js'
import { decodeUtf8, encodeHex } from './encoding.js'

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
  return (
    labels.length === 4 && labels.every((label) => [...label].every((c) => c >= '0' && c <= '9'))
  )
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
