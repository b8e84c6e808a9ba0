// What Contrast's puller does otherwise than this library, for a list of images.

import { type ImagePullerConfig, parseConfig } from '../config/index.js'
import { expectedError } from '../expected-error.js'
import { ConfigError, type ImagePlace } from '../findings.js'
import { parseImageReference } from '../image/index.js'
import { optionsOf } from '../options.js'
import { createDecider } from '../resolve/index.js'
import { differencesOf } from './differences.js'
import { type PullerFinding, pullerFinding } from './findings.js'
import { type PredictPullerOptions, predictFor, VERSION } from './predict.js'

/** Options of {@link comparePuller}. */
export interface ComparePullerOptions extends PredictPullerOptions {}

const readOptions = optionsOf('comparePuller', () => ({ version: VERSION }))

/**
 * Says for a document and a list of images what Contrast's puller does otherwise than this library:
 * what is dangerous (it trusts or sends more) as a warning, the rest as an info. It never throws on a
 * document.
 *
 * @param text - The document, as text or as UTF-8 bytes.
 * @param images - Image references.
 * @param options - The release of Contrast's puller.
 * @returns What keeps the puller from starting, then the differences in the order of the images.
 * @throws `ImageReferenceError` if one of the images is no image reference.
 * @throws `TypeError` if an argument is of the wrong type, or the release older than 1.15.
 *
 * @example
 *
 * ```ts
 * import { comparePuller } from 'imagepuller-auth/puller'
 *
 * const document = '[registries."registry.corp."]\nca-certs = ""'
 * for (const { code } of comparePuller(document, ['registry.corp/app@sha256:' + 'a'.repeat(64)])) {
 *   console.log(code) // puller-trusts-more
 * }
 * ```
 */
export function comparePuller(
  text: string | Uint8Array,
  images: readonly string[],
  options?: ComparePullerOptions,
): readonly PullerFinding[] {
  if (!Array.isArray(images)) throw new TypeError('comparePuller: expected an array of images')
  const { version } = readOptions(options)
  const prediction = predictFor('comparePuller', text, version)
  const { starts, isRead, outcomesOf } = prediction
  const findings = [...prediction.findings]
  const { config, isRefused } = readLeniently(text)
  if (isRefused && starts === 'yes') {
    findings.push(pullerFinding('puller-passes-over', undefined))
  }
  // Where the puller can't read it either, that has been said.
  if (isRead && config === undefined && images.length > 0) {
    findings.push(pullerFinding('puller-not-compared', undefined))
  }
  const decide = config && createDecider(config)
  for (const [index, image] of images.entries()) {
    if (typeof image !== 'string') {
      throw new TypeError(`comparePuller: expected image ${index + 1} to be a string`)
    }
    const reference = parseImageReference(image)
    // What is a reference has no user info.
    const place: ImagePlace = { kind: 'image', index, image }
    if (reference.digest === undefined) findings.push(pullerFinding('puller-unpinned', place))
    if (decide) {
      findings.push(...differencesOf(decide(reference), outcomesOf(reference), place))
    }
  }
  return Object.freeze(findings)
}

/** The configuration; one that this library refuses only for what the puller passes over, as well. */
function readLeniently(text: string | Uint8Array): {
  readonly config: ImagePullerConfig | undefined
  readonly isRefused: boolean
} {
  const maxBytes = Number.MAX_SAFE_INTEGER
  const config = parsed(() => parseConfig(text, { maxBytes }))
  if (config) return { config, isRefused: false }
  const lenient = { maxBytes, unknownKeys: 'warn', brokenCertificates: 'skip' } as const
  return { config: parsed(() => parseConfig(text, lenient)), isRefused: true }
}

function parsed(parse: () => ImagePullerConfig): ImagePullerConfig | undefined {
  try {
    return parse()
  } catch (error) {
    expectedError(error, ConfigError)
    return undefined
  }
}
