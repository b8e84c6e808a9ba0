// What Contrast's puller does with the same document, by version.
export { type ComparePullerOptions, comparePuller } from './compare.js'
export { differencesOf } from './differences.js'
export {
  PULLER_SENTENCES,
  type PullerFinding,
  type PullerFindingCode,
  pullerFinding,
} from './findings.js'
export type { PullerOutcome, UnclearMirror } from './outcome.js'
export {
  type CompiledPrediction,
  compilePrediction,
  type PredictPullerOptions,
  type PullerImagePrediction,
  type PullerPrediction,
  predictPuller,
} from './predict.js'
export type { PullerStart } from './reading.js'
export { NEWEST_VERSION, type PullerRelease, releaseOf } from './version.js'
export type { UnclearProxy } from './way.js'
