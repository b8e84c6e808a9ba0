import { constructedTag, DerError, DerReader, primitiveTag, TAG } from './der.js'
import { isDigits } from './validity.js'

/** The kinds of GeneralName (RFC 5280, section 4.2.1.6) whose values Go looks at. */
const EMAIL = primitiveTag(1)

const DNS = primitiveTag(2)

export const URI: number = primitiveTag(6)

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
