/**
 * From the Contrast image puller's TOML configuration to a typed decision for each image.
 *
 * The order of these exports is that of the data: configuration, image, resolution, handshake.
 *
 * @module
 */

export {
  type BrokenCertificate,
  type CaBundle,
  type Certificate,
  type CertificateFaultCode,
  type ParseCaBundleOptions,
  type PemFault,
  type PemLabel,
  parseCaBundle,
  parseCertificate,
  type SkippedBlock,
  type SkippedBlockCode,
} from './certificates/index.js'
export type { RegistryKeys } from './config/index.js'
export {
  type ImagePullerConfig,
  type ParseConfigOptions,
  parseConfig,
  type RegistryRule,
} from './config/index.js'
export type {
  AnonymousCredentials,
  BasicCredentials,
  CredentialKeys,
  Credentials,
  IdentityTokenCredentials,
  OpaqueCredentials,
  PairCredentials,
  RegistryTokenCredentials,
} from './credentials.js'
export type {
  DockerConfigCode,
  DockerConfigError,
  DockerConfigIssue,
} from './docker-config/index.js'
export type { ErrorCode, ImagepullerAuthError } from './errors.js'
export type {
  Attempt,
  AttemptProxy,
  ConfigurationHint,
  FetchIssueBasics,
  OtherFetchIssue,
  RegistryFetchCode,
  RegistryFetchError,
  RegistryFetchIssue,
  UnreachableIssue,
} from './fetch/index.js'
export {
  type BundlePlace,
  ConfigError,
  type ConfigErrorCode,
  type ConfigFinding,
  type ConfigFindingCode,
  type ConfigInfoCode,
  type ConfigWarningCode,
  type DocumentPlace,
  type EnvironmentPlace,
  type Finding,
  type ImagePlace,
  type Place,
  type Severity,
} from './findings.js'
export {
  type AllowedDestination,
  type Answer,
  type AuthorizationAnswer,
  answerChallenge,
  type Challenge,
  type ChallengedRequest,
  type ChallengeParameters,
  type Destination,
  type DestinationRole,
  decideDestination,
  type HeaderValues,
  type HttpHeader,
  headersOf,
  type NoAnswer,
  type NoAnswerCode,
  type OtherNoAnswer,
  type ParsedChallenges,
  parseChallenges,
  parseTokenResponse,
  type RealmRefusedAnswer,
  type RefreshToken,
  type RefusalCode,
  type RefusedDestination,
  type SkippedChallenge,
  type SkippedChallengeCode,
  type Token,
  TokenCache,
  type TokenFailure,
  type TokenFailureCode,
  type TokenRequest,
  type TokenResponse,
} from './handshake/index.js'
export {
  type ImageReference,
  type ImageReferenceCode,
  ImageReferenceError,
  type ImageReferenceIssue,
  type ImageReferencePart,
  parseImageReference,
} from './image/index.js'
export type { AppliedRule, Coverage } from './names/index.js'
export type {
  DirectDecision,
  Environment,
  ExemptDecision,
  ProxiedDecision,
  ProxyDecision,
  ProxySettings,
  UndialableCode,
  UndialableDecision,
  UnproxiedDecision,
} from './proxy/index.js'
export type { Denial, Permission } from './resolve/index.js'
export {
  type Bypassed,
  type BypassedByAddress,
  type BypassedByPort,
  type CaBundleTrust,
  type CreateResolverOptions,
  createResolver,
  type DeniedResolution,
  type DenyAllTrust,
  type Endpoint,
  type MirrorEndpoint,
  type PermittedResolution,
  type RegistryEndpoint,
  type Resolution,
  type ResolvedImage,
  type Resolver,
  type Route,
  requestUrls,
  type Scheme,
  type SkipVerifyTrust,
  type TlsTrust,
  type WebPkiTrust,
} from './resolve/index.js'
export { Secret } from './secret.js'
export type {
  TransportIssue,
  TrustDeniedError,
  UnsupportedDecisionCode,
  UnsupportedDecisionError,
} from './transport/index.js'
