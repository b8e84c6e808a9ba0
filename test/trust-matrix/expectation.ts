import { type Result, SERVERS, type ServerName, type TrustName } from './matrix.js'
import { type ClientPath, isDenosFetch, type Runtime, STRANGER } from './runtimes.js'

type Outcome = Result['outcome']

const ACCEPTED: Readonly<Record<TrustName, readonly ServerName[]>> = {
  'skip-verify': SERVERS.filter((server) => server !== 'HTTP only'),
  'web-pki': ['public root', 'public root, TLS 1.2'],
  'ca-bundle (root)': ['private root', 'private root, TLS 1.2', 'private intermediate'],
  'ca-bundle (intermediate)': ['private intermediate'],
  'deny-all': [],
  'deny-all, handed on by mistake': [],
  // Go refuses it: the runtimes look at the common name where there is no other.
  'ca-bundle (odd roots)': ['common name only'],
}

/** What a trust makes of a server, wherever the adapter doesn't refuse. */
export function decided(trust: TrustName, server: ServerName): 'accepted' | 'denied' {
  return ACCEPTED[trust].includes(server) ? 'accepted' : 'denied'
}

/** What must come of a request by this path, on this runtime. */
export function expected(runtime: Runtime, result: Result): Outcome {
  const { trust, server, host } = result
  const path = result.path as ClientPath
  if (trust === 'control' || trust === 'none') return result.outcome
  if (trust === 'deny-all' || runtime.refuses(path)) return 'refused'
  if (isDenosFetch(path) && trust !== 'web-pki') return 'refused'
  if (path === STRANGER) return 'denied'
  // Its certificate has no address in it.
  if (host === '127.0.0.1' && trust !== 'skip-verify') return 'denied'
  if (runtime.name === 'Deno' && server === 'expired root') return 'accepted'
  return decided(trust, server)
}
