// One try to reach a server: which host is at fault, the server's or its proxy's, and the words for it.
import type { ProxyDecision } from '../proxy/index.js'
import type { Attempt, AttemptProxy } from './errors.js'

/**
 * No connection, by the codes of Node, Deno and Bun. Where a proxy is on the way, the connection is one to
 * the proxy, which looks up the server's name itself. A time-out of the client may be one of the TLS behind
 * the proxy, and says nothing of the kind.
 */
const NOT_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ConnectionRefused',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
])

/** What a proxy says of the server: it got no connection, or none in time. */
const BEHIND_PROXY: ReadonlySet<string> = new Set([
  'ERR_PROXY_STATUS_502',
  'ERR_PROXY_STATUS_503',
  'ERR_PROXY_STATUS_504',
])

const PROXY_STATUS = 'ERR_PROXY_STATUS_'

/** A try that failed. */
export function attemptAt(origin: string, reason: string, proxy: ProxyDecision): Attempt {
  return Object.freeze({ origin, reason, proxy: proxyOf(reason, proxy) })
}

function proxyOf(reason: string, proxy: ProxyDecision): AttemptProxy | undefined {
  if (proxy.kind !== 'proxy') return undefined
  const isRefusal = reason.startsWith(PROXY_STATUS) && !BEHIND_PROXY.has(reason)
  return Object.freeze({ url: proxy.url, isAtFault: isRefusal || NOT_CONNECTED.has(reason) })
}

/** Why a try failed, with the proxy where one was on the way. */
export function whyFailed({ reason, proxy }: Attempt): string {
  if (proxy === undefined) return reason
  if (!proxy.isAtFault) return `by the proxy ${proxy.url}: ${reason}`
  const what = reason.startsWith(PROXY_STATUS) ? 'refuses' : "can't be reached"
  return `the proxy ${proxy.url} ${what}: ${reason}`
}
