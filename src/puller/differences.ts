// Where a decision of this library and what Contrast's puller does for one image differ, aspect by
// aspect.
import type { ImagePlace } from '../findings.js'
import type { ProxyDecision } from '../proxy/index.js'
import {
  type Change,
  compareCredentials,
  compareTrust,
  isOwnOrigin,
  type Resolution,
} from '../resolve/index.js'
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
  const codes: PullerFindingCode[] = outcomes.length > 1 ? ['puller-left-to-chance'] : []
  for (const outcome of outcomes) addCodes(codes, resolution, outcome)
  if (codes.length === 0) return NONE
  return Object.freeze(
    [...new Set(codes)].map((code) => pullerFinding(code, place, detailOf(code, outcomes))),
  )
}

const NONE: readonly PullerFinding[] = Object.freeze([])

/** The rules that a finding is about, where that helps to find them. */
function detailOf(code: PullerFindingCode, outcomes: readonly PullerOutcome[]): string | undefined {
  if (code !== 'puller-left-to-chance' && code !== 'puller-other-rule') return undefined
  const names = outcomes.map(({ rule }) => (rule === undefined ? 'none' : `"${rule}"`))
  return names.join(' or ')
}

function addCodes(
  codes: PullerFindingCode[],
  resolution: Resolution,
  outcome: PullerOutcome,
): void {
  if (resolution.rule?.name !== outcome.rule) codes.push('puller-other-rule')
  const trust = compareTrust(resolution.tls, outcome.tls)
  addChange(codes, trust, 'puller-trusts-more', 'puller-trusts-less')
  const credentials = compareCredentials(resolution.credentials, outcome.credentials)
  addChange(codes, credentials, 'puller-sends-credentials', 'puller-sends-no-credentials')
  if (isSentToMirror(resolution, outcome)) codes.push('puller-mirror-credentials')
  if (mayAskHttp(outcome) && !mayAskHttp(resolution)) codes.push('puller-plain-http')
  if (!mayAskHttp(outcome) && mayAskHttp(resolution)) codes.push('puller-no-plain-http')
  if (outcome.endpoint.kind === 'mirror') codes.push('puller-mirror-requests')
  if (!isSameEndpoint(resolution, outcome)) codes.push('puller-other-endpoint')
  else if (!isSameWay(resolution.proxy, outcome.proxy)) codes.push('puller-other-proxy')
}

/** Whether the registry itself may be asked by plain HTTP. A mirror is asked in its URL's scheme alone. */
function mayAskHttp({ endpoint, schemes }: Resolution | PullerOutcome): boolean {
  const isAsked = endpoint.kind === 'registry' || (endpoint.kind === 'mirror' && endpoint.fallback)
  return isAsked && schemes.includes('http')
}

/** What is different is as bad as what is more: somebody else is trusted, or something else sent. */
function addChange(
  codes: PullerFindingCode[],
  change: Change,
  more: PullerFindingCode,
  less: PullerFindingCode,
): void {
  if (change === 'looser' || change === 'different') codes.push(more)
  if (change === 'tighter') codes.push(less)
}

/** This library gives a mirror no credentials, unless it is the registry's own origin. */
function isSentToMirror(resolution: Resolution, { credentials, endpoint }: PullerOutcome): boolean {
  if (endpoint.kind === 'registry' || credentials.kind === 'anonymous') return false
  return endpoint.kind === 'unclear-mirror' || !isOwnOrigin(resolution, endpoint.origin)
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
