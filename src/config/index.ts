// The configuration: a TOML document in, checked rules and findings out.
export {
  configurations,
  type ImagePullerConfig,
  type KeptConfig,
  type RegistryKeys,
  type RegistryRule,
} from './config.js'
export { findControlCharacter } from './control-character.js'
export { type Examination, type ExaminedDocument, examineConfig } from './examine.js'
export { isTable } from './key-table.js'
export { type Mirror, parseMirror } from './mirror.js'
export { isDamagedPem } from './no-certificate.js'
export { type ParseConfigOptions, parseConfig, toleranceRows } from './parse-config.js'
export type { Path } from './path.js'
export { hasPlaceholder } from './placeholder.js'
export type { Spot } from './places.js'
export { readText } from './read-text.js'
export type { Remark } from './remarks.js'
export { type PathPrinter, pathPrinter } from './shown-path.js'
export { type Source, sourceOf } from './source.js'
export { parseToml, type TomlTable } from './toml.js'
export { writeExtraEnvKeys, writeRuleKeys } from './write-keys.js'
