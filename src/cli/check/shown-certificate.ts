// The certificates of a connection as data.

import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import { type Certificate, parseCertificate, type TlsTrust } from 'imagepuller-auth'
import type { ShownCertificate } from '../step.js'

/** No chain in use is longer, and a server chooses how long it is. */
const MAX_CHAIN = 20

/**
 * The chain, the server's own certificate first, as OpenSSL links it: what doesn't link can't be seen,
 * and where the trust has the issuer, that is added. What this library can't read ends it.
 */
export function chainOf(socket: TLSSocket): readonly Certificate[] {
  const chain: Certificate[] = []
  let link: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
  while (link?.raw !== undefined && chain.length < MAX_CHAIN) {
    const certificate = parseCertificate(link.raw)
    if (certificate.kind === 'broken') break
    chain.push(certificate)
    // The last one is its own issuer.
    link = link.issuerCertificate === link ? undefined : link.issuerCertificate
  }
  return chain
}

/** A certificate as data; `tls` says whether the rule has it. */
export function show(
  { subject, issuer, notBefore, notAfter, fingerprint, pem }: Certificate,
  tls: TlsTrust,
  names?: readonly string[],
): ShownCertificate {
  const isInRule =
    tls.kind === 'ca-bundle' && tls.certificates.some((one) => one.fingerprint === fingerprint)
  return {
    subject,
    issuer,
    ...(names === undefined ? {} : { names }),
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    fingerprint,
    isInRule,
    pem,
  }
}

/** The alternative names of the server's certificate, as Node prints them. */
export function namesOf(socket: TLSSocket): readonly string[] {
  const { subjectaltname } = socket.getPeerCertificate()
  if (subjectaltname === undefined) return []
  return subjectaltname.split(', ').map((name) => name.replace(/^(?:DNS|IP Address):/, ''))
}
