// Docker's and Podman's credentials files: read, looked up as three programs do it, and explained.
export type {
  BasicDockerCredentials,
  DockerCredentials,
  HelperDockerCredentials,
  IdentityTokenDockerCredentials,
  NoDockerCredentials,
  RegistryTokenDockerCredentials,
} from './credentials.js'
export {
  type CredentialHelperEntry,
  type DockerAuthEntry,
  type DockerConfig,
  type DockerConfigFormat,
  type DockerConfigView,
  type DockerDocument,
  dockerConfigs,
} from './entry.js'
export {
  attempt,
  type DockerConfigCode,
  DockerConfigError,
  type DockerConfigIssue,
} from './errors.js'
export { type DockerCredentialsExplanation, explainDockerCredentials } from './explain.js'
export { type FindCredentialsOptions, findCredentials, RULES } from './find.js'
export {
  type BasicHelperCredentials,
  type HelperCredentials,
  type HelperRequest,
  helperRequest,
  type IdentityTokenHelperCredentials,
  isHelperName,
  type NoHelperCredentials,
  parseHelperResponse,
} from './helper.js'
export type { Lookup } from './lookup.js'
export { registryOfUrl } from './names.js'
export type { FailedLookup, NearMiss, ProgramAnswer } from './near-miss.js'
export {
  type ParseDockerConfigOptions,
  parseDockerConfig,
  type ReadDockerConfigOptions,
  readDockerConfig,
} from './parse.js'
export {
  type DockerConfigPath,
  type DockerConfigPathReason,
  dockerConfigPaths,
  type Platform,
} from './paths.js'
export { type DockerProgram, PROGRAMS } from './program.js'
export { type NearMissCode, spellingOf } from './spelling.js'
