// A finding: what is wrong, or worth knowing, in a document, a variable, a bundle or a list of images.

/** How much a finding matters: only an error keeps a document from being used. */
export type Severity = 'error' | 'warning' | 'info'

/** A stretch of the document's text; both ends count from 1, columns in UTF-16 code units. */
export interface DocumentPlace {
  /** The union's tag. */
  readonly kind: 'document'
  /** The line, from 1. */
  readonly line: number
  /** The column, from 1, in UTF-16 code units. */
  readonly column: number
  /** The line of the end. */
  readonly endLine: number
  /** The column behind the last character. */
  readonly endColumn: number
}

/** A variable of the process's environment. */
export interface EnvironmentPlace {
  /** The union's tag. */
  readonly kind: 'environment'
  /** The variable's name. */
  readonly variable: string
}

/** A block of a CA bundle that stands alone. */
export interface BundlePlace {
  /** The union's tag. */
  readonly kind: 'bundle'
  /** The block's number, from 1. */
  readonly block: number
  /** The line of the bundle's text, from 1. */
  readonly line: number
}

/** One of a list of images. */
export interface ImagePlace {
  /** The union's tag. */
  readonly kind: 'image'
  /** The image's place in the list, from 0. */
  readonly index: number
  /** The image, without user info. */
  readonly image: string
}

/** Where a finding is. */
export type Place = DocumentPlace | EnvironmentPlace | BundlePlace | ImagePlace

/** What was found at a place. No part of it ever holds a value of the document. */
export interface Finding<Code extends string = string> {
  /** What is found; each code has its section in `docs/findings.md`. */
  readonly code: Code
  /** How much it matters. `strict` makes errors of warnings. */
  readonly severity: Severity
  /** The keys that lead to the place, from the document's root; empty for the document as a whole. */
  readonly path: readonly string[]
  /** What is there, and what it means. */
  readonly message: string
  /** What to write instead; undefined for infos only. */
  readonly help: string | undefined
  /** Where it is; undefined where there is no document. */
  readonly place: Place | undefined
}

/** The codes of what makes a configuration invalid. */
export type ConfigErrorCode =
  | 'too-large'
  | 'invalid-utf8'
  | 'invalid-toml'
  | 'unknown-key'
  | 'wrong-type'
  | 'duplicate-name'
  | 'unmatchable-ca-certs'
  | 'control-character'
  | 'incomplete-credentials'
  | 'broken-certificate'
  | 'invalid-proxy-url'
  | 'invalid-mirror-url'

/** The codes of what is legal in a configuration but probably a mistake. */
export type ConfigWarningCode =
  | 'unknown-key'
  | 'unmatchable-name'
  | 'docker-hub-name'
  | 'several-credentials'
  | 'auth-not-basic'
  | 'bearer-prefix'
  | 'placeholder'
  | 'ca-certs-ignored'
  | 'no-certificates'
  | 'block-left-out'
  | 'certificate-skipped'
  | 'credentials-without-tls'
  | 'skip-verify-on-catch-all'
  | 'skip-verify-on-single-label'
  | 'credentials-on-catch-all'
  | 'credentials-on-single-label'
  | 'mirror-without-credentials'
  | 'mirror-fallback-without-mirror'
  | 'unknown-proxy-scheme'
  | 'https-proxy-missing'
  | 'no-proxy-unmatchable'
  | 'puller-refuses-toml'

/** The codes of what is worth knowing about a configuration, and no mistake. */
export type ConfigInfoCode = 'deny-all'

/** The codes of all findings about a configuration. */
export type ConfigFindingCode = ConfigErrorCode | ConfigWarningCode | ConfigInfoCode

/** A finding about a configuration. */
export type ConfigFinding = Finding<ConfigFindingCode>

/** How many issues an error's message spells out; `issues` always has all of them. */
const SPELLED_OUT = 10

/**
 * A configuration, or a CA bundle, that can't be used. It has no `cause`: the errors of the parsers
 * below quote their input.
 */
export class ConfigError extends Error {
  /** Always `ConfigError`. */
  override readonly name = 'ConfigError'
  /** The code of this class, for programs that can't compare classes. */
  readonly code = 'ERR_CONFIG_INVALID'
  /** Every issue, in the order of their places; each of severity `error`. */
  readonly issues: readonly [ConfigFinding, ...ConfigFinding[]]

  /** @param issues - What was found. */
  constructor(issues: readonly [ConfigFinding, ...ConfigFinding[]]) {
    super(describe(issues))
    this.issues = Object.freeze(issues)
  }
}

/** A finding and everything in it, frozen. */
export function freezeFinding<Code extends string>(finding: Finding<Code>): Finding<Code> {
  // Written out: to freeze a copy that a spread has made takes ten times as long.
  const { code, severity, path, message, help, place } = finding
  return Object.freeze({
    code,
    severity,
    path: Object.isFrozen(path) ? path : Object.freeze([...path]),
    message,
    help,
    place: place === undefined || Object.isFrozen(place) ? place : Object.freeze({ ...place }),
  })
}

/** The place as a message begins with it. */
export function describePlace(place: Place | undefined): string {
  switch (place?.kind) {
    case 'document':
      return `${place.line}:${place.column}: `
    case 'environment':
      return `${place.variable}: `
    case 'bundle':
      return `block ${place.block}, line ${place.line}: `
    case 'image':
      return `image ${place.index + 1}: `
    default:
      return ''
  }
}

function describe(issues: readonly ConfigFinding[]): string {
  const lines = issues.slice(0, SPELLED_OUT).map(({ code, message, help, place }) => {
    return `${describePlace(place)}${message}${help === undefined ? '' : `; ${help}`} (${code})`
  })
  if (issues.length > SPELLED_OUT) lines.push(`and ${issues.length - SPELLED_OUT} more`)
  return lines.join('\n')
}
