// How a reference was read: what was filled in, replaced or put aside on the way to the host that rules
// are matched against.
import { DOCKER_HUB_ALIAS, type ImageReference, registryHost } from '../image/index.js'
import { withoutTrailingDot } from '../net/index.js'

/** The codes of how a reference was read. */
export type ReadingCode =
  | 'default-registry'
  | 'default-library'
  | 'default-tag'
  | 'docker-hub-alias'
  | 'case'
  | 'trailing-dot'
  | 'port'
  | 'tag-beside-digest'

/** Something about how a reference was read. */
export interface ReadingNote {
  /** What it is. */
  readonly code: ReadingCode
  /** The same in a sentence. */
  readonly message: string
}

/** What each code means; `docs/findings.md` has the same sentences. */
export const READING_SENTENCES: Readonly<Record<ReadingCode, string>> = {
  'default-registry': 'no registry is named, so the image is at Docker Hub, index.docker.io',
  'default-library': 'a name without a slash at Docker Hub is in "library/"',
  'default-tag': 'no tag and no digest are named, so the tag is "latest"',
  'docker-hub-alias':
    'docker.io stands for index.docker.io, to which rules for docker.io apply too',
  case: 'upper case in the registry is read as lower case',
  'trailing-dot': "the registry's trailing dot is left out",
  port: "the port is a part of the registry's name",
  'tag-beside-digest': 'the digest says which image it is; the tag beside it counts for nothing',
}

/** How a reference was read. */
export function readingOf(text: string, image: ImageReference): readonly ReadingNote[] {
  return [...codesOf(text, image)].map((code) => ({ code, message: READING_SENTENCES[code] }))
}

function* codesOf(text: string, image: ImageReference): Generator<ReadingCode> {
  const { registry, repository, port, tag, digest } = image
  const named = [registry, DOCKER_HUB_ALIAS].find((name) => text.startsWith(`${name}/`))
  if (named === undefined) yield 'default-registry'
  const path = named === undefined ? text : text.slice(named.length + 1)
  if (!path.startsWith('library/') && repository.startsWith('library/')) yield 'default-library'
  if (digest !== undefined && tag !== undefined) yield 'tag-beside-digest'
  if (digest === undefined && tag === 'latest' && !text.endsWith(':latest')) yield 'default-tag'
  if (named === undefined) return
  const host = port === undefined ? named : named.slice(0, named.lastIndexOf(':'))
  const lower = host.toLowerCase()
  if (lower !== host) yield 'case'
  if (host.endsWith('.')) yield 'trailing-dot'
  const plain = withoutTrailingDot(lower)
  if (port === undefined && registryHost(plain) !== plain) yield 'docker-hub-alias'
  if (port !== undefined) yield 'port'
}
