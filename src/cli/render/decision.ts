// The words for each part of a decision, and its table. Every command has them from here.

import type { Resolution } from 'imagepuller-auth'
import type { Aspect } from 'imagepuller-auth/audit'
import type {
  CertificateSummary,
  EndpointSummary,
  ResolutionSummary,
} from 'imagepuller-auth/explain'
import type { Paint, Row } from '../../text/index.js'
import { areSeveral, endpointRows } from './endpoints.js'
import type { Look } from './look.js'
import { describeProxy } from './proxy.js'
import { row } from './row.js'

/** A decision about an image, as the resolver has it or in short. */
export type Decision = Resolution | ResolutionSummary

/** Each part of a decision in words. */
export function describeDecision(decision: Decision): Readonly<Record<Aspect, string>> {
  const { rule, tls, credentials, schemes } = decision
  return {
    rule: rule ? `registries."${rule.name}" (${rule.coverage})` : 'no rule applies',
    trust: TRUST[tls.kind],
    credentials: credentials.kind,
    schemes: schemes.length > 0 ? schemes.join(', then ') : 'none',
    endpoint: describePlaces(decision),
    proxy: describeProxy(decision.proxy),
  }
}

const TRUST: Readonly<Record<Decision['tls']['kind'], string>> = {
  'web-pki': 'web-pki (the roots of the system)',
  'ca-bundle': 'ca-bundle (the certificates of the rule alone)',
  'deny-all': 'deny-all (no TLS handshake may succeed)',
  'skip-verify': 'skip-verify (certificates are not verified)',
}

function describePlaces({ endpoint }: Decision): string {
  if (endpoint.kind === 'registry') return 'the registry'
  const mirror = `the mirror ${endpoint.url} (ns=${endpoint.namespace})`
  return endpoint.fallback ? `${mirror}, then the registry` : mirror
}

/** Why rules for domain names don't apply; undefined where they may. */
export function describeBypassed({ bypassed }: Decision): string | undefined {
  if (!bypassed) return undefined
  const { message } = bypassed
  const other = bypassed.code === 'port' ? bypassed.rule : undefined
  return other ? `${message}; without the port, "${other.name}" would apply` : message
}

/**
 * A row for each part of the decision.
 *
 * @param endpoints - What each endpoint gets, which is told where there is more than one.
 */
export function decisionRows(
  decision: Decision,
  endpoints: readonly EndpointSummary[],
  look: Look,
): Row[] {
  const { rule, trust, credentials, schemes, endpoint, proxy } = describeDecision(decision)
  const { tls } = decision
  const paints: Partial<Record<Decision['tls']['kind'], Paint>> = {
    'deny-all': look.red,
    'skip-verify': look.yellow,
  }
  const note = describeBypassed(decision)
  const several = areSeveral(endpoints)
  const anchors = tls.kind === 'ca-bundle' ? tls.certificates : []
  return [
    row('rule', rule),
    ...(note === undefined ? [] : [row('note', note)]),
    row('trust', trust, paints[tls.kind]),
    ...anchors.map((anchor) => row('', describeAnchor(anchor))),
    ...(several ? endpointRows('credentials', endpoints) : [row('credentials', credentials)]),
    row('schemes', schemes),
    row('endpoint', endpoint),
    ...(several ? endpointRows('proxy', endpoints) : [row('proxy', proxy)]),
  ]
}

type Anchor = Pick<CertificateSummary, 'subject'> & { readonly notAfter: Date | string }

function describeAnchor({ subject, notAfter }: Anchor): string {
  return `${subject}, until ${new Date(notAfter).toISOString().slice(0, 10)}`
}
