// IP addresses and ranges of them, as Go reads them.

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

/** `::ffff:0:0/96`: IPv4-mapped addresses (RFC 4291, section 2.5.5.2). */
const MAPPED: IpPrefix = { bytes: [...new Array(10).fill(0), 0xff, 0xff, 0, 0, 0, 0], length: 96 }

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

/** The IPv4 address that begins at that byte. */
export function embeddedIpv4(address: IpAddress, start: number): IpAddress {
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
export function parseNumber(digits: string, radix: 10 | 16, most: number): number | undefined {
  if (digits === '') return undefined
  let value = 0
  for (let i = 0; i < digits.length; i++) {
    // Of a single character parseInt reads nothing but a digit.
    value = value * radix + Number.parseInt(digits.charAt(i), radix)
    if (!(value <= most)) return undefined
  }
  return value
}
