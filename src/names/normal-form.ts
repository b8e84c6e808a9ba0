// The normal form of a rule's name, by which two names mean the same, and whether there is one.
import { endsInNumber, withoutTrailingDot } from '../net/index.js'

export const CATCH_ALL = '.'

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789-_'

/** By character code, 1 for each that a label may have. */
const LABEL_CHARACTERS = tableOf(`${LOWER}ABCDEFGHIJKLMNOPQRSTUVWXYZ`)

/** The same for a label in lower case. */
const LOWER_CHARACTERS = tableOf(LOWER)

const DOT = 0x2e

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
  return isDomain(name, start, end, LABEL_CHARACTERS)
}

/**
 * Whether a name is written as the guide writes names: its {@link normalForm}, which is a domain, and
 * the dot of the root. Told at one look, for documents of thousands of rules.
 */
export function isUsual(name: string): boolean {
  const end = name.length - 1
  return name.charCodeAt(end) === DOT && isDomain(name, 0, end, LOWER_CHARACTERS)
}

/** Whether labels that DNS can hold stand in that part of a name, with one dot between two. */
function isDomain(name: string, start: number, end: number, characters: Uint8Array): boolean {
  if (end - start > NAME_MAX) return false
  let label = 0
  for (let i = start; i < end; i++) {
    const code = name.charCodeAt(i)
    if (characters[code] === 1) {
      if (++label > LABEL_MAX) return false
    } else if (code === DOT && label > 0) label = 0
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

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(0x80)
  for (let i = 0; i < characters.length; i++) table[characters.charCodeAt(i)] = 1
  return table
}
