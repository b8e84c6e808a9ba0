// What Contrast's puller does otherwise than this library, for one image.
import {
  differencesOf,
  type PullerFinding,
  type PullerPrediction,
  pullerFinding,
} from '../puller/index.js'
import type { Resolution } from '../resolve/index.js'
import type { ExplanationNote } from './notes.js'

/** A note for each thing that the puller does otherwise; what keeps it from starting comes first. */
export function pullerNotesOf(
  prediction: PullerPrediction,
  imageRef: string,
  resolution: Resolution,
): readonly ExplanationNote[] {
  const { outcomes, pinned } = prediction.resolve(imageRef)
  const findings: PullerFinding[] = [...prediction.findings]
  if (!pinned) findings.push(pullerFinding('puller-unpinned', undefined))
  findings.push(...differencesOf(resolution, outcomes, undefined))
  // Of many names that aren't normalized, the first one is shown.
  const lines = new Map<string, { readonly sentence: string; readonly places: number[] }>()
  for (const finding of findings) {
    const known = lines.get(finding.code) ?? { sentence: sentenceOf(finding), places: [] }
    lines.set(finding.code, known)
    if (finding.place?.kind === 'document') known.places.push(finding.place.line)
  }
  return [...lines.values()].map(({ sentence, places }) => ({
    code: 'differs-from-puller',
    message: sentence + describeLines(places),
  }))
}

function sentenceOf({ message, help }: PullerFinding): string {
  return help === undefined ? message : `${message}; ${help}`
}

function describeLines([first, ...others]: readonly number[]): string {
  if (first === undefined) return ''
  return others.length === 0 ? ` (line ${first})` : ` (line ${first} and ${others.length} more)`
}
