// What Contrast's puller does otherwise than this library, for one image.
import type { Place } from '../findings.js'
import { differencesOf, PULLER_SENTENCES, type PullerPrediction } from '../puller/index.js'
import type { Resolution } from '../resolve/index.js'
import type { ExplanationNote } from './notes.js'

/** A note for each thing that the puller does otherwise; what keeps it from starting comes first. */
export function pullerNotesOf(
  prediction: PullerPrediction,
  imageRef: string,
  resolution: Resolution,
): readonly ExplanationNote[] {
  const { outcomes, pinned } = prediction.resolve(imageRef)
  const findings: Said[] = [...prediction.findings]
  if (!pinned) findings.push({ ...PULLER_SENTENCES['puller-unpinned'], place: undefined })
  findings.push(...differencesOf(resolution, outcomes, undefined))
  // Of many names that aren't normalized, each has a finding with the same sentence.
  const lines = new Map<string, number[]>()
  for (const finding of findings) {
    const sentence = sentenceOf(finding)
    const known = lines.get(sentence) ?? []
    lines.set(sentence, known)
    if (finding.place?.kind === 'document') known.push(finding.place.line)
  }
  return [...lines].map(([sentence, places]) => ({
    code: 'differs-from-puller',
    message: sentence + describeLines(places),
  }))
}

interface Said {
  readonly message: string
  readonly help: string | undefined
  readonly place: Place | undefined
}

function sentenceOf({ message, help }: Said): string {
  return help === undefined ? message : `${message}; ${help}`
}

function describeLines([first, ...others]: readonly number[]): string {
  if (first === undefined) return ''
  return others.length === 0 ? ` (line ${first})` : ` (line ${first} and ${others.length} more)`
}
