/**
 * Credentials where helpers keep them: Docker's and Podman's files read, and helpers run, on Node.
 *
 * @module
 */

export type {
  AnonymousCredentials,
  BasicCredentials,
  Credentials,
  IdentityTokenCredentials,
  OpaqueCredentials,
  PairCredentials,
  RegistryTokenCredentials,
} from './credentials.js'
export type {
  BasicHelperCredentials,
  DockerProgram,
  HelperCredentials,
  HelperRequest,
  IdentityTokenHelperCredentials,
  NoHelperCredentials,
} from './docker-config/index.js'
export {
  type AskCredentialHelperOptions,
  askCredentialHelper,
  type CreateKeychainOptions,
  createKeychain,
  type ExitedHelper,
  type HelperLimits,
  type HelperOptions,
  type HelperOutcome,
  type Keychain,
  type KeychainAnswer,
  type KeychainFailure,
  type KeychainFailureCode,
  type ReadFile,
  type RunHelper,
  type UnfinishedHelper,
} from './keychain/index.js'
export { Secret } from './secret.js'
