/**
 * What a puller answers to a registry's 401: challenges, destinations, token requests and tokens.
 *
 * @module
 */

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
export { Secret } from './secret.js'
