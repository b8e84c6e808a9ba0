// The door of the certificates: bundles and certificates read, and what they say to other rooms.

export { type AlternativeNames, NAME_TAG } from './alternative-names.js'
export { decodeAscii } from './ascii.js'
export {
  type CaBundle,
  type CaBundleContents,
  type ParseCaBundleOptions,
  parseCaBundle,
  readCaBundle,
} from './bundle.js'
export { type BrokenCertificate, type Certificate, parseCertificate } from './certificate.js'
export { DerReader } from './der-reader.js'
export { isDomain } from './domain.js'
export { EXTENSION } from './extensions.js'
export { type CertificateFacts, certificateFacts } from './facts.js'
export type { CertificateFaultCode } from './fault.js'
export { ANY_USAGE, type KeyUsage, SERVER_AUTH } from './key-usage.js'
export type { NameConstraints, Subtree } from './name-constraints.js'
export { areSameOctets } from './octets.js'
export type { PemFault } from './pem-faults.js'
export type { PemLabel } from './pem-label.js'
export { ELLIPTIC_CURVE, type PublicKey, RSA } from './public-key.js'
export type { SkippedBlock, SkippedBlockCode } from './skipped-block.js'
export { TAG } from './tag.js'
