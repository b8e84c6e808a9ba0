// Entries of NO_PROXY that can never match, and why: Go passes over them without a word.
import { endsInNumber, parseIpAddress, parseIpPrefix } from '../net/index.js'
import { entriesOf } from './no-proxy.js'
import { parseEntry, splitPort } from './no-proxy-entry.js'

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

/** The entries of the list that can never match. Empty ones, between two commas, are none. */
export function faultyEntries(list: string): readonly FaultyEntry[] {
  return entriesOf(list).flatMap((text, index) => {
    const code = text === '' || text === '*' || parseIpPrefix(text) ? undefined : faultOf(text)
    return code === undefined ? [] : [{ index, code }]
  })
}

// White space, save for a byte order mark, which Go drops from a name.
const SEPARATOR = /[^\S\ufeff]|[;|]/

const RANGE = /^[\d.:a-f]+\/\d+$/i

const PORT = /^\d{1,5}$/

function faultOf(text: string): NoProxyFault | undefined {
  if (/["'`]/.test(text)) return 'quotes'
  if (text.includes('://')) return 'scheme'
  if (SEPARATOR.test(text)) return 'separator'
  if (RANGE.test(text)) return 'invalid-range'
  if (text.includes('/')) return 'path'
  const { name, port } = splitPort(text)
  if (port !== '' && !isPort(port)) return 'invalid-port'
  if (parseIpAddress(name)) return undefined
  if (/[[\]]/.test(name)) return 'brackets'
  if (name.slice(name.startsWith('*.') ? 2 : 0).includes('*')) return 'wildcard'
  if (name.endsWith('.')) return 'trailing-dot'
  return isCovering(text) ? undefined : 'invalid-host'
}

/** As URLs have it: without leading zeros, since ports are compared as text. */
function isPort(port: string): boolean {
  return PORT.test(port) && !port.startsWith('0') && Number(port) <= 65535
}

// What the URL parser leaves of a host: in ASCII, of letters, digits and some punctuation.
const DIALLED = /^[a-z0-9._~!$&'()+=-]+$/

function isCovering(text: string): boolean {
  const entry = parseEntry(text)
  if (entry?.kind !== 'name') return entry !== undefined
  // A host that ends in a number is dialled as an address, and no address is matched by name.
  const isDialled = DIALLED.test(entry.name) && !endsInNumber(entry.name)
  return isDialled && !entry.name.split('.').includes('')
}
