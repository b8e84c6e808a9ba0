// Proxies: settings, the proxy's URL, NO_PROXY, and the decision for a URL.
export { compileProxy, compileSettings, type ProxyFor } from './compile-proxy.js'
export type {
  DirectDecision,
  ExemptDecision,
  ProxiedDecision,
  ProxyDecision,
  UndialableCode,
  UndialableDecision,
  UnproxiedDecision,
} from './decision.js'
export { type Environment, effectiveProxySettings } from './environment.js'
export { faultyEntries, type NoProxyFault } from './no-proxy-faults.js'
export { checkProxyUrl, describeProxyUrlFault, proxySchemeOf } from './proxy-url.js'
export type { CompileProxySettings, ProxySettings } from './settings.js'
