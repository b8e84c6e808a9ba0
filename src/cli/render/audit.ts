// What each image gets, and what there is to say about it, as tables.

import type { ImageAudit } from 'imagepuller-auth/audit'
import { type Paint, printable, type Row, renderRows } from '../../text/index.js'
import type { Found } from './finding.js'
import type { Look } from './look.js'

/** The longest name of a row, so that the tables of all images line up. */
const COLUMN = 15

/** An image, its decision in short, and what there is to say about it. */
export interface DescribedImage {
  readonly image: string
  readonly resolution: ImageAudit['resolution']
  readonly findings: readonly Found[]
}

/** The image and its tables, the decision before the findings. */
export function describeAudit({ image, resolution, findings }: DescribedImage, look: Look): string {
  const rows = resolution === null ? [] : decisionRows(resolution, look)
  for (const finding of findings) rows.push(findingRow(finding, look))
  return [look.bold(printable(image)), ...renderRows(rows, look, COLUMN)].join('\n')
}

type Decision = NonNullable<ImageAudit['resolution']>

function decisionRows({ rule, tls, credentials, endpoint, proxy }: Decision, look: Look): Row[] {
  const paints: Partial<Record<Decision['tls']['kind'], Paint>> = {
    'deny-all': look.red,
    'skip-verify': look.yellow,
  }
  return [
    row('rule', rule === null ? 'none applies' : `registries."${rule.name}" (${rule.coverage})`),
    row('trust', describeTrust(tls), paints[tls.kind]),
    row('credentials', credentials.kind),
    row('endpoint', describeEndpoint(endpoint)),
    row('proxy', proxy.kind === 'proxy' ? proxy.url : `none (${proxy.code})`),
  ]
}

function describeTrust(tls: Decision['tls']): string {
  if (tls.kind !== 'ca-bundle') return tls.kind
  return `${tls.kind}: ${tls.certificates.map(({ subject }) => subject).join('; ')}`
}

function describeEndpoint(endpoint: Decision['endpoint']): string {
  if (endpoint.kind === 'registry') return 'the registry'
  return endpoint.fallback ? `${endpoint.url}, then the registry` : endpoint.url
}

/** A finding as a row of an image's table. */
export function findingRow({ severity, code, message, help }: Found, look: Look): Row {
  const paint = { error: look.red, warning: look.yellow, info: look.cyan }[severity]
  return row(severity, `${code}: ${help === undefined ? message : `${message}; ${help}`}`, paint)
}

function row(name: string, text: string, paint?: Paint): Row {
  return { name, text: printable(text), paint }
}
