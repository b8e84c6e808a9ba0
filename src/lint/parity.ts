// What Contrast's puller does otherwise with the document: what keeps it from starting, and where its
// decision for a registry of a rule is another one.
import type { ConfigFinding, DocumentPlace } from '../findings.js'
import type { ImageReference } from '../image/index.js'
import {
  type CompiledPrediction,
  differencesOf,
  PULLER_SENTENCES,
  type PullerFinding,
  type PullerRelease,
  pullerFinding,
} from '../puller/index.js'
import { createDecider, type Decider } from '../resolve/index.js'
import { AT_KEY, type Hit, type LintFindingCode } from './finding.js'
import { probesFor } from './probes.js'
import type { Decided, LintedRule, Subject } from './subject.js'

/** What is said about the document as a whole, and about its rules. */
export interface Parity {
  readonly findings: readonly PullerFinding[]
  readonly hits: Iterable<Hit>
}

/**
 * @param prediction - What the puller does with the document.
 * @param known - What the configuration's own findings say, which isn't said twice.
 */
export function findDivergences(
  prediction: CompiledPrediction,
  { matching }: PullerRelease,
  subject: Subject,
  known: readonly ConfigFinding[],
): Parity {
  const { isRefused, source, rules } = subject
  const places = new Set(known.filter(isAboutToml).map(placeKey))
  const findings = prediction.findings.filter(
    (finding) => !isAboutStart(finding) || !places.has(placeKey(finding)),
  )
  // These are about the document as a whole, and so have no place.
  if (source && isRefused && prediction.starts === 'yes') {
    findings.push(pullerFinding('puller-passes-over', undefined))
  }
  const decided = prediction.isRead ? subject.decided : undefined
  if (decided === undefined && !findings.some(isAboutStart) && !known.some(isRefusedToml)) {
    findings.push(pullerFinding('puller-not-compared', undefined))
  }
  const hits = decided ? hitsOf(rules, decided, prediction, matching === 'suffix') : []
  return { findings, hits }
}

/** Both say that a document, or a value, isn't what a parser takes. */
function isAboutToml({ code }: ConfigFinding): boolean {
  return TOML_CODES.has(code)
}

const TOML_CODES: ReadonlySet<string> = new Set<ConfigFinding['code']>([
  'too-large',
  'invalid-utf8',
  'invalid-toml',
  'wrong-type',
  'puller-refuses-toml',
])

/** Its message says that the puller doesn't start. */
function isRefusedToml({ code }: ConfigFinding): boolean {
  return code === 'puller-refuses-toml'
}

function isAboutStart({ code }: PullerFinding): boolean {
  return code === 'puller-does-not-start' || code === 'puller-start-unknown'
}

function placeKey({ place }: ConfigFinding | PullerFinding): string {
  // What is found in a document's text has its place there.
  const { line, column } = place as DocumentPlace
  return `${line}:${column}`
}

/** @param coversLetters - See {@link probesFor}. */
function* hitsOf(
  rules: readonly LintedRule[],
  decided: Decided,
  prediction: CompiledPrediction,
  coversLetters: boolean,
): Generator<Hit> {
  const decide = createDecider(decided)
  for (const rule of rules) {
    const images = probesFor(rule.name, rule.normal, coversLetters)
    if (!rule.isUndecided) yield* hitsAt(rule, images, decide, prediction)
    else if (images.length > 0) yield notCompared(rule)
  }
}

/** Nothing can be said of the rule, which the puller may apply. */
function notCompared({ path }: LintedRule): Hit {
  const { severity, message, help } = PULLER_SENTENCES['puller-not-compared']
  return { code: 'puller-not-compared', severity, path, spot: AT_KEY, message, help }
}

/** Each code once for a rule, at the first registry that shows it. */
function hitsAt(
  { rule, path }: LintedRule,
  images: readonly ImageReference[],
  decide: Decider,
  prediction: CompiledPrediction,
): readonly Hit[] {
  const hits: Hit[] = []
  const seen: LintFindingCode[] = []
  for (const image of images) {
    const resolution = decide(image)
    const outcomes = prediction.outcomesOf(image)
    // Else the registry is another rule's, which is asked about by itself.
    const isPicked = resolution.rule?.name === rule.name
    if (!isPicked && !outcomes.some((one) => one.rule === rule.name)) continue
    const found = differencesOf(resolution, outcomes, undefined)
    for (const { code, severity, message, help } of found) {
      if (seen.includes(code)) continue
      seen.push(code)
      const about = `at ${image.registry}: ${message}`
      hits.push({ code, severity, path, spot: AT_KEY, message: about, help })
    }
  }
  return hits
}
