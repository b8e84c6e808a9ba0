// `parseChallenges`: all lines of a `WWW-Authenticate` header, and what of them can't be read.
import { createMembership, type Membership } from '../membership.js'
import { type Challenge, readLine } from './challenge.js'
import type { Fault, SkippedChallengeCode } from './scanner.js'

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

/** What `parseChallenges` gives. */
export interface ParsedChallenges {
  /** The challenges in the server's order. */
  readonly challenges: readonly Challenge[]
  /** What was left out, one entry for each line that has a fault. */
  readonly skipped: readonly SkippedChallenge[]
}

/** What comes from a `WWW-Authenticate` header: a value, one for each line, or nothing. */
export type HeaderValues = string | readonly string[] | null | undefined

const SKIPPED_MESSAGES: Readonly<Record<SkippedChallengeCode, string>> = {
  'no-scheme': 'expected the name of an authentication scheme',
  'unexpected-character':
    'expected a comma, a parameter or the end of the header; a value with other characters than a token has belongs in double quotes',
  'no-value': 'expected a token or a quoted string as the value of a parameter',
  'unterminated-quote': 'expected a closing quote, and no control character before it',
  'duplicate-parameter': 'expected each parameter of a challenge once',
}

const NONE_SKIPPED: readonly SkippedChallenge[] = Object.freeze([])

/** What this module made, and nothing that only looks like it. */
export const parsedChallenges: Membership<ParsedChallenges, undefined> = createMembership()

/**
 * Reads `WWW-Authenticate` headers as RFC 9110, section 11.6.1, writes them: several challenges in a
 * line, several lines, token68, quoted strings with commas and escapes, empty list elements.
 *
 * It never throws on what a server sent. Where a line stops making sense, the challenge in which
 * that happens and the rest of the line are left out, since a realm that is guessed from a broken
 * header decides where credentials go; `skipped` says where and why. A challenge that names a
 * parameter twice is such a case (section 11.2 forbids it). A tab is taken for a space.
 *
 * A Basic challenge is there all the same, with the parameters before the fault, besides being in
 * `skipped`: nothing depends on its realm, and registries send `Basic realm=/`.
 *
 * @param headerValues - The header's value or values; null or undefined if there was none, as
 *   `Headers.get` and `IncomingMessage.headers` say. Where these give one character for each byte,
 *   decode a header that holds more than ASCII as UTF-8 first.
 * @returns The challenges in the server's order, and what was left out; frozen.
 * @throws `TypeError` if the argument is anything else.
 *
 * @example
 *
 * ```ts
 * import { parseChallenges } from 'imagepuller-auth'
 *
 * const { challenges, skipped } = parseChallenges([
 *   'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
 *   'Bearer realm=https://auth.docker.io/token',
 * ])
 * console.log(challenges[0]?.scheme) // bearer
 * console.log(challenges[0]?.parameters['realm']) // https://auth.docker.io/token
 * console.log(skipped[0]?.line, skipped[0]?.column, skipped[0]?.code) // 2 19 unexpected-character
 * ```
 */
export function parseChallenges(headerValues: HeaderValues): ParsedChallenges {
  if (!isHeaderValues(headerValues)) {
    throw new TypeError('parseChallenges: expected a string or an array of strings')
  }
  return parseLines(headerValues)
}

/** Whether a value is what an HTTP client gives for a header. */
export function isHeaderValues(value: unknown): value is HeaderValues {
  if (value === undefined || value === null || typeof value === 'string') return true
  return Array.isArray(value) && value.every((line) => typeof line === 'string')
}

/** Reads the lines of a header that has been checked. */
export function parseLines(headerValues: HeaderValues): ParsedChallenges {
  const lines = typeof headerValues === 'string' ? [headerValues] : (headerValues ?? [])
  const challenges: Challenge[] = []
  const skipped: SkippedChallenge[] = []
  let line = 0
  for (const text of lines) {
    line++
    const fault = readLine(text, challenges)
    if (fault) skipped.push(describeFault(fault, line))
  }
  const parsed = {
    challenges: Object.freeze(challenges),
    skipped: skipped.length === 0 ? NONE_SKIPPED : Object.freeze(skipped),
  }
  return Object.freeze(parsedChallenges.add(parsed, undefined))
}

function describeFault({ code, at }: Fault, line: number): SkippedChallenge {
  return Object.freeze({ line, column: at + 1, code, message: SKIPPED_MESSAGES[code] })
}
