// The normal form of a rule's name, by which two names mean the same, and whether there is one.
import { endsInNumber, withoutTrailingDot } from '../net/index.js'

export const CATCH_ALL = '.'

/** By character code, 1 for each that a label may have. */
const LABEL_CHARACTERS = new Uint8Array(0x80)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
  LABEL_CHARACTERS[character.charCodeAt(0)] = 1
}

/** The length of the longest name that DNS can hold, without its trailing dot (RFC 1035, 2.3.4). */
const NAME_MAX = 253

/** The length of the longest label that DNS can hold (RFC 1035, section 2.3.4). */
export const LABEL_MAX = 63

/**
 * The normal form of a rule's name: in lower case, without the trailing dot; `.` for the catch-all.
 * Two names mean the same if and only if their normal forms are equal. Undefined for a name that no
 * registry can have.
 *
 *     registry.corp.   ->  registry.corp    covers registry.corp and a.registry.corp
 *     .Registry.Corp.  ->  .registry.corp   covers a.registry.corp, not registry.corp
 *     .                ->  .                covers everything
 *     ghcr.io:443      ->  undefined        (a port)
 */
export function normalForm(name: string): string | undefined {
  if (!isMatchable(name)) return undefined
  // In this order: a text that is in lower case comes back as it is, where it isn't a slice.
  return name === CATCH_ALL ? CATCH_ALL : withoutTrailingDot(name.toLowerCase())
}

/** Whether a rule's name can match any registry: whether it has a {@link normalForm}. */
export function isMatchable(name: string): boolean {
  if (name === CATCH_ALL) return true
  const start = name.startsWith('.') ? 1 : 0
  const end = name.endsWith('.') ? name.length - 1 : name.length
  if (end <= start || end - start > NAME_MAX) return false
  let label = 0
  for (let i = start; i < end; i++) {
    const code = name.charCodeAt(i)
    if (isLabelCharacter(code)) {
      if (++label > LABEL_MAX) return false
    } else if (code === 0x2e && label > 0) label = 0
    else return false
  }
  return label > 0 && !endsInNumber(name)
}

/** The domain that a normal form is about: without the dot that leaves the domain itself out. */
export function withoutLeadingDot(normal: string): string {
  return normal.startsWith('.') ? normal.slice(1) : normal
}

// Only ASCII: lower-casing would turn the Kelvin sign into a "k" and let it match.
export function isLabelCharacter(code: number): boolean {
  return LABEL_CHARACTERS[code] === 1
}
