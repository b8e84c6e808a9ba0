// What Contrast's puller does otherwise with the document: what keeps it from starting, and where its
// decision for a registry of a rule is another one.
import type { ConfigFinding, DocumentPlace } from '../findings.js'
import { ImageReferenceError } from '../image/index.js'
import {
  differencesOf,
  type PullerFinding,
  type PullerPrediction,
  predictPuller,
  pullerFinding,
  releaseOf,
} from '../puller/index.js'
import { createResolver, type Resolution, type Resolver } from '../resolve/index.js'
import { AT_KEY, type Hit } from './finding.js'
import { probesFor } from './probes.js'
import type { LintedRule, Subject } from './subject.js'

/** What is said about the document as a whole, and about its rules. */
export interface Parity {
  readonly findings: readonly PullerFinding[]
  readonly hits: readonly Hit[]
}

/** @param known - What the configuration's own findings say, which isn't said twice. */
export function findDivergences(
  input: string | Uint8Array,
  version: string,
  subject: Subject,
  known: readonly ConfigFinding[],
): Parity {
  const prediction = predictPuller(input, { version })
  const places = new Set(known.filter(isAboutToml).map(placeKey))
  const findings = prediction.findings.filter(
    (finding) => !isAboutStart(finding) || !places.has(placeKey(finding)),
  )
  // It is about the document as a whole, and so has no place.
  if (subject.config && subject.isRefused && prediction.starts === 'yes') {
    findings.push(pullerFinding('puller-passes-over', undefined))
  }
  return { findings, hits: [...hitsOf(subject, prediction)] }
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

function isAboutStart({ code }: PullerFinding): boolean {
  return code === 'puller-does-not-start' || code === 'puller-start-unknown'
}

function placeKey({ place }: ConfigFinding | PullerFinding): string {
  // What is found in a document's text has its place there.
  const { line, column } = place as DocumentPlace
  return `${line}:${column}`
}

function* hitsOf(subject: Subject, prediction: PullerPrediction): Generator<Hit> {
  const { config, rules } = subject
  if (config === undefined) return
  const resolver = createResolver(config)
  const coversLetters = releaseOf(prediction.version)?.matching === 'suffix'
  for (const rule of rules) {
    const images = probesFor(rule.name, rule.normal, coversLetters)
    yield* hitsOfRule(rule, images, resolver, prediction)
  }
}

/** Each code once for a rule, at the first registry that shows it. */
function* hitsOfRule(
  { rule, path }: LintedRule,
  images: readonly string[],
  resolver: Resolver,
  prediction: PullerPrediction,
): Generator<Hit> {
  const seen = new Set<string>()
  for (const image of images) {
    const resolution = resolve(image, resolver)
    if (resolution === undefined) continue
    const { outcomes } = prediction.resolve(image)
    // Else the registry is another rule's, which is asked about by itself.
    const isPicked = (picked: string | undefined): boolean => picked === rule.name
    if (!isPicked(resolution.rule?.name) && !outcomes.some((one) => isPicked(one.rule))) continue
    for (const { code, severity, message, help } of differencesOf(
      resolution,
      outcomes,
      undefined,
    )) {
      if (seen.has(code)) continue
      seen.add(code)
      const about = `at ${resolution.image.registry}: ${message}`
      yield { code, severity, path, spot: AT_KEY, message: about, help }
    }
  }
}

/** Undefined for a name that no registry can have. */
function resolve(image: string, resolver: Resolver): Resolution | undefined {
  try {
    return resolver.resolve(image)
  } catch (error) {
    if (!(error instanceof ImageReferenceError)) throw error
    return undefined
  }
}
