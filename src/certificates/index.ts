// Bundles of PEM certificates, read as Go's crypto/x509 reads them.
export type { LineFault } from './broken-line.js'
export {
  type CaBundle,
  type CaBundleContents,
  type ParseCaBundleOptions,
  parseCaBundle,
  readCaBundle,
} from './bundle.js'
export { type BrokenCertificate, type Certificate, parseCertificate } from './certificate.js'
export { type CertificateFacts, certificateFacts, type SignatureFacts } from './facts.js'
export type { CertificateFaultCode } from './fault.js'
export { ANY_USAGE, type KeyUsage, SERVER_AUTH } from './key-usage.js'
export type { PemFault } from './pem-faults.js'
export type { PemLabel } from './pem-label.js'
export type { PublicKey } from './public-key.js'
export type { SkippedBlock, SkippedBlockCode } from './skipped-block.js'
