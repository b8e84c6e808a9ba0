// The extensions of a version 3 certificate (RFC 5280, section 4.2): each at most once, and those that
// Go looks into as strictly as Go. The contents of others are left unread.

import { lazy } from '../lazy.js'
import { readAlternativeNames } from './alternative-names.js'
import { readBasicConstraints } from './basic-constraints.js'
import type { DerReader } from './der-reader.js'
import { CertificateFault, type CertificateField } from './fault.js'
import { readAuthorityKeyIdentifier, readSubjectKeyIdentifier } from './key-identifier.js'
import { readExtendedKeyUsage, readKeyUsage } from './key-usage.js'
import { checkAuthorityAccess, checkDistributionPoints } from './locations.js'
import { readNameConstraints } from './name-constraints.js'
import {
  checkInhibitAnyPolicy,
  checkPolicies,
  checkPolicyConstraints,
  checkPolicyMappings,
} from './policies.js'
import { checkStructure } from './structure.js'
import { TAG } from './tag.js'

/** An extension's value, which is DER of its own. */
export interface Extension {
  readonly isCritical: boolean
  readonly value: Uint8Array
}

/** By their object identifiers. */
export type Extensions = ReadonlyMap<string, Extension>

/** The identifiers of the extensions whose contents the library uses. */
export const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const

export function readExtensions(list: DerReader): Extensions {
  const extensions = new Map<string, Extension>()
  while (!list.isAtEnd) {
    const extension = list.open(TAG.sequence, 'extension')
    const identifier = extension.objectIdentifier('extension-identifier')
    if (extensions.has(identifier)) throw new CertificateFault('extension', 'duplicate-extension')
    const isCritical = extension.nextIs(TAG.boolean) && extension.boolean('extension-criticality')
    const value = extension.contents(TAG.octetString, 'extension-value')
    extensions.set(identifier, { isCritical, value })
    checkExtension(identifier, isCritical, value)
  }
  return extensions
}

function checkExtension(identifier: string, isCritical: boolean, value: Uint8Array): void {
  const known = knownExtensions().get(identifier)
  if (known === undefined) return
  if (isCritical && known.isNeverCritical) {
    throw new CertificateFault(known.field, 'critical-extension')
  }
  checkStructure(value, known.field)
  known.check(value, known.field)
}

/** Whether Go knows an extension, so that a critical one doesn't stand in the way of a chain. */
export function isKnownExtension(identifier: string): boolean {
  return knownExtensions().has(identifier)
}

interface KnownExtension {
  readonly field: CertificateField
  readonly check: (value: Uint8Array, field: CertificateField) => unknown
  /** RFC 5280 has it non-critical, and Go refuses the certificate where it isn't. */
  readonly isNeverCritical: boolean
}

function known(
  field: CertificateField,
  check: KnownExtension['check'],
  criticality: 'any' | 'never' = 'any',
): KnownExtension {
  return { field, check, isNeverCritical: criticality === 'never' }
}

/** RFC 5280, sections 4.2.1 and 4.2.2 */
const knownExtensions: () => ReadonlyMap<string, KnownExtension> = lazy(
  () =>
    new Map([
      [
        EXTENSION.subjectKeyIdentifier,
        known('subject-key-identifier', readSubjectKeyIdentifier, 'never'),
      ],
      [EXTENSION.keyUsage, known('key-usage', readKeyUsage)],
      [EXTENSION.subjectAlternativeName, known('subject-alternative-name', readAlternativeNames)],
      [EXTENSION.basicConstraints, known('basic-constraints', readBasicConstraints)],
      [EXTENSION.nameConstraints, known('name-constraints', readNameConstraints)],
      ['2.5.29.31', known('distribution-points', checkDistributionPoints)],
      ['2.5.29.32', known('policies', checkPolicies)],
      ['2.5.29.33', known('policy-mappings', checkPolicyMappings)],
      [
        EXTENSION.authorityKeyIdentifier,
        known('authority-key-identifier', readAuthorityKeyIdentifier, 'never'),
      ],
      ['2.5.29.36', known('policy-constraints', checkPolicyConstraints)],
      [EXTENSION.extendedKeyUsage, known('extended-key-usage', readExtendedKeyUsage)],
      ['2.5.29.54', known('inhibit-any-policy', checkInhibitAnyPolicy)],
      ['1.3.6.1.5.5.7.1.1', known('authority-information-access', checkAuthorityAccess, 'never')],
    ]),
)
