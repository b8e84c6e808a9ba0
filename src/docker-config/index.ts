export {
  type DockerConfigCode,
  DockerConfigError,
  type DockerConfigFault,
  type DockerConfigPlace,
  throwFault,
} from './errors.js'
export {
  answerOf,
  type DockerCredentialsExplanation,
  explainDockerCredentials,
  type FailedLookup,
  type NearMiss,
  type NearMissCode,
  type ProgramAnswer,
} from './explain.js'
export {
  type BasicDockerCredentials,
  type DockerCredentials,
  type DockerProgram,
  decidingEntry,
  type FindCredentialsOptions,
  findCredentials,
  type HelperDockerCredentials,
  type IdentityTokenDockerCredentials,
  type NoDockerCredentials,
  normalRegistry,
  registryOf,
  registryOfUrl,
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
  isDockerConfig,
  type ParseDockerConfigOptions,
  parseDockerConfig,
} from './parse.js'
export {
  type DockerConfigPath,
  type DockerConfigPathReason,
  dockerConfigPaths,
  type Platform,
} from './paths.js'
