/**
 * Writing the image puller's configuration: as TOML, from a credentials file, as a Kubernetes Secret.
 *
 * @module
 */

export {
  type ConversionNote,
  type ConversionNoteCode,
  type ConversionResult,
  type ExtraEnvOptions,
  type FromDockerConfigOptions,
  fromDockerConfig,
  type HelperToAsk,
  type RevealOptions,
  type SecretManifest,
  type SecretManifestObject,
  type StringifyConfigOptions,
  stringifyConfig,
  type ToKubernetesSecretOptions,
  toKubernetesSecret,
} from './write/index.js'
