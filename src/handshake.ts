/**
 * What a puller answers to a registry's 401: challenges, destinations, token requests and tokens.
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
  Scheme,
  SkipVerifyTrust,
  WebPkiTrust,
} from './resolve/index.js'
export { Secret } from './secret.js'
