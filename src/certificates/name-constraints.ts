// The name constraints of a CA (RFC 5280, section 4.2.1.10): the names that certificates below it may
// have.

import { isAddress, isMask } from './address-octets.js'
import { NAME_TAG } from './alternative-names.js'
import { decodeAscii } from './ascii.js'
import { DerReader } from './der-reader.js'
import { isDigits } from './digits.js'
import { isDomain } from './domain.js'
import { CertificateFault, type CertificateField } from './fault.js'
import { constructedTag, TAG } from './tag.js'

/** One subtree: the tag of its kind of name, and its value's octets. */
export interface Subtree {
  readonly tag: number
  readonly contents: Uint8Array
}

export interface NameConstraints {
  readonly permitted: readonly Subtree[]
  readonly excluded: readonly Subtree[]
}

/**
 * Permitted and excluded subtrees, at least one of the two, and neither empty (a list has a size of
 * at least one).
 */
export function readNameConstraints(
  value: Uint8Array,
  field: CertificateField = 'name-constraints',
): NameConstraints {
  const reader = new DerReader(value)
  const constraints = reader.open(TAG.sequence, field)
  const permitted = constraints.optional(constructedTag(0), field)
  const excluded = constraints.optional(constructedTag(1), field)
  const isComplete = reader.isAtEnd && constraints.isAtEnd
  const isThere = permitted !== undefined || excluded !== undefined
  if (!isComplete || !isThere || permitted?.length === 0 || excluded?.length === 0) {
    throw new CertificateFault(field)
  }
  return { permitted: readSubtrees(permitted, field), excluded: readSubtrees(excluded, field) }
}

function readSubtrees(list: Uint8Array | undefined, field: CertificateField): readonly Subtree[] {
  if (list === undefined) return []
  const subtrees: Subtree[] = []
  const reader = new DerReader(list)
  while (!reader.isAtEnd) {
    const { tag, contents } = reader.open(TAG.sequence, field).any(field)
    if (CHECKS.get(tag)?.(contents) === false) throw new CertificateFault(field)
    subtrees.push({ tag, contents })
  }
  return subtrees
}

const CHECKS: ReadonlyMap<number, (contents: Uint8Array) => boolean> = new Map([
  [NAME_TAG.email, isEmailConstraint],
  [NAME_TAG.dns, isDomainConstraint],
  [NAME_TAG.uri, isUriConstraint],
  [NAME_TAG.ip, isAddressConstraint],
])

function isDomainConstraint(contents: Uint8Array): boolean {
  const domain = decodeAscii(contents)
  return domain !== undefined && isDomain(withoutLeadingDot(domain))
}

/** A mailbox, or the domain of mailboxes. */
function isEmailConstraint(contents: Uint8Array): boolean {
  const constraint = decodeAscii(contents)
  const at = constraint?.lastIndexOf('@') ?? -1
  if (constraint === undefined || at < 0) return isDomainConstraint(contents)
  return isLocalPart(constraint.slice(0, at)) && isDomain(constraint.slice(at + 1))
}

/** A domain that is no IP address; a colon, which only IPv6 addresses have, is refused everywhere. */
function isUriConstraint(contents: Uint8Array): boolean {
  const domain = decodeAscii(contents)
  if (domain === undefined || domain.includes(':')) return false
  return isDomainConstraint(contents) && !isDottedNumber(domain)
}

/** An address and a mask of the same length. */
function isAddressConstraint(contents: Uint8Array): boolean {
  if (contents.length !== 8 && contents.length !== 32) return false
  const half = contents.length / 2
  return isMask(contents.subarray(half)) && isAddress(contents.subarray(0, half))
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
