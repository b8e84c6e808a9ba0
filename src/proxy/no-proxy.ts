import {
  asciiHost,
  type IpAddress,
  type IpPrefix,
  isInPrefix,
  NOT_ASCII,
  parseIpAddress,
  parseIpPrefix,
  unmapIpAddress,
} from '../net/index.js'

/**
 * The entry of NO_PROXY that covers a host, as it was written, or undefined. The host is as it is
 * dialled; `address` is what it is if it is an IP address.
 */
export type NoProxy = (
  host: string,
  address: IpAddress | undefined,
  port: string,
) => string | undefined

interface Entry {
  /** Addresses that the entry covers. */
  readonly ranges: readonly IpPrefix[]
  /** The name that it covers, with what is below it; no labels cover every name. */
  readonly domain: Domain | undefined
  /** The port that it is about; empty for any. */
  readonly port: string
}

interface Domain {
  /** From the top: `corp`, `registry`. */
  readonly labels: readonly string[]
  /** Whether the name itself is covered too. */
  readonly itself: boolean
}

/** An entry in the list; the first in the list that covers a host is the one that is reported. */
interface Listed {
  readonly index: number
  readonly text: string
}

type ByPort = Map<string, Listed>

interface Range {
  readonly prefix: IpPrefix
  readonly port: string
  readonly text: string
}

/** A node for each domain name, below the one of its parent domain. */
interface Node {
  children: Map<string, Node> | undefined
  /** The entries that cover the name itself. */
  itself: ByPort | undefined
  /** The entries that cover what is below it. */
  below: ByPort | undefined
}

const ANY_PORT = ''

// Unicode's White_Space: JavaScript's, less U+FEFF, and U+0085. Loading the property takes time.
const WHITE_SPACE = /[^\S\ufeff]|\u0085/

const MAPPED_BITS = 96

const EVERYTHING: Entry = {
  ranges: [
    { bytes: new Array<number>(4).fill(0), length: 0 },
    { bytes: new Array<number>(16).fill(0), length: 0 },
  ],
  domain: { labels: [], itself: false },
  port: ANY_PORT,
}

/** Reads the list once. Entries that mean nothing are passed over, as Go does. */
export function compileNoProxy(list: string): NoProxy {
  const ranges: Range[] = []
  const root = newNode()
  for (const [index, text] of entriesOf(list).entries()) {
    const entry = parseEntry(text)
    if (entry === undefined) continue
    for (const prefix of entry.ranges) ranges.push({ prefix, port: entry.port, text })
    if (entry.domain) addDomain(root, entry.domain, entry.port, { index, text })
  }
  return (host, address, port) => {
    if (address === undefined) return findDomain(root, host, port)?.text
    return ranges.find((range) => {
      return (range.port === ANY_PORT || range.port === port) && isInPrefix(address, range.prefix)
    })?.text
  }
}

function entriesOf(list: string): string[] {
  return list.split(',').map(trim)
}

/** Go's `strings.TrimSpace`, which takes U+0085 but not U+FEFF for white space. */
function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && WHITE_SPACE.test(text.charAt(start))) start++
  while (start < end && WHITE_SPACE.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function parseEntry(text: string): Entry | undefined {
  if (text === '*') return EVERYTHING
  const range = parseIpPrefix(text)
  if (range) return { ranges: [unmapPrefix(range)], domain: undefined, port: ANY_PORT }
  const { name, port } = nameOf(text)
  const address = parseIpAddress(name)
  if (address) {
    const { bytes } = unmapIpAddress(address)
    return { ranges: [{ bytes, length: bytes.length * 8 }], domain: undefined, port }
  }
  const domain = parseDomain(name)
  return domain && { ranges: [], domain, port }
}

/** `corp`, `.corp` or `*.corp`. */
function parseDomain(name: string): Domain | undefined {
  const pattern = name.startsWith('*.') ? name.slice(1) : name
  const itself = !pattern.startsWith('.')
  const written = itself ? pattern : pattern.slice(1)
  const domain = NOT_ASCII.test(written) ? asciiHost(written) : written.toLowerCase()
  // The trailing dot is gone from hosts, so it must not stand for their root either.
  if (!domain || domain.endsWith('.')) return undefined
  return { labels: domain.split('.').reverse(), itself }
}

/** Go's `net.SplitHostPort`, and the text as a whole where that fails. */
function nameOf(text: string): { name: string; port: string } {
  const colon = text.lastIndexOf(':')
  const bracketed = text.startsWith('[') && text.charAt(colon - 1) === ']'
  const name = bracketed ? text.slice(1, colon - 1) : text.slice(0, Math.max(colon, 0))
  if (colon < 0 || (!bracketed && name.includes(':'))) return { name: text, port: ANY_PORT }
  return { name, port: text.slice(colon + 1) }
}

/** Go takes a range of IPv4-mapped addresses for one of IPv4 addresses. */
function unmapPrefix(prefix: IpPrefix): IpPrefix {
  const { bytes } = unmapIpAddress(prefix)
  const mapped = bytes.length < prefix.bytes.length
  if (!mapped || prefix.length < MAPPED_BITS) return prefix
  return { bytes, length: prefix.length - MAPPED_BITS }
}

function newNode(): Node {
  return { children: undefined, itself: undefined, below: undefined }
}

function addDomain(root: Node, { labels, itself }: Domain, port: string, entry: Listed): void {
  let node = root
  for (const label of labels) {
    node.children ??= new Map()
    const child = node.children.get(label) ?? newNode()
    node.children.set(label, child)
    node = child
  }
  if (itself) node.itself = withEntry(node.itself, port, entry)
  node.below = withEntry(node.below, port, entry)
}

function withEntry(entries: ByPort | undefined, port: string, entry: Listed): ByPort {
  if (entries === undefined) return new Map([[port, entry]])
  return entries.has(port) ? entries : entries.set(port, entry)
}

/** Walks down from the last label, so it costs the labels of the host. */
function findDomain(root: Node, host: string, port: string): Listed | undefined {
  const labels = host.split('.')
  let first: Listed | undefined
  let node: Node | undefined = root
  for (let label = labels.pop(); node !== undefined && label !== undefined; label = labels.pop()) {
    first = firstOf(first, node.below, port)
    node = node.children?.get(label)
  }
  return firstOf(first, node?.itself, port)
}

function firstOf(
  first: Listed | undefined,
  entries: ByPort | undefined,
  port: string,
): Listed | undefined {
  let earliest = first
  for (const listed of [entries?.get(ANY_PORT), entries?.get(port)]) {
    if (listed && (earliest === undefined || listed.index < earliest.index)) earliest = listed
  }
  return earliest
}
