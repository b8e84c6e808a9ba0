// What each endpoint of an image gets, as rows and as data.

import type { Credentials, ProxyDecision } from 'imagepuller-auth'
import type { ProxySummary } from 'imagepuller-auth/explain'
import type { Row } from '../../text/index.js'
import { describeProxy } from './proxy.js'
import { row } from './row.js'

/** Where a request may go. */
export interface AskedEndpoint {
  readonly kind: 'mirror' | 'registry'
  /** Scheme, host and port. */
  readonly origin: string
  /** The URL of the request. */
  readonly url: string
}

/** An endpoint in words. */
export function describeEndpoint({ kind, origin }: Omit<AskedEndpoint, 'url'>): string {
  return `the ${kind} at ${origin}`
}

/** What an endpoint gets. */
export interface EndpointDecision extends Omit<AskedEndpoint, 'url'> {
  readonly credentials: Pick<Credentials, 'kind'>
  readonly proxy: ProxyDecision
}

/** Whether there are a mirror and a registry, which may get different things. */
export function areSeveral(endpoints: readonly EndpointDecision[]): boolean {
  return new Set(endpoints.map(({ kind }) => kind)).size > 1
}

/** A row for each endpoint, the name of the part before the first. */
export function endpointRows(
  part: 'credentials' | 'proxy',
  endpoints: readonly EndpointDecision[],
): Row[] {
  return endpoints.map((endpoint, i) => {
    const got = part === 'proxy' ? describeProxy(endpoint.proxy) : endpoint.credentials.kind
    return row(i === 0 ? part : '', `${describeEndpoint(endpoint)}: ${got}`)
  })
}

/** The same as data, without any secret. */
export function endpointsData(endpoints: readonly EndpointDecision[]): unknown {
  return endpoints.map(({ proxy, ...rest }) => ({ ...rest, proxy: proxyData(proxy) }))
}

function proxyData(proxy: EndpointDecision['proxy']): ProxySummary {
  if (proxy.kind !== 'proxy') return proxy
  const { kind, code, url, authorization } = proxy
  return { kind, code, url, authenticated: authorization !== undefined }
}
