export {
  type Answer,
  type AuthorizationAnswer,
  answerChallenge,
  type ChallengedRequest,
  type NoAnswer,
  type NoAnswerCode,
} from './answer.js'
export type { HttpHeader } from './authorization.js'
export {
  type Challenge,
  type ChallengeList,
  type ChallengeParameters,
  parseChallenges,
  type SkippedChallenge,
  type SkippedChallengeCode,
} from './challenge.js'
export {
  type AllowedDestination,
  type Destination,
  type DestinationRole,
  decideDestination,
  type RefusalCode,
  type RefusedDestination,
} from './destination.js'
export { TokenCache } from './token-cache.js'
export type { RefreshToken, TokenRequest } from './token-request.js'
export {
  parseTokenResponse,
  type Token,
  type TokenFailure,
  type TokenFailureCode,
  type TokenResponse,
} from './token-response.js'
