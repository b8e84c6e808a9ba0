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
export type { Certificate } from './certificates/index.js'
export type {
  AnonymousCredentials,
  BasicCredentials,
  Credentials,
  IdentityTokenCredentials,
  OpaqueCredentials,
  PairCredentials,
  RegistryTokenCredentials,
} from './credentials.js'
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
export type { ImageReference } from './image/index.js'
export type { AppliedRule, Coverage } from './names/index.js'
export type {
  DirectDecision,
  ExemptDecision,
  ProxiedDecision,
  ProxyDecision,
  UndialableCode,
  UndialableDecision,
  UnproxiedDecision,
} from './proxy/index.js'
export type {
  Bypassed,
  BypassedByAddress,
  BypassedByPort,
  CaBundleTrust,
  Change,
  Denial,
  DeniedResolution,
  DenyAllTrust,
  Endpoint,
  MirrorEndpoint,
  Permission,
  PermittedResolution,
  RegistryEndpoint,
  Resolution,
  ResolvedImage,
  Resolver,
  Route,
  Scheme,
  SkipVerifyTrust,
  TlsTrust,
  WebPkiTrust,
} from './resolve/index.js'
export type { Secret } from './secret.js'
