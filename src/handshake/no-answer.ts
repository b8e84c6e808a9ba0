// Why a 401 has no answer.
import type { RefusalCode, RefusedDestination } from './destination.js'
import type { SkippedChallenge } from './parse-challenges.js'

/** Why there is no answer. */
export type NoAnswerCode =
  | 'other-origin'
  | 'no-challenge'
  | 'unreadable-challenge'
  | 'unsupported-scheme'
  | 'no-credentials'
  | 'no-credentials-for-mirrors'
  | 'unsendable-credentials'
  | 'rejected-credentials'
  | 'realm-missing'
  | 'realm-refused'

/** There is nothing to send, since the challenge's realm is no place for credentials. */
export interface RealmRefusedAnswer {
  /** The union's tag. */
  readonly kind: 'none'
  /** Why. */
  readonly code: 'realm-refused'
  /** What is wrong with the realm. */
  readonly refusal: RefusalCode
  /** The reason as a sentence. It repeats neither credentials nor what the server sent. */
  readonly message: string
}

/** There is nothing to send, for any other reason. */
export interface OtherNoAnswer {
  /** The union's tag. */
  readonly kind: 'none'
  /** Why. */
  readonly code: Exclude<NoAnswerCode, 'realm-refused'>
  /** The reason as a sentence. It repeats neither credentials nor what the server sent. */
  readonly message: string
}

/** There is nothing to send; the 401 stands. */
export type NoAnswer = RealmRefusedAnswer | OtherNoAnswer

const MESSAGES: Readonly<Record<OtherNoAnswer['code'], string>> = {
  'other-origin':
    "the 401 didn't come from the registry's own scheme, host and port; credentials go nowhere else",
  'no-challenge': 'the 401 has no WWW-Authenticate header that names an authentication scheme',
  'unreadable-challenge': "the 401's WWW-Authenticate header can't be read",
  'unsupported-scheme': 'the registry asks for neither Basic nor Bearer',
  'no-credentials':
    'the registry asks for Basic, for which a username and password, auth or a registrytoken is needed',
  'no-credentials-for-mirrors':
    "the mirror asks for Basic, and mirrors get no credentials: the rule's are for the registry alone",
  'unsendable-credentials': 'the credentials hold a control character, which no header can',
  'rejected-credentials': 'the registry refused these credentials already',
  'realm-missing': 'the Bearer challenge names no realm to get a token from',
}

/** No answer, for a reason that needs no more words. */
export function none(code: OtherNoAnswer['code']): OtherNoAnswer {
  return Object.freeze({ kind: 'none', code, message: MESSAGES[code] })
}

/** No answer, since no challenge could be read; the first fault says why. */
export function noChallenge(skipped: readonly SkippedChallenge[]): OtherNoAnswer {
  const [first] = skipped
  if (first === undefined) return none('no-challenge')
  const code = 'unreadable-challenge'
  const message = `${MESSAGES[code]}: header line ${first.line}, column ${first.column}: ${first.message}`
  return Object.freeze({ kind: 'none', code, message })
}

/** No answer, since Basic is asked for at the mirror with this origin. */
export function noneForMirror(origin: string): OtherNoAnswer {
  const code = 'no-credentials-for-mirrors'
  const message = `${MESSAGES[code]}; the mirror is at ${origin}`
  return Object.freeze({ kind: 'none', code, message })
}

/** No answer, since credentials may not go to the realm. */
export function realmRefused({ code, message }: RefusedDestination): RealmRefusedAnswer {
  return Object.freeze({
    kind: 'none',
    code: 'realm-refused',
    refusal: code,
    message: `the realm of the registry's Bearer challenge is refused: ${message}`,
  })
}
