// What the resolver says about an image, as a table and as data.

import type {
  Certificate,
  MirrorEndpoint,
  ProxyDecision,
  Resolution,
  TlsTrust,
} from 'imagepuller-auth'
import { type Paint, printable, type Row, renderRows } from '../../text/index.js'
import type { Found } from './finding.js'
import type { Look } from './look.js'

/** The longest name of a row, so that the tables of all images line up. */
const COLUMN = 15

/** The image and a row for each part of the decision, and for each thing that the puller does otherwise. */
export function describeResolution(
  resolution: Resolution,
  differences: readonly Found[],
  look: Look,
): string {
  const { image, rule, bypassed, credentials, schemes, endpoint, proxy } = resolution
  const port = image.port === undefined ? '' : `, port ${image.port}`
  const rows: Row[] = [
    row('registry', `${image.host}${port}`),
    row('rule', rule ? `registries."${rule.name}" (${rule.coverage})` : 'none applies'),
  ]
  if (bypassed) {
    const { message } = bypassed
    const other = bypassed.code === 'port' ? bypassed.rule : undefined
    const without = other ? `; without the port, "${other.name}" would apply` : ''
    rows.push(row('note', `${message}${without}`))
  }
  rows.push(...describeTrust(resolution.tls, look))
  rows.push(row('credentials', credentials.kind))
  rows.push(row('schemes', schemes.length > 0 ? schemes.join(', then ') : 'none'))
  if (endpoint.kind === 'mirror') rows.push(row('mirror', describeMirror(endpoint)))
  rows.push(row('proxy', describeProxy(proxy)))
  for (const [i, { severity, code, message }] of differences.entries()) {
    const paint = severity === 'warning' ? look.yellow : look.cyan
    rows.push(row(i === 0 ? 'puller' : '', `${message} (${code})`, paint))
  }
  return [look.bold(image.name), ...renderRows(rows, look, COLUMN)].join('\n')
}

function row(name: string, text: string, paint?: Paint): Row {
  return { name, text: printable(text), paint }
}

const TRUST: Readonly<Record<TlsTrust['kind'], string>> = {
  'web-pki': 'web PKI',
  'ca-bundle': 'only these certificates',
  'deny-all': 'nobody: no TLS handshake may succeed',
  'skip-verify': 'anybody: certificates are not verified',
}

function describeTrust(tls: TlsTrust, look: Look): Row[] {
  const paints: Partial<Record<TlsTrust['kind'], Paint>> = {
    'deny-all': look.red,
    'skip-verify': look.yellow,
  }
  const head = row('trust', TRUST[tls.kind], paints[tls.kind])
  if (tls.kind !== 'ca-bundle') return [head]
  return [head, ...tls.certificates.map((anchor) => row('', describeAnchor(anchor)))]
}

function describeAnchor({ subject, notAfter }: Certificate): string {
  return `${subject}, until ${notAfter.toISOString().slice(0, 10)}`
}

function describeMirror({ url, namespace }: MirrorEndpoint): string {
  return `${url} (ns=${namespace})`
}

function describeProxy(proxy: ProxyDecision): string {
  switch (proxy.kind) {
    case 'proxy':
      return `${proxy.url} (${proxy.code}${proxy.authorization ? ', with credentials' : ''})`
    case 'direct':
      return `none (${proxy.code}${proxy.code === 'no-proxy' ? ` "${proxy.entry}"` : ''})`
    case 'undialable':
      return `none (${proxy.code}: ${proxy.message})`
  }
}

/**
 * A resolution without the DER bytes, which are in the PEM text too, and what the puller does otherwise;
 * secrets hide themselves.
 */
export function resolutionData(
  { tls, ...rest }: Resolution,
  differences: readonly Found[],
): unknown {
  const puller = differences.map(({ code, severity, message, help }) => {
    return { code, severity, message, help }
  })
  if (tls.kind !== 'ca-bundle') return { ...rest, tls, puller }
  const certificates = tls.certificates.map(({ der: _, ...certificate }) => certificate)
  return { ...rest, tls: { ...tls, certificates }, puller }
}
