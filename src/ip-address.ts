/** An IP address as bytes in network order: 4 for IPv4, 16 for IPv6. */
export interface IpAddress {
  /** The bytes as the text has them: an IPv4-mapped IPv6 address keeps its 16. */
  readonly bytes: readonly number[]
}

/** A range of addresses in CIDR notation (RFC 4632). */
export interface IpPrefix {
  /** The bytes of an address in the range; those after `length` bits have no meaning. */
  readonly bytes: readonly number[]
  /** How many leading bits an address must share. */
  readonly length: number
}

/**
 * What an address says about where its packets can go. `reserved` stands for multicast,
 * documentation, benchmarks and whatever else the IANA registries for special purposes keep from
 * ordinary hosts.
 */
export type IpScope = 'unspecified' | 'loopback' | 'private' | 'link-local' | 'reserved' | 'public'

const MAPPED = prefixOf('::ffff:0:0/96')

/** Prefixes of IPv6 addresses that lead to the IPv4 address inside them, and where that begins. */
const EMBEDDED_IPV4: readonly (readonly [IpPrefix, number])[] = [
  [MAPPED, 12], // RFC 4291, section 2.5.5.2
  [prefixOf('::ffff:0:0:0/96'), 12], // RFC 7915: IPv4-translated
  [prefixOf('64:ff9b::/96'), 12], // RFC 6052: NAT64
  [prefixOf('2002::/16'), 2], // RFC 3056: 6to4
]

/** RFC 6890 and the IANA registries that it founded; the first prefix that fits decides. */
const SCOPES: readonly (readonly [IpPrefix, IpScope])[] = [
  [prefixOf('0.0.0.0/8'), 'unspecified'],
  [prefixOf('127.0.0.0/8'), 'loopback'],
  [prefixOf('10.0.0.0/8'), 'private'],
  [prefixOf('172.16.0.0/12'), 'private'],
  [prefixOf('192.168.0.0/16'), 'private'],
  [prefixOf('100.64.0.0/10'), 'private'], // RFC 6598: behind a carrier's NAT
  [prefixOf('169.254.0.0/16'), 'link-local'],
  [prefixOf('192.0.0.0/24'), 'reserved'],
  [prefixOf('192.0.2.0/24'), 'reserved'],
  [prefixOf('198.18.0.0/15'), 'reserved'],
  [prefixOf('198.51.100.0/24'), 'reserved'],
  [prefixOf('203.0.113.0/24'), 'reserved'],
  [prefixOf('224.0.0.0/3'), 'reserved'],
  [prefixOf('0.0.0.0/0'), 'public'],
  [prefixOf('::/128'), 'unspecified'],
  [prefixOf('::1/128'), 'loopback'],
  [prefixOf('fc00::/7'), 'private'],
  [prefixOf('fec0::/10'), 'private'], // RFC 3879: site-local, deprecated but still routed inside
  [prefixOf('64:ff9b:1::/48'), 'private'], // RFC 8215: NAT64 of a network's own
  [prefixOf('fe80::/10'), 'link-local'],
  [prefixOf('2001::/23'), 'reserved'],
  [prefixOf('2001:db8::/32'), 'reserved'],
  [prefixOf('2000::/3'), 'public'], // RFC 4291, section 2.4: all global unicast that is assigned
]

/**
 * Reads an IP address exactly as Go's `net.ParseIP` does: four decimal numbers without leading
 * zeros, or IPv6 (RFC 4291, section 2.2) with one `::` at most, which stands for at least one group,
 * and IPv4 notation in the last 32 bits. No zone, no brackets, no white space.
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  const bytes = text.includes(':') ? parseIpv6(text) : parseIpv4(text)
  return bytes && Object.freeze({ bytes: Object.freeze(bytes) })
}

/** Reads an address and a prefix length as Go's `net.ParseCIDR` does. */
export function parseIpPrefix(text: string): IpPrefix | undefined {
  const slash = text.indexOf('/')
  const address = slash < 0 ? undefined : parseIpAddress(text.slice(0, slash))
  if (address === undefined) return undefined
  const { bytes } = address
  const length = parseNumber(text.slice(slash + 1), 10, bytes.length * 8)
  return length === undefined ? undefined : Object.freeze({ bytes, length })
}

/**
 * The address with an IPv4-mapped one (`::ffff:192.0.2.1`) as the IPv4 address that it means. Go
 * compares addresses in this form.
 */
export function unmapIpAddress(address: IpAddress): IpAddress {
  return isInPrefix(address, MAPPED) ? embeddedIpv4(address, 12) : address
}

/** Whether the address is in the range. An address of the other family never is. */
export function isInPrefix(address: IpAddress, prefix: IpPrefix): boolean {
  if (address.bytes.length !== prefix.bytes.length) return false
  const whole = prefix.length >> 3
  for (let i = 0; i < whole; i++) {
    if (address.bytes[i] !== prefix.bytes[i]) return false
  }
  const left = prefix.length & 7
  if (left === 0) return true
  const difference = (address.bytes[whole] as number) ^ (prefix.bytes[whole] as number)
  return difference >> (8 - left) === 0
}

/**
 * The address's scope, judged with distrust. An IPv6 address that is mapped to, or routed by NAT64 or
 * 6to4 to, an IPv4 address has that address's scope, since a packet sent to it can arrive there:
 * `64:ff9b::7f00:1` is `loopback`. Whatever isn't assigned to hosts is not `public`.
 */
export function scopeOf(address: IpAddress): IpScope {
  const embedding = EMBEDDED_IPV4.find(([prefix]) => isInPrefix(address, prefix))
  const destination = embedding ? embeddedIpv4(address, embedding[1]) : address
  return SCOPES.find(([prefix]) => isInPrefix(destination, prefix))?.[1] ?? 'reserved'
}

/**
 * Whether a host in ASCII ends in a number in the WHATWG URL standard's sense: its last label, a
 * single trailing dot aside, is digits alone or `0x` and hexadecimal digits. Every WHATWG URL parser
 * dials such a host as an IPv4 address or refuses it, so it is no domain name.
 */
export function endsInNumber(host: string): boolean {
  const end = host.endsWith('.') ? host.length - 1 : host.length
  // Nearly all names end in a letter that no number has.
  if (!/[\da-fx]/i.test(host.charAt(end - 1))) return false
  const label = host.slice(host.lastIndexOf('.', end - 1) + 1, end)
  if (!label.startsWith('0x') && !label.startsWith('0X')) return isNumber(label, 10)
  return label.length === 2 || isNumber(label.slice(2), 16)
}

function embeddedIpv4(address: IpAddress, start: number): IpAddress {
  return Object.freeze({ bytes: Object.freeze(address.bytes.slice(start, start + 4)) })
}

function parseIpv4(text: string): number[] | undefined {
  const fields = text.split('.', 5)
  if (fields.length !== 4) return undefined
  const bytes: number[] = []
  for (const field of fields) {
    const leadingZero = field.length > 1 && field.startsWith('0')
    const byte = leadingZero ? undefined : parseNumber(field, 10, 255)
    if (byte === undefined) return undefined
    bytes.push(byte)
  }
  return bytes
}

function parseIpv6(text: string): number[] | undefined {
  const [before = '', after, more] = text.split('::', 3)
  if (more !== undefined) return undefined
  if (after === undefined) {
    const bytes = parseGroups(before, true)
    return bytes?.length === 16 ? bytes : undefined
  }
  const head = parseGroups(before, false)
  const tail = parseGroups(after, true)
  if (head === undefined || tail === undefined) return undefined
  const zeros = 16 - head.length - tail.length
  return zeros < 2 ? undefined : [...head, ...new Array<number>(zeros).fill(0), ...tail]
}

function parseGroups(text: string, last: boolean): number[] | undefined {
  if (text === '') return []
  const fields = text.split(':', 9)
  const bytes: number[] = []
  for (const [i, field] of fields.entries()) {
    if (last && i === fields.length - 1 && field.includes('.')) {
      const ipv4 = parseIpv4(field)
      return ipv4 && [...bytes, ...ipv4]
    }
    const group = field.length > 4 ? undefined : parseNumber(field, 16, 0xffff)
    if (group === undefined) return undefined
    bytes.push(group >> 8, group & 0xff)
  }
  return bytes
}

/** The number that the digits write, unless it is larger than `most`; leading zeros are allowed. */
function parseNumber(digits: string, radix: 10 | 16, most: number): number | undefined {
  if (digits === '') return undefined
  let value = 0
  for (let i = 0; i < digits.length; i++) {
    // Of a single character parseInt reads nothing but a digit.
    value = value * radix + Number.parseInt(digits.charAt(i), radix)
    if (!(value <= most)) return undefined
  }
  return value
}

function isNumber(digits: string, radix: 10 | 16): boolean {
  return parseNumber(digits, radix, Number.POSITIVE_INFINITY) !== undefined
}

function prefixOf(text: string): IpPrefix {
  return parseIpPrefix(text) as IpPrefix
}
