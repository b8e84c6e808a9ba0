// What each endpoint of an image gets, in words.

import type { EndpointSummary } from 'imagepuller-auth/explain'
import type { Row } from '../../text/index.js'
import { describeProxy } from './proxy.js'
import { row } from './row.js'

/** Where a request may go. */
export interface AskedEndpoint extends Pick<EndpointSummary, 'kind' | 'origin'> {
  /** The URL of the request. */
  readonly url: string
}

/** An endpoint in words. */
export function describeEndpoint({
  kind,
  origin,
}: Pick<EndpointSummary, 'kind' | 'origin'>): string {
  return `the ${kind} at ${origin}`
}

/** The parts of a decision that each endpoint has for itself. */
export type EndpointPart = 'credentials' | 'proxy'

/** Whether there are a mirror and a registry, which may get different things. */
export function areSeveral(endpoints: readonly EndpointSummary[]): boolean {
  return new Set(endpoints.map(({ kind }) => kind)).size > 1
}

/** What each endpoint gets. */
export function describeParts(
  part: EndpointPart,
  endpoints: readonly EndpointSummary[],
): readonly string[] {
  return endpoints.map((endpoint) => {
    const got = part === 'proxy' ? describeProxy(endpoint.proxy) : endpoint.credentials.kind
    return `${describeEndpoint(endpoint)}: ${got}`
  })
}

/** A row for each endpoint, the name of the part before the first. */
export function endpointRows(part: EndpointPart, endpoints: readonly EndpointSummary[]): Row[] {
  return describeParts(part, endpoints).map((text, i) => row(i === 0 ? part : '', text))
}
