export {
  type ConversionNote,
  type ConversionNoteCode,
  type ConversionResult,
  type FromDockerConfigOptions,
  fromDockerConfig,
} from './from-docker-config.js'
export {
  type SecretManifest,
  type SecretManifestObject,
  type ToKubernetesSecretOptions,
  toKubernetesSecret,
} from './kubernetes-secret.js'
export { type StringifyConfigOptions, stringifyConfig } from './stringify.js'
