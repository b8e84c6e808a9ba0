// Keys and signatures that clients refuse: Deno, and Node since version 24, take no RSA key below 2,048
// bits, and Go, Node and Deno no signature over MD5 or SHA-1. Bun takes such a key, and SHA-1.
import type { Check } from '../check.js'
import type { Hit } from '../finding.js'
import { type Anchor, anchorsOf } from './anchors.js'

/** The least that every client takes. */
const RSA_BITS = 2048

/** Whether keys and signatures of anchors are strong enough. */
export const weakCertificate: Check = function* (subject) {
  for (const anchor of anchorsOf(subject)) {
    const { modulusBits } = anchor.facts.key
    if (modulusBits !== undefined && modulusBits < RSA_BITS) yield weakKey(anchor, modulusBits)
    const { brokenDigest } = anchor.facts.signature
    if (brokenDigest !== undefined) yield weakSignature(anchor, brokenDigest)
  }
}

function weakKey({ path, spot }: Anchor, bits: number): Hit {
  const message = `has a certificate with an RSA key of ${bits} bits: Deno, and Node since version 24, refuse one below ${RSA_BITS}`
  const help = `write a certificate whose key has at least ${RSA_BITS} bits`
  return { code: 'weak-key', severity: 'warning', path, spot, message, help }
}

/** The signature of an anchor is never verified; a root's says only how old its CA is. */
function weakSignature({ facts, path, spot }: Anchor, digest: string): Hit {
  const code = 'weak-signature'
  if (facts.selfIssued) {
    const message = `has a root whose own signature is over ${digest}: it isn't verified, but the CA is of that time`
    return { code, severity: 'info', path, spot, message, help: undefined }
  }
  const message = `has a certificate signed over ${digest}, which Go, Node and Deno no longer verify: it counts only where the chain may end in it`
  const help = 'write the root of its CA, or a certificate with a newer signature'
  return { code, severity: 'warning', path, spot, message, help }
}
