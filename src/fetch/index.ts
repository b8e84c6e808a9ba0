export type { ForeignRealm } from './authenticator.js'
export {
  type Attempt,
  type OtherFetchIssue,
  type RegistryFetchCode,
  RegistryFetchError,
  type RegistryFetchIssue,
  type UnreachableIssue,
} from './errors.js'
export {
  type CreateRegistryFetchOptions,
  createRegistryFetch,
  type Keychain,
  type KeychainFailure,
  type RegistryFetch,
} from './registry-fetch.js'
export type { RegistryRequest } from './request.js'
