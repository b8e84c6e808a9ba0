/**
 * From the Contrast image puller's TOML configuration to a typed decision for each image.
 *
 * The order of these exports is that of the data: text, configuration, resolver, resolution,
 * handshake.
 *
 * @module
 */

export type { HttpHeader } from './answer.js'
export {
  type Answer,
  type AuthorizationAnswer,
  answerChallenge,
  type ChallengedRequest,
  type NoAnswer,
  type NoAnswerReason,
  type RefreshToken,
  type TokenRequest,
} from './answer.js'
export {
  type CaBundle,
  type Certificate,
  type ParseCaBundleOptions,
  parseCaBundle,
  type SkippedBlock,
  type SkippedBlockReason,
} from './ca-bundle.js'
export {
  type Challenge,
  type ChallengeList,
  type ChallengeParameters,
  parseChallenges,
  type SkippedChallenge,
  type SkippedReason,
} from './challenge.js'
export {
  type ExtraEnv,
  type ImagePullerConfig,
  type ParseConfigOptions,
  parseConfig,
  type RegistryRule,
} from './config.js'
export type {
  AnonymousCredentials,
  BasicCredentials,
  CredentialKeys,
  Credentials,
  IdentityTokenCredentials,
  RegistryTokenCredentials,
} from './credentials.js'
export {
  type AllowedDestination,
  type Destination,
  type DestinationRole,
  decideDestination,
  type RefusalReason,
  type RefusedDestination,
  requestUrls,
} from './destination.js'
export {
  ConfigError,
  type ConfigErrorCode,
  type ConfigIssue,
  type ConfigWarning,
  type ConfigWarningCode,
  ImageReferenceError,
  type ImageReferencePart,
  type ImageReferenceReason,
} from './errors.js'
export { type ImageReference, parseImageReference } from './image-reference.js'
export type { Endpoint, MirrorEndpoint, RegistryEndpoint } from './mirror.js'
export type { PemFault } from './pem.js'
export type {
  DirectDecision,
  Environment,
  ProxiedDecision,
  ProxyDecision,
} from './proxy.js'
export type { AppliedRule, Coverage } from './registry-name.js'
export {
  type CaBundleTrust,
  createResolver,
  type DenyAllTrust,
  type Limitation,
  type Resolution,
  type Resolver,
  type ResolverOptions,
  type Scheme,
  type SkipVerifyTrust,
  type TlsTrust,
  type WebPkiTrust,
} from './resolver.js'
export { Secret } from './secret.js'
export {
  parseTokenResponse,
  type Token,
  TokenCache,
  type TokenFailure,
  type TokenFailureReason,
  type TokenResponse,
} from './token.js'
