// Entries of NO_PROXY that can never match: Go passes over them, or compares them with hosts that don't
// exist, without a word.
import { asciiHost, parseIpAddress, parseIpPrefix } from '../net/index.js'

/** Why an entry covers nothing. */
export type NoProxyFault =
  | 'quotes'
  | 'scheme'
  | 'separator'
  | 'invalid-range'
  | 'path'
  | 'brackets'
  | 'wildcard'
  | 'trailing-dot'
  | 'invalid-host'
  | 'invalid-port'

/** An entry that can never match. */
export interface FaultyEntry {
  /** Its place in the list, from 0. */
  readonly index: number
  /** Why it covers nothing; the first cause that fits. */
  readonly code: NoProxyFault
}

/** The entries of a list that can never match; empty ones mean nothing and are none of these. */
export function faultyEntries(list: string): readonly FaultyEntry[] {
  const found: FaultyEntry[] = []
  for (const [index, entry] of list.split(',').entries()) {
    const code = whyUnmatchable(entry.trim())
    if (code) found.push({ index, code })
  }
  return found
}

const WITHIN = /[\s;]/

const QUOTE = /["'`]/

function whyUnmatchable(entry: string): NoProxyFault | undefined {
  if (entry === '' || entry === '*' || parseIpPrefix(entry) || parseIpAddress(entry))
    return undefined
  if (WITHIN.test(entry)) return 'separator'
  if (QUOTE.test(entry)) return 'quotes'
  if (entry.includes('://')) return 'scheme'
  const slash = entry.indexOf('/')
  if (slash >= 0) return looksLikeAddress(entry.slice(0, slash)) ? 'invalid-range' : 'path'
  return entry.startsWith('[') ? whyNoBracketed(entry) : whyNoHost(entry)
}

/** `[::1]:443` has a port, for which Go takes the brackets off; `[::1]` is compared as it stands. */
function whyNoBracketed(entry: string): NoProxyFault | undefined {
  const close = entry.lastIndexOf(']:')
  if (close < 0) return 'brackets'
  if (!isPort(entry.slice(close + 2))) return 'invalid-port'
  return parseIpAddress(entry.slice(1, close)) ? undefined : 'invalid-host'
}

function whyNoHost(entry: string): NoProxyFault | undefined {
  const colon = entry.indexOf(':')
  const host = colon < 0 ? entry : entry.slice(0, colon)
  if (host.slice(host.startsWith('*.') ? 1 : 0).includes('*')) return 'wildcard'
  if (colon >= 0 && !isPort(entry.slice(colon + 1))) return 'invalid-port'
  if (host.endsWith('.')) return 'trailing-dot'
  if (parseIpAddress(host)) return undefined
  const domain = host.slice(host.startsWith('*.') ? 2 : host.startsWith('.') ? 1 : 0)
  return isDomain(domain) ? undefined : 'invalid-host'
}

function isDomain(domain: string): boolean {
  return !domain.startsWith('.') && !domain.includes('..') && asciiHost(domain) !== undefined
}

function looksLikeAddress(text: string): boolean {
  return /^[\d.*]+$/.test(text) || /^\[?[\da-f:.]*:[\da-f:.]*\]?$/i.test(text)
}

function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 0xffff
}
