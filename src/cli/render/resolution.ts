// What the resolver says about an image, as a table and as data.

import type { Resolution } from 'imagepuller-auth'
import type { EndpointSummary } from 'imagepuller-auth/explain'
import { renderRows } from '../../text/index.js'
import { decisionRows } from './decision.js'
import type { Found } from './finding.js'
import type { Look } from './look.js'
import { COLUMN, row } from './row.js'

/** What is to be told of an image. */
export interface DescribedResolution {
  readonly resolution: Resolution
  readonly endpoints: readonly EndpointSummary[]
  /** What Contrast's puller does otherwise. */
  readonly differences: readonly Found[]
}

/** The image and a row for each part of the decision, and for each thing that the puller does otherwise. */
export function describeResolution(
  { resolution, endpoints, differences }: DescribedResolution,
  look: Look,
): string {
  const { image } = resolution
  const port = image.port === undefined ? '' : `, port ${image.port}`
  const rows = [
    row('registry', `${image.host}${port}`),
    ...decisionRows(resolution, endpoints, look),
  ]
  for (const [i, { severity, code, message }] of differences.entries()) {
    const paint = severity === 'warning' ? look.yellow : look.cyan
    rows.push(row(i === 0 ? 'puller' : '', `${message} (${code})`, paint))
  }
  return [look.bold(image.name), ...renderRows(rows, look, COLUMN)].join('\n')
}

/**
 * A resolution without the DER bytes, which are in the PEM text too, what each endpoint gets, and what the
 * puller does otherwise; secrets hide themselves.
 */
export function resolutionData(described: DescribedResolution): unknown {
  const { tls, ...resolution } = described.resolution
  const rest = { ...resolution, endpoints: described.endpoints }
  const puller = described.differences.map(({ code, severity, message, help }) => {
    return { code, severity, message, help }
  })
  if (tls.kind !== 'ca-bundle') return { ...rest, tls, puller }
  const certificates = tls.certificates.map(({ der: _, ...certificate }) => certificate)
  return { ...rest, tls: { ...tls, certificates }, puller }
}
