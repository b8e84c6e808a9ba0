import { type ImageReference, registryHost } from '../image/index.js'
import type { AppliedRule, RuleIndex } from '../names/index.js'
import { isIpAddress } from '../net/index.js'
import type { AppliedDecision } from './decision.js'

/** Why rules for domain names don't apply to a registry. */
export interface Bypassed {
  /** What the registry has that only the rule `.` covers. */
  readonly code: 'port' | 'ip-address'
  /** The rule that would apply without the port, if it isn't the one that applies anyway. */
  readonly rule: AppliedRule | undefined
  /** The same in a sentence. */
  readonly message: string
}

/** Configuration by IP address and port isn't supported: such registries are left to the rule `.`. */
export function bypassedOf(
  image: ImageReference,
  index: RuleIndex<AppliedDecision>,
): Bypassed | undefined {
  const { host, port } = image
  if (isIpAddress(host)) {
    const message = 'rules name domains; a registry at an IP address is covered by "." alone'
    return Object.freeze({ code: 'ip-address', rule: undefined, message })
  }
  if (port === undefined) return undefined
  const rule = withoutCatchAll(index.find(registryHost(host)))
  const message = 'rules name domains; a registry with a port is covered by "." alone'
  return Object.freeze({ code: 'port', rule, message })
}

function withoutCatchAll(found: AppliedDecision | undefined): AppliedRule | undefined {
  return found?.applied.coverage === 'catch-all' ? undefined : found?.applied
}
