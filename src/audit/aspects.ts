// What a decision consists of, and how each part of it may change: a row for each aspect. Every change
// is the mirror image of that from the second decision to the first: what is looser one way is tighter
// the other way.
import type { ProxyDecision } from '../proxy/index.js'
import {
  type Change,
  changeOfSets,
  compareCredentials,
  compareTrust,
  type DecidedEndpoint,
  type Endpoint,
  joinChanges,
  type Resolution,
} from '../resolve/index.js'

/** What a decision consists of. */
export type Aspect = 'rule' | 'trust' | 'credentials' | 'schemes' | 'endpoint' | 'proxy'

/** A decision, and what is for its mirror and its registry. */
export interface Decided {
  readonly resolution: Resolution
  readonly endpoints: readonly DecidedEndpoint[]
}

type Compare = (before: Decided, after: Decided) => Change

type CompareResolutions = (before: Resolution, after: Resolution) => Change

/** A comparison that looks at the resolutions alone. */
const ofResolutions =
  (compare: CompareResolutions): Compare =>
  (before, after) =>
    compare(before.resolution, after.resolution)

/** How each aspect changes, in the order in which changes are given. */
export const ASPECTS: Readonly<Record<Aspect, Compare>> = {
  rule: ofResolutions((before, after) =>
    before.rule?.name === after.rule?.name ? 'same' : 'different',
  ),
  trust: ofResolutions((before, after) => compareTrust(before.tls, after.tls)),
  credentials: compareAuthentication,
  schemes: ofResolutions((before, after) =>
    changeOfSets(new Set(before.schemes), new Set(after.schemes)),
  ),
  endpoint: ofResolutions(compareEndpoint),
  proxy: compareProxy,
}

/** The rule's credentials; of one mirror in place of another, the one that gets them is looser. */
function compareAuthentication(before: Decided, after: Decided): Change {
  const change = compareCredentials(before.resolution.credentials, after.resolution.credentials)
  if (before.endpoints[0]?.kind !== 'mirror' || after.endpoints[0]?.kind !== 'mirror') return change
  return joinChanges(change, changeOfSets(ownMirrorOf(before), ownMirrorOf(after)))
}

/** The mirror that gets credentials: it is on the registry's own origin. */
function ownMirrorOf({ resolution, endpoints }: Decided): ReadonlySet<string> {
  const isTold = endpoints[0]?.isOwn === true && resolution.credentials.kind !== 'anonymous'
  return new Set(isTold ? ['mirror'] : [])
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
 * A proxy that is added or replaced, for whichever endpoint, sees which registry is asked, and no more
 * where TLS is verified: that is different. Where any certificate will do, it can read and answer
 * everything: then one that is added is looser. A proxy that stays is no change, whatever became of the
 * trust.
 */
function compareProxy(before: Decided, after: Decided): Change {
  const [old, young] = [waysOf(before), waysOf(after)]
  const isMoved = [...old].some(([place, way]) => (young.get(place) ?? way) !== way)
  const proxies = changeOfSets(proxiesAmong(old), proxiesAmong(young))
  if (!isMoved && proxies === 'same') return 'same'
  return joinChanges('different', changeOfSets(readersOf(before), readersOf(after)))
}

/** The ways to the mirror, and to the registry by each scheme; where everything is denied, to the first. */
function waysOf({ resolution, endpoints }: Decided): ReadonlyMap<string, string> {
  const first = resolution.endpoint.kind === 'mirror' ? 'mirror' : 'registry https'
  const ways = new Map([[first, wayOf(resolution.proxy)]])
  for (const { kind, origin, proxy } of endpoints) {
    const place = kind === 'mirror' ? kind : `${kind} ${origin.slice(0, origin.indexOf(':'))}`
    ways.set(place, wayOf(proxy))
  }
  return ways
}

const DIRECT = 'direct'

/** The way as one text, the proxy's credentials included: it stays in here. */
function wayOf(proxy: ProxyDecision): string {
  if (proxy.kind !== 'proxy') return proxy.kind
  return JSON.stringify([proxy.url, proxy.authorization?.reveal()])
}

/**
 * The proxies of a decision. A place that is reached directly, and that wasn't asked before, is no change of
 * theirs.
 */
function proxiesAmong(ways: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set([...ways.values()].filter((way) => way !== DIRECT))
}

/** The proxies that can read what passes. */
function readersOf({ resolution, endpoints }: Decided): ReadonlySet<string> {
  if (resolution.tls.kind !== 'skip-verify') return new Set()
  return new Set(endpoints.flatMap(({ proxy }) => (proxy.kind === 'proxy' ? [proxy.url] : [])))
}
