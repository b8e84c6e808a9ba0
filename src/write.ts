/**
 * Writing the image puller's configuration: as TOML, from a credentials file, as a Kubernetes Secret.
 *
 * @module
 */

export {
  type ConversionNote,
  type ConversionNoteCode,
  type ConversionResult,
  type FromDockerConfigOptions,
  fromDockerConfig,
  type SecretManifest,
  type SecretManifestObject,
  type StringifyConfigOptions,
  stringifyConfig,
  type ToKubernetesSecretOptions,
  toKubernetesSecret,
} from './write/index.js'
