/**
 * What Docker's and Podman's credentials files say, as three programs read them.
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
  type DockerConfigFormat,
  type DockerConfigIssue,
  type DockerConfigPath,
  type DockerConfigPathReason,
  type DockerConfigView,
  type DockerCredentials,
  type DockerCredentialsExplanation,
  type DockerDocument,
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
  type ReadDockerConfigOptions,
  type RegistryTokenDockerCredentials,
  readDockerConfig,
} from './docker-config/index.js'
export type { DocumentPlace } from './findings.js'
export type { Environment } from './proxy/index.js'
export { Secret } from './secret.js'
