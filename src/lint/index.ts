// What is wrong with a configuration, and what is worth knowing about it.
export { LINT_CODES } from './codes.js'
export type {
  LintCheckCode,
  LintFinding,
  LintFindingCode,
  SecretFindingCode,
} from './finding.js'
export { type LintConfigOptions, lintConfig } from './lint.js'
export { type OpenedSecret, openSecretManifest } from './secret-manifest.js'
export { withoutIgnored } from './silence.js'
