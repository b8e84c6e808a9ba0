// The facts of a certificate that this library read; whatever only looks like one is misuse.

import { type Certificate, type CertificateFacts, certificateFacts } from '../certificates/index.js'

/** @throws `TypeError` naming the caller, for anything that this library didn't read. */
export function factsOf(certificate: Certificate, caller: string): CertificateFacts {
  const facts = certificateFacts(certificate)
  if (facts === undefined) {
    throw new TypeError(`${caller}: expected certificates of parseCaBundle or parseCertificate`)
  }
  return facts
}
