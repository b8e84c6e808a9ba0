// What is new about Contrast's puller with another configuration: what it does otherwise than that one
// says, and did not, or did in another way, with the one before.

import {
  type PullerFinding,
  type PullerFindingCode,
  type PullerOutcome,
  predictPuller,
} from 'imagepuller-auth/puller'
import { viewOfPuller } from './puller-view.js'

/** What Contrast's puller does otherwise than the new configuration says, and what of that is new. */
export interface PullerNews {
  /** All that is about the document as a whole. */
  readonly document: readonly PullerFinding[]
  /** What of that is new. */
  readonly newOfDocument: readonly PullerFinding[]
  /** All that is about an image. */
  of(image: string): readonly PullerFinding[]
  /** What of that is new. */
  newOf(image: string): readonly PullerFinding[]
}

/**
 * @param old - The document before.
 * @param young - The document after.
 * @param images - Image references, each of which could be read.
 * @param version - The release of Contrast's puller.
 */
export function pullerNews(
  old: string | Uint8Array,
  young: string | Uint8Array,
  images: readonly string[],
  version: string,
): PullerNews {
  const [before, after] = [viewOfPuller(old, images, version), viewOfPuller(young, images, version)]
  const [was, is] = [predictPuller(old, { version }), predictPuller(young, { version })]
  return {
    document: after.document,
    newOfDocument: newAmong(after.document, before.document, [], []),
    of: after.of,
    newOf: (image) =>
      newAmong(
        after.of(image),
        before.of(image),
        is.resolve(image).outcomes,
        was.resolve(image).outcomes,
      ),
  }
}

/** Those that weren't there before, or meant something else. */
function newAmong(
  after: readonly PullerFinding[],
  before: readonly PullerFinding[],
  is: readonly PullerOutcome[],
  was: readonly PullerOutcome[],
): readonly PullerFinding[] {
  const known = new Set(before.map((finding) => meaningOf(finding, was)))
  return after.filter((finding) => !known.has(meaningOf(finding, is)))
}

/** One sentence can stand for several things: more is trusted by the web PKI, and by skip-verify. */
function meaningOf({ code, message }: PullerFinding, outcomes: readonly PullerOutcome[]): string {
  const aspect = ASPECTS.get(code)
  return JSON.stringify([code, message, aspect ? outcomes.map(aspect) : []])
}

/** What of an outcome a finding is about, where its sentence leaves that open. */
const ASPECTS: ReadonlyMap<PullerFindingCode, (outcome: PullerOutcome) => unknown> = new Map<
  PullerFindingCode,
  (outcome: PullerOutcome) => unknown
>([
  ['puller-trusts-more', anchorsOf],
  ['puller-sends-credentials', ({ credentials }) => credentials.kind],
  ['puller-mirror-credentials', ({ credentials, endpoint }) => [credentials.kind, endpoint]],
])

function anchorsOf({ tls }: PullerOutcome): unknown {
  return [
    tls.kind,
    tls.kind === 'ca-bundle' ? tls.certificates.map(({ fingerprint }) => fingerprint) : [],
  ]
}
