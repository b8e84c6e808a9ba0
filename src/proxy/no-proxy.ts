// NO_PROXY: the list, compiled so that a look-up costs what the host costs.
import type { IpAddress } from '../net/index.js'
import { type Entry, parseEntry } from './no-proxy-entry.js'
import { NONE, type Places, placeOf, setPlace } from './no-proxy-places.js'
import { addRange, findRange, newRanges, type Ranges } from './no-proxy-ranges.js'

/**
 * The entry of NO_PROXY that covers a host, as it was written, or undefined. The host is as it is
 * dialled; `address` is what it is if it is an IP address.
 */
export type NoProxy = (
  host: string,
  address: IpAddress | undefined,
  port: string,
) => string | undefined

/**
 * What the list covers. Names are kept whole, in maps: a node for each label would keep a hundred
 * times the text of an entry of many labels.
 */
interface Compiled {
  /** Entries such as `corp`, which cover the name and what is below it. */
  readonly names: Places
  /** Entries such as `.corp`, which cover what is below the name. */
  readonly below: Places
  readonly ranges: Ranges
  /** The place of `*`. */
  everything: number
  /** The length of the longest name. */
  longest: number
}

/** Reads the list once. Entries that mean nothing are passed over, as Go does. */
export function compileNoProxy(list: string): NoProxy {
  const texts = entriesOf(list)
  const compiled: Compiled = {
    names: new Map(),
    below: new Map(),
    ranges: newRanges(),
    everything: NONE,
    longest: 0,
  }
  for (const [index, text] of texts.entries()) {
    const entry = parseEntry(text)
    if (entry) addEntry(compiled, entry, index)
  }
  return (host, address, port) => {
    const found = address
      ? findRange(compiled.ranges, address, port)
      : findName(compiled, host, port)
    return texts[Math.min(found, compiled.everything)]
  }
}

/** The entries of the list, without the white space around them. */
export function entriesOf(list: string): string[] {
  return list.split(',').map(trim)
}

// Unicode's White_Space: JavaScript's, less U+FEFF, and U+0085. Loading the property takes time.
const WHITE_SPACE = /[^\S\ufeff]|\u0085/

/** Go's `strings.TrimSpace`, which takes U+0085 but not U+FEFF for white space. */
function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && WHITE_SPACE.test(text.charAt(start))) start++
  while (start < end && WHITE_SPACE.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function addEntry(compiled: Compiled, entry: Entry, index: number): void {
  if (entry.kind === 'everything') {
    compiled.everything = Math.min(compiled.everything, index)
  } else if (entry.kind === 'range') {
    addRange(compiled.ranges, entry.prefix, entry.port, index)
  } else {
    const { name, port, coversItself } = entry
    setPlace(coversItself ? compiled.names : compiled.below, name, port, index)
    compiled.longest = Math.max(compiled.longest, name.length)
  }
}

/** The place of the first entry that covers a name. Domains longer than any entry aren't looked up. */
function findName({ names, below, longest }: Compiled, host: string, port: string): number {
  let first = placeOf(names, host, port)
  let dot = host.indexOf('.', Math.max(0, host.length - longest - 1))
  while (dot >= 0) {
    const domain = host.slice(dot + 1)
    first = Math.min(first, placeOf(names, domain, port), placeOf(below, domain, port))
    dot = host.indexOf('.', dot + 1)
  }
  return first
}
