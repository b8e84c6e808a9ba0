export {
  configurations,
  type ImagePullerConfig,
  type RegistryRule,
} from './config.js'
export { type Mirror, parseMirror } from './mirror.js'
export { type ParseConfigOptions, parseConfig } from './parse-config.js'
