// The credentials of a rule: what would break the header they are sent in, what is missing, and what a
// registry will hardly take.
import { type CredentialKeys, revealAuth } from '../credentials.js'
import type { Secret } from '../secret.js'
import type { RegistryKeys } from './config.js'
import { describeControlCharacter, findControlCharacter } from './control-character.js'
import { RULE_ROWS } from './keys.js'
import type { Path } from './path.js'
import { hasPlaceholder, warnAboutPlaceholder } from './placeholder.js'
import type { Report } from './report.js'
import type { TomlTable } from './toml.js'

export function checkCredentials(
  keys: RegistryKeys,
  held: number,
  table: TomlTable,
  path: Path,
  report: Report,
): void {
  if (keys.username || keys.password) checkPair(keys, table, path, report)
  if (keys.auth) checkAuth(keys.auth, [...path, 'auth'], report)
  if (keys.registryToken) checkBearer(keys.registryToken, path, report)
  if (held > 1) {
    const message =
      'holds several kinds of credentials; the first of registrytoken, identitytoken, username with password, auth is used that the registry takes'
    report.warn('several-credentials', path, message, 'leave one kind')
  }
}

/** Reports what would break a header, or stands for something else, in texts that aren't all plain. */
export function checkTexts(keys: RegistryKeys, path: Path, report: Report): void {
  checkText('username', keys.username, path, report)
  checkText('password', keys.password, path, report)
  checkText('auth', keys.auth, path, report)
  checkText('identityToken', keys.identityToken, path, report)
  checkText('registryToken', keys.registryToken, path, report)
}

/** How many kinds of credentials a rule holds. */
export function countCredentials(keys: RegistryKeys): number {
  const { username, auth, identityToken, registryToken } = keys
  return (username ? 1 : 0) + (auth ? 1 : 0) + (identityToken ? 1 : 0) + (registryToken ? 1 : 0)
}

/** The path is made where something is found, which is seldom. */
function checkText(
  name: keyof CredentialKeys,
  secret: Secret | undefined,
  path: Path,
  report: Report,
): void {
  const text = secret?.reveal() ?? ''
  const at = [...path, RULE_ROWS[name].key]
  const found = findControlCharacter(text, name === 'password')
  if (found !== undefined) {
    const { message, help } = describeControlCharacter(found)
    report.error('control-character', at, `has ${message}`, help, { kind: 'value' })
  }
  if (hasPlaceholder(text)) warnAboutPlaceholder(at, report)
}

/** A user name needs a password, and the reverse; one of a wrong type is there, and was reported. */
function checkPair(keys: RegistryKeys, table: TomlTable, path: Path, report: Report): void {
  const { username, password } = keys
  if ((username === undefined) === (password === undefined)) return
  const isMistyped = (key: string) => table[key] !== undefined && typeof table[key] !== 'string'
  if (isMistyped('username') || isMistyped('password')) return
  const [present, absent] = username ? ['username', 'password'] : ['password', 'username']
  const message = `stands without ${absent}, or beside an empty one; the two are used together`
  report.error('incomplete-credentials', [...path, present], message, `write ${absent} beside it`)
}

function checkAuth(auth: Secret, path: Path, report: Report): void {
  const pair = revealAuth(auth)
  if (pair === undefined) {
    if (hasPlaceholder(auth.reveal())) return
    const message = "isn't base64 of USERNAME:PASSWORD, so that a registry will refuse it"
    const help = "write what `printf '%s' 'USERNAME:PASSWORD' | base64 -w0` prints"
    report.warn('auth-not-basic', path, message, help, { kind: 'value' })
    return
  }
  const { username, password } = pair
  const found = findControlCharacter(username, false) ?? findControlCharacter(password, true)
  if (found !== undefined) {
    const { message, help } = describeControlCharacter(found, 'encoded')
    const place = { kind: 'value' } as const
    report.error('control-character', path, `is base64 of a text that has ${message}`, help, place)
  }
  if (hasPlaceholder(username) || hasPlaceholder(password)) warnAboutPlaceholder(path, report)
}

const BEARER = /^bearer\s/i

function checkBearer(token: Secret, path: Path, report: Report): void {
  if (!BEARER.test(token.reveal())) return
  const message = 'begins with the word Bearer, which is sent before it anyway'
  const help = 'leave out the word Bearer and the blank behind it'
  report.warn('bearer-prefix', [...path, 'registrytoken'], message, help, { kind: 'value' })
}
