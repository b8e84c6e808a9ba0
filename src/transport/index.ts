// Adapters: from a route to what the clients of Node, Bun and Deno take.

export { bunFetch } from './bun-fetch.js'
export { type BunFetchOptions, type BunProxy, bunFetchOptions } from './bun-fetch-options.js'
export {
  type TransportIssue,
  TrustDeniedError,
  type UnsupportedDecisionCode,
  UnsupportedDecisionError,
} from './errors.js'
export { type HttpsAgentOptions, type HttpsClasses, httpsAgent } from './https-agent.js'
export type { BodyReader, FetchedResponse, Send, SendInit, Signal } from './send.js'
export { denyingTlsOptions, proxyTlsOptions, type TlsOptions, tlsOptions } from './tls-options.js'
export {
  type UndiciAgentOptions,
  type UndiciClasses,
  type UndiciProxyAgentOptions,
  type UndiciTimeouts,
  type UndiciTlsOptions,
  undiciDispatcher,
} from './undici-dispatcher.js'
export {
  type UndiciFetchModule,
  type UndiciFetchOptions,
  type UndiciSend,
  undiciFetch,
} from './undici-fetch.js'
export type { TlsVerification } from './verification.js'
