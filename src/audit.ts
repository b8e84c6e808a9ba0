/**
 * Lists of images times configurations: what each image gets of one, with findings, and what another
 * one changes about it. See `docs/audit.md`.
 *
 * @module
 */

export {
  type Aspect,
  type AspectChange,
  AUDIT_CODES,
  type AuditFinding,
  type AuditFindingCode,
  type AuditImagesOptions,
  auditImages,
  compareConfigs,
  type ImageAudit,
  type ImageChanges,
} from './audit/index.js'
export type {
  BypassedSummary,
  CaBundleSummary,
  CertificateSummary,
  CredentialsSummary,
  ImageSummary,
  ProxiedSummary,
  ProxySummary,
  ResolutionSummary,
  RuleSummary,
  TrustSummary,
} from './explain/index.js'
export type {
  BundlePlace,
  DocumentPlace,
  EnvironmentPlace,
  Finding,
  ImagePlace,
  Place,
  Severity,
} from './findings.js'
export type { AppliedRule, Coverage } from './names/index.js'
export type {
  Change,
  DenyAllTrust,
  Endpoint,
  MirrorEndpoint,
  RegistryEndpoint,
  Resolver,
  Scheme,
  SkipVerifyTrust,
  WebPkiTrust,
} from './resolve/index.js'
