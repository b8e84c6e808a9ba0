/**
 * Certificates, looked into: what a CA says about itself, and which anchor vouches for a chain.
 *
 * This entry alone loads @peculiar/x509, and with it its Reflect polyfill, which adds to the global
 * object `Reflect`, and tslib, which adds its helpers to `globalThis`.
 *
 * @module
 */

import './inspect/reflect.js'

export type {
  CaBundle,
  Certificate,
  KeyUsage,
  PemFault,
  PemLabel,
  SkippedBlock,
  SkippedBlockCode,
} from './certificates/index.js'
export {
  type AlternativeName,
  type CertificateInspection,
  type ConstrainedName,
  findIssuer,
  type InspectedKey,
  type InspectedSignature,
  inspectCertificate,
  type TrustedChain,
  type UnreadableCertificate,
  type UntrustedChain,
  type UntrustedCode,
  type VerifyChainOptions,
  verifyChain,
} from './inspect/index.js'
