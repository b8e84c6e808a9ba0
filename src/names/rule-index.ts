// The rules by name, in which the one that applies to a host is found at the cost of its labels.
import { CATCH_ALL, normalForm } from './normal-form.js'

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
  const exact = new Map<string, Entry>()
  const below = new Map<string, Entry>()
  /** The domains whose own names begin with a dot. */
  const dotted = new Set<string>()
  let catchAll: Entry | undefined
  const found = (rule: Rule, coverage: Coverage): Entry =>
    entryOf(rule, Object.freeze({ name: rule.name, coverage }))
  let longest = 0
  for (const rule of rules) {
    const name = normalForm(rule.name)
    if (name === undefined) continue
    longest = Math.max(longest, name.length)
    if (name === CATCH_ALL) {
      if (catchAll) throw sameRegistries()
      catchAll = found(rule, 'catch-all')
    } else if (name.startsWith('.')) {
      const domain = name.slice(1)
      if (dotted.has(domain)) throw sameRegistries()
      dotted.add(domain)
      below.set(domain, found(rule, 'subdomain'))
    } else {
      if (exact.has(name)) throw sameRegistries()
      exact.set(name, found(rule, 'exact'))
      // `.registry.corp.` is longer, and so more specific for subdomains, wherever it stands.
      if (!dotted.has(name)) below.set(name, found(rule, 'subdomain'))
    }
  }
  const find = (host: string) => exact.get(host) ?? search(below, longest, host) ?? catchAll
  return { catchAll, find }
}

function sameRegistries(): TypeError {
  return new TypeError('expected rules whose names mean different registries')
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
