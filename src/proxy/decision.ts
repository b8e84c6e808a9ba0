import type { Secret } from '../secret.js'

/** The URL is reached without a proxy. */
export interface DirectDecision {
  /** The union's tag. */
  readonly kind: 'direct'
  /**
   * Why: no proxy is set for the URL's scheme; the host is `localhost` or a loopback address; or an
   * entry of NO_PROXY covers it.
   */
  readonly code: 'not-configured' | 'loopback' | 'no-proxy'
  /** The entry of NO_PROXY, as it is written there; undefined for the other reasons. */
  readonly entry: string | undefined
}

/** The URL is reached through a proxy. */
export interface ProxiedDecision {
  /** The union's tag. */
  readonly kind: 'proxy'
  /** The variable that decided: HTTPS_PROXY for `https` URLs, HTTP_PROXY for `http` URLs. */
  readonly code: 'https-proxy' | 'http-proxy'
  /** The proxy's URL, without user info. */
  readonly url: string
  /**
   * The value of the `Proxy-Authorization` header, from the proxy URL's user info; undefined if it has
   * none. It is for the proxy alone, never for the registry behind it.
   */
  readonly authorization: Secret | undefined
}

/** How a URL is reached. */
export type ProxyDecision = DirectDecision | ProxiedDecision
