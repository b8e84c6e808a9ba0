import { withoutTrailingDot, withoutTrailingSlashes } from '../net/index.js'
import type { Secret } from '../secret.js'
import { joinParts, withoutUserInfo } from '../text/index.js'
import { DockerConfigError } from './errors.js'
import { type DockerCredentials, type DockerProgram, findCredentials } from './find.js'
import type { DockerAuthEntry, DockerConfig } from './parse.js'

/** How an entry differs from the server that was asked for. */
export type NearMissCode =
  | 'white-space'
  | 'scheme'
  | 'user-info'
  | 'trailing-slash'
  | 'path'
  | 'port'
  | 'case'
  | 'trailing-dot'
  | 'docker-hub-alias'
  | 'member-name-case'
  | 'legacy-format'
  | 'wrapped-base64'

/** An entry that would have matched, had it been written otherwise. */
export interface NearMiss {
  /** The entry: the member of `auths`, without user info. */
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

/** Why a program finds what it finds. */
export interface DockerCredentialsExplanation {
  /** What Contrast's command line finds. */
  readonly contrast: ProgramAnswer
  /** What Podman finds. */
  readonly podman: ProgramAnswer
  /** Whether the two differ in the entry that decided, or in what they make of it. */
  readonly differ: boolean
  /** The entries that nearly matched, for each program. */
  readonly nearMisses: readonly NearMiss[]
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
  'member-name-case': "the member's name is not in lower case, as this program wants it",
  'legacy-format': 'this program does not read .dockercfg',
  'wrapped-base64': 'its auth has line breaks, which this program does not take',
}

/**
 * Explains what both programs find for a server, side by side, and which entries they pass over
 * although somebody may have meant them. None of these ever matches: this only says why not.
 *
 * @param config - What `parseDockerConfig` gave.
 * @param server - A registry or repository, as the program would ask for it.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { explainCredentials, parseDockerConfig } from 'imagepuller-auth/docker-config'
 *
 * const config = parseDockerConfig('{ "auths": { "HTTPS://ghcr.io/": { "auth": "dTpw" } } }')
 * const [miss] = explainCredentials(config, 'ghcr.io').nearMisses
 * console.log(miss?.key, miss?.reasons.join()) // HTTPS://ghcr.io/ scheme,trailing-slash
 * ```
 */
export function explainDockerCredentials(
  config: DockerConfig,
  server: string,
): DockerCredentialsExplanation {
  const contrast = answerOf(config, server, 'contrast')
  const podman = answerOf(config, server, 'podman')
  const nearMisses = [
    ...missesOf(config, server, 'contrast', contrast),
    ...missesOf(config, server, 'podman', podman),
  ]
  return Object.freeze({
    contrast,
    podman,
    differ: summaryOf(contrast) !== summaryOf(podman),
    nearMisses: Object.freeze(nearMisses),
  })
}

/** What a program finds, its failures included. */
export function answerOf(config: DockerConfig, server: string, as: DockerProgram): ProgramAnswer {
  try {
    return findCredentials(config, server, { program: as })
  } catch (error) {
    if (!(error instanceof DockerConfigError)) throw error
    return Object.freeze({ kind: 'error', error })
  }
}

/** What decided and what was found, secrets included: two entries may have one key. */
function summaryOf(answer: ProgramAnswer): string {
  if (answer.kind === 'error') return joinParts([answer.kind, answer.error.reason])
  return joinParts([answer.kind, answer.key ?? '', ...contentOf(answer)])
}

function contentOf(answer: DockerCredentials): readonly string[] {
  if (answer.kind === 'basic') return [answer.encoded.reveal()]
  if (answer.kind === 'identity-token') return [answer.identityToken.reveal()]
  return answer.kind === 'helper' ? [answer.name, answer.server] : []
}

function missesOf(
  config: DockerConfig,
  server: string,
  program: DockerProgram,
  answer: ProgramAnswer,
): NearMiss[] {
  const misses: NearMiss[] = []
  const asked = spellingOf(server)
  const rule = program === 'contrast' ? 'same' : config.format === 'dockercfg' ? 'any' : 'below'
  for (const entry of config[program].entries) {
    if (!matchesAlone(config, entry, server, program)) {
      const reasons = differences(entry.key, asked, rule)
      // Nothing but an image reference in the server's place gives no reason at all.
      if (reasons?.length) misses.push(nearMiss(entry.key, program, reasons))
    } else if (program === 'contrast' && answer.kind === 'error' && isWrapped(entry.auth)) {
      misses.push(nearMiss(entry.key, program, ['wrapped-base64']))
    }
  }
  // What Podman sees by folding the case of member names, or in .dockercfg, Contrast doesn't see at all.
  const unseen = config.format === 'dockercfg' ? 'legacy-format' : 'member-name-case'
  const seen = new Set(config[program].entries.map(({ key }) => key))
  for (const { key } of config.podman.entries) {
    const reasons = seen.has(key) ? undefined : differences(key, asked, rule)
    if (reasons) misses.push(nearMiss(key, program, [unseen, ...reasons]))
  }
  return misses
}

/** Whether the entry would decide if nothing else stood in the file. */
function matchesAlone(
  config: DockerConfig,
  entry: DockerAuthEntry,
  server: string,
  as: DockerProgram,
): boolean {
  const view = { entries: [entry], credHelpers: [], credsStore: undefined, fault: undefined }
  const answer = answerOf({ ...config, [as]: view }, server, as)
  return answer.kind === 'error' ? answer.error.place !== undefined : answer.key === entry.key
}

function nearMiss(key: string, program: DockerProgram, reasons: readonly NearMissCode[]): NearMiss {
  const message = reasons.map((reason) => HINTS[reason]).join('; ')
  const shown = withoutUserInfo(key)
  return Object.freeze({ key: shown, program, codes: Object.freeze(reasons), message })
}

function isWrapped(auth: Secret | undefined): boolean {
  return auth !== undefined && /[\r\n]/.test(auth.reveal())
}

interface Spelling {
  readonly host: string
  readonly port: string | undefined
  /** Without the slashes at its end. */
  readonly path: string
  readonly endsInSlash: boolean
  readonly hasScheme: boolean
  /** Behind such a scheme the path is ignored. */
  readonly isUrl: boolean
  readonly notes: ReadonlySet<NearMissCode>
}

/** The paths that a key's own is for: Podman's keys are for repositories below, in .dockercfg for all. */
type PathRule = 'same' | 'below' | 'any'

const DOCKER_HUB: ReadonlySet<string> = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.docker.io',
  'auth.docker.io',
  'hub.docker.com',
  'registry.hub.docker.com',
  'docker.com',
])

/** What differs between a key and what was asked for; undefined for two hosts. */
function differences(key: string, asked: Spelling, rule: PathRule): NearMissCode[] | undefined {
  const entry = spellingOf(key)
  const isHub = DOCKER_HUB.has(entry.host) && DOCKER_HUB.has(asked.host)
  if (entry.host === '' || (entry.host !== asked.host && !isHub)) return undefined
  const reasons = new Set<NearMissCode>([...entry.notes, ...asked.notes])
  // Keys may have a scheme, what is asked for may not.
  if (asked.hasScheme) reasons.add('scheme')
  if (entry.host !== asked.host) reasons.add('docker-hub-alias')
  if (entry.port !== asked.port) reasons.add('port')
  for (const reason of pathDifferences(entry, asked, rule)) reasons.add(reason)
  return [...reasons]
}

function* pathDifferences(entry: Spelling, asked: Spelling, rule: PathRule) {
  if (entry.isUrl || rule === 'any') return
  const isBelow = rule === 'below' && asked.path.startsWith(`${entry.path}/`)
  const covers = isBelow || entry.path === asked.path
  const isSlash = entry.endsInSlash && (covers || entry.path === '')
  if (isSlash || (covers && rule === 'same' && asked.endsInSlash)) yield 'trailing-slash' as const
  if (!covers) yield 'path' as const
}

/** A name taken apart as generously as somebody may have meant it. */
function spellingOf(text: string): Spelling {
  const notes = new Set<NearMissCode>()
  const trimmed = text.trim()
  if (trimmed !== text) notes.add('white-space')
  const colon = trimmed.indexOf('://')
  const scheme = colon < 0 ? '' : trimmed.slice(0, colon)
  const isUrl = scheme === 'http' || scheme === 'https'
  if (scheme !== '' && !isUrl) notes.add('scheme')
  const rest = colon < 0 ? trimmed : trimmed.slice(colon + 3)
  const slash = rest.indexOf('/')
  const authority = slash < 0 ? rest : rest.slice(0, slash)
  const at = authority.lastIndexOf('@')
  if (at >= 0) notes.add('user-info')
  const [name, port] = splitPort(authority.slice(at + 1))
  const lower = name.toLowerCase()
  if (lower !== name) notes.add('case')
  const host = withoutTrailingDot(lower)
  if (host !== lower) notes.add('trailing-dot')
  const whole = slash < 0 ? '' : rest.slice(slash)
  const path = withoutTrailingSlashes(whole)
  const endsInSlash = path !== whole
  return { host, port, path, endsInSlash, hasScheme: colon >= 0, isUrl, notes }
}

/** An IPv6 address has colons of its own, in brackets if there is a port. */
function splitPort(authority: string): readonly [host: string, port: string | undefined] {
  const colon = authority.indexOf(':', authority.lastIndexOf(']') + 1)
  const isPort = colon >= 0 && authority.lastIndexOf(':') === colon
  return isPort ? [authority.slice(0, colon), authority.slice(colon + 1)] : [authority, undefined]
}
