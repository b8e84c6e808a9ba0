// The way to an image's registry, by the configured proxies.
import { authorityOf, type ImageReference } from '../image/index.js'
import type { ProxyDecision, ProxyFor } from '../proxy/index.js'

/** The proxies, compiled. */
export interface Ways {
  readonly proxyFor: ProxyFor
  /** Whether any proxy is configured. */
  readonly isProxied: boolean
}

/** Where no proxy is configured. */
export const NOT_CONFIGURED: ProxyDecision = Object.freeze({
  kind: 'direct',
  code: 'not-configured',
})

/**
 * How a registry is reached. Without a proxy the answer is known, save for hosts that the URL parser
 * may refuse: of those that an image can have, numbers (1.2.3.4.5) and encoded labels.
 *
 * @param isAddress - Whether its host is an IP address, or a number that is none.
 */
export function wayToRegistry(
  image: ImageReference,
  isAddress: boolean,
  { proxyFor, isProxied }: Ways,
): ProxyDecision {
  if (!isProxied && !isAddress && !image.host.includes('xn--')) return NOT_CONFIGURED
  return proxyFor(`https://${authorityOf(image)}/v2/`)
}
