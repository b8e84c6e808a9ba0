/**
 * What Podman and Contrast's command line find in the credentials files that `docker login` and
 * `podman login` leave behind.
 *
 * @module
 */

export { Secret } from '../credentials.js'
export type { Environment } from '../proxy.js'
export {
  DockerConfigError,
  type DockerConfigFault,
  type DockerConfigPlace,
  type DockerConfigReason,
} from './errors.js'
export {
  type DockerCredentialsExplanation,
  explainCredentials,
  type FailedLookup,
  type NearMiss,
  type NearMissReason,
  type ProgramAnswer,
} from './explain.js'
export {
  type BasicDockerCredentials,
  type DockerCredentials,
  type DockerProgram,
  type FindCredentialsOptions,
  findCredentials,
  type HelperDockerCredentials,
  type IdentityTokenDockerCredentials,
  type NoDockerCredentials,
} from './find.js'
export {
  type BasicHelperCredentials,
  type HelperCredentials,
  type HelperRequest,
  helperRequest,
  type IdentityTokenHelperCredentials,
  type NoHelperCredentials,
  parseHelperResponse,
} from './helper.js'
export {
  type CredentialHelperEntry,
  type DockerAuthEntry,
  type DockerConfig,
  type DockerConfigView,
  type ParseDockerConfigOptions,
  parseDockerConfig,
} from './parse.js'
export {
  type DockerConfigPath,
  type DockerConfigPathReason,
  dockerConfigPaths,
  type Platform,
} from './paths.js'
