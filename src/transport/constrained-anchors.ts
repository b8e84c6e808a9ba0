// Certificates that Deno would take for a CA of everything. An anchor is a name, a key and name
// constraints there: rustls ignores its basic constraints, path length, key usage and extended key
// usage, by all of which crypto/x509, Node and Bun judge it.
import {
  ANY_USAGE,
  type Certificate,
  type CertificateFacts,
  certificateFacts,
  SERVER_AUTH,
} from '../certificates/index.js'
import { UnsupportedDecisionError } from './errors.js'
import { isRuntime } from './runtime.js'

/**
 * Throws on Deno, where a certificate of the bundle has a limit that Deno doesn't know.
 *
 * @param caller - The function's name, with which the message of a `TypeError` begins.
 * @param certificates - The bundle's certificates.
 */
export function refuseConstrainedAnchors(
  caller: string,
  certificates: readonly Certificate[],
): void {
  for (const [index, certificate] of certificates.entries()) {
    const facts = certificateFacts(certificate)
    if (facts === undefined) {
      throw new TypeError(`${caller}: expected certificates that this library has read`)
    }
    const limit = limitOf(facts)
    if (limit === undefined || !isRuntime('Deno')) continue
    throw new UnsupportedDecisionError(
      'constrained-anchor',
      `certificate ${index + 1} of the rule ${limit}, and Deno would take it as a CA without limits`,
      'write the root CA above it in "ca-certs", or run on Node or Bun',
    )
  }
}

/**
 * The first limit of a certificate as crypto/x509 knows them; undefined for a CA without limits. A
 * certificate of version 1 has no extensions, and is a CA for crypto/x509 where it is an anchor.
 */
function limitOf(facts: CertificateFacts): string | undefined {
  const { version, isCA, hasBasicConstraints, pathLength, keyUsage, extendedKeyUsage } = facts
  if (!isCA && (hasBasicConstraints || version === 3)) return 'is no CA'
  // A longer path is a limit too: Deno counts none of the intermediates.
  if (pathLength !== undefined) return `allows ${pathLength} intermediate CAs below it`
  if (keyUsage?.includes('keyCertSign') === false) return 'may not sign certificates'
  const allowsServers = extendedKeyUsage?.some((use) => use === SERVER_AUTH || use === ANY_USAGE)
  return allowsServers === false ? 'is not for servers' : undefined
}
