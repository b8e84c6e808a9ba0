// Which certificate issued another: the one of the name that it gives, whose key made its signature.

import { areSameOctets, type Certificate } from '../certificates/index.js'
import { factsOf } from './facts.js'
import type { Link } from './link.js'
import { verifySignature } from './signature.js'

/**
 * The certificate whose key signed another one; a self-signed one is its own issuer, if it is among
 * the certificates. Dates and usages aren't looked at.
 *
 * @param certificate - One of `parseCaBundle` or `parseCertificate`.
 * @param certificates - Among which the issuer is looked for, such as those of a bundle.
 * @returns The issuer; undefined if it isn't among them, or if the signature is a weak one (MD5, SHA-1, a
 *   short RSA key), or one that Go or WebCrypto does not take.
 * @throws `TypeError` for anything that this library didn't read.
 *
 * @example
 *
 * ```ts
 * import { parseCaBundle } from 'imagepuller-auth'
 * import { findIssuer } from 'imagepuller-auth/certificates'
 *
 * const { certificates } = parseCaBundle('no PEM block, so no certificate')
 * const issuers = certificates.map((certificate) => findIssuer(certificate, certificates))
 * console.log(await Promise.all(issuers)) // []
 * ```
 */
export async function findIssuer(
  certificate: Certificate,
  certificates: readonly Certificate[],
): Promise<Certificate | undefined> {
  const facts = factsOf(certificate, 'findIssuer')
  const links = linksOf(certificates, 'findIssuer')
  for (const issuer of candidates({ certificate, facts }, links)) {
    if ((await verifySignature(facts, issuer.facts)) === 'good') return issuer.certificate
  }
  return undefined
}

export function linksOf(certificates: readonly Certificate[], caller: string): readonly Link[] {
  if (!Array.isArray(certificates)) throw new TypeError(`${caller}: expected an array`)
  return certificates.map((certificate: Certificate) => {
    return { certificate, facts: factsOf(certificate, caller) }
  })
}

/** Those of the issuer's name, the most likely first: by its key identifier, as Go tries them. */
export function candidates({ facts }: Link, among: readonly Link[]): readonly Link[] {
  const { encoded, authorityKeyIdentifier: wanted } = facts
  const rank = ({ facts: { subjectKeyIdentifier: held } }: Link): number => {
    if (wanted === undefined || held === undefined) return 1
    return areSameOctets(wanted, held) ? 0 : 2
  }
  return among
    .filter((link) => areSameOctets(link.facts.encoded.subject, encoded.issuer))
    .sort((a, b) => rank(a) - rank(b))
}
