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

/** Why a part of a `WWW-Authenticate` header can't be read. */
export type SkippedChallengeCode =
  | 'no-scheme'
  | 'unexpected-character'
  | 'no-value'
  | 'unterminated-quote'
  | 'duplicate-parameter'

/** The part of a header that was left out. Nothing here repeats what the server sent. */
export interface SkippedChallenge {
  /** Which header line, from 1. */
  readonly line: number
  /** Where in the line reading stopped, from 1, in UTF-16 code units. */
  readonly column: number
  /** Why it stopped there. */
  readonly code: SkippedChallengeCode
  /** The reason as a sentence. */
  readonly message: string
}

/** The challenges in the server's order, and beside them what could not be read. */
export interface ChallengeList extends ReadonlyArray<Challenge> {
  /** What was left out. Not enumerable, so that the list equals a plain array of its challenges. */
  readonly skipped: readonly SkippedChallenge[]
}

const SKIPPED_MESSAGES: Readonly<Record<SkippedChallengeCode, string>> = {
  'no-scheme': 'expected the name of an authentication scheme',
  'unexpected-character': 'expected a comma, a parameter or the end of the header',
  'no-value': 'expected a token or a quoted string as the value of a parameter',
  'unterminated-quote': 'expected a closing quote, and no control character before it',
  'duplicate-parameter': 'a parameter occurs more than once in one challenge',
}

const NO_PARAMETERS: ChallengeParameters = Object.freeze(Object.create(null))

/** What stopped the reading of a header line, and where. */
class Fault {
  readonly reason: SkippedChallengeCode
  readonly at: number

  constructor(reason: SkippedChallengeCode, at: number) {
    this.reason = reason
    this.at = at
  }
}

/** A header line and how far it has been read. */
interface Cursor {
  readonly text: string
  at: number
}

const TAB = 0x09

const SPACE = 0x20

const QUOTE = 0x22

const COMMA = 0x2c

const EQUALS = 0x3d

const BACKSLASH = 0x5c

const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

const TOKEN = characterSet(`!#$%&'*+-.^_\`|~${LETTERS_AND_DIGITS}`)

const TOKEN68 = characterSet(`-._~+/${LETTERS_AND_DIGITS}`)

/**
 * Reads `WWW-Authenticate` headers as RFC 9110, section 11.6.1, writes them: several challenges in a
 * line, several lines, token68, quoted strings with commas and escapes, empty list elements.
 *
 * It never throws on what a server sent. Where a line stops making sense, the challenge in which
 * that happens and the rest of the line are left out, since a realm that is guessed from a broken
 * header decides where credentials go; `skipped` says where and why. A challenge that names a
 * parameter twice is such a case (section 11.2 forbids it). A tab is taken for a space.
 *
 * @param headerValues - The header's value or values; null or undefined if there was none, as
 *   `Headers.get` and `IncomingMessage.headers` say. Where these give one character for each byte,
 *   decode a header that holds more than ASCII as UTF-8 first.
 * @returns The challenges in the server's order, frozen.
 * @throws `TypeError` if the argument is anything else.
 *
 * @example
 *
 * ```ts
 * import { parseChallenges } from 'imagepuller-auth'
 *
 * const [challenge] = parseChallenges(
 *   'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
 * )
 * console.log(challenge?.scheme) // bearer
 * console.log(challenge?.parameters['realm']) // https://auth.docker.io/token
 * ```
 */
export function parseChallenges(
  headerValues: string | readonly string[] | null | undefined,
): ChallengeList {
  const lines = typeof headerValues === 'string' ? [headerValues] : (headerValues ?? [])
  if (!Array.isArray(lines) || !lines.every((line) => typeof line === 'string')) {
    throw new TypeError('parseChallenges: expected a string or an array of strings')
  }
  const challenges: Challenge[] = []
  const skipped: SkippedChallenge[] = []
  for (const [index, text] of lines.entries()) {
    const fault = readLine({ text, at: 0 }, challenges)
    if (fault) skipped.push(describeFault(fault, index + 1))
  }
  Object.defineProperty(challenges, 'skipped', { value: Object.freeze(skipped) })
  return Object.freeze(challenges) as unknown as ChallengeList
}

function describeFault({ reason, at }: Fault, line: number): SkippedChallenge {
  return Object.freeze({ line, column: at + 1, code: reason, message: SKIPPED_MESSAGES[reason] })
}

function readLine(cursor: Cursor, challenges: Challenge[]): Fault | undefined {
  skipSeparators(cursor)
  while (cursor.at < cursor.text.length) {
    const challenge = readChallenge(cursor)
    if (challenge instanceof Fault) return challenge
    challenges.push(challenge)
  }
  return undefined
}

/** Reads a challenge and the separators behind it. */
function readChallenge(cursor: Cursor): Challenge | Fault {
  const scheme = readRun(cursor, TOKEN).toLowerCase()
  if (scheme === '') return new Fault('no-scheme', cursor.at)
  const end = cursor.at
  skipSpaces(cursor)
  if (cursor.at === end) return endOfElement(cursor) ?? challengeOf(scheme, NO_PARAMETERS)
  const token68 = readToken68(cursor)
  if (token68 !== undefined) return challengeOf(scheme, NO_PARAMETERS, token68)
  const parameters = readParameters(cursor)
  return parameters instanceof Fault ? parameters : challengeOf(scheme, parameters)
}

function challengeOf(scheme: string, parameters: ChallengeParameters, token68?: string): Challenge {
  return Object.freeze({ scheme, parameters, token68 })
}

/** A token68 that fills its list element; otherwise undefined, with the cursor where it was. */
function readToken68(cursor: Cursor): string | undefined {
  const start = cursor.at
  const digits = readRun(cursor, TOKEN68)
  while (codeAt(cursor) === EQUALS) cursor.at++
  const token68 = cursor.text.slice(start, cursor.at)
  if (digits !== '' && endOfElement(cursor) === undefined) return token68
  cursor.at = start
  return undefined
}

/** Reads parameters up to the end of the line or the scheme of the next challenge. */
function readParameters(cursor: Cursor): ChallengeParameters | Fault {
  const parameters: Record<string, string> = Object.create(null)
  let separated = skipSeparators(cursor)
  while (cursor.at < cursor.text.length) {
    const start = cursor.at
    const name = readRun(cursor, TOKEN).toLowerCase()
    skipSpaces(cursor)
    if (name === '' || codeAt(cursor) !== EQUALS) {
      // Behind a comma, a token without `=` is the next challenge's scheme.
      if (name === '' || !separated) return new Fault('unexpected-character', cursor.at)
      cursor.at = start
      break
    }
    if (name in parameters) return new Fault('duplicate-parameter', start)
    cursor.at++
    skipSpaces(cursor)
    const value = codeAt(cursor) === QUOTE ? readQuoted(cursor) : readValue(cursor)
    if (value instanceof Fault) return value
    parameters[name] = value
    const fault = endOfElement(cursor)
    if (fault) return fault
    separated = true
  }
  return Object.freeze(parameters)
}

function readValue(cursor: Cursor): string | Fault {
  const value = readRun(cursor, TOKEN)
  return value === '' ? new Fault('no-value', cursor.at) : value
}

/** A quoted string without its quotes and escapes (RFC 9110, section 5.6.4). */
function readQuoted(cursor: Cursor): string | Fault {
  const { text } = cursor
  let value = ''
  let start = cursor.at + 1
  let end = start
  for (;;) {
    const code = text.charCodeAt(end)
    if (code === QUOTE) break
    if (code === BACKSLASH) {
      value += text.slice(start, end)
      start = ++end
    }
    if (!isText(text.charCodeAt(end))) return new Fault('unterminated-quote', end)
    end++
  }
  cursor.at = end + 1
  return value + text.slice(start, end)
}

/** Anything but control characters and, as NaN, the end of the line. */
function isText(code: number): boolean {
  return code === TAB || (code >= SPACE && code !== 0x7f)
}

/** Moves to the next element of the list, unless something stands before it. */
function endOfElement(cursor: Cursor): Fault | undefined {
  if (skipSeparators(cursor) || cursor.at === cursor.text.length) return undefined
  return new Fault('unexpected-character', cursor.at)
}

/** Passes over commas and white space; true if there was a comma. */
function skipSeparators(cursor: Cursor): boolean {
  let comma = false
  for (;;) {
    skipSpaces(cursor)
    if (codeAt(cursor) !== COMMA) return comma
    comma = true
    cursor.at++
  }
}

function skipSpaces(cursor: Cursor): void {
  while (codeAt(cursor) === SPACE || codeAt(cursor) === TAB) cursor.at++
}

function readRun(cursor: Cursor, set: Uint8Array): string {
  const { text, at: start } = cursor
  let end = start
  while (end < text.length && set[text.charCodeAt(end)] === 1) end++
  cursor.at = end
  return text.slice(start, end)
}

function codeAt(cursor: Cursor): number {
  return cursor.text.charCodeAt(cursor.at)
}

function characterSet(characters: string): Uint8Array {
  const set = new Uint8Array(128)
  for (let i = 0; i < characters.length; i++) set[characters.charCodeAt(i)] = 1
  return set
}
