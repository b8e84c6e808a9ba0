// Credentials where helpers keep them: Docker's and Podman's files read, and helpers run, on Node.
export { type AskCredentialHelperOptions, askCredentialHelper } from './ask-credential-helper.js'
export { type CreateKeychainOptions, createKeychain } from './create-keychain.js'
export type { HelperOptions } from './helper-options.js'
export type { Keychain, KeychainAnswer, KeychainFailure, KeychainFailureCode } from './keychain.js'
export type { ReadFile } from './read-file.js'
export type {
  ExitedHelper,
  HelperLimits,
  HelperOutcome,
  RunHelper,
  UnfinishedHelper,
} from './run-helper.js'
