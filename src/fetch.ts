/**
 * Requests to registries with the whole handshake done, on a client that is given.
 *
 * @module
 */

export type { Credentials } from './credentials.js'
export {
  type Attempt,
  type ConfigurationHint,
  type CreateRegistryFetchOptions,
  createRegistryFetch,
  type ForeignRealm,
  type OtherFetchIssue,
  type RegistryFetch,
  type RegistryFetchCode,
  RegistryFetchError,
  type RegistryFetchIssue,
  type RegistryRequest,
  type UnreachableIssue,
} from './fetch/index.js'
export type { Place } from './findings.js'
export type { TokenRequest } from './handshake/index.js'
export type { ImageReference } from './image/index.js'
export type {
  Keychain,
  KeychainAnswer,
  KeychainFailure,
  KeychainFailureCode,
} from './keychain/keychain.js'
export type { Resolver, Route } from './resolve/index.js'
export type { BodyReader, FetchedResponse, Send, SendInit, Signal } from './transport/index.js'
