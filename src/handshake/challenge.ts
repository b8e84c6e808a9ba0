// A challenge of a `WWW-Authenticate` header, and how one line of it is read.
import {
  type Cursor,
  endOfElement,
  Fault,
  isAtEnd,
  readToken,
  readToken68,
  readValue,
  skipEquals,
  skipSeparators,
  skipSpaces,
} from './scanner.js'

/** The parameters of a challenge, by name in lower case. The object has no prototype. */
export interface ChallengeParameters {
  /** A parameter's value, without the quotes and escapes that it was sent in. */
  readonly [name: string]: string | undefined
}

/** One challenge of a `WWW-Authenticate` header (RFC 9110, section 11.3). */
export interface Challenge {
  /** The authentication scheme in lower case, e.g. `bearer`. */
  readonly scheme: string
  /** The parameters; none if there are none, or if the challenge has a token68 instead. */
  readonly parameters: ChallengeParameters
  /** What stands in the place of parameters, e.g. the ticket of `Negotiate`. */
  readonly token68: string | undefined
}

const NO_PARAMETERS: ChallengeParameters = Object.freeze(Object.create(null))

/** Adds a line's challenges to the list, up to the first fault. */
export function readLine(text: string, challenges: Challenge[]): Fault | undefined {
  const cursor: Cursor = { text, at: 0 }
  skipSeparators(cursor)
  while (!isAtEnd(cursor)) {
    const fault = readChallenge(cursor, challenges)
    if (fault) return fault
  }
  return undefined
}

/** Reads a challenge and the separators behind it. */
function readChallenge(cursor: Cursor, challenges: Challenge[]): Fault | undefined {
  const scheme = readToken(cursor).toLowerCase()
  if (scheme === '') return new Fault('no-scheme', cursor.at)
  if (!skipSpaces(cursor)) {
    const fault = endOfElement(cursor)
    if (fault === undefined) challenges.push(challengeOf(scheme, NO_PARAMETERS))
    return fault
  }
  const token68 = readToken68(cursor)
  if (token68 !== undefined) {
    challenges.push(challengeOf(scheme, NO_PARAMETERS, token68))
    return undefined
  }
  const parameters = newParameters()
  const fault = readParameters(cursor, parameters)
  // A Basic challenge's realm decides nothing: the answer goes to the registry itself. A Bearer
  // challenge's realm decides where credentials go, so half of its parameters are none.
  if (fault === undefined || scheme === 'basic') {
    challenges.push(challengeOf(scheme, Object.freeze(parameters)))
  }
  return fault
}

/** Without a prototype, as Object.create(null) is, which V8 fills and freezes more slowly. */
function newParameters(): Record<string, string> {
  return Object.setPrototypeOf({}, null)
}

function challengeOf(scheme: string, parameters: ChallengeParameters, token68?: string): Challenge {
  return Object.freeze({ scheme, parameters, token68 })
}

/** Reads parameters up to the end of the line or the scheme of the next challenge. */
function readParameters(cursor: Cursor, parameters: Record<string, string>): Fault | undefined {
  let isSeparated = skipSeparators(cursor)
  while (!isAtEnd(cursor)) {
    const start = cursor.at
    const name = readToken(cursor).toLowerCase()
    if (name === '') return new Fault('unexpected-character', cursor.at)
    if (!skipEquals(cursor)) {
      if (!isSeparated) return new Fault('unexpected-character', cursor.at)
      cursor.at = start
      return undefined
    }
    if (Object.hasOwn(parameters, name)) return new Fault('duplicate-parameter', start)
    const value = readValue(cursor)
    if (value instanceof Fault) return value
    const fault = endOfElement(cursor)
    if (fault) return fault
    parameters[name] = value
    isSeparated = true
  }
  return undefined
}
