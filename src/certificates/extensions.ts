import { encodeHex } from '../text/index.js'
import {
  checkStructure,
  constructedTag,
  DerError,
  DerReader,
  isObjectIdentifier,
  primitiveTag,
  TAG,
} from './der.js'
import { checkNameConstraints, checkSubjectAltNames, URI } from './general-names.js'

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
