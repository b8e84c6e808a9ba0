/**
 * What Contrast's puller does with the same document, by version, and where that differs from what this
 * library decides. See `docs/puller.md`.
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
export type {
  BundlePlace,
  DocumentPlace,
  EnvironmentPlace,
  Finding,
  ImagePlace,
  Place,
  Severity,
} from './findings.js'
export type {
  DirectDecision,
  ExemptDecision,
  ProxiedDecision,
  ProxyDecision,
  UndialableCode,
  UndialableDecision,
  UnproxiedDecision,
} from './proxy/index.js'
export {
  type ComparePullerOptions,
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
export type {
  CaBundleTrust,
  DenyAllTrust,
  MirrorEndpoint,
  RegistryEndpoint,
  Scheme,
  SkipVerifyTrust,
  TlsTrust,
  WebPkiTrust,
} from './resolve/index.js'
export type { Secret } from './secret.js'
