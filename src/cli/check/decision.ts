// What was decided before anything is dialled, in sentences.

import type { ImageReference, Resolution } from 'imagepuller-auth'
import type { EndpointSummary } from 'imagepuller-auth/explain'
import {
  areSeveral,
  describeBypassed,
  describeDecision,
  describeParts,
  type EndpointPart,
} from '../render/index.js'
import type { Said } from '../step.js'

/** How the reference was read. */
export function describeReference({ registry, repository, tag, digest }: ImageReference): Said {
  const named = digest === undefined ? `tag ${tag}` : `digest ${digest}`
  return { outcome: 'ok', message: `registry ${registry}, repository ${repository}, ${named}` }
}

/** What the rule means for the registry, and for its mirror. */
export function describeRule(resolution: Resolution, endpoints: readonly EndpointSummary[]): Said {
  const { tls, endpoint } = resolution
  const words = describeDecision(resolution)
  const bypassed = describeBypassed(resolution)
  const why = bypassed === undefined ? words.rule : `${words.rule}; ${bypassed}`
  if (tls.kind === 'deny-all') {
    return {
      outcome: 'failed',
      message: `${why}: trust ${words.trust}, so nothing is sent`,
      help: "write the PEM of the registry's CA in ca-certs, or leave the key out for the web PKI",
    }
  }
  const mirror = endpoint.kind === 'mirror' ? [`endpoint ${words.endpoint}`] : []
  const parts = [
    `trust ${words.trust}`,
    `credentials ${wordsOf('credentials', endpoints, words)}`,
    ...mirror,
    `proxy ${wordsOf('proxy', endpoints, words)}`,
  ]
  return { outcome: 'ok', message: `${why}: ${parts.join(', ')}` }
}

/** What the mirror and the registry get: each by itself, or both where that is the same. */
function wordsOf(
  part: EndpointPart,
  endpoints: readonly EndpointSummary[],
  words: Readonly<Record<EndpointPart, string>>,
): string {
  const gets = new Set(endpoints.map((endpoint) => JSON.stringify(endpoint[part])))
  const isOne = gets.size === 1 || !areSeveral(endpoints)
  return isOne ? words[part] : `for ${describeParts(part, endpoints).join(' and for ')}`
}
