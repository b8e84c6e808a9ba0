/**
 * What Contrast's puller does with the same document, by version, and where that differs from what this
 * library decides. See `docs/puller.md`.
 *
 * @module
 */

export {
  comparePuller,
  type PredictPullerOptions,
  type PullerFinding,
  type PullerFindingCode,
  type PullerImagePrediction,
  type PullerOutcome,
  type PullerPrediction,
  type PullerStart,
  predictPuller,
  type UnclearMirror,
  type UnclearProxy,
} from './puller/index.js'
