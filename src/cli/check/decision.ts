// What was decided before anything is dialled, in sentences.

import type {
  Credentials,
  ImageReference,
  ProxyDecision,
  Resolution,
  TlsTrust,
} from 'imagepuller-auth'
import type { Said } from '../step.js'

/** How the reference was read. */
export function describeReference({ registry, repository, tag, digest }: ImageReference): Said {
  const named = digest === undefined ? `tag ${tag}` : `digest ${digest}`
  return { outcome: 'ok', message: `registry ${registry}, repository ${repository}, ${named}` }
}

/** What the rule means for the registry. */
export function describeRule(resolution: Resolution): Said {
  const { rule, tls, credentials, endpoint, proxy, bypassed } = resolution
  const which = rule ? `registries."${rule.name}" (${rule.coverage})` : 'no rule applies'
  const why = bypassed ? `${which}; ${describeBypassed(bypassed)}` : which
  if (tls.kind === 'deny-all') {
    return {
      outcome: 'failed',
      message: `${why}: it denies every TLS handshake, so nothing is sent`,
      help: "write the PEM of the registry's CA in ca-certs, or leave the key out for the web PKI",
    }
  }
  const mirror = endpoint.kind === 'mirror' ? [`mirror ${endpoint.url}`] : []
  const parts = [TRUST[tls.kind], CREDENTIALS[credentials.kind], ...mirror, describeProxy(proxy)]
  return { outcome: 'ok', message: `${why}: ${parts.join(', ')}` }
}

function describeBypassed(bypassed: NonNullable<Resolution['bypassed']>): string {
  const { message } = bypassed
  const other = bypassed.code === 'port' ? bypassed.rule : undefined
  return other ? `${message}; without the port, "${other.name}" would apply` : message
}

const TRUST: Readonly<Record<TlsTrust['kind'], string>> = {
  'web-pki': 'trusts the web PKI',
  'ca-bundle': 'trusts its certificates alone',
  'deny-all': 'trusts nothing',
  'skip-verify': 'verifies no certificate',
}

const CREDENTIALS: Readonly<Record<Credentials['kind'], string>> = {
  anonymous: 'anonymous',
  basic: 'user name and password',
  'identity-token': 'identitytoken',
  'registry-token': 'registrytoken',
}

function describeProxy(proxy: ProxyDecision): string {
  if (proxy.kind === 'proxy') return `by the proxy ${proxy.url}`
  if (proxy.code === 'no-proxy') return `directly (NO_PROXY "${proxy.entry}")`
  return proxy.kind === 'undialable' ? proxy.message : 'directly'
}
