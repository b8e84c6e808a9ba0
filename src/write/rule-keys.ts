// Credentials as the keys of a rule, or that the format can't hold them.
import { findControlCharacter } from '../config/index.js'
import type {
  DockerAuthEntry,
  DockerCredentials,
  HelperCredentials,
} from '../docker-config/index.js'
import type { Secret } from '../secret.js'
import { encodeBase64, readUnicode } from '../text/index.js'

/** A rule's keys; empty for no credentials. */
export type RuleKeys = ReadonlyMap<string, string>

/** What a program finds in a file, without asking a helper. */
export type FoundCredentials = Exclude<DockerCredentials, { readonly kind: 'helper' }>

const NONE: RuleKeys = new Map()

/** The keys for what a program found; undefined for what the format can't hold. */
export function keysOfFound(
  found: FoundCredentials,
  entry: DockerAuthEntry | undefined,
): RuleKeys | undefined {
  switch (found.kind) {
    case 'registry-token':
      return tokenOf('registrytoken', found.registryToken)
    case 'identity-token':
      return tokenOf('identitytoken', found.identityToken)
    case 'basic': {
      const { username, password, encoded } = found
      return basicOf(username?.reveal() ?? '', password?.reveal() ?? '', encoded.reveal())
    }
    case 'none':
      return entry ? keysOfMembers(entry) : NONE
  }
}

/** The keys for what a helper answered; undefined for what the format can't hold. */
export function keysOfAnswer(answer: HelperCredentials): RuleKeys | undefined {
  if (answer.kind === 'none') return NONE
  if (answer.kind === 'identity-token') return tokenOf('identitytoken', answer.identityToken)
  return pairOf(answer.username, answer.password)
}

/** Whether the entry holds anything that could be lost. */
export function holdsCredentials(entry: DockerAuthEntry): boolean {
  const { auth, identityToken, registryToken, password, fault } = entry
  const held = [auth, identityToken, registryToken, password, fault]
  return held.some((one) => one !== undefined)
}

/** Whether the entry holds credentials that are not among the rule's keys. */
export function hasMore(entry: DockerAuthEntry, keys: RuleKeys): boolean {
  const { auth, identityToken, registryToken, username, password } = entry
  if (identityToken && !keys.has('identitytoken')) return true
  if (registryToken && !keys.has('registrytoken')) return true
  if (auth && (keys.has('identitytoken') || keys.has('registrytoken'))) return true
  if (!username || !password) return false
  // Kubernetes writes the same pair twice, also as auth.
  const pair = pairOf(username, password)
  return pair === undefined || [...pair].some(([key, value]) => keys.get(key) !== value)
}

/** What Kubernetes reads of an entry, and the program doesn't. */
function keysOfMembers({ username, password, registryToken }: DockerAuthEntry) {
  if (username && password) return pairOf(username, password)
  return registryToken ? tokenOf('registrytoken', registryToken) : NONE
}

/** A token that a header can hold, and so the format. */
function tokenOf(key: string, token: Secret): RuleKeys | undefined {
  const value = token.reveal()
  const isHeld = findControlCharacter(value, false) === undefined && isUnicode(value)
  return isHeld ? new Map([[key, value]]) : undefined
}

/** Half of a surrogate pair has no UTF-8, and would come out as another character. */
function isUnicode(text: string): boolean {
  return typeof readUnicode(text) === 'string'
}

/** A pair of its own members. A name with a colon would be another one in Basic (RFC 7617). */
function pairOf(username: Secret, password: Secret): RuleKeys | undefined {
  const [name, word] = [username.reveal(), password.reveal()] as const
  if (name.includes(':') || !isUnicode(name) || !isUnicode(word)) return undefined
  return basicOf(name, word, encodeBase64(new TextEncoder().encode(`${name}:${word}`)))
}

/**
 * As `username` and `password`, or as `auth` where one of them is empty. Neither holds control
 * characters, which `echo` without `-n` leaves at the end of many a password; a password that is a
 * JSON object, as Google's key files are, may have line ends.
 */
function basicOf(username: string, password: string, auth: string): RuleKeys | undefined {
  if (findControlCharacter(username, false) || findControlCharacter(password, true))
    return undefined
  if (username === '' || password === '') return new Map([['auth', auth]])
  return new Map([
    ['username', username],
    ['password', password],
  ])
}
