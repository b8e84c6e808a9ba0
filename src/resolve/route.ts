// The way to a URL: whom to trust, and through which proxy.
import type { ProxyDecision } from '../proxy/index.js'
import type { TlsTrust } from './trust.js'

/**
 * The way to a URL. A resolution is one, for its endpoint; `resolver.routeTo` gives that of a redirect
 * or a realm.
 *
 * A proxy that is itself reached by TLS is trusted as Go does: by the rule's certificates where `tls`
 * is a `ca-bundle`, else by the web PKI. Skip-verify is about the registry and doesn't loosen it,
 * unlike in Go.
 */
export interface Route {
  /** Whom to trust in TLS: the trust of the image's rule. */
  readonly tls: TlsTrust
  /** How to reach the URL: directly or by a proxy. */
  readonly proxy: ProxyDecision
}
