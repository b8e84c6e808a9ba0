// Why a decision is what it is: the same functions as the decision's, with what they passed by.
export type { Candidate, CandidateOutcome } from './candidates.js'
export { decideEndpoints, type EndpointSummary } from './endpoints.js'
export { type ExplainOptions, type Explanation, explain } from './explain.js'
export { frozen } from './frozen.js'
export type { NearMiss, NearMissCode } from './near-miss.js'
export type { ExplanationNote, ExplanationNoteCode } from './notes.js'
export type { ReadingCode, ReadingNote } from './reading.js'
export { type RenderExplanationOptions, renderExplanation } from './render.js'
export {
  type BypassedSummary,
  type CaBundleSummary,
  type CertificateSummary,
  type CredentialsSummary,
  type ImageSummary,
  type ProxiedSummary,
  type ProxySummary,
  type ResolutionSummary,
  type RuleSummary,
  summaryOf,
  type TrustSummary,
} from './summary.js'
