// Why a rule's name can match no registry, so that a warning can say what to write instead.
import { endsInNumber, parseIpAddress, withoutTrailingDot } from '../net/index.js'
import { hasUserInfo } from '../text/index.js'
import { isLabelCharacter, isMatchable, LABEL_MAX } from './normal-form.js'
import { isSpellable } from './spellable.js'

/** Why a name has no normal form. */
export type UnmatchableName =
  | 'scheme'
  | 'user-info'
  | 'path'
  | 'wildcard'
  | 'invalid-port'
  | 'port'
  | 'ip-address'
  | 'empty-label'
  | 'not-ascii'
  | 'invalid-character'
  | 'label-too-long'
  | 'name-too-long'

/** What Contrast's puller applies to registries that this library knows too, since it compares names as texts. */
const MATCHED_BY_PULLER: ReadonlySet<UnmatchableName> = new Set([
  'port',
  'ip-address',
  'empty-label',
])

const NOT_ASCII = /[\u0080-\uffff]/

const PORT = /^[1-9]\d{0,4}$/

/** Why a name that {@link isMatchable} refuses can't match any registry; the first cause that fits. */
export function whyUnmatchable(name: string): UnmatchableName {
  if (name.includes('://')) return 'scheme'
  // User info before a path: a slash may stand in the password.
  if (hasUserInfo(name)) return 'user-info'
  if (name.includes('/')) return 'path'
  if (name.includes('*')) return 'wildcard'
  if (name.startsWith('[')) return whyBracketed(name)
  if (parseIpAddress(withoutTrailingDot(name))) return 'ip-address'
  const colon = name.indexOf(':')
  if (colon < 0) return whyNoDomain(name)
  if (!isPort(name.slice(colon + 1))) return 'invalid-port'
  const host = name.slice(0, colon)
  const fault = isMatchable(host) ? undefined : whyNoDomain(host)
  // A port is what Contrast's puller applies; a host that nothing can have stays one.
  return fault === undefined || MATCHED_BY_PULLER.has(fault) ? 'port' : fault
}

/** Whether Contrast's puller applies such a rule to some image all the same. */
export function isMatchedByPuller(name: string, fault: UnmatchableName): boolean {
  return MATCHED_BY_PULLER.has(fault) && isSpellable(name)
}

/**
 * Whether Contrast's puller applies such a rule at most to images whose registry is spelled the same way, such
 * as `bücher.example/app`, which this library refuses.
 */
export function isMatchedAsWritten(name: string, fault: UnmatchableName): boolean {
  return !MATCHED_BY_PULLER.has(fault) && isSpellable(name)
}

/** Of `[fe80::1%eth0]:5000`, the zone stays aside (RFC 6874): it is for the machine that dials. */
function whyBracketed(name: string): UnmatchableName {
  const end = name.indexOf(']')
  if (end < 0) return 'invalid-character'
  const [address = ''] = name.slice(1, end).split('%', 1)
  if (!address.includes(':') || !parseIpAddress(address)) return 'invalid-character'
  const rest = withoutTrailingDot(name.slice(end + 1))
  if (rest !== '' && !rest.startsWith(':')) return 'invalid-character'
  return rest === '' || isPort(rest.slice(1)) ? 'ip-address' : 'invalid-port'
}

function whyNoDomain(name: string): UnmatchableName {
  if (NOT_ASCII.test(name)) return 'not-ascii'
  const labels = withoutTrailingDot(name.startsWith('.') ? name.slice(1) : name).split('.')
  if (labels.some((label) => !isLabel(label))) return 'invalid-character'
  if (labels.includes('')) return 'empty-label'
  if (labels.some((label) => label.length > LABEL_MAX)) return 'label-too-long'
  return endsInNumber(name) ? 'ip-address' : 'name-too-long'
}

/** A trailing dot is of the name, not of the port. */
function isPort(text: string): boolean {
  const port = withoutTrailingDot(text)
  return PORT.test(port) && Number(port) <= 0xffff
}

function isLabel(label: string): boolean {
  for (let i = 0; i < label.length; i++) if (!isLabelCharacter(label.charCodeAt(i))) return false
  return true
}
