/**
 * Requests to registries with the whole handshake done, on a client that is given.
 *
 * @module
 */

export type { Certificate } from './certificates/index.js'
export type {
  AnonymousCredentials,
  BasicCredentials,
  Credentials,
  IdentityTokenCredentials,
  OpaqueCredentials,
  PairCredentials,
  RegistryTokenCredentials,
} from './credentials.js'
export {
  type Attempt,
  type AttemptProxy,
  type ConfigurationHint,
  type CreateRegistryFetchOptions,
  createRegistryFetch,
  type FetchIssueBasics,
  type ForeignRealm,
  type OtherFetchIssue,
  type RegistryFetch,
  type RegistryFetchCode,
  RegistryFetchError,
  type RegistryFetchIssue,
  type RegistryRequest,
  type UnreachableIssue,
} from './fetch/index.js'
export type { DocumentPlace } from './findings.js'
export type { HttpHeader, TokenRequest } from './handshake/index.js'
export type { ImageReference } from './image/index.js'
export type {
  Keychain,
  KeychainAnswer,
  KeychainFailure,
  KeychainFailureCode,
} from './keychain/keychain.js'
export type { AppliedRule, Coverage } from './names/index.js'
export type {
  DirectDecision,
  ExemptDecision,
  ProxiedDecision,
  ProxyDecision,
  UndialableCode,
  UndialableDecision,
  UnproxiedDecision,
} from './proxy/index.js'
export type {
  Bypassed,
  BypassedByAddress,
  BypassedByPort,
  CaBundleTrust,
  Denial,
  DeniedResolution,
  DenyAllTrust,
  Endpoint,
  MirrorEndpoint,
  Permission,
  PermittedResolution,
  RegistryEndpoint,
  Resolution,
  ResolvedImage,
  Resolver,
  Route,
  Scheme,
  SkipVerifyTrust,
  TlsTrust,
  WebPkiTrust,
} from './resolve/index.js'
export { Secret } from './secret.js'
export type { BodyReader, FetchedResponse, Send, SendInit, Signal } from './transport/index.js'
