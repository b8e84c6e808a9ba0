// The door of the inspection: what a certificate says, its issuer, the anchor that vouches for a chain.

export type { ConstrainedName } from './constrained-name.js'
export {
  type AlternativeName,
  type CertificateInspection,
  type InspectedKey,
  type InspectedSignature,
  inspectCertificate,
  type UnreadableCertificate,
} from './inspect.js'
export { findIssuer } from './issuer.js'
export type { UntrustedChain, UntrustedCode } from './untrusted.js'
export { type TrustedChain, type VerifyChainOptions, verifyChain } from './verify-chain.js'
