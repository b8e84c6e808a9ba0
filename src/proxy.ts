/**
 * The decision about proxies alone, as Go's `httpproxy` makes it from `HTTP_PROXY`, `HTTPS_PROXY` and
 * `NO_PROXY`. This entry loads no package.
 *
 * @module
 */

export type {
  BundlePlace,
  ConfigErrorCode,
  ConfigFindingCode,
  ConfigInfoCode,
  ConfigWarningCode,
  DocumentPlace,
  EnvironmentPlace,
  Finding,
  ImagePlace,
  Place,
  Severity,
} from './findings.js'
export { ConfigError, type ConfigFinding } from './findings.js'
export {
  type CompileProxySettings,
  compileProxy,
  type DirectDecision,
  type ExemptDecision,
  type ProxiedDecision,
  type ProxyDecision,
  type ProxyFor,
  type ProxySettings,
  type UndialableCode,
  type UndialableDecision,
  type UnproxiedDecision,
} from './proxy/index.js'
export { Secret } from './secret.js'
