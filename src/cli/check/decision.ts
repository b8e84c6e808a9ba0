// What was decided before anything is dialled, in sentences.

import type { ImageReference, Resolution } from 'imagepuller-auth'
import { describeBypassed, describeDecision } from '../render/index.js'
import type { Said } from '../step.js'

/** How the reference was read. */
export function describeReference({ registry, repository, tag, digest }: ImageReference): Said {
  const named = digest === undefined ? `tag ${tag}` : `digest ${digest}`
  return { outcome: 'ok', message: `registry ${registry}, repository ${repository}, ${named}` }
}

/** What the rule means for the registry. */
export function describeRule(resolution: Resolution): Said {
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
    `credentials ${words.credentials}`,
    ...mirror,
    `proxy ${words.proxy}`,
  ]
  return { outcome: 'ok', message: `${why}: ${parts.join(', ')}` }
}
