// Why a rule's name can match no registry, so that a warning can say what to write instead.
import { endsInNumber, withoutTrailingDot } from '../net/index.js'
import { isLabelCharacter, LABEL_MAX } from './normal-form.js'

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

/** What Contrast's puller may still find an image for, since it compares names as texts. */
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
  if (name.includes('@')) return 'user-info'
  if (name.includes('/')) return 'path'
  if (name.includes('*')) return 'wildcard'
  if (name.startsWith('[') || name.split(':', 3).length > 2) return 'ip-address'
  const colon = name.indexOf(':')
  if (colon >= 0) return isPort(name.slice(colon + 1)) ? 'port' : 'invalid-port'
  if (NOT_ASCII.test(name)) return 'not-ascii'
  return whyNoDomain(name)
}

/** Whether Contrast's puller applies such a rule to some image all the same. */
export function isMatchedByPuller(fault: UnmatchableName): boolean {
  return MATCHED_BY_PULLER.has(fault)
}

function whyNoDomain(name: string): UnmatchableName {
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
