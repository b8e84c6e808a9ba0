// An image reference, taken apart as go-containerregistry's `name.ParseReference` does.
import { AT, COLON, DOT, SLASH } from './characters.js'
import { readDigest, refuseImageId } from './digest.js'
import { DOCKER_HUB, DOCKER_HUB_ALIAS } from './docker-hub.js'
import { fail } from './error.js'
import { HUB, readRegistry } from './registry.js'
import { checkRepository } from './repository.js'
import { readTag } from './tag.js'

/** The tag of a reference that has neither tag nor digest. */
const LATEST = 'latest'

/** An image reference, taken apart. */
export interface ImageReference {
  /** The registry as go-containerregistry gives it, such as `index.docker.io` or `Ghcr.io:8443`. */
  readonly registry: string
  /**
   * The registry without port, in lower case, without a trailing dot: what is matched and dialled.
   * Docker Hub is always `index.docker.io`; an IPv6 address keeps its brackets.
   */
  readonly host: string
  /** The port, if the reference names one. */
  readonly port: number | undefined
  /** The repository, such as `library/nginx`. */
  readonly repository: string
  /** The tag; `latest` where the reference has neither tag nor digest. */
  readonly tag: string | undefined
  /** The digest: `sha256:` and 64 hexadecimal digits. */
  readonly digest: string | undefined
  /** What a manifest's URL ends in: the digest if there is one, else the tag. */
  readonly identifier: string
  /** The full name as go-containerregistry gives it: with the digest, or else with the tag. */
  readonly name: string
}

/**
 * Takes an image reference apart, with the defaults and the split of go-containerregistry: the first
 * component is a registry only if it is `localhost` or has a `.` or a `:`; what has no registry is
 * Docker Hub's. A tag beside a digest is kept. Refused, although go-containerregistry takes it, is
 * what nothing good can come of: see `docs/resolution.md`. Takes time linear in the text's length.
 *
 * @param text - The reference, such as `ghcr.io/acme/app:1.2@sha256:…`.
 * @returns The parts, frozen.
 * @throws {@link ImageReferenceError} if the text is no image reference; its message doesn't repeat
 *   the text.
 * @throws `TypeError` if the argument is not a string.
 *
 * @example
 *
 * ```ts
 * import { parseImageReference } from 'imagepuller-auth'
 *
 * const image = parseImageReference('nginx:1.27')
 * console.log(image.host, image.repository, image.tag) // index.docker.io library/nginx 1.27
 * ```
 */
export function parseImageReference(text: string): ImageReference {
  if (typeof text !== 'string') throw new TypeError('parseImageReference: expected a string')
  if (text === '') fail('reference', 'empty', 'expected an image name')
  refuseImageId(text)
  const { at, end, slash, isNamed, colon } = split(text)
  const digest = at < 0 ? undefined : readDigest(text, at)

  const hasRegistry = isNamed || (slash === 9 && text.startsWith('localhost'))
  const first = hasRegistry ? text.slice(0, slash) : ''
  const hasTag = colon >= 0
  const path = text.slice(hasRegistry ? slash + 1 : 0, hasTag ? colon : end)

  const { host, port } = hasRegistry ? readRegistry(first, path) : HUB
  const onHub = host === DOCKER_HUB && port === undefined
  const repository = onHub && !path.includes('/') ? `library/${path}` : path
  checkRepository(path, repository, hasRegistry)
  const tag = hasTag
    ? readTag(text.slice(colon + 1, end))
    : digest === undefined
      ? LATEST
      : undefined

  const registry = !hasRegistry || first === DOCKER_HUB_ALIAS ? DOCKER_HUB : first
  const identifier = digest ?? (tag as string)
  const name = `${registry}/${repository}${digest === undefined ? ':' : '@'}${identifier}`
  return Object.freeze({ registry, host, port, repository, tag, digest, identifier, name })
}

/** Where a reference is to be taken apart; -1 for what isn't there. */
interface Split {
  /** The "@" before the digest. */
  readonly at: number
  /** Where the name and its tag end. */
  readonly end: number
  /** The first slash, behind the first component. */
  readonly slash: number
  /** Whether the first component, before a slash, has a dot or a colon. */
  readonly isNamed: boolean
  /** The colon before the tag: the last one, if no slash follows it. */
  readonly colon: number
}

/** Looks at each character once, which costs less than to search for each separator. */
function split(text: string): Split {
  let slash = -1
  let isNamed = false
  let hasMark = false
  let colon = -1
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === AT) return { at: i, end: i, slash, isNamed, colon }
    if (code === SLASH) {
      if (slash < 0) {
        slash = i
        isNamed = hasMark
      }
      colon = -1
    } else if (code === COLON) {
      colon = i
      hasMark = true
    } else if (code === DOT) hasMark = true
  }
  return { at: -1, end: text.length, slash, isNamed, colon }
}
