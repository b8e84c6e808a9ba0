// Registries that a rule's name is asked about: there are no images, so that each name gives the hosts
// at which this library and Contrast's puller may read it otherwise.

import { expectedError } from '../expected-error.js'
import { type ImageReference, ImageReferenceError, parseImageReference } from '../image/index.js'
import { CATCH_ALL, withoutLeadingDot } from '../names/index.js'
import { withoutTrailingDot } from '../net/index.js'

/** Stands for any label. */
const LABEL = 'subdomain'

/**
 * The images to ask about, by the name of a rule as the document has it: none at a host that no
 * registry can have. A port that isn't in the name shows nothing: neither program applies the rule then.
 *
 * @param coversLetters - Whether a name covers whatever ends in its letters, as up to release 1.20.
 */
export function probesFor(
  name: string,
  normal: string | undefined,
  coversLetters: boolean,
): readonly ImageReference[] {
  const images: ImageReference[] = []
  for (const host of hostsFor(name, normal, coversLetters)) {
    const image = imageAt(host)
    if (image) images.push(image)
  }
  return images
}

function imageAt(host: string): ImageReference | undefined {
  try {
    return parseImageReference(`${host}/image`)
  } catch (error) {
    expectedError(error, ImageReferenceError)
    return undefined
  }
}

/** Each once. */
function hostsFor(
  name: string,
  normal: string | undefined,
  coversLetters: boolean,
): readonly string[] {
  // Contrast's puller takes the empty name for the catch-all.
  if (name === CATCH_ALL || name === '') return ['registry.example']
  // As it is written: the puller tells upper case, ports and addresses apart.
  const written = withoutEmptyLabels(withoutTrailingDot(name))
  if (normal === undefined) return [written]
  const domain = withoutLeadingDot(normal)
  const below = `${LABEL}.${domain}`
  if (normal !== domain) return written === below ? [below] : [written, below]
  const hosts = written === domain ? [domain] : [written, domain]
  if (coversLetters) hosts.push(lookAlike(domain))
  hosts.push(below)
  return hosts
}

/** Ends in the domain's letters; a registry has at least two labels. */
function lookAlike(domain: string): string {
  const name = `look-alike-${domain}`
  return domain.includes('.') ? name : `${LABEL}.${name}`
}

/** An empty label stands for any label in the puller's eyes. */
function withoutEmptyLabels(name: string): string {
  if (!`.${name}.`.includes('..')) return name
  return name
    .split('.')
    .map((label) => label || LABEL)
    .join('.')
}
