/**
 * Writing the image puller's configuration: as TOML, from a credentials file, as a Kubernetes Secret.
 *
 * @module
 */

export type {
  CaBundle,
  Certificate,
  PemFault,
  PemLabel,
  SkippedBlock,
  SkippedBlockCode,
} from './certificates/index.js'
export type { ImagePullerConfig, RegistryKeys, RegistryRule } from './config/index.js'
export type { CredentialKeys } from './credentials.js'
export type {
  BasicHelperCredentials,
  CredentialHelperEntry,
  DockerAuthEntry,
  DockerConfig,
  DockerConfigCode,
  DockerConfigFormat,
  DockerConfigIssue,
  DockerConfigView,
  DockerDocument,
  DockerProgram,
  HelperCredentials,
  IdentityTokenHelperCredentials,
  NoHelperCredentials,
} from './docker-config/index.js'
export type {
  BundlePlace,
  ConfigErrorCode,
  ConfigFinding,
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
export type { ProxySettings } from './proxy/index.js'
export type { Secret } from './secret.js'
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
