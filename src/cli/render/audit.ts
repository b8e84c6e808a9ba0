// What each image gets, and what there is to say about it, as tables.

import type { ImageAudit } from 'imagepuller-auth/audit'
import type { EndpointSummary } from 'imagepuller-auth/explain'
import { printable, type Row, renderRows } from '../../text/index.js'
import { decisionRows } from './decision.js'
import type { Found } from './finding.js'
import type { Look } from './look.js'
import { COLUMN, row } from './row.js'

/** An image, its decision in short, and what there is to say about it. */
export interface DescribedImage {
  readonly image: string
  readonly resolution: ImageAudit['resolution']
  readonly endpoints: readonly EndpointSummary[]
  readonly findings: readonly Found[]
}

/** The image and its tables, the decision before the findings. */
export function describeAudit(
  { image, resolution, endpoints, findings }: DescribedImage,
  look: Look,
): string {
  const rows = resolution === null ? [] : decisionRows(resolution, endpoints, look)
  for (const finding of findings) rows.push(findingRow(finding, look))
  const name = resolution === null ? image : resolution.image.name
  return [look.bold(printable(name)), ...renderRows(rows, look, COLUMN)].join('\n')
}

/** A finding as a row of an image's table. */
function findingRow({ severity, code, message, help }: Found, look: Look): Row {
  const paint = { error: look.red, warning: look.yellow, info: look.cyan }[severity]
  return row(severity, `${code}: ${help === undefined ? message : `${message}; ${help}`}`, paint)
}
