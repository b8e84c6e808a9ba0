/**
 * What Docker's and Podman's credentials files say.
 *
 * @module
 */

export {
  type BasicDockerCredentials,
  type BasicHelperCredentials,
  type CredentialHelperEntry,
  type DockerAuthEntry,
  type DockerConfig,
  type DockerConfigCode,
  DockerConfigError,
  type DockerConfigFault,
  type DockerConfigPath,
  type DockerConfigPathReason,
  type DockerConfigPlace,
  type DockerConfigView,
  type DockerCredentials,
  type DockerCredentialsExplanation,
  type DockerProgram,
  dockerConfigPaths,
  explainDockerCredentials,
  type FailedLookup,
  type FindCredentialsOptions,
  findCredentials,
  type HelperCredentials,
  type HelperDockerCredentials,
  type HelperRequest,
  helperRequest,
  type IdentityTokenDockerCredentials,
  type IdentityTokenHelperCredentials,
  type NearMiss,
  type NearMissCode,
  type NoDockerCredentials,
  type NoHelperCredentials,
  type ParseDockerConfigOptions,
  type Platform,
  type ProgramAnswer,
  parseDockerConfig,
  parseHelperResponse,
} from './docker-config/index.js'
export type { Environment } from './proxy/index.js'
export { Secret } from './secret.js'
