// What lint finds: the findings of the configuration, of Contrast's puller, and its own.

import { type Path, type PathPrinter, pathPrinter, type Spot } from '../config/index.js'
import type { ConfigFindingCode, DocumentPlace, Finding, Severity } from '../findings.js'
import type { PullerFindingCode } from '../puller/index.js'

/** The codes of what lint alone finds. */
export type LintCheckCode =
  | 'certificate-expired'
  | 'certificate-expires-soon'
  | 'certificate-not-yet-valid'
  | 'certificate-not-ca'
  | 'weak-key'
  | 'weak-signature'
  | 'same-subject'
  | 'repeated-certificate'
  | 'private-key'
  | 'damaged-block'
  | 'credentials-for-subdomains'
  | 'rule-without-effect'
  | 'hidden-rule'
  | 'resembling-name'
  | 'repeated-secret'
  | 'token-expired'
  | 'token-expires-soon'
  | 'short-lived-credentials'
  | 'proxy-credentials'
  | 'ignore-unknown-code'
  | 'ignore-without-reason'
  | 'ignore-without-effect'

/** The codes of what is found in the manifest of a Secret that holds a configuration. */
export type SecretFindingCode =
  | 'secret-kind'
  | 'secret-name'
  | 'secret-namespace'
  | 'secret-key'
  | 'secret-data'
  | 'secret-too-large'

/** The codes of all that lint finds. */
export type LintFindingCode =
  | ConfigFindingCode
  | PullerFindingCode
  | LintCheckCode
  | SecretFindingCode

/** A finding of lint. */
export type LintFinding = Finding<LintFindingCode>

/** The key alone. */
export const AT_KEY: Spot = { kind: 'key' }

/** What a check finds, before it has its place. */
export interface Hit {
  readonly code: LintFindingCode
  readonly severity: Severity
  /** The path, with user info in names. */
  readonly path: Path
  /** What of it. Never absent: a polluted prototype would supply it. */
  readonly spot: Spot
  /** What is there, as it goes on behind the path. */
  readonly message: string
  readonly help: string | undefined
}

/**
 * The finding; no name in it has its user info.
 *
 * @param place - Frozen, as the finding is.
 * @param show - The printer of the document's paths.
 */
export function toFinding(
  { code, severity, path, message, help }: Omit<Hit, 'spot'>,
  place: DocumentPlace,
  show: PathPrinter = pathPrinter(),
): LintFinding {
  const { path: shown, prefix } = show(path)
  return Object.freeze({ code, severity, path: shown, message: prefix + message, help, place })
}
