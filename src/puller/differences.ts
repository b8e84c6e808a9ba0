// Where a decision of this library and what Contrast's puller does for one image differ, aspect by
// aspect.
import { ANONYMOUS, type Credentials } from '../credentials.js'
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
    [...new Set(codes)].map((code) => {
      const isAboutProxy = code === 'puller-trusts-more' && outcomes.every(isSameTrust(resolution))
      const detail = isAboutProxy ? UNVERIFIED_PROXY : detailOf(code, resolution, outcomes)
      const help = isAboutProxy ? PROXY_HELP : caseHelp(code, resolution)
      return pullerFinding(code, place, detail, [], help)
    }),
  )
}

const NONE: readonly PullerFinding[] = Object.freeze([])

const UNVERIFIED_PROXY =
  "the proxy's certificate isn't verified either, since the rule has insecure-skip-verify"

const PROXY_HELP =
  "write certificates in ca-certs in place of insecure-skip-verify: the registry's, and the proxy's"

function isSameTrust({ tls }: Resolution): (outcome: PullerOutcome) => boolean {
  return (outcome) => compareTrust(tls, outcome.tls) === 'same'
}

/** The rules that a finding is about, or the endpoint, where that helps to find them. */
function detailOf(
  code: PullerFindingCode,
  { image, endpoint }: Resolution,
  outcomes: readonly PullerOutcome[],
): string | undefined {
  if (code === 'puller-other-endpoint') return endpointDetail(endpoint, outcomes)
  if (code !== 'puller-left-to-chance' && code !== 'puller-other-rule') return undefined
  const names = outcomes.map(({ rule }) => (rule === undefined ? 'none' : `"${rule}"`)).join(' or ')
  if (code === 'puller-left-to-chance' || !hasUpperCase(image)) return names
  return `${names}; it takes upper case in the image's registry for another name than lower case`
}

/** Most often it is one mirror, and the key that the puller doesn't have. */
function endpointDetail(
  endpoint: Resolution['endpoint'],
  outcomes: readonly PullerOutcome[],
): string | undefined {
  const isSameMirror = (outcome: PullerOutcome) =>
    endpoint.kind === 'mirror' &&
    outcome.endpoint.kind === 'mirror' &&
    endpoint.url === outcome.endpoint.url
  return outcomes.every(isSameMirror) ? 'the mirror alone, without mirror-fallback' : undefined
}

/** What depends on the rule that is picked, and with it on the case of the registry. */
const BY_RULE: ReadonlySet<PullerFindingCode> = new Set([
  'puller-trusts-more',
  'puller-sends-credentials',
])

/** Of an image whose registry has upper case, the image is to be written otherwise, and not the rule. */
function caseHelp(code: PullerFindingCode, { image }: Resolution): string | undefined {
  if (!BY_RULE.has(code) || !hasUpperCase(image)) return undefined
  const { registry, name } = image
  const lower = registry.toLowerCase() + name.slice(registry.length)
  return `write the image with its registry in lower case: ${lower}`
}

function hasUpperCase({ registry }: Resolution['image']): boolean {
  return registry !== registry.toLowerCase()
}

function addCodes(
  codes: PullerFindingCode[],
  resolution: Resolution,
  outcome: PullerOutcome,
): void {
  if (resolution.rule?.name !== outcome.rule) codes.push('puller-other-rule')
  const trust = compareTrust(resolution.tls, outcome.tls)
  addChange(codes, trust, 'puller-trusts-more', 'puller-trusts-less')
  if (hasUnverifiedProxy(outcome)) codes.push('puller-trusts-more')
  const credentials = compareCredentials(resolution.credentials, sentBy(outcome))
  addChange(codes, credentials, 'puller-sends-credentials', 'puller-sends-no-credentials')
  if (isSentToMirror(resolution, outcome)) codes.push('puller-mirror-credentials')
  if (mayAskHttp(outcome) && !mayAskHttp(resolution)) codes.push('puller-plain-http')
  if (!mayAskHttp(outcome) && mayAskHttp(resolution)) codes.push('puller-no-plain-http')
  if (outcome.endpoint.kind === 'mirror') codes.push('puller-mirror-requests')
  if (!isSameEndpoint(resolution, outcome)) codes.push('puller-other-endpoint')
  else if (!isSameWay(resolution.proxy, outcome.proxy)) codes.push('puller-other-proxy')
}

/** Go's net/http has one TLS configuration for the endpoint and the proxy. */
function hasUnverifiedProxy({ tls, proxy }: PullerOutcome): boolean {
  return tls.kind === 'skip-verify' && proxy.kind === 'proxy' && proxy.url.startsWith('https:')
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

/** What it can send: where no TLS handshake may succeed, whatever goes by plain HTTP. */
function sentBy({ tls, credentials, schemes, endpoint }: PullerOutcome): Credentials {
  if (tls.kind !== 'deny-all') return credentials
  if (endpoint.kind === 'unclear-mirror') return credentials
  const isPlain =
    endpoint.kind === 'mirror' ? endpoint.url.startsWith('http:') : schemes.includes('http')
  return isPlain ? credentials : ANONYMOUS
}

/** This library gives a mirror no credentials, unless it is the registry's own origin. */
function isSentToMirror(resolution: Resolution, outcome: PullerOutcome): boolean {
  const { endpoint } = outcome
  if (endpoint.kind === 'registry' || sentBy(outcome).kind === 'anonymous') return false
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
