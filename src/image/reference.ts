// An image reference, taken apart as go-containerregistry's `name.ParseReference` does.
import { COLON, SLASH } from './characters.js'
import { readDigest, refuseImageId } from './digest.js'
import { DOCKER_HUB } from './docker-hub.js'
import { fail } from './error.js'
import { HUB, readRegistry } from './registry.js'
import { readRepository } from './repository.js'
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
  const at = text.indexOf('@')
  const digest = at < 0 ? undefined : readDigest(text, at)
  const end = at < 0 ? text.length : at

  const slash = text.indexOf('/')
  const hasRegistry = isRegistry(text, slash)
  const { registry, host, port } = hasRegistry ? readRegistry(text, slash) : HUB
  const isOnHub = host === DOCKER_HUB && port === undefined
  const colon = tagColon(text, end)
  const start = hasRegistry ? slash + 1 : 0
  const repository = readRepository(text, start, colon < 0 ? end : colon, isOnHub)
  const tag = colon >= 0 ? readTag(text, colon + 1, end) : digest === undefined ? LATEST : undefined

  const identifier = digest ?? (tag as string)
  // Defaults add to the text, and only a tag beside a digest is left out of the name.
  const isWhole = registry.length + repository.length + identifier.length + 2 === text.length
  const name =
    isWhole && (digest === undefined || colon < 0)
      ? text
      : `${registry}/${repository}${digest === undefined ? ':' : '@'}${identifier}`
  return Object.freeze({ registry, host, port, repository, tag, digest, identifier, name })
}

/** Whether the first component, before that slash, is a registry. */
function isRegistry(text: string, slash: number): boolean {
  if (slash < 0) return false
  return (
    isBefore(text.indexOf('.'), slash) ||
    isBefore(text.indexOf(':'), slash) ||
    (slash === 9 && text.startsWith('localhost'))
  )
}

function isBefore(mark: number, slash: number): boolean {
  return mark >= 0 && mark < slash
}

/** The colon before the tag: the last one before that place, if no slash follows it; or -1. */
function tagColon(text: string, end: number): number {
  let i = end - 1
  while (i >= 0) {
    const code = text.charCodeAt(i)
    if (code === COLON) return i
    if (code === SLASH) return -1
    i--
  }
  return -1
}
