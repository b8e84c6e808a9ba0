// How a URL is reached: the kinds of answers.
import type { Secret } from '../secret.js'

/** The URL is reached without a proxy, and NO_PROXY has nothing to do with it. */
export interface UnproxiedDecision {
  /** The union's tag. */
  readonly kind: 'direct'
  /**
   * Why: no proxy is set for the URL's scheme, or the host is `localhost` or a loopback address.
   */
  readonly code: 'not-configured' | 'loopback'
}

/** The URL is reached without a proxy because NO_PROXY says so. */
export interface ExemptDecision {
  /** The union's tag. */
  readonly kind: 'direct'
  /** Why: an entry of NO_PROXY covers the URL. */
  readonly code: 'no-proxy'
  /** The entry, as it is written in the list: the first that covers the URL. */
  readonly entry: string
}

/** The URL is reached without a proxy. */
export type DirectDecision = UnproxiedDecision | ExemptDecision

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

/** Nothing can dial the URL, which a server may have sent in a challenge or a redirect. */
export interface UndialableDecision {
  /** The union's tag. */
  readonly kind: 'undialable'
  /** What is wrong with it. */
  readonly code: UndialableCode
  /** The same in a sentence. It repeats nothing of the URL. */
  readonly message: string
}

/** Why nothing can dial a URL. */
export type UndialableCode = 'not-a-url' | 'invalid-host' | 'invalid-port'

/** How a URL is reached. */
export type ProxyDecision = DirectDecision | ProxiedDecision | UndialableDecision
