/** The codes of what makes a configuration invalid. */
export type ConfigErrorCode =
  | 'too-large'
  | 'invalid-utf8'
  | 'invalid-toml'
  | 'unknown-key'
  | 'wrong-type'
  | 'duplicate-name'
  | 'control-character'
  | 'incomplete-credentials'
  | 'broken-certificate'
  | 'invalid-proxy-url'
  | 'invalid-mirror-url'

/** The codes of what is legal in a configuration but probably a mistake. */
export type ConfigWarningCode =
  | 'unmatchable-name'
  | 'several-credentials'
  | 'ca-certs-ignored'
  | 'credentials-without-tls'
  | 'no-certificates'
  | 'certificate-skipped'
  | 'auth-not-basic'
  | 'no-proxy-trailing-dot'
  | 'credentials-on-catch-all'
  | 'mirror-without-credentials'

/**
 * One finding about a configuration. Its message names the place and what was expected there,
 * never a value.
 */
export interface ConfigIssue {
  /** What is wrong. `strict` reports warnings as issues, with the code that they have as warnings. */
  readonly code: ConfigErrorCode | ConfigWarningCode
  /** The keys that lead to the place, from the document's root; empty for the document as a whole. */
  readonly path: readonly string[]
  /** What was expected, in one sentence. */
  readonly message: string
  /** The line, from 1, in the text that was parsed. */
  readonly line: number
  /** The column, from 1, in UTF-16 code units. */
  readonly column: number
}

/** A finding that doesn't keep the configuration from being used. */
export interface ConfigWarning extends ConfigIssue {
  /** What is probably wrong. */
  readonly code: ConfigWarningCode
}

/** How many issues an error's message spells out; `issues` always has all of them. */
const SPELLED_OUT = 10

/**
 * A configuration, or a CA bundle, that can't be used. It has no `cause`: the errors of the parsers
 * below quote their input.
 */
export class ConfigError extends Error {
  /** Always `ConfigError`. */
  override readonly name = 'ConfigError'
  /** The code of this class, for those who can't compare classes. */
  readonly code = 'ERR_CONFIG_INVALID'
  /** Every issue of the document, in the order of their places. */
  readonly issues: readonly [ConfigIssue, ...ConfigIssue[]]

  /** @param issues - What was found. */
  constructor(issues: readonly [ConfigIssue, ...ConfigIssue[]]) {
    super(describe(issues))
    this.issues = Object.freeze(issues)
  }
}

function describe(issues: readonly ConfigIssue[]): string {
  const lines = issues.slice(0, SPELLED_OUT).map((issue) => {
    return `${issue.line}:${issue.column}: ${issue.message} (${issue.code})`
  })
  if (issues.length > SPELLED_OUT) lines.push(`and ${issues.length - SPELLED_OUT} more`)
  return lines.join('\n')
}

/** The part of an image reference that is wrong; `reference` is the text as a whole. */
export type ImageReferencePart = 'reference' | 'registry' | 'repository' | 'tag' | 'digest'

/** The codes of what is wrong with a part of an image reference. */
export type ImageReferenceReason =
  | 'empty'
  | 'scheme'
  | 'user-info'
  | 'invalid-host'
  | 'invalid-port'
  | 'invalid-character'
  | 'invalid-grammar'
  | 'too-long'

/** A text that is no image reference. The message never repeats the text. */
export class ImageReferenceError extends Error {
  /** Always `ImageReferenceError`. */
  override readonly name = 'ImageReferenceError'
  /** The code of this class, for those who can't compare classes. */
  readonly code = 'ERR_IMAGE_REFERENCE_INVALID'
  /** The part that is wrong. */
  readonly part: ImageReferencePart
  /** Why it is wrong. */
  readonly reason: ImageReferenceReason

  /**
   * @param part - The part that is wrong.
   * @param reason - Why it is wrong.
   * @param expectation - What was expected, in words.
   */
  constructor(part: ImageReferencePart, reason: ImageReferenceReason, expectation: string) {
    super(part === 'reference' ? expectation : `${part}: ${expectation}`)
    this.part = part
    this.reason = reason
  }
}

/** Nobody is trusted, so nothing is dialled. */
export class TrustDeniedError extends Error {
  /** Always `TrustDeniedError`. */
  override readonly name = 'TrustDeniedError'
  /** The code of this class, for those who can't compare classes. */
  readonly code = 'ERR_TRUST_DENIED'

  /** It takes nothing: there is nothing to tell apart. */
  constructor() {
    super('nobody is trusted in TLS: the rule has "ca-certs", and no certificate in it')
  }
}

/** The part of a decision that a client can't be made to follow. */
export type UnsupportedPart = 'runtime' | 'trust' | 'proxy'

/** A decision that a client or a runtime can't be made to follow. */
export class UnsupportedDecisionError extends Error {
  /** Always `UnsupportedDecisionError`. */
  override readonly name = 'UnsupportedDecisionError'
  /** The code of this class, for those who can't compare classes. */
  readonly code = 'ERR_DECISION_UNSUPPORTED'
  /** The part that the client doesn't follow; `runtime` where it follows nothing. */
  readonly part: UnsupportedPart

  /**
   * @param part - The part that the client doesn't follow.
   * @param reason - Why, in words.
   */
  constructor(part: UnsupportedPart, reason: string) {
    super(reason)
    this.part = part
  }
}

/** A name is no place for credentials, but who puts them there shouldn't find them in a log. */
export function withoutUserInfo(name: string): string {
  const at = name.lastIndexOf('@')
  return at < 0 ? name : `…${name.slice(at)}`
}

/** How many edits away a key may be to be offered as what was meant. */
const MAX_DISTANCE = 2

/**
 * Finds the known key that a wrong one was probably meant to be: the same but for case, `-` and `_`,
 * or at most two edits away from it.
 */
export function nearestAmong(known: readonly string[]): (key: string) => string | undefined {
  const candidates = known.map((name) => ({ name, right: squeeze(name) }))
  return (key) => {
    const wrong = squeeze(key)
    let nearest: string | undefined
    let least = MAX_DISTANCE + 1
    for (const { name, right } of candidates) {
      if (leastEdits(wrong, right) >= least) continue
      // Short keys are within two edits of anything: at least half of a key must be right.
      const distance = editDistance(wrong, right)
      if (distance < least && distance * 2 <= right.length) {
        least = distance
        nearest = name
      }
    }
    return nearest
  }
}

/** A lower bound of the distance that costs little: most wrong keys are near no known one. */
function leastEdits(from: string, to: string): number {
  let missing = 0
  for (const character of to) if (!from.includes(character)) missing++
  return Math.max(missing, Math.abs(to.length - from.length))
}

function squeeze(key: string): string {
  return key.toLowerCase().replaceAll('-', '').replaceAll('_', '')
}

/** The Damerau-Levenshtein distance, for which two characters swapped are one edit. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1
      let least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + cost)
      const isSwapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      if (isSwapped) least = Math.min(least, at(beforeLast, j - 2) + 1)
      row.push(least)
    }
    beforeLast = last
    last = row
  }
  return at(last, to.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] as number
}
