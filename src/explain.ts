/**
 * Why a decision is what it is: the rules that cover the registry, those that were probably meant to,
 * and what follows. See `docs/explain.md`.
 *
 * @module
 */

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
export {
  type BypassedSummary,
  type CaBundleSummary,
  type Candidate,
  type CandidateOutcome,
  type CertificateSummary,
  type CredentialsSummary,
  decideEndpoints,
  type EndpointSummary,
  type ExplainOptions,
  type Explanation,
  type ExplanationNote,
  type ExplanationNoteCode,
  explain,
  type ImageSummary,
  type NearMiss,
  type NearMissCode,
  type ProxiedSummary,
  type ProxySummary,
  type ReadingCode,
  type ReadingNote,
  type RenderExplanationOptions,
  type ResolutionSummary,
  type RuleSummary,
  renderExplanation,
  type TrustSummary,
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
  PullerFinding,
  PullerFindingCode,
  PullerImagePrediction,
  PullerOutcome,
  PullerPrediction,
  PullerStart,
  UnclearMirror,
  UnclearProxy,
} from './puller/index.js'
export type {
  Bypassed,
  BypassedByAddress,
  BypassedByPort,
  CaBundleTrust,
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
