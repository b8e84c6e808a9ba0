// The name that a client sends in the TLS handshake, and that the certificate has to have.
import { addressOfHost, endsInNumber, withoutTrailingDot } from '../net/index.js'

/**
 * The server name for a host; undefined for an IP address. RFC 6066, section 3: the name has no
 * trailing dot, and an address is no name.
 *
 * @param caller - The function's name, with which the message of a `TypeError` begins.
 * @param host - The host, without a port.
 */
export function servernameOf(caller: string, host: string): string | undefined {
  if (typeof host !== 'string') throw new TypeError(`${caller}: expected the host to be a string`)
  const name = withoutTrailingDot(host)
  if (addressOfHost(name) !== undefined || endsInNumber(name)) return undefined
  if (name !== '' && !name.endsWith('.') && !name.includes(':')) return name
  throw new TypeError(`${caller}: expected a host without a port`)
}
