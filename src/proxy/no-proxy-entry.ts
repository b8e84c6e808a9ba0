// One entry of NO_PROXY, as Go reads it.
import {
  asciiHost,
  type IpPrefix,
  parseIpAddress,
  parseIpPrefix,
  unmapIpAddress,
} from '../net/index.js'
import { lowerCaseAsGo } from '../text/index.js'

/** What an entry covers. */
export type Entry = EverythingEntry | RangeEntry | NameEntry

interface EverythingEntry {
  readonly kind: 'everything'
}

interface RangeEntry {
  readonly kind: 'range'
  readonly prefix: IpPrefix
  /** The port that it is about; empty for any. */
  readonly port: string
}

interface NameEntry {
  readonly kind: 'name'
  /** A domain in lower case, without a leading or trailing dot and without a colon. */
  readonly name: string
  /** Whether the name itself is covered beside what is below it. */
  readonly coversItself: boolean
  /** The port that it is about; empty for any. */
  readonly port: string
}

const ANY_PORT = ''

const MAPPED_BITS = 96

const NOT_ASCII = /[\u0080-\uffff]/

// What IDNA drops from a name: soft hyphens, byte order marks and the like.
const DROPPED = /\u00ad|\u034f|[\u180b-\u180f\u200b\u2060\u2064]|[\ufe00-\ufe0f]|\ufeff/

const LOOKED_UP = /^[a-z\d.-]*$/

// At an end of a label, or in third and fourth place, which are kept for prefixes such as `xn--`.
const STRAY_HYPHENS = /(?:^|\.)(?:-|(?!xn)[^.]{2}--)|-(?:\.|$)/

/** Reads an entry; undefined for one that covers nothing. */
export function parseEntry(text: string): Entry | undefined {
  if (text === '*') return { kind: 'everything' }
  const range = parseIpPrefix(text)
  if (range) return { kind: 'range', prefix: unmapPrefix(range), port: ANY_PORT }
  const { name, port } = splitPort(text)
  const address = parseIpAddress(name)
  if (address) {
    const { bytes } = unmapIpAddress(address)
    return { kind: 'range', prefix: { bytes, length: bytes.length * 8 }, port }
  }
  return parseName(name, port)
}

/** Go's `net.SplitHostPort`, and the text as a whole where that fails. */
export function splitPort(text: string): { name: string; port: string } {
  const colon = text.lastIndexOf(':')
  const bracketed = text.startsWith('[') && text.charAt(colon - 1) === ']'
  const name = bracketed ? text.slice(1, colon - 1) : text.slice(0, Math.max(colon, 0))
  if (colon < 0 || (!bracketed && name.includes(':'))) return { name: text, port: ANY_PORT }
  return { name, port: text.slice(colon + 1) }
}

/** `corp`, `.corp` or `*.corp`. */
function parseName(text: string, port: string): NameEntry | undefined {
  const pattern = text.startsWith('*.') ? text.slice(1) : text
  const coversItself = !pattern.startsWith('.')
  const written = coversItself ? pattern : pattern.slice(1)
  const lower = lowerCaseAsGo(written)
  const name = NOT_ASCII.test(lower) ? asciiName(lower) : lower
  // The trailing dot is gone from hosts, so it must not stand for their root either. A host with a
  // colon is an address.
  if (!name || name.endsWith('.') || name.includes(':')) return undefined
  return { kind: 'name', name, coversItself, port }
}

/**
 * A name outside of ASCII as it is dialled, from its lower case: of a capital sharp s, the URL standard
 * would make `ss`. Go's `idna.Lookup` is stricter than the URL standard: it fails for an underscore, or
 * a label that begins or ends with a hyphen, or has two of them in third place. Go then compares the
 * texts, and an entry of which a byte order mark or a soft hyphen was dropped is the text of no host.
 */
function asciiName(written: string): string | undefined {
  const name = asciiHost(written)
  if (name === undefined || isLookedUp(name)) return name
  return name.includes('xn--') && !DROPPED.test(written) ? name : undefined
}

function isLookedUp(name: string): boolean {
  return LOOKED_UP.test(name) && !STRAY_HYPHENS.test(name)
}

/** Go takes a range of IPv4-mapped addresses for one of IPv4 addresses. */
function unmapPrefix(prefix: IpPrefix): IpPrefix {
  const { bytes } = unmapIpAddress(prefix)
  const mapped = bytes.length < prefix.bytes.length
  if (!mapped || prefix.length < MAPPED_BITS) return prefix
  return { bytes, length: prefix.length - MAPPED_BITS }
}
