/**
 * Lists of images times configurations: what each image gets of one, with findings, and what another
 * one changes about it. See `docs/audit.md`.
 *
 * @module
 */

export {
  type Aspect,
  type AspectChange,
  type AuditFinding,
  type AuditFindingCode,
  type AuditImagesOptions,
  auditImages,
  type BypassedSummary,
  type CaBundleSummary,
  type CertificateSummary,
  type CredentialsSummary,
  compareConfigs,
  type ImageAudit,
  type ImageChanges,
  type ImageSummary,
  type ProxiedSummary,
  type ProxySummary,
  type ResolutionSummary,
  type RuleSummary,
  type TrustSummary,
} from './audit/index.js'
