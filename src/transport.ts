/**
 * From a decision to what the clients of Node, Bun and Deno take. What each runtime makes of it is
 * measured with real handshakes, in `docs/runtimes.md`.
 *
 * Nothing here imports a module of Node: where an agent must be made, the caller passes its class.
 *
 * @module
 */

export type { Certificate } from './certificates/index.js'
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
  CaBundleTrust,
  DenyAllTrust,
  Route,
  SkipVerifyTrust,
  TlsTrust,
  WebPkiTrust,
} from './resolve/index.js'
export { Secret } from './secret.js'
export {
  type BodyReader,
  type BunFetchOptions,
  type BunProxy,
  bunFetch,
  bunFetchOptions,
  denyingTlsOptions,
  type FetchedResponse,
  type HttpsAgentOptions,
  type HttpsClasses,
  httpsAgent,
  proxyTlsOptions,
  type Send,
  type SendInit,
  type Signal,
  type TlsOptions,
  type TlsVerification,
  type TransportIssue,
  TrustDeniedError,
  tlsOptions,
  type UndiciAgentOptions,
  type UndiciClasses,
  type UndiciFetchModule,
  type UndiciFetchOptions,
  type UndiciProxyAgentOptions,
  type UndiciSend,
  type UndiciTimeouts,
  type UndiciTlsOptions,
  type UnsupportedDecisionCode,
  UnsupportedDecisionError,
  undiciDispatcher,
  undiciFetch,
} from './transport/index.js'
