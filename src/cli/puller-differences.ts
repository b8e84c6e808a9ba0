// Where Contrast's puller does something else with a configuration than this library says.

import { type ImagePullerConfig, ImageReferenceError, parseImageReference } from 'imagepuller-auth'
import { comparePuller, type PullerFinding } from 'imagepuller-auth/puller'
import { expectedError } from './failure.js'

/** A finding, and the rule whose registry shows it; undefined for the document as a whole. */
export interface PullerDifference {
  readonly finding: PullerFinding
  readonly rule: string | undefined
}

/** A digest makes the image one that the puller takes. */
const PINNED = `image@sha256:${'0'.repeat(64)}`

/** Asks about a registry that each rule is for: there are no images to ask about. */
export function pullerDifferences(
  bytes: Uint8Array,
  { rules }: ImagePullerConfig,
): readonly PullerDifference[] {
  const probes = rules.flatMap(({ name }) => {
    const image = `${registryOf(name)}/${PINNED}`
    return isReference(image) ? [{ name, image }] : []
  })
  const findings = comparePuller(
    bytes,
    probes.map(({ image }) => image),
  )
  return findings.map((finding) => {
    const { place } = finding
    return { finding, rule: place?.kind === 'image' ? probes[place.index]?.name : undefined }
  })
}

/** A registry that the rule applies to, where none is more specific. */
function registryOf(name: string): string {
  if (name === '.') return 'registry.example'
  const host = name.endsWith('.') ? name.slice(0, -1) : name
  return host.startsWith('.') ? `registry${host}` : host
}

/** What a name that can never match gives is none. */
function isReference(image: string): boolean {
  try {
    parseImageReference(image)
    return true
  } catch (error) {
    expectedError(error, ImageReferenceError)
    return false
  }
}
