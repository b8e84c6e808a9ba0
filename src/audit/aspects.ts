// What a decision consists of, and how each part of it may change: a row for each aspect. Every change
// is the mirror image of that from the second decision to the first: what is looser one way is tighter
// the other way.
import {
  type Change,
  changeOfSets,
  compareCredentials,
  compareTrust,
  type Endpoint,
  joinChanges,
  type Resolution,
} from '../resolve/index.js'

/** What a decision consists of. */
export type Aspect = 'rule' | 'trust' | 'credentials' | 'schemes' | 'endpoint' | 'proxy'

type Compare = (before: Resolution, after: Resolution) => Change

/** How each aspect changes, in the order in which changes are given. */
export const ASPECTS: Readonly<Record<Aspect, Compare>> = {
  rule: (before, after) => (before.rule?.name === after.rule?.name ? 'same' : 'different'),
  trust: (before, after) => compareTrust(before.tls, after.tls),
  credentials: (before, after) => compareCredentials(before.credentials, after.credentials),
  schemes: (before, after) => changeOfSets(new Set(before.schemes), new Set(after.schemes)),
  endpoint: compareEndpoint,
  proxy: compareProxy,
}

/**
 * More places that may answer are looser: a fallback above all. So is a mirror beside credentials,
 * which Contrast's puller gives to it, and one by plain HTTP.
 */
function compareEndpoint(before: Resolution, after: Resolution): Change {
  return joinChanges(
    changeOfSets(placesOf(before.endpoint), placesOf(after.endpoint)),
    changeOfSets(recipientsOf(before), recipientsOf(after)),
    changeOfSets(plainMirrorOf(before.endpoint), plainMirrorOf(after.endpoint)),
  )
}

const REGISTRY = 'registry'

/** The places that are asked. */
function placesOf(endpoint: Endpoint): ReadonlySet<string> {
  if (endpoint.kind === 'registry') return new Set([REGISTRY])
  return new Set(endpoint.fallback ? [endpoint.url, REGISTRY] : [endpoint.url])
}

/** Mirrors that may come to know the credentials. */
function recipientsOf({ endpoint, credentials }: Resolution): ReadonlySet<string> {
  const isTold = endpoint.kind === 'mirror' && credentials.kind !== 'anonymous'
  return new Set(isTold ? [endpoint.origin] : [])
}

function plainMirrorOf(endpoint: Endpoint): ReadonlySet<string> {
  const isPlain = endpoint.kind === 'mirror' && endpoint.origin.startsWith('http:')
  return new Set(isPlain ? ['http'] : [])
}

/**
 * A proxy that is added or replaced sees which registry is asked, and no more where TLS is verified:
 * that is different. Where any certificate will do, it can read and answer everything: then one that
 * is added is looser. A proxy that stays is no change, whatever became of the trust.
 */
function compareProxy(before: Resolution, after: Resolution): Change {
  if (wayOf(before) === wayOf(after)) return 'same'
  return joinChanges('different', changeOfSets(readersOf(before), readersOf(after)))
}

/** The way as one text, the proxy's credentials included: it stays in here. */
function wayOf({ proxy }: Resolution): string {
  if (proxy.kind !== 'proxy') return proxy.kind
  return JSON.stringify([proxy.url, proxy.authorization?.reveal()])
}

/** The proxies that can read what passes. */
function readersOf({ proxy, tls }: Resolution): ReadonlySet<string> {
  return new Set(proxy.kind === 'proxy' && tls.kind === 'skip-verify' ? [proxy.url] : [])
}
