// Hosts: IP addresses, what a URL parser makes of a host, and the domain names that rules are for.

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

/** `::ffff:0:0/96`: IPv4-mapped addresses (RFC 4291, section 2.5.5.2). */
const MAPPED: IpPrefix = { bytes: [...new Array(10).fill(0), 0xff, 0xff, 0, 0, 0, 0], length: 96 }

/** Prefixes of IPv6 addresses that lead to the IPv4 address inside them, and where that begins. */
const EMBEDDED_IPV4 = lazyPrefixes<number>([
  ['::ffff:0:0/96', 12], // RFC 4291, section 2.5.5.2: IPv4-mapped
  ['::ffff:0:0:0/96', 12], // RFC 7915: IPv4-translated
  ['64:ff9b::/96', 12], // RFC 6052: NAT64
  ['2002::/16', 2], // RFC 3056: 6to4
])

/** RFC 6890 and the IANA registries that it founded; the first prefix that fits decides. */
const SCOPES = lazyPrefixes<IpScope>([
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
  const embedding = EMBEDDED_IPV4().find(([prefix]) => isInPrefix(address, prefix))
  const destination = embedding ? embeddedIpv4(address, embedding[1]) : address
  return SCOPES().find(([prefix]) => isInPrefix(destination, prefix))?.[1] ?? 'reserved'
}

const LAST_OF_NUMBER = /[\da-fx]/i

/**
 * Whether a host in ASCII ends in a number in the WHATWG URL standard's sense: its last label, a
 * single trailing dot aside, is digits alone or `0x` and hexadecimal digits. Every WHATWG URL parser
 * dials such a host as an IPv4 address or refuses it, so it is no domain name.
 */
export function endsInNumber(host: string): boolean {
  const end = host.endsWith('.') ? host.length - 1 : host.length
  // Nearly all names end in a letter that no number has.
  if (!LAST_OF_NUMBER.test(host.charAt(end - 1))) return false
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

/** A table of prefixes that is read when it is first asked for, since most programs never ask. */
function lazyPrefixes<T>(
  table: readonly (readonly [prefix: string, value: T])[],
): () => readonly (readonly [IpPrefix, T])[] {
  let read: readonly (readonly [IpPrefix, T])[] | undefined
  return () => {
    read ??= table.map(([prefix, value]) => [parseIpPrefix(prefix) as IpPrefix, value])
    return read
  }
}

/** Above what DNS can hold, even of names with characters that IDNA drops. */
const MAX_HOST = 1024
const MAX_IDN_URL = 4096
export const NOT_ASCII: RegExp = /[\u0080-\uffff]/
// Letters, digits, "-", "_", dots, and everything outside of ASCII, for the URL parser to judge.
const HOST_CHARACTERS = /^[\w.\u0080-\uffff-]+$/

/**
 * The URL, or undefined. The parser's error is dropped, since it holds the text. A long one has to be
 * ASCII, since the parser's Punycode takes a host's length times the number of different characters.
 */
export function parseUrl(text: string): URL | undefined {
  if (text.length > MAX_IDN_URL && NOT_ASCII.test(text)) return undefined
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/**
 * The host that is dialled for a URL: what the URL parser gives (lower case, IDNA, IPv4 addresses in
 * dotted decimal), without the brackets of IPv6 and the trailing dot.
 */
export function hostOfUrl(url: URL): string {
  const { hostname } = url
  return hostname.startsWith('[') ? hostname.slice(1, -1) : withoutTrailingDot(hostname)
}

/** The name without the dot of the root. */
export function withoutTrailingDot(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host
}

/** The address that a host in a URL is, if it is one: there, IPv6 is in brackets. */
export function addressOfHost(host: string): IpAddress | undefined {
  const isBracketed = host.startsWith('[') && host.endsWith(']')
  return parseIpAddress(isBracketed ? host.slice(1, -1) : host)
}

/** A URL, or a path, without the slashes at its end. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length
  while (text[end - 1] === '/') end--
  return text.slice(0, end)
}

/**
 * A domain name as the URL parser writes it, or undefined if it isn't one. A trailing dot stays;
 * a name that the parser takes for an IPv4 address becomes one.
 */
export function asciiHost(name: string): string | undefined {
  if (name.length > MAX_HOST || !HOST_CHARACTERS.test(name)) return undefined
  return parseUrl(`http://${name}`)?.hostname
}

/** An http or https URL that every parser reads alike. */
export interface HttpUrl {
  readonly scheme: 'https' | 'http'
  /** As it is dialled: in lower case, without a trailing dot. */
  readonly host: string
  /** Scheme, host and port. */
  readonly origin: string
  /** The whole URL in the WHATWG form, without a fragment. */
  readonly href: string
}

/** What keeps a text from being such a URL. */
export type HttpUrlFault = 'not-a-url' | 'scheme' | 'user-info' | 'host'

/** Parses a URL that every parser reads alike, or says what keeps it from being one. */
export function parseHttpUrl(text: string): HttpUrl | HttpUrlFault {
  if (!isPlain(text)) return 'not-a-url'
  const colon = text.indexOf('://')
  if (colon < 1) return 'not-a-url'
  const scheme = text.slice(0, colon).toLowerCase()
  if (scheme !== 'https' && scheme !== 'http') return 'scheme'
  const authority = authorityIn(text, colon + 3)
  if (authority.includes('@')) return 'user-info'
  if (!isHostAndPort(authority)) return 'host'
  const url = parseUrl(text)
  if (url === undefined || url.port === '0') return 'host'
  const host = withoutTrailingDot(url.hostname)
  if (host.split('.').includes('')) return 'host'
  const origin = `${scheme}://${host}${url.port === '' ? '' : `:${url.port}`}`
  const [path = ''] = url.href.slice(url.origin.length).split('#', 1)
  return { scheme, host, origin, href: origin + path }
}

/**
 * Printable ASCII without backslash. URL parsers pass over tabs, line ends and spaces, take `\` for
 * `/`, and map `。` and full-width letters to ASCII, each in places of its own.
 */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code <= 0x20 || code >= 0x7f || code === 0x5c) return false
  }
  return true
}

function authorityIn(text: string, start: number): string {
  for (let end = start; end < text.length; end++) {
    const character = text.charAt(end)
    if (character === '/' || character === '?' || character === '#') return text.slice(start, end)
  }
  return text.slice(start)
}

/** No percent escapes and no punctuation: a host has nothing to hide. */
function isHostAndPort(authority: string): boolean {
  return /^[A-Za-z0-9._:[\]-]+$/.test(authority)
}

/**
 * How a rule's name covers a registry: it is that name, it ends in that name at a label boundary, or
 * the name is `.`, which covers everything.
 */
export type Coverage = 'exact' | 'subdomain' | 'catch-all'

/** The rule that applies to a registry. */
export interface AppliedRule {
  /** The rule's name, as the configuration has it. */
  readonly name: string
  /** How it covers the registry. */
  readonly coverage: Coverage
}

/** Why a name can't match any registry. */
export type UnmatchableName = 'port' | 'ip-address' | 'not-a-domain-name'

const CATCH_ALL = '.'

/** The length of the longest name that DNS can hold, without its trailing dot (RFC 1035, 2.3.4). */
const NAME_MAX = 253

/**
 * The normal form of a rule's name: in lower case, without the trailing dot; `.` for the catch-all.
 * Two names mean the same if and only if their normal forms are equal. Undefined for a name that no
 * registry can have.
 *
 *     registry.corp.   ->  registry.corp    covers registry.corp and a.registry.corp
 *     .Registry.Corp.  ->  .registry.corp   covers a.registry.corp, not registry.corp
 *     .                ->  .                covers everything
 *     ghcr.io:443      ->  undefined        (a port)
 */
export function normalForm(name: string): string | undefined {
  if (!isMatchable(name)) return undefined
  return name === CATCH_ALL ? CATCH_ALL : withoutTrailingDot(name).toLowerCase()
}

/** Whether a rule's name can match any registry: whether it has a {@link normalForm}. */
export function isMatchable(name: string): boolean {
  if (name === CATCH_ALL) return true
  const start = name.startsWith('.') ? 1 : 0
  const end = name.endsWith('.') ? name.length - 1 : name.length
  if (end <= start || end - start > NAME_MAX) return false
  let label = 0
  for (let i = start; i < end; i++) {
    const code = name.charCodeAt(i)
    if (isLabelCharacter(code)) label++
    else if (code === 0x2e && label > 0) label = 0
    else return false
  }
  return label > 0 && !endsInNumber(name)
}

// Only ASCII: lower-casing would turn the Kelvin sign into a "k" and let it match.
function isLabelCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x2d ||
    code === 0x5f
  )
}

/** Why a name has no {@link normalForm}. */
export function whyUnmatchable(name: string): UnmatchableName {
  // A URL, or user info before the name.
  if (name.includes('/') || name.includes('@')) return 'not-a-domain-name'
  if (name.includes('[') || name.split(':').length > 2) return 'ip-address'
  if (name.includes(':')) return 'port'
  return name !== '' && endsInNumber(name) ? 'ip-address' : 'not-a-domain-name'
}

/** Rules by name. Looking one up costs the labels of the host, whatever the number of rules. */
export interface RuleIndex<Entry> {
  /** The entry of the most specific rule for a host in normal form, or undefined if none covers it. */
  find(host: string): Entry | undefined
  /** The entry of the rule named `.`, if there is one. */
  readonly catchAll: Entry | undefined
}

/**
 * Indexes rules by the normal form of their names; rules whose names can't match are left out.
 *
 * The most specific rule is the one with the longest name, where a leading dot counts as one more
 * label. For `b.a.corp` that gives the order `b.a.corp`, `.a.corp`, `a.corp`, `.corp`, `corp`, `.`.
 *
 * @param rules - The rules.
 * @param entryOf - Makes what is found of a rule, and of how it applies.
 * @throws `TypeError` if two names mean the same.
 */
export function indexRules<Rule extends { readonly name: string }, Entry>(
  rules: readonly Rule[],
  entryOf: (rule: Rule, applied: AppliedRule) => Entry,
): RuleIndex<Entry> {
  const seen = new Set<string>()
  const exact = new Map<string, Entry>()
  const below = new Map<string, Entry>()
  let catchAll: Entry | undefined
  const found = (rule: Rule, coverage: Coverage): Entry =>
    entryOf(rule, Object.freeze({ name: rule.name, coverage }))
  let longest = 0
  for (const rule of rules) {
    const name = normalForm(rule.name)
    if (name === undefined) continue
    if (seen.has(name)) throw new TypeError('expected rules whose names mean different registries')
    seen.add(name)
    longest = Math.max(longest, name.length)
    if (name === CATCH_ALL) catchAll = found(rule, 'catch-all')
    else if (name.startsWith('.')) below.set(name.slice(1), found(rule, 'subdomain'))
    else {
      exact.set(name, found(rule, 'exact'))
      // `.registry.corp.` is longer, and so more specific for subdomains, wherever it stands.
      if (!seen.has(`.${name}`)) below.set(name, found(rule, 'subdomain'))
    }
  }
  const find = (host: string) => exact.get(host) ?? search(below, longest, host) ?? catchAll
  return { catchAll, find }
}

/** The rule of the longest domain that the host is below. */
function search<Entry>(
  below: ReadonlyMap<string, Entry>,
  longest: number,
  host: string,
): Entry | undefined {
  // Suffixes longer than any name can't be one: a host of thousands of labels costs no more for it.
  let dot = host.indexOf('.', Math.max(0, host.length - longest - 1))
  while (dot >= 0) {
    const entry = below.get(host.slice(dot + 1))
    if (entry) return entry
    dot = host.indexOf('.', dot + 1)
  }
  return undefined
}
