// The rules that cover a host, with what became of each.
import type { DocumentPlace } from '../findings.js'
import { authorityOf } from '../image/index.js'
import { type Coverage, coverageOf, specificityOf } from '../names/index.js'
import { withoutTrailingDot } from '../net/index.js'
import type { Resolution } from '../resolve/index.js'
import type { NamedRule } from './named-rule.js'

/**
 * What became of a rule that covers the host: it applies, a more specific one does, or it is passed by
 * because the registry has a port, or is at an IP address or at a name that ends in a number.
 */
export type CandidateOutcome = 'applied' | 'less-specific' | 'port' | 'ip-address'

/** A rule that covers the host. */
export interface Candidate {
  /** The rule's name, as the configuration has it, without user info. */
  readonly name: string
  /** How it covers the host, port and address aside. */
  readonly coverage: Coverage
  /** What became of it. */
  readonly outcome: CandidateOutcome
  /** Where the rule stands. */
  readonly place: DocumentPlace
}

/** The rules that cover the host, the most specific first. */
export function candidatesOf(
  rules: readonly NamedRule[],
  resolution: Resolution,
): readonly Candidate[] {
  const { host } = resolution.image
  const registry = authorityOf(resolution.image)
  const covering = rules.flatMap((rule) => {
    const coverage = coverageBy(rule, host, registry)
    return coverage === undefined ? [] : [{ rule, coverage }]
  })
  const specificity = ({ rule }: { readonly rule: NamedRule }) =>
    specificityOf(rule.normal ?? rule.written)
  return covering
    .sort((a, b) => specificity(b) - specificity(a))
    .map(({ rule, coverage }) => {
      const { name, place } = rule
      return { name, coverage, outcome: outcomeOf(name, coverage, resolution), place: place() }
    })
}

/** A name that is the registry's own, with its port or as an address, covers it in all but effect. */
function coverageBy(
  { written, normal }: NamedRule,
  host: string,
  registry: string,
): Coverage | undefined {
  if (normal !== undefined) return coverageOf(normal, host)
  const isLong = written.length > registry.length + 1
  if (isLong) return undefined
  return withoutTrailingDot(written).toLowerCase() === registry ? 'exact' : undefined
}

function outcomeOf(
  name: string,
  coverage: Coverage,
  { rule, bypassed }: Resolution,
): CandidateOutcome {
  if (name === rule?.name) return 'applied'
  return bypassed && coverage !== 'catch-all' ? bypassed.code : 'less-specific'
}
