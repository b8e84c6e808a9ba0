/**
 * What is wrong with a configuration, and what is worth knowing about it: findings, as data, whether the
 * document parses or not. See `docs/findings.md`.
 *
 * @module
 */

export type {
  BundlePlace,
  ConfigErrorCode,
  ConfigFindingCode,
  ConfigInfoCode,
  ConfigWarningCode,
  DocumentPlace,
  EnvironmentPlace,
  Finding,
  ImagePlace,
  Place,
  Severity,
} from './findings.js'
export {
  LINT_CODES,
  type LintCheckCode,
  type LintConfigOptions,
  type LintFinding,
  type LintFindingCode,
  lintConfig,
  type OpenedSecret,
  openSecretManifest,
  type SecretFindingCode,
  withoutIgnored,
} from './lint/index.js'
export type { PullerFindingCode } from './puller/index.js'
