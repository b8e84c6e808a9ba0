// What an IP address says about where its packets can go.
import { lazy } from '../lazy.js'
import {
  embeddedIpv4,
  type IpAddress,
  type IpPrefix,
  isInPrefix,
  parseIpPrefix,
} from './ip-address.js'

/**
 * What an address says about where its packets can go. `reserved` stands for multicast,
 * documentation, benchmarks and whatever else the IANA registries for special purposes keep from
 * ordinary hosts.
 */
export type IpScope = 'unspecified' | 'loopback' | 'private' | 'link-local' | 'reserved' | 'public'

/** Prefixes of IPv6 addresses that lead to the IPv4 address inside them, and where that begins. */
const EMBEDDED_IPV4 = lazyPrefixes<number>(() => [
  ['::ffff:0:0/96', 12], // RFC 4291, section 2.5.5.2: IPv4-mapped
  ['::ffff:0:0:0/96', 12], // RFC 7915: IPv4-translated
  ['64:ff9b::/96', 12], // RFC 6052: NAT64
  ['2002::/16', 2], // RFC 3056: 6to4
])

/** RFC 6890 and the IANA registries that it founded; the first prefix that fits decides. */
const SCOPES = lazyPrefixes<IpScope>(() => [
  ['0.0.0.0/8', 'unspecified'],
  ['127.0.0.0/8', 'loopback'],
  ['10.0.0.0/8', 'private'],
  ['172.16.0.0/12', 'private'],
  ['192.168.0.0/16', 'private'],
  ['100.64.0.0/10', 'private'], // RFC 6598: behind a carrier's NAT
  ['169.254.0.0/16', 'link-local'],
  ['168.63.129.16/32', 'link-local'], // Azure's platform, which a machine reaches from within only
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'reserved'],
  ['192.88.99.0/24', 'reserved'], // RFC 7526: 6to4 relays, which are no more
  ['198.18.0.0/15', 'reserved'],
  ['198.51.100.0/24', 'reserved'],
  ['203.0.113.0/24', 'reserved'],
  ['224.0.0.0/3', 'reserved'],
  ['0.0.0.0/0', 'public'],
  ['::/128', 'unspecified'],
  ['::1/128', 'loopback'],
  ['fc00::/7', 'private'],
  ['fec0::/10', 'private'], // RFC 3879: site-local, deprecated but still routed inside
  ['64:ff9b:1::/48', 'private'], // RFC 8215: NAT64 of a network's own
  ['fe80::/10', 'link-local'],
  ['2001::/23', 'reserved'],
  ['2001:db8::/32', 'reserved'],
  ['3fff::/20', 'reserved'], // RFC 9637
  ['2000::/3', 'public'], // RFC 4291, section 2.4: all global unicast that is assigned
])

/**
 * The address's scope, judged with distrust. An IPv6 address that is mapped to, or routed by NAT64 or
 * 6to4 to, an IPv4 address has that address's scope, since a packet sent to it can arrive there:
 * `64:ff9b::7f00:1` is `loopback`. So has one with an ISATAP identifier, save that a public IPv4
 * address there makes nothing public. Whatever isn't assigned to hosts is not `public`.
 */
export function scopeOf(address: IpAddress): IpScope {
  const embedding = EMBEDDED_IPV4().find(([prefix]) => isInPrefix(address, prefix))
  if (embedding) return plainScope(embeddedIpv4(address, embedding[1]))
  const behindIsatap = isIsatap(address) ? plainScope(embeddedIpv4(address, 12)) : 'public'
  return behindIsatap === 'public' ? plainScope(address) : behindIsatap
}

function plainScope(address: IpAddress): IpScope {
  return SCOPES().find(([prefix]) => isInPrefix(address, prefix))?.[1] ?? 'reserved'
}

/**
 * Whether an IPv6 address has an ISATAP interface identifier (RFC 5214, section 6.1): `0:5efe` or
 * `200:5efe` before an IPv4 address, under any prefix. The packet is sent to that IPv4 address.
 */
function isIsatap({ bytes }: IpAddress): boolean {
  if (bytes.length !== 16) return false
  const isLocalOrGlobal = bytes[8] === 0x00 || bytes[8] === 0x02
  return isLocalOrGlobal && bytes[9] === 0x00 && bytes[10] === 0x5e && bytes[11] === 0xfe
}

/** A table of prefixes that is read when it is first asked for, since most programs never ask. */
function lazyPrefixes<T>(
  makeTable: () => readonly (readonly [prefix: string, value: T])[],
): () => readonly (readonly [IpPrefix, T])[] {
  return lazy(() =>
    makeTable().map(([prefix, value]) => [parseIpPrefix(prefix) as IpPrefix, value]),
  )
}
