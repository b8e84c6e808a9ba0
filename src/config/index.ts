export {
  configurations,
  type ImagePullerConfig,
  type RegistryRule,
} from './config.js'
export { findControlCharacter } from './control-character.js'
export { type Mirror, parseMirror } from './mirror.js'
export { type ParseConfigOptions, parseConfig } from './parse-config.js'
export { writeExtraEnvKeys, writeRuleKeys } from './write-keys.js'
