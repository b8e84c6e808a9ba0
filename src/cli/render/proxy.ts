// How an endpoint is reached, in words.

import type { ProxyDecision } from 'imagepuller-auth'
import type { ProxiedSummary, ProxySummary } from 'imagepuller-auth/explain'

/** A proxy decision, as the resolver has it or in short. */
type Way = ProxyDecision | ProxySummary

/** A proxy decision in words. */
export function describeProxy(proxy: Way): string {
  switch (proxy.kind) {
    case 'proxy':
      return `${proxy.url} (${proxy.code}${hasProxyCredentials(proxy) ? ', with credentials' : ''})`
    case 'direct':
      return `direct (${proxy.code}${proxy.code === 'no-proxy' ? ` "${proxy.entry}"` : ''})`
    case 'undialable':
      return `none (${proxy.code}: ${proxy.message})`
  }
}

type Proxied = Extract<Way, { kind: 'proxy' }>

function hasProxyCredentials(proxy: Proxied): boolean {
  return isInShort(proxy) ? proxy.authenticated : proxy.authorization !== undefined
}

function isInShort(proxy: Proxied): proxy is ProxiedSummary {
  return Object.hasOwn(proxy, 'authenticated')
}
