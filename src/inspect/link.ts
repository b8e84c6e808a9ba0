// One certificate of a chain, judged by the rules of Go's crypto/x509: by itself, and as the issuer of
// those below it.

import {
  ANY_USAGE,
  type Certificate,
  type CertificateFacts,
  EXTENSION,
  SERVER_AUTH,
} from '../certificates/index.js'
import { arePermitted } from './permitted-names.js'
import type { UntrustedCode } from './untrusted.js'

/** A certificate with its facts, which cost a little to read. */
export interface Link {
  readonly certificate: Certificate
  readonly facts: CertificateFacts
}

/** A fault, as the end of a sentence that begins with the certificate's name. */
export type LinkFault = readonly [code: UntrustedCode, clause: string]

/** What is wrong with any certificate of a chain, the server's own as well as an anchor. */
export function judge({ certificate, facts }: Link, now: number): LinkFault | undefined {
  const [unknown] = facts.unknownCritical
  if (unknown !== undefined) return unknownCritical(unknown)
  const { notBefore, notAfter } = certificate
  if (now < notBefore.getTime()) {
    return ['not-yet-valid', `is valid from ${notBefore.toISOString()} on`]
  }
  // Go counts fractions: half a second behind the last second is too late.
  if (now > notAfter.getTime()) return ['expired', `has expired on ${notAfter.toISOString()}`]
  const usages = facts.extendedKeyUsage ?? []
  const isForServers = usages.includes(SERVER_AUTH) || usages.includes(ANY_USAGE)
  if (usages.length > 0 && !isForServers) {
    return ['extended-key-usage', 'has extended key usages, and that of a server is not among them']
  }
  return undefined
}

/** Go knows the extensions for names, and not every kind of name in them. */
function unknownCritical(identifier: string): LinkFault {
  if (identifier === EXTENSION.nameConstraints) {
    return [
      'critical-extension',
      'has critical name constraints of a kind that Go does not hold names against',
    ]
  }
  if (identifier === EXTENSION.subjectAlternativeName) {
    return ['critical-extension', 'has critical alternative names of which Go reads none']
  }
  return ['critical-extension', `has the critical extension ${identifier}, which is unknown`]
}

/** What keeps a certificate from being an issuer at all. */
export function judgeSigner({ facts }: Link): LinkFault | undefined {
  const { version, hasBasicConstraints, isCA, keyUsage } = facts
  if (hasBasicConstraints && !isCA) return ['not-a-ca', 'is no CA by its basic constraints']
  if (version === 3 && !hasBasicConstraints) return ['not-a-ca', 'has no basic constraints']
  const usages = keyUsage ?? []
  if (usages.length > 0 && !usages.includes('keyCertSign')) {
    return [
      'key-usage',
      'has a key usage that leaves out the signing of certificates (keyCertSign)',
    ]
  }
  return undefined
}

/** What keeps an issuer from being one of this chain, which begins with the server's certificate. */
export function judgeIssuer(
  { facts }: Link,
  below: readonly Link[],
  role: 'anchor' | 'intermediate',
): LinkFault | undefined {
  // An anchor of version 1 or 2 has no way to say that it is a CA.
  if (role === 'intermediate' && !facts.isCA) {
    return ['not-a-ca', 'is no CA by its basic constraints']
  }
  const intermediates = below.length - 1
  if (facts.pathLength !== undefined && intermediates > facts.pathLength) {
    return [
      'path-length',
      `allows ${facts.pathLength} intermediates, and there are ${intermediates}`,
    ]
  }
  if (facts.nameConstraints === undefined) return undefined
  const names = below.flatMap((link) => link.facts.alternativeNames ?? [])
  if (arePermitted(names, facts.nameConstraints)) return undefined
  return ['name-constraints', 'does not permit the names of the certificates below it']
}
