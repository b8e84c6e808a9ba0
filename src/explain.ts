/**
 * Why a decision is what it is: the rules that cover the registry, those that were probably meant to,
 * and what follows. See `docs/explain.md`.
 *
 * @module
 */

export {
  type BypassedSummary,
  type CaBundleSummary,
  type Candidate,
  type CandidateOutcome,
  type CertificateSummary,
  type CredentialsSummary,
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
export type { DocumentPlace } from './findings.js'
export type { AppliedRule, Coverage } from './names/index.js'
export type {
  DenyAllTrust,
  Endpoint,
  MirrorEndpoint,
  RegistryEndpoint,
  Resolver,
  Scheme,
  SkipVerifyTrust,
  WebPkiTrust,
} from './resolve/index.js'
