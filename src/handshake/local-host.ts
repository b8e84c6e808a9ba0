import { addressOfHost, scopeOf } from '../net/index.js'

/** Names of the machine itself: RFC 6761, section 6.3, and what systems keep in /etc/hosts. */
const LOOPBACK_NAMES: ReadonlySet<string> = new Set([
  'localhost.localdomain',
  'localhost4',
  'localhost4.localdomain4',
  'localhost6',
  'localhost6.localdomain6',
  'ip6-localhost',
  'ip6-loopback',
])

/**
 * Names of clouds' metadata services. A machine reaches them from within only, and what they hand out
 * is worth more than an image.
 */
const METADATA_HOSTS: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
  'metadata.packet.net',
])

export function isLocal(host: string): boolean {
  const address = addressOfHost(host)
  if (METADATA_HOSTS.has(host)) return true
  if (address !== undefined) return scopeOf(address) !== 'public'
  return host === 'localhost' || isBeneath(host, 'localhost') || LOOPBACK_NAMES.has(host)
}

/** `a.corp` is beneath `corp`; `corp` and `acorp` are not. */
export function isBeneath(host: string, domain: string): boolean {
  return host.endsWith(`.${domain}`)
}
