// Addresses and ranges of NO_PROXY, found at the cost of the lengths that the prefixes have.
import type { IpAddress, IpPrefix } from '../net/index.js'
import { NONE, type Places, placeOf, setPlace } from './no-proxy-places.js'

/** The ranges of a list, by network. */
export interface Ranges {
  /** Places in the list, by network and port. */
  readonly networks: Places
  /** The prefix lengths that occur. */
  readonly lengths: Set<number>
}

export function newRanges(): Ranges {
  return { networks: new Map(), lengths: new Set() }
}

/** Adds the entry at that place in the list. */
export function addRange(ranges: Ranges, prefix: IpPrefix, port: string, index: number): void {
  ranges.lengths.add(prefix.length)
  setPlace(ranges.networks, networkOf(prefix, prefix.length), port, index)
}

/** The place of the first entry that covers the address. */
export function findRange(ranges: Ranges, address: IpAddress, port: string): number {
  let first = NONE
  for (const length of ranges.lengths) {
    if (length > address.bytes.length * 8) continue
    first = Math.min(first, placeOf(ranges.networks, networkOf(address, length), port))
  }
  return first
}

/** The address with the bits behind the prefix unset, and its length: `10.0.0.0/8`. */
function networkOf({ bytes }: IpAddress, length: number): string {
  return `${bytes.map((byte, i) => byte & maskOf(length - 8 * i)).join('.')}/${length}`
}

/** A byte whose first bits are set. */
function maskOf(bits: number): number {
  if (bits <= 0) return 0
  return bits >= 8 ? 0xff : (0xff00 >> bits) & 0xff
}
