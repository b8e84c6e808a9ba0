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
  type ChallengeList,
  type ChallengeParameters,
  type Destination,
  type DestinationRole,
  decideDestination,
  type HttpHeader,
  type NoAnswer,
  type NoAnswerCode,
  parseChallenges,
  parseTokenResponse,
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
