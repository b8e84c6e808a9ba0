// Where a decision of this library and what Contrast's puller does for one image differ, aspect by
// aspect.
import type { ImagePlace } from '../findings.js'
import type { ProxyDecision } from '../proxy/index.js'
import { type Change, compareCredentials, compareTrust, type Resolution } from '../resolve/index.js'
import { type PullerFinding, type PullerFindingCode, pullerFinding } from './findings.js'
import type { PullerOutcome } from './outcome.js'

/**
 * Where the outcomes differ from the resolution of the same image. Of several outcomes, which are left
 * to chance, each that differs counts.
 */
export function differencesOf(
  resolution: Resolution,
  outcomes: readonly PullerOutcome[],
  place: ImagePlace | undefined,
): readonly PullerFinding[] {
  const codes = new Set<PullerFindingCode>()
  if (outcomes.length > 1) codes.add('puller-left-to-chance')
  for (const outcome of outcomes) {
    for (const code of codesOf(resolution, outcome)) codes.add(code)
  }
  return Object.freeze(
    [...codes].map((code) => pullerFinding(code, place, detailOf(code, outcomes))),
  )
}

/** The rules that a finding is about, where that helps to find them. */
function detailOf(code: PullerFindingCode, outcomes: readonly PullerOutcome[]): string | undefined {
  if (code !== 'puller-left-to-chance' && code !== 'puller-other-rule') return undefined
  const names = outcomes.map(({ rule }) => (rule === undefined ? 'none' : `"${rule}"`))
  return names.join(' or ')
}

function* codesOf(resolution: Resolution, outcome: PullerOutcome): Generator<PullerFindingCode> {
  if (resolution.rule?.name !== outcome.rule) yield 'puller-other-rule'
  yield* of(compareTrust(resolution.tls, outcome.tls), 'puller-trusts-more', 'puller-trusts-less')
  yield* of(
    compareCredentials(resolution.credentials, outcome.credentials),
    'puller-sends-credentials',
    'puller-sends-no-credentials',
  )
  if (isSentToMirror(resolution, outcome)) yield 'puller-mirror-credentials'
  if (mayAskHttp(outcome) && !mayAskHttp(resolution)) yield 'puller-plain-http'
  if (!mayAskHttp(outcome) && mayAskHttp(resolution)) yield 'puller-no-plain-http'
  if (outcome.endpoint.kind === 'mirror') yield 'puller-mirror-requests'
  if (!isSameEndpoint(resolution, outcome)) yield 'puller-other-endpoint'
  else if (!isSameWay(resolution.proxy, outcome.proxy)) yield 'puller-other-proxy'
}

/** Whether the registry itself may be asked by plain HTTP. A mirror is asked in its URL's scheme alone. */
function mayAskHttp({ endpoint, schemes }: Resolution | PullerOutcome): boolean {
  const isAsked = endpoint.kind === 'registry' || (endpoint.kind === 'mirror' && endpoint.fallback)
  return isAsked && schemes.includes('http')
}

/** What is different is as bad as what is more: somebody else is trusted, or something else sent. */
function* of(
  change: Change,
  more: PullerFindingCode,
  less: PullerFindingCode,
): Generator<PullerFindingCode> {
  if (change === 'looser' || change === 'different') yield more
  if (change === 'tighter') yield less
}

/** This library gives a mirror no credentials, unless it is the registry's own origin. */
function isSentToMirror({ image }: Resolution, { credentials, endpoint }: PullerOutcome): boolean {
  if (endpoint.kind === 'registry' || credentials.kind === 'anonymous') return false
  return endpoint.kind === 'unclear-mirror' || endpoint.origin !== `https://${image.host}`
}

function isSameEndpoint({ endpoint }: Resolution, outcome: PullerOutcome): boolean {
  if (endpoint.kind === 'registry' || outcome.endpoint.kind !== 'mirror') {
    return endpoint.kind === outcome.endpoint.kind
  }
  return endpoint.url === outcome.endpoint.url && endpoint.fallback === outcome.endpoint.fallback
}

function isSameWay(way: ProxyDecision, other: PullerOutcome['proxy']): boolean {
  if (way.kind === 'proxy' && other.kind === 'proxy') return way.url === other.url
  return way.kind === other.kind
}
