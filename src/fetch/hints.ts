// What the configuration may have to do with a fault: a rule that doesn't apply, and was meant to. Which
// these are is up to `explain`.
import { type Candidate, explain, type NearMiss } from '../explain/index.js'
import type { Bypassed, Resolution, Resolver } from '../resolve/index.js'
import type { ConfigurationHint } from './errors.js'

/** How many near misses an error names: the likeliest. */
const MAX_NEAR_MISSES = 2

/** The hints for an image, the likeliest first. */
export function hintsFor(resolver: Resolver, resolution: Resolution): readonly ConfigurationHint[] {
  const { candidates, nearMisses } = explain(resolver, resolution.image.name)
  const { bypassed } = resolution
  const hints = nearMisses.slice(0, MAX_NEAR_MISSES).map(nearMissHint)
  return bypassed ? [bypassedHint(bypassed, candidates), ...hints] : hints
}

function bypassedHint(bypassed: Bypassed, candidates: readonly Candidate[]): ConfigurationHint {
  const { code, message } = bypassed
  const rule = code === 'port' ? bypassed.rule?.name : undefined
  const passed = candidates.find(({ name }) => name === rule)
  if (passed === undefined) {
    return Object.freeze({ code: 'bypassed', rule: undefined, message, place: undefined })
  }
  const { name, place } = passed
  const besides = `without the port, the rule "${name}" in line ${place.line} would apply`
  return Object.freeze({
    code: 'bypassed',
    rule: name,
    message: `${message}: ${besides}`,
    place,
  })
}

function nearMissHint({ name, message, suggestion, replaces, place }: NearMiss): ConfigurationHint {
  const what = replaces === 'rule' ? 'the rule would apply as' : 'the rule would apply to'
  const sentence = `the rule "${name}" in line ${place.line} doesn't apply (${message}); ${what} "${suggestion}"`
  return Object.freeze({ code: 'near-miss', rule: name, message: sentence, place })
}
