// What Contrast's puller does otherwise than this library, for one image.
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
  const findings: Sentence[] = [...prediction.findings]
  if (!pinned) findings.push(PULLER_SENTENCES['puller-unpinned'])
  findings.push(...differencesOf(resolution, outcomes, undefined))
  const messages = findings.map(sentenceOf)
  // Of many names that aren't normalized, each has a finding with the same sentence.
  return [...new Set(messages)].map((message) => ({ code: 'differs-from-puller', message }))
}

interface Sentence {
  readonly message: string
  readonly help: string | undefined
}

function sentenceOf({ message, help }: Sentence): string {
  return help === undefined ? message : `${message}; ${help}`
}
