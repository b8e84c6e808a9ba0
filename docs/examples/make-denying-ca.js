// Makes the certificate of src/transport/denying-ca.ts: a valid CA that can't sign anything, because its
// private key was never outside of the process that made it, and went with it.
//
//     node docs/examples/make-denying-ca.js
//
// Runtimes read an empty list of CAs as their default CAs. This one they can't mistake.
import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const extractable = false
const keys = await crypto.subtle.generateKey(algorithm, extractable, ['sign', 'verify'])
const certificate = await X509CertificateGenerator.createSelfSigned({
  name: 'CN=imagepuller-auth trusts nobody',
  serialNumber: '01',
  notBefore: new Date('2025-01-01T00:00:00Z'),
  // RFC 5280, section 4.1.2.5: no well-defined expiration date.
  notAfter: new Date('9999-12-31T23:59:59Z'),
  signingAlgorithm: algorithm,
  keys,
  extensions: [
    new BasicConstraintsExtension(true, 0, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
  ],
})
console.log(certificate.toString('pem'))
