/**
 * From a decision to what the clients of Node, Bun and Deno take. What each runtime makes of it is
 * measured with real handshakes, in `docs/runtimes.md`.
 *
 * Nothing here imports a module of Node: where an agent must be made, the caller passes its class.
 *
 * @module
 */

export type { Route } from './resolve/index.js'
export {
  type BunFetchOptions,
  type BunProxy,
  bunFetchOptions,
  denyingTlsOptions,
  type HttpsAgentOptions,
  type HttpsClasses,
  httpsAgent,
  proxyTlsOptions,
  type TlsOptions,
  type TlsVerification,
  type TransportIssue,
  TrustDeniedError,
  tlsOptions,
  type UndiciAgentOptions,
  type UndiciClasses,
  type UndiciProxyAgentOptions,
  type UndiciTlsOptions,
  type UnsupportedDecisionCode,
  UnsupportedDecisionError,
  undiciDispatcher,
} from './transport/index.js'
