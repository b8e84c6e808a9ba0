export { type BunFetchOptions, type BunProxy, bunFetchOptions } from './bun-fetch.js'
export { type DenoClientOptions, denoClientOptions } from './deno-client.js'
export { TrustDeniedError, UnsupportedDecisionError, type UnsupportedPart } from './errors.js'
export { type HttpsAgentOptions, type HttpsClasses, httpsAgent } from './https-agent.js'
export { denyingTlsOptions, type TlsOptions, tlsOptions } from './tls-options.js'
export {
  type UndiciAgentOptions,
  type UndiciClasses,
  type UndiciProxyAgentOptions,
  type UndiciTlsOptions,
  undiciDispatcher,
} from './undici-dispatcher.js'
export type { TlsVerification } from './verification.js'
export type { BodyReader, FetchedResponse, Send, SendInit, Signal } from './send.js'
