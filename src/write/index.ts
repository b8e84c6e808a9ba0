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
} from './from-docker-config.js'
export {
  type KubernetesSecret,
  type KubernetesSecretManifest,
  type KubernetesSecretOptions,
  toKubernetesSecret,
} from './kubernetes-secret.js'
export { type RevealSecrets, stringifyConfig } from './stringify.js'
