import { parseCaBundle } from '../../src/certificates/bundle.js'
import type { ProxyDecision } from '../../src/proxy/decision.js'
import type { Route } from '../../src/resolve/route.js'
import type { TlsTrust } from '../../src/resolve/trust.js'
import { Secret } from '../../src/secret.js'

// Parts of routes for the adapters' tests.

export const WEB_PKI: TlsTrust = { kind: 'web-pki' }
export const DENY_ALL: TlsTrust = { kind: 'deny-all' }
export const SKIP_VERIFY: TlsTrust = { kind: 'skip-verify' }

/** A proxy's credentials, as they must not be seen. */
export const CANARY = 'cHVsbGVyOmNhbmFyeQ=='

export const DIRECT: ProxyDecision = { kind: 'direct', code: 'not-configured' }

export function proxyAt(url: string): ProxyDecision {
  return { kind: 'proxy', code: 'https-proxy', url, authorization: new Secret(`Basic ${CANARY}`) }
}

/** The trust in these certificates alone. */
export function trustIn(...pems: readonly string[]): TlsTrust {
  const [first, ...others] = parseCaBundle(pems.join('\n')).certificates
  if (first === undefined) throw new Error('no certificate')
  return { kind: 'ca-bundle', certificates: [first, ...others] }
}

export function routeOf(tls: TlsTrust, proxy: ProxyDecision = DIRECT): Route {
  return { tls, proxy }
}

export function attempt(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}
