// Registries that rules for domain names pass by: those with a port, at an IP address, or at a name that
// ends in a number.
import type { ImageReference } from '../image/index.js'
import type { AppliedRule } from '../names/index.js'
import { isIpAddress } from '../net/index.js'
import type { AppliedDecision } from './decision.js'

/** The registry has a port. */
export interface BypassedByPort {
  /** What the registry has that only the rule `.` covers. */
  readonly code: 'port'
  /** The rule that would apply without the port, if it isn't the one that applies anyway. */
  readonly rule: AppliedRule | undefined
  /** The same in a sentence. */
  readonly message: string
}

/**
 * The registry is at an IP address, or at a name that ends in a number: URL parsers dial it as an address, or
 * refuse it.
 */
export interface BypassedByAddress {
  /** What the registry has that only the rule `.` covers. */
  readonly code: 'ip-address'
  /** The same in a sentence. */
  readonly message: string
}

/** Why rules for domain names don't apply to a registry. */
export type Bypassed = BypassedByPort | BypassedByAddress

const BY_ADDRESS: BypassedByAddress = Object.freeze({
  code: 'ip-address',
  message:
    'rules name domains; a registry at an IP address, or at a name that ends in a number, is covered by "." alone',
})

/**
 * Configuration by IP address and port isn't supported: such registries are left to the rule `.`.
 *
 * @param image - The image.
 * @param named - What covers its host by a name. Nothing does if it is an address or ends in a number.
 */
export function bypassedOf(
  { host, port }: ImageReference,
  named: AppliedDecision | undefined,
): Bypassed | undefined {
  if (named === undefined && isIpAddress(host)) return BY_ADDRESS
  if (port === undefined) return undefined
  const message = 'rules name domains; a registry with a port is covered by "." alone'
  return Object.freeze({ code: 'port', rule: named?.applied, message })
}
