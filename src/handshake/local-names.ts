// Hosts that mean this machine, its network or its cluster's own API. A realm that leads there makes a
// puller ask, and send credentials to, what only it can reach.
import { addressOfHost, scopeOf } from '../net/index.js'

/**
 * Names of several labels that mean the machine itself: RFC 6761, section 6.3, what systems keep in
 * /etc/hosts, and what Docker Desktop and Podman resolve to the host of a container. `localhost`,
 * `broadcasthost` and whatever else is a single label need no entry.
 */
const OWN_NAMES: ReadonlySet<string> = new Set([
  'localhost.localdomain',
  'localhost4.localdomain4',
  'localhost6.localdomain6',
  'host.docker.internal',
  'gateway.docker.internal',
  'kubernetes.docker.internal',
  'host.containers.internal',
])

/**
 * Names of clouds' metadata services. A machine reaches them from within only, and what they hand out
 * is worth more than an image.
 */
const METADATA_NAMES: ReadonlySet<string> = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'instance-data.ec2.internal',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
  'metadata.packet.net',
])

/** The cluster's API; its domain follows, `cluster.local` or whatever the cluster was given. */
const CLUSTER_API = 'kubernetes.default.svc'

/**
 * Whether a host is one of these. Other names within a cluster (`auth.team.svc.cluster.local`) are
 * not: token services run there.
 *
 * @param host - A URL's host in lower case, without a trailing dot.
 */
export function isLocal(host: string): boolean {
  const address = addressOfHost(host)
  if (address !== undefined) return scopeOf(address) !== 'public'
  // A search domain, /etc/hosts or a container network decides what a single label means.
  if (!host.includes('.') || isBeneath(host, 'localhost')) return true
  return OWN_NAMES.has(host) || METADATA_NAMES.has(host) || isClusterApi(host)
}

function isClusterApi(host: string): boolean {
  return host === 'kubernetes.default' || `${host}.`.startsWith(`${CLUSTER_API}.`)
}

/** `a.corp` is beneath `corp`; `corp` and `acorp` are not. */
export function isBeneath(host: string, domain: string): boolean {
  return host.endsWith(`.${domain}`)
}
