// What a release of Contrast's puller does with a document: whether it starts, and what it does for an
// image. Read from its source up to the newest that could be had, and from release notes since.
import { type StringSchema, string } from 'valibot'
import { type ImageReference, parseImageReference } from '../image/index.js'
import { type OptionRow, option, optionsOf } from '../options.js'
import { withoutUserInfo } from '../text/index.js'
import type { PullerFinding } from './findings.js'
import { indexNames } from './matching.js'
import { compileOutcomes, type PullerOutcome } from './outcome.js'
import {
  type ParsedToml,
  type PullerReading,
  type PullerStart,
  readForPuller,
  readParsedForPuller,
} from './reading.js'
import { NEWEST_VERSION, type PullerRelease, releaseOf } from './version.js'

/** What Contrast's puller does for an image. */
export interface PullerImagePrediction {
  /**
   * One outcome for each rule that it may pick: several are left to chance, anew for each pull. None
   * where it doesn't start.
   */
  readonly outcomes: readonly PullerOutcome[]
  /** Whether the reference has a digest: without one, the puller doesn't pull. */
  readonly pinned: boolean
}

/** What a release of Contrast's puller does with a document. */
export interface PullerPrediction {
  /** The release, as `X.Y`. */
  readonly version: string
  /** Whether it starts. */
  readonly starts: PullerStart
  /** What keeps it from starting, or may, and what is to be known about the release. */
  readonly findings: readonly PullerFinding[]
  /**
   * What it does for an image. Where it is unknown whether it starts because of a name, as if it did.
   *
   * @param imageRef - The image reference.
   * @throws `ImageReferenceError` if the text is no image reference.
   * @throws `TypeError` if the argument is not a string.
   */
  resolve(imageRef: string): PullerImagePrediction
}

/** Options of {@link predictPuller}. */
export interface PredictPullerOptions {
  /**
   * The release of Contrast's puller, as `X.Y`, from 1.15 on; of `X.Y.Z`, `X.Y` counts. Default: 1.26,
   * the newest known.
   */
  readonly version?: string
}

/** The row of `version` in a table of options. */
export const VERSION: OptionRow<StringSchema<undefined>> = option(
  string(),
  'a release from 1.15 on, as "X.Y"',
)

const readOptions = optionsOf('predictPuller', () => ({ version: VERSION }))

/**
 * Says what a release of Contrast's puller does with a document: whether it starts, and what it does
 * for an image. That differs from what this library decides, which is the safe reading; see
 * `docs/puller.md`. It never throws on a document.
 *
 * @param text - The document, as text or as UTF-8 bytes.
 * @param options - See {@link PredictPullerOptions}.
 * @throws `TypeError` if an argument is of the wrong type, or the release older than 1.15.
 *
 * @example
 *
 * ```ts
 * import { predictPuller } from 'imagepuller-auth/puller'
 *
 * const document = '[registries."registry.corp."]\nca-certs = ""'
 * const { starts, resolve } = predictPuller(document)
 * console.log(starts, resolve('registry.corp/app').outcomes[0]?.tls.kind) // yes web-pki
 * ```
 */
export function predictPuller(
  text: string | Uint8Array,
  options?: PredictPullerOptions,
): PullerPrediction {
  const { release, starts, findings, outcomesOf } = predictFor(
    'predictPuller',
    text,
    readOptions(options).version,
  )
  return Object.freeze({
    version: release.version,
    starts,
    findings,
    resolve(imageRef: string): PullerImagePrediction {
      const image = parseImageReference(imageRef)
      return Object.freeze({ outcomes: outcomesOf(image), pinned: image.digest !== undefined })
    },
  })
}

/** The prediction for a public function, with whose name the message of a `TypeError` begins. */
export function predictFor(
  caller: string,
  text: string | Uint8Array,
  version: string = NEWEST_VERSION,
): CompiledPrediction & { readonly release: PullerRelease } {
  if (typeof text !== 'string' && !(text instanceof Uint8Array)) {
    throw new TypeError(`${caller}: expected a string or a Uint8Array`)
  }
  const release = readRelease(caller, version)
  return { release, ...compilePrediction(text, release) }
}

/** A prediction for images that are read already. */
export interface CompiledPrediction extends Pick<PullerPrediction, 'starts' | 'findings'> {
  /** Whether it could be told what the document holds for the puller. */
  readonly isRead: boolean
  /** See {@link PullerImagePrediction.outcomes}. */
  outcomesOf(image: ImageReference): readonly PullerOutcome[]
}

/** The prediction for a document, which may be parsed already. */
export function compilePrediction(
  document: string | Uint8Array | ParsedToml,
  release: PullerRelease,
): CompiledPrediction {
  const isText = typeof document === 'string' || document instanceof Uint8Array
  const reading = isText ? readForPuller(document, release) : readParsedForPuller(document, release)
  return compile(reading, release)
}

function compile(
  { starts, findings, document }: PullerReading,
  release: PullerRelease,
): CompiledPrediction {
  const isRead = starts !== 'no' && document.isRead
  if (!isRead) return { starts, findings, isRead, outcomesOf: () => NONE }
  const outcomeOf = compileOutcomes(document, release, withoutUserInfo)
  const pickNames = indexNames([...document.rules.keys()], release)
  const outcomesOf = (image: ImageReference): readonly PullerOutcome[] => {
    const picked = pickNames(image.registry)
    if (picked.length === 0) return Object.freeze([outcomeOf(image, undefined)])
    return Object.freeze(picked.map((name) => outcomeOf(image, name)))
  }
  return { starts, findings, isRead, outcomesOf }
}

const NONE: readonly PullerOutcome[] = Object.freeze([])

function readRelease(caller: string, version: string): PullerRelease {
  const release = releaseOf(version)
  if (release) return release
  throw new TypeError(`${caller}: expected version to be ${VERSION.expected}`)
}
