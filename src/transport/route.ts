// The way to one URL: what an adapter takes.
import type { ProxyDecision } from '../proxy/index.js'
import type { TlsTrust } from '../resolve/index.js'

/** The trust and the proxy for one URL. A resolution is the route to its registry. */
export interface Route {
  /** What to trust in TLS. */
  readonly tls: TlsTrust
  /** How the URL is reached: directly or by a proxy. */
  readonly proxy: ProxyDecision
}
