// The proxy of a route, where it has one that a client can be told of.
import { ownValue } from '../options.js'
import type { ProxiedDecision, UndialableDecision } from '../proxy/index.js'
import { UnsupportedDecisionError } from './errors.js'
import { expectedRoute } from './own-route.js'

/**
 * The proxy that the route goes through; undefined where it is direct.
 *
 * @param caller - The function's name, with which the message of a `TypeError` begins.
 * @param route - A route, of which own properties alone count.
 */
export function proxyOf(caller: string, route: unknown): ProxiedDecision | undefined {
  const proxy = ownValue(route, 'proxy')
  switch (ownValue(proxy, 'kind')) {
    case 'direct':
      return undefined
    case 'proxy':
      return reachable(proxy as ProxiedDecision)
    case 'undialable':
      throw new UnsupportedDecisionError(
        'undialable',
        `no client can dial the URL: ${(proxy as UndialableDecision).message}`,
        'the server that sent the URL is at fault',
      )
    default:
      throw expectedRoute(caller)
  }
}

function reachable(proxy: ProxiedDecision): ProxiedDecision {
  if (proxy.url.startsWith('http://') || proxy.url.startsWith('https://')) return proxy
  // CVE-2026-9697: undici has dropped pins behind SOCKS proxies.
  throw new UnsupportedDecisionError(
    'proxy-scheme',
    'only proxies with http:// or https:// are supported',
    'write HTTPS_PROXY and HTTP_PROXY with one of these, which the proxy may offer besides',
  )
}
