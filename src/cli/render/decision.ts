// The words for each part of a decision, and its table. Every command has them from here.

import type { Resolution } from 'imagepuller-auth'
import type { Aspect } from 'imagepuller-auth/audit'
import type {
  CertificateSummary,
  ProxiedSummary,
  ResolutionSummary,
} from 'imagepuller-auth/explain'
import { type Paint, printable, type Row } from '../../text/index.js'
import type { Look } from './look.js'

/** A decision about an image, as the resolver has it or in short. */
export type Decision = Resolution | ResolutionSummary

/** The longest name of a row, so that the tables of all images and commands line up. */
export const COLUMN = 15

/** A row of a table; what stands in it can't rewrite the terminal. */
export function row(name: string, text: string, paint?: Paint): Row {
  return { name, text: printable(text), paint }
}

/** Each part of a decision in words. */
export function describeDecision(decision: Decision): Readonly<Record<Aspect, string>> {
  const { rule, tls, credentials, schemes } = decision
  return {
    rule: rule ? `registries."${rule.name}" (${rule.coverage})` : 'no rule applies',
    trust: TRUST[tls.kind],
    credentials: credentials.kind,
    schemes: schemes.length > 0 ? schemes.join(', then ') : 'none',
    endpoint: describeEndpoint(decision),
    proxy: describeProxy(decision),
  }
}

const TRUST: Readonly<Record<Decision['tls']['kind'], string>> = {
  'web-pki': 'web-pki (the roots of the system)',
  'ca-bundle': 'ca-bundle (the certificates of the rule alone)',
  'deny-all': 'deny-all (no TLS handshake may succeed)',
  'skip-verify': 'skip-verify (certificates are not verified)',
}

function describeEndpoint({ endpoint }: Decision): string {
  if (endpoint.kind === 'registry') return 'the registry'
  const mirror = `the mirror ${endpoint.url} (ns=${endpoint.namespace})`
  return endpoint.fallback ? `${mirror}, then the registry` : mirror
}

function describeProxy(decision: Decision): string {
  const { proxy } = decision
  switch (proxy.kind) {
    case 'proxy':
      return `${proxy.url} (${proxy.code}${hasProxyCredentials(proxy) ? ', with credentials' : ''})`
    case 'direct':
      return `direct (${proxy.code}${proxy.code === 'no-proxy' ? ` "${proxy.entry}"` : ''})`
    case 'undialable':
      return `none (${proxy.code}: ${proxy.message})`
  }
}

type Proxied = Extract<Decision['proxy'], { kind: 'proxy' }>

function hasProxyCredentials(proxy: Proxied): boolean {
  return isInShort(proxy) ? proxy.authenticated : proxy.authorization !== undefined
}

function isInShort(proxy: Proxied): proxy is ProxiedSummary {
  return Object.hasOwn(proxy, 'authenticated')
}

/** Why rules for domain names don't apply; undefined where they may. */
export function describeBypassed({ bypassed }: Decision): string | undefined {
  if (!bypassed) return undefined
  const { message } = bypassed
  const other = bypassed.code === 'port' ? bypassed.rule : undefined
  return other ? `${message}; without the port, "${other.name}" would apply` : message
}

/** A row for each part of the decision. */
export function decisionRows(decision: Decision, look: Look): Row[] {
  const { rule, trust, credentials, schemes, endpoint, proxy } = describeDecision(decision)
  const { tls } = decision
  const paints: Partial<Record<Decision['tls']['kind'], Paint>> = {
    'deny-all': look.red,
    'skip-verify': look.yellow,
  }
  const note = describeBypassed(decision)
  const anchors = tls.kind === 'ca-bundle' ? tls.certificates : []
  return [
    row('rule', rule),
    ...(note === undefined ? [] : [row('note', note)]),
    row('trust', trust, paints[tls.kind]),
    ...anchors.map((anchor) => row('', describeAnchor(anchor))),
    row('credentials', credentials),
    row('schemes', schemes),
    row('endpoint', endpoint),
    row('proxy', proxy),
  ]
}

type Anchor = Pick<CertificateSummary, 'subject'> & { readonly notAfter: Date | string }

function describeAnchor({ subject, notAfter }: Anchor): string {
  return `${subject}, until ${new Date(notAfter).toISOString().slice(0, 10)}`
}
