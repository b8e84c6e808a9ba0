// What a puller does with a 401: challenges, destinations, token requests and tokens.
export { type Answer, answerChallenge } from './answer.js'
export type { AuthorizationAnswer, HttpHeader } from './authorization.js'
export type { Challenge, ChallengeParameters } from './challenge.js'
export type { ChallengedRequest } from './challenged-request.js'
export {
  type AllowedDestination,
  type Destination,
  type DestinationRole,
  decideDestination,
  type RefusalCode,
  type RefusedDestination,
} from './destination.js'
export { copyCredentials } from './given-credentials.js'
export { headersOf } from './headers-of.js'
export type { NoAnswer, NoAnswerCode, OtherNoAnswer, RealmRefusedAnswer } from './no-answer.js'
export {
  type HeaderValues,
  type ParsedChallenges,
  parseChallenges,
  type SkippedChallenge,
} from './parse-challenges.js'
export type { RefreshToken } from './refresh-token.js'
export type { SkippedChallengeCode } from './scanner.js'
export { TokenCache } from './token-cache.js'
export { type TokenRequest, tokenRequestKey, tokenServiceKey } from './token-request.js'
export {
  parseTokenResponse,
  type Token,
  type TokenFailure,
  type TokenFailureCode,
  type TokenResponse,
} from './token-response.js'
