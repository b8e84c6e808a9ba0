// What another configuration changes about images, as a table and as data: both sides of each change.

import type { Aspect, AspectChange, ImageChanges } from 'imagepuller-auth/audit'
import type { CertificateSummary, Explanation, ResolutionSummary } from 'imagepuller-auth/explain'
import { type Paint, renderRows } from '../../text/index.js'
import { describeDecision } from './decision.js'
import { areSeveral, describeParts, type EndpointPart } from './endpoints.js'
import type { Look } from './look.js'
import { COLUMN, row } from './row.js'

/** What is decided about an image, and what its mirror and its registry get. */
export type DecidedImage = Pick<Explanation, 'resolution' | 'endpoints'>

/** What changes about an image, and what was decided before and is decided after. */
export interface ChangedImage extends ImageChanges {
  readonly before: DecidedImage
  readonly after: DecidedImage
}

/** An image, and for each aspect that changes how, and both sides, each on lines of its own. */
export function describeChanges(changed: ChangedImage, look: Look): string {
  const paints: Readonly<Record<AspectChange['change'], Paint>> = {
    looser: look.red,
    tighter: look.green,
    different: look.yellow,
  }
  const rows = changed.changes.flatMap(({ aspect, change }) => {
    const [before, after] = sidesOf(aspect, changed)
    const paint = paints[change]
    return [
      row(aspect, change, paint),
      row('', `before: ${before}`, paint),
      row('', `after:  ${after}`, paint),
    ]
  })
  return [look.bold(changed.after.resolution.image.name), ...renderRows(rows, look, COLUMN)].join(
    '\n',
  )
}

/** Both sides in words. What these don't tell is another value of what is a secret. */
function sidesOf(aspect: Aspect, { before, after }: ChangedImage): readonly [string, string] {
  const [old, young] =
    isOfEndpoint(aspect) && [before, after].some(({ endpoints }) => areSeveral(endpoints))
      ? [partsOf(aspect, before), partsOf(aspect, after)]
      : [wordsOf(aspect, before.resolution), wordsOf(aspect, after.resolution)]
  return [old, old === young ? `${young}, but another secret` : young]
}

function isOfEndpoint(aspect: Aspect): aspect is EndpointPart {
  return aspect === 'credentials' || aspect === 'proxy'
}

/** What the mirror and the registry get. Where everything is denied, neither is asked. */
function partsOf(part: EndpointPart, { resolution, endpoints }: DecidedImage): string {
  return endpoints.length === 0
    ? wordsOf(part, resolution)
    : describeParts(part, endpoints).join('; ')
}

function wordsOf(aspect: Aspect, decision: ResolutionSummary): string {
  const { tls, endpoint, credentials } = decision
  const words = describeDecision(decision)[aspect]
  if (aspect === 'trust' && tls.kind === 'ca-bundle') {
    return `${words}: ${tls.certificates.map(describeAnchor).join('; ')}`
  }
  // Beside credentials a mirror is looser than by itself.
  const isTold = endpoint.kind === 'mirror' && credentials.kind !== 'anonymous'
  return aspect === 'endpoint' && isTold
    ? `${words}, to which Contrast's puller sends the credentials`
    : words
}

/** Two authorities may have one name. */
function describeAnchor({ subject, fingerprint }: CertificateSummary): string {
  return `${subject} (SHA-256 ${fingerprint.slice(0, 16)}…)`
}

const PARTS = {
  rule: 'rule',
  trust: 'tls',
  credentials: 'credentials',
  schemes: 'schemes',
  endpoint: 'endpoint',
  proxy: 'proxy',
} as const satisfies Readonly<Record<Aspect, keyof ResolutionSummary>>

/** The changes as data: of each aspect, and of each endpoint, what was decided before and is decided after. */
export function changesData({ changes, before, after }: ChangedImage): ChangesData {
  const sides = changes.map(({ aspect, change }) => {
    const part = PARTS[aspect]
    return { aspect, change, before: before.resolution[part], after: after.resolution[part] }
  })
  return { changes: sides, endpoints: { before: before.endpoints, after: after.endpoints } }
}

interface ChangesData {
  readonly changes: readonly unknown[]
  readonly endpoints: Readonly<Record<'before' | 'after', Explanation['endpoints']>>
}
