// Registries that a rule's name is asked about: there are no images, so that each name gives the hosts
// at which this library and Contrast's puller may read it otherwise.

import { CATCH_ALL } from '../names/index.js'

/** A digest makes the image one that the puller takes. */
const IMAGE = `image@sha256:${'0'.repeat(64)}`

/** Stands for any label. */
const LABEL = 'subdomain'

/**
 * The image references to ask about, by the name of a rule as the document has it. A port that isn't
 * in the name shows nothing: neither program applies the rule then.
 *
 * @param coversLetters - Whether a name covers whatever ends in its letters, as up to release 1.20.
 */
export function probesFor(
  name: string,
  normal: string | undefined,
  coversLetters: boolean,
): readonly string[] {
  const hosts = new Set(hostsFor(name, normal, coversLetters))
  return [...hosts].map((host) => `${host}/${IMAGE}`)
}

function* hostsFor(
  name: string,
  normal: string | undefined,
  coversLetters: boolean,
): Generator<string> {
  if (name === CATCH_ALL) {
    yield 'registry.example'
    return
  }
  // As it is written: the puller tells upper case, ports and addresses apart.
  const written = name.endsWith('.') ? name.slice(0, -1) : name
  yield withoutEmptyLabels(written)
  if (normal === undefined) return
  const domain = normal.startsWith('.') ? normal.slice(1) : normal
  if (normal === domain) {
    yield domain
    if (coversLetters) yield `look-alike-${domain}`
  }
  yield `${LABEL}.${domain}`
}

/** An empty label stands for any label in the puller's eyes. */
function withoutEmptyLabels(name: string): string {
  if (!name.startsWith('.') && !name.includes('..')) return name
  return name
    .split('.')
    .map((label) => label || LABEL)
    .join('.')
}
