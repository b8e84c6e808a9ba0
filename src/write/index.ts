// The configuration written: as TOML, from a credentials file, as a Kubernetes Secret.
export type { RevealOptions } from './consent.js'
export {
  type ConversionResult,
  type ExtraEnvOptions,
  type FromDockerConfigOptions,
  fromDockerConfig,
} from './from-docker-config.js'
export type { ConversionNote, ConversionNoteCode, HelperToAsk } from './notes.js'
export {
  type SecretManifest,
  type SecretManifestObject,
  type ToKubernetesSecretOptions,
  toKubernetesSecret,
} from './secret-manifest.js'
export { type StringifyConfigOptions, stringifyConfig } from './stringify.js'
