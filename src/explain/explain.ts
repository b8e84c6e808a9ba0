// Why a decision is what it is, as data.
import { custom } from 'valibot'
import { option, optionsOf } from '../options.js'
import type { PullerPrediction } from '../puller/index.js'
import { type Resolver, resolvers } from '../resolve/index.js'
import { type Candidate, candidatesOf } from './candidates.js'
import { decideEndpoints, type EndpointSummary } from './endpoints.js'
import { frozen } from './frozen.js'
import { namedRules } from './named-rule.js'
import type { NearMiss } from './near-miss.js'
import { nearMissesOf } from './near-misses.js'
import { type ExplanationNote, notesOf } from './notes.js'
import { pullerNotesOf } from './puller-notes.js'
import { type ReadingNote, readingOf } from './reading.js'
import { type ResolutionSummary, summaryOf } from './summary.js'

/**
 * Why a decision is what it is: plain data, frozen, which is the same after a way through JSON and holds
 * no secret.
 */
export interface Explanation {
  /** What `resolve` gives for the reference, as plain data. */
  readonly resolution: ResolutionSummary
  /** What its mirror and its registry get, in the order in which they are asked. */
  readonly endpoints: readonly EndpointSummary[]
  /** How the reference was read: what was filled in, replaced or put aside. */
  readonly reading: readonly ReadingNote[]
  /** Every rule that covers the host, the most specific first, with what became of it. */
  readonly candidates: readonly Candidate[]
  /** Rules that don't apply but were probably meant to, the likeliest first. */
  readonly nearMisses: readonly NearMiss[]
  /** What follows from the decision, of proxies for the first endpoint, and what Contrast's puller does otherwise. */
  readonly notes: readonly ExplanationNote[]
}

/** Options of {@link explain}. */
export interface ExplainOptions {
  /**
   * What `predictPuller` gave for the same document: the notes then say what Contrast's puller does
   * otherwise. Default: none.
   */
  readonly prediction?: PullerPrediction | undefined
}

const readOptions = /* @__PURE__ */ optionsOf('explain', () => ({
  prediction: option(custom<PullerPrediction>(isPrediction), 'what predictPuller gave'),
}))

/**
 * Explains the decision for an image: the rule that applies, those that also cover the registry, those
 * that were probably meant to, and what follows. The decision itself is the one that `resolve` gives.
 * Costs as much as `resolve`, and one pass over the rules.
 *
 * @param resolver - What `createResolver` gave; a copy of it is none.
 * @param imageRef - The image reference.
 * @param options - See {@link ExplainOptions}; only own properties count.
 * @throws `ImageReferenceError` if the text is no image reference.
 * @throws `TypeError` if the first argument is no resolver, the second no string, or an option is
 *   unknown or of a wrong type.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { explain } from 'imagepuller-auth/explain'
 *
 * const resolver = createResolver(parseConfig(`
 * [registries."*.registry.corp"]
 * insecure-skip-verify = true
 * `))
 * const { resolution, nearMisses } = explain(resolver, 'eu.registry.corp/app')
 * console.log(resolution.rule, resolution.tls.kind) // null web-pki
 * console.log(nearMisses[0]?.code, nearMisses[0]?.suggestion) // wildcard .registry.corp.
 * ```
 */
export function explain(
  resolver: Resolver,
  imageRef: string,
  options?: ExplainOptions,
): Explanation {
  const config = resolvers.keptOf(resolver)
  if (config === undefined) {
    throw new TypeError('explain: expected a resolver from createResolver, not a copy')
  }
  const { prediction } = readOptions(options)
  const resolution = resolver.resolve(imageRef)
  const rules = namedRules(config)
  const notes = prediction ? pullerNotesOf(prediction, imageRef, resolution) : []
  return frozen({
    resolution: summaryOf(resolution),
    endpoints: decideEndpoints(resolver, resolution),
    reading: readingOf(imageRef, resolution.image),
    candidates: candidatesOf(rules, resolution),
    nearMisses: nearMissesOf(rules, imageRef, resolution),
    notes: [...notesOf(resolution), ...notes],
  })
}

function isPrediction(value: unknown): value is PullerPrediction {
  if (typeof value !== 'object' || value === null) return false
  const own = (name: string): unknown => Object.getOwnPropertyDescriptor(value, name)?.value
  return typeof own('resolve') === 'function' && Array.isArray(own('findings'))
}
