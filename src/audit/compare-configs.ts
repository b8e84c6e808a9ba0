// Two configurations: which images they treat otherwise, and whether that got looser or tighter.
import type { Change, Resolver } from '../resolve/index.js'
import { ASPECTS, type Aspect, type Decided } from './aspects.js'
import { checkImages, decideBy } from './inputs.js'

/** What changed about one aspect of a decision. */
export interface AspectChange {
  /** What changed. */
  readonly aspect: Aspect
  /** How: more is trusted, sent or asked, or less, or something else. */
  readonly change: Exclude<Change, 'same'>
}

/** What changed for an image. */
export interface ImageChanges {
  /** The image as it was given. */
  readonly image: string
  /** The changes, in the order rule, trust, credentials, schemes, endpoint, proxy; at least one. */
  readonly changes: readonly [AspectChange, ...AspectChange[]]
}

/**
 * Says which images another configuration treats otherwise, and for each aspect of the decision
 * whether it got `looser` (more is trusted, sent or asked), `tighter` or `different`.
 *
 * Trust is loosest where nothing is verified, then come the web PKI, a bundle, and the denial of all;
 * a bundle with more anchors is looser than one with fewer. Another rule, other anchors in place of
 * the former, other credentials or another mirror are `different`. A mirror beside credentials is
 * looser, since Contrast's puller gives them to it; so is a fallback, and a mirror by plain HTTP. A
 * proxy is `different`, and looser where no certificate is verified, so that it can read everything. The
 * ways to a mirror and to the registry behind it are compared one by one.
 * Exchanging the two resolvers exchanges `looser` and `tighter`.
 *
 * @param before - The resolver of the first configuration.
 * @param after - The resolver of the second one.
 * @param images - Image references.
 * @returns The images that change, each once, sorted. Frozen; it survives JSON and holds no secret.
 * @throws `ImageReferenceError` if one of the images is no image reference.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { compareConfigs } from 'imagepuller-auth/audit'
 *
 * const before = createResolver(parseConfig(''))
 * const after = createResolver(parseConfig(`
 * [registries."ghcr.io."]
 * insecure-skip-verify = true
 * `))
 * const [first] = compareConfigs(before, after, ['nginx:1', 'ghcr.io/acme/app:1'])
 * console.log(first?.image) // ghcr.io/acme/app:1
 * console.log(first?.changes.map(({ aspect, change }) => `${aspect} ${change}`).join(', '))
 * // rule different, trust looser, schemes looser
 * ```
 */
export function compareConfigs(
  before: Resolver,
  after: Resolver,
  images: readonly string[],
): readonly ImageChanges[] {
  const decideBefore = decideBy('compareConfigs', before)
  const decideAfter = decideBy('compareConfigs', after)
  const unique = [...new Set(checkImages('compareConfigs', images))].sort()
  return Object.freeze(
    unique.flatMap((image) => {
      const [first, ...others] = changesOf(decideBefore(image), decideAfter(image))
      if (first === undefined) return []
      const changes: ImageChanges['changes'] = [first, ...others]
      return [Object.freeze({ image, changes: Object.freeze(changes) })]
    }),
  )
}

function changesOf(before: Decided, after: Decided): AspectChange[] {
  return Object.entries(ASPECTS).flatMap(([aspect, compare]) => {
    const change = compare(before, after)
    return change === 'same' ? [] : [Object.freeze({ aspect: aspect as Aspect, change })]
  })
}
