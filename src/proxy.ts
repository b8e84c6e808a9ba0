/**
 * The proxy for a URL, as Go's `httpproxy` decides from `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`.
 *
 * @module
 */

export {
  compileProxy,
  type DirectDecision,
  type ProxiedDecision,
  type ProxyDecision,
  type ProxyFor,
  type ProxySettings,
} from './proxy/index.js'
export { Secret } from './secret.js'
