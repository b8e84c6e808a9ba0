/**
 * From the Contrast image puller's TOML configuration to a typed decision for each image.
 *
 * The order of these exports is that of the data: configuration, image, resolution, handshake.
 *
 * @module
 */

// The configuration.

export {
  type CaBundle,
  type Certificate,
  type ParseCaBundleOptions,
  type PemFault,
  parseCaBundle,
  type SkippedBlock,
  type SkippedBlockReason,
} from './ca-bundle.js'
export {
  type ExtraEnv,
  type ImagePullerConfig,
  type ParseConfigOptions,
  parseConfig,
  type RegistryRule,
} from './config.js'

// The image.

export { type ImageReference, parseImageReference } from './image-reference.js'

// The resolution.

export type {
  DirectDecision,
  Endpoint,
  Environment,
  MirrorEndpoint,
  ProxiedDecision,
  ProxyDecision,
  RegistryEndpoint,
} from './proxy.js'
export type { AppliedRule, Coverage } from './registry-name.js'
export {
  type AllowedDestination,
  type CaBundleTrust,
  createResolver,
  type DenyAllTrust,
  type Destination,
  type DestinationRole,
  decideDestination,
  type Limitation,
  type RefusalReason,
  type RefusedDestination,
  type Resolution,
  type Resolver,
  type ResolverOptions,
  requestUrls,
  type Scheme,
  type SkipVerifyTrust,
  type TlsTrust,
  type WebPkiTrust,
} from './resolver.js'

// The credentials, and the handshake that sends them.

export {
  type Answer,
  type AuthorizationAnswer,
  answerChallenge,
  type Challenge,
  type ChallengedRequest,
  type ChallengeList,
  type ChallengeParameters,
  type NoAnswer,
  type NoAnswerReason,
  parseChallenges,
  parseTokenResponse,
  type RefreshToken,
  type SkippedChallenge,
  type SkippedReason,
  type Token,
  TokenCache,
  type TokenFailure,
  type TokenFailureReason,
  type TokenRequest,
  type TokenResponse,
} from './challenge.js'
export {
  type AnonymousCredentials,
  type BasicCredentials,
  type CredentialKeys,
  type Credentials,
  type HttpHeader,
  type IdentityTokenCredentials,
  type RegistryTokenCredentials,
  Secret,
} from './credentials.js'

// What is thrown.

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
