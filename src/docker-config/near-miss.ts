// The entries that a program passes over although they may have been meant. None of them ever
// matches: this only says why not. The server is prepared once, so that each entry costs its length.
import type { Secret } from '../secret.js'
import { withoutUserInfo } from '../text/index.js'
import type { DockerCredentials } from './credentials.js'
import type { DockerConfig } from './entry.js'
import type { DockerConfigError } from './errors.js'
import type { Lookup } from './lookup.js'
import type { DockerProgram } from './program.js'
import {
  differences,
  isDockerHub,
  type NearMissCode,
  type PathRule,
  type Spelling,
  spellingOf,
} from './spelling.js'

/** An entry that would have matched, had it been written otherwise. */
export interface NearMiss {
  /** The entry, without user info: the member of `auths` or `credHelpers`, or `credsStore`. */
  readonly key: string
  /** The program that doesn't take it. */
  readonly program: DockerProgram
  /** What the match fails for. */
  readonly codes: readonly NearMissCode[]
  /** The same in a sentence. */
  readonly message: string
}

/** What a program finds, or why it fails. */
export type ProgramAnswer = DockerCredentials | FailedLookup

/** The program fails. */
export interface FailedLookup {
  /** The union's tag. */
  readonly kind: 'error'
  /** Why. */
  readonly error: DockerConfigError
}

const HINTS: Readonly<Record<NearMissCode, string>> = {
  'white-space': 'it has white space around it',
  scheme: 'its scheme is not http:// or https:// in lower case, or only one of the two has one',
  'user-info': 'it holds user info',
  'trailing-slash': 'it ends in a slash',
  path: 'the path differs, which counts in keys without a scheme',
  port: 'the port differs, and 443 is not implied',
  case: 'upper and lower case differ',
  'trailing-dot': 'the trailing dot differs',
  'docker-hub-alias': 'it is a name of Docker Hub that this program does not know',
  'member-name-case':
    "the member's name (auths, auth, credHelpers, credsStore) differs in case from what this program wants",
  'legacy-format': 'this program does not read .dockercfg',
  'wrapped-base64': 'its auth has line breaks, which this program does not take',
}

/**
 * The entries that nearly match.
 *
 * @param program - The program that doesn't take them.
 * @param lookup - Its look-up; undefined where it refuses the server.
 * @param answers - What all programs find.
 */
export function missesOf(
  config: DockerConfig,
  server: string,
  program: DockerProgram,
  lookup: Lookup | undefined,
  answers: Readonly<Record<DockerProgram, ProgramAnswer>>,
): NearMiss[] {
  const asked = spellingOf(server)
  const codesOf = (key: string) => codesFor(key, asked, program, config)
  const misses: NearMiss[] = []
  for (const { key, auth } of config[program].entries) {
    if (!lookup?.takes(key)) {
      const codes = codesOf(key)
      // Nothing but an image reference in the server's place gives no code at all.
      if (codes?.length) misses.push(nearMiss(key, program, codes))
    } else if (program === 'contrast' && answers.contrast.kind === 'error' && isWrapped(auth)) {
      misses.push(nearMiss(key, program, ['wrapped-base64']))
    }
  }
  return [...misses, ...unseenOf(config, program, codesOf, answers)]
}

/** What the others see by folding the case of members' names, or in .dockercfg, and this one doesn't. */
function unseenOf(
  config: DockerConfig,
  program: DockerProgram,
  codesOf: (key: string) => NearMissCode[] | undefined,
  answers: Readonly<Record<DockerProgram, ProgramAnswer>>,
): NearMiss[] {
  const view = config[program]
  const unseen = config.format === 'dockercfg' ? 'legacy-format' : 'member-name-case'
  const seen = new Set(view.entries.map(({ key }) => key))
  const misses = config.podman.entries.flatMap(({ key }) => {
    const codes = seen.has(key) ? undefined : codesOf(key)
    return codes ? [nearMiss(key, program, [unseen, ...codes])] : []
  })
  const { docker } = answers
  if (program !== 'contrast' || docker.kind !== 'helper') return misses
  // Of what Docker asks, the crate may not see the very member.
  const isSeen =
    docker.key === 'credsStore'
      ? view.credsStore !== undefined
      : view.credHelpers.some(({ server }) => server === docker.key)
  return isSeen ? misses : [...misses, nearMiss(docker.key, program, ['member-name-case'])]
}

function codesFor(
  key: string,
  asked: Spelling,
  program: DockerProgram,
  { format }: DockerConfig,
): NearMissCode[] | undefined {
  const codes = differences(key, asked, pathRuleOf(program, format))
  // Docker knows its Hub by one name alone, even where it is asked for another one of its own.
  const isHub = program === 'docker' && codes?.length === 0 && isDockerHub(asked.host)
  return isHub ? ['docker-hub-alias'] : codes
}

function pathRuleOf(program: DockerProgram, format: DockerConfig['format']): PathRule {
  if (program === 'contrast') return 'same'
  if (program === 'docker') return 'none'
  return format === 'dockercfg' ? 'any' : 'below'
}

function nearMiss(key: string, program: DockerProgram, codes: readonly NearMissCode[]): NearMiss {
  const message = codes.map((code) => HINTS[code]).join('; ')
  return Object.freeze({
    key: withoutUserInfo(key),
    program,
    codes: Object.freeze([...codes]),
    message,
  })
}

function isWrapped(auth: Secret | undefined): boolean {
  const text = auth?.reveal() ?? ''
  return text.includes('\n') || text.includes('\r')
}
