// Requests to registries, with the whole handshake done.
export type { CreateRegistryFetchOptions } from './create-options.js'
export {
  type Attempt,
  type AttemptProxy,
  type ConfigurationHint,
  type FetchIssueBasics,
  type OtherFetchIssue,
  type RegistryFetchCode,
  RegistryFetchError,
  type RegistryFetchIssue,
  type UnreachableIssue,
} from './errors.js'
export type { ForeignRealm } from './foreign-realm.js'
export { createRegistryFetch, type RegistryFetch } from './registry-fetch.js'
export type { RegistryRequest } from './request.js'
