import type { ProxiedDecision, ProxyDecision } from '../proxy/index.js'
import { UnsupportedDecisionError } from './errors.js'

export function isProxied(proxy: ProxyDecision): proxy is ProxiedDecision {
  if (proxy?.kind === 'direct') return false
  if (proxy?.kind !== 'proxy') throw new TypeError('expected resolution.proxy')
  if (proxy.url.startsWith('http://') || proxy.url.startsWith('https://')) return true
  throw new UnsupportedDecisionError('proxy', 'only proxies with http:// or https:// are supported')
}
