// A server's own certificate in the place of its CA's. It vouches for itself alone, and lapses with the
// server's next one; OpenSSL, and so Node, takes it only where it is told to (`allowPartialTrustChain`).
import type { Check } from '../check.js'
import { anchorsOf } from './anchors.js'

/** Whether anchors are CAs. A self-issued one may be a CA of the first version of X.509. */
export const certificateNotCa: Check = function* (subject) {
  for (const { facts, path, spot } of anchorsOf(subject)) {
    if (facts.isCA || facts.selfIssued) continue
    yield {
      code: 'certificate-not-ca',
      severity: 'warning',
      path,
      spot,
      message:
        "has a certificate that is no CA's: it is trusted for the server that has it, and for nothing that replaces it",
      help: 'write the certificate of the CA that issued it',
    }
  }
}
