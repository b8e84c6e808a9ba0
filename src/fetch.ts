/**
 * Requests to registries with the whole handshake done, on a client that is given.
 *
 * @module
 */

export {
  type Attempt,
  type CreateRegistryFetchOptions,
  createRegistryFetch,
  type ForeignRealm,
  type Keychain,
  type KeychainFailure,
  type OtherFetchIssue,
  type RegistryFetch,
  type RegistryFetchCode,
  RegistryFetchError,
  type RegistryFetchIssue,
  type RegistryRequest,
  type UnreachableIssue,
} from './fetch/index.js'
export type { BodyReader, FetchedResponse, Send, SendInit, Signal } from './transport/index.js'
