import { endsInNumber } from './host.js'

/**
 * How a rule's name covers a registry: it is that name, it ends in that name at a label boundary, or
 * the name is `.`, which covers everything.
 */
export type Coverage = 'exact' | 'subdomain' | 'catch-all'

/** The rule that applies to a registry. */
export interface AppliedRule {
  /** The rule's name, as the configuration has it. */
  readonly name: string
  /** How it covers the registry. */
  readonly coverage: Coverage
}

/** Why a name can't match any registry. */
export type UnmatchableName = 'port' | 'ip-address' | 'not-a-domain-name'

const CATCH_ALL = '.'

/** The length of the longest name that DNS can hold, without its trailing dot (RFC 1035, 2.3.4). */
const NAME_MAX = 253

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
  if (name === CATCH_ALL) return CATCH_ALL
  const start = name.startsWith('.') ? 1 : 0
  const end = name.endsWith('.') ? name.length - 1 : name.length
  if (end <= start || end - start > NAME_MAX) return undefined
  let label = 0
  for (let i = start; i < end; i++) {
    const code = name.charCodeAt(i)
    if (isLabelCharacter(code)) label++
    else if (code === 0x2e && label > 0) label = 0
    else return undefined
  }
  if (label === 0 || endsInNumber(name)) return undefined
  return (end < name.length ? name.slice(0, end) : name).toLowerCase()
}

// Only ASCII: lower-casing would turn the Kelvin sign into a "k" and let it match.
function isLabelCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x2d ||
    code === 0x5f
  )
}

/** Why a name has no {@link normalForm}. */
export function whyUnmatchable(name: string): UnmatchableName {
  // A URL, or user info before the name.
  if (name.includes('/') || name.includes('@')) return 'not-a-domain-name'
  if (name.includes('[') || name.split(':').length > 2) return 'ip-address'
  if (name.includes(':')) return 'port'
  return name !== '' && endsInNumber(name) ? 'ip-address' : 'not-a-domain-name'
}

/** Rules by name. Looking one up costs the labels of the host, whatever the number of rules. */
export interface RuleIndex<Entry> {
  /** The entry of the most specific rule for a host in normal form, or undefined if none covers it. */
  find(host: string): Entry | undefined
  /** The entry of the rule named `.`, if there is one. */
  readonly catchAll: Entry | undefined
}

/**
 * Indexes rules by the normal form of their names; rules whose names can't match are left out.
 *
 * The most specific rule is the one with the longest name, where a leading dot counts as one more
 * label. For `b.a.corp` that gives the order `b.a.corp`, `.a.corp`, `a.corp`, `.corp`, `corp`, `.`.
 *
 * @param rules - The rules.
 * @param entryOf - Makes what is found of a rule, and of how it applies.
 * @throws `TypeError` if two names mean the same.
 */
export function indexRules<Rule extends { readonly name: string }, Entry>(
  rules: readonly Rule[],
  entryOf: (rule: Rule, applied: AppliedRule) => Entry,
): RuleIndex<Entry> {
  const seen = new Set<string>()
  const exact = new Map<string, Entry>()
  const below = new Map<string, Entry>()
  let catchAll: Entry | undefined
  const found = (rule: Rule, coverage: Coverage): Entry =>
    entryOf(rule, Object.freeze({ name: rule.name, coverage }))
  let longest = 0
  for (const rule of rules) {
    const name = normalForm(rule.name)
    if (name === undefined) continue
    if (seen.has(name)) throw new TypeError('expected rules whose names mean different registries')
    seen.add(name)
    longest = Math.max(longest, name.length)
    if (name === CATCH_ALL) catchAll = found(rule, 'catch-all')
    else if (name.startsWith('.')) below.set(name.slice(1), found(rule, 'subdomain'))
    else {
      exact.set(name, found(rule, 'exact'))
      // `.registry.corp.` is longer, and so more specific for subdomains, wherever it stands.
      if (!seen.has(`.${name}`)) below.set(name, found(rule, 'subdomain'))
    }
  }
  const find = (host: string) => exact.get(host) ?? search(below, longest, host) ?? catchAll
  return { catchAll, find }
}

/** The rule of the longest domain that the host is below. */
function search<Entry>(
  below: ReadonlyMap<string, Entry>,
  longest: number,
  host: string,
): Entry | undefined {
  // Suffixes longer than any name can't be one: a host of thousands of labels costs no more for it.
  let dot = host.indexOf('.', Math.max(0, host.length - longest - 1))
  while (dot >= 0) {
    const entry = below.get(host.slice(dot + 1))
    if (entry) return entry
    dot = host.indexOf('.', dot + 1)
  }
  return undefined
}
