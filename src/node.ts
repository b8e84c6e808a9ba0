import type { ProxyDecision } from './proxy.js'
import type { TlsTrust } from './resolver.js'

interface ConnectOptions {
  readonly rejectUnauthorized: boolean
  readonly ca?: string[]
  readonly allowPartialTrustChain?: boolean
}

/** What is needed of undici's `Agent` and `ProxyAgent`. */
export interface UndiciAgents<A, P> {
  readonly Agent: new (options: { readonly connect: ConnectOptions }) => A
  readonly ProxyAgent: new (options: {
    readonly uri: string
    readonly token?: string
    readonly requestTls: ConnectOptions
    readonly proxyTls: { readonly rejectUnauthorized: boolean }
  }) => P
}

/** Thrown where nobody is trusted. */
export class TrustDeniedError extends Error {
  /** The literal code. */
  readonly code = 'ERR_TRUST_DENIED' as const
}

/** A dispatcher with a rule's trust, behind the proxy that was decided on. */
export function undiciDispatcher<A, P>(
  tls: TlsTrust,
  proxy: ProxyDecision,
  undici: UndiciAgents<A, P>,
): A | P {
  const connect = connectOptions(tls)
  if (proxy.kind === 'direct') return new undici.Agent({ connect })
  const token = proxy.authorization?.reveal()
  return new undici.ProxyAgent({
    uri: proxy.url,
    ...(token === undefined ? {} : { token }),
    requestTls: connect,
    // The rule's trust is for the registry; the proxy has to hold its own in the web PKI.
    proxyTls: { rejectUnauthorized: true },
  })
}

function connectOptions(tls: TlsTrust): ConnectOptions {
  switch (tls.trust) {
    case 'deny-all':
      throw new TrustDeniedError('no TLS handshake may succeed')
    case 'skip-verify':
      return { rejectUnauthorized: false }
    case 'web-pki':
      return { rejectUnauthorized: true }
    case 'ca-bundle': {
      const ca = tls.certificates.map(({ pem }) => pem)
      return { ca, rejectUnauthorized: true, allowPartialTrustChain: true }
    }
  }
}
