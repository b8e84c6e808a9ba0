import type { TomlTable } from 'smol-toml'
import type { CaBundle, readCaBundle } from '../certificates/index.js'
import { decodeAuth } from '../credentials.js'
import { normalForm } from '../names/index.js'
import { Secret } from '../secret.js'
import { hasControlCharacter } from '../text/index.js'
import type { RegistryRule } from './config.js'
import type { RULE, Values } from './keys.js'
import { describeMirrorFault, type Mirror, parseMirror } from './mirror.js'
import type { Path, Report } from './report.js'

export function readRule(
  name: string,
  values: Values<typeof RULE>,
  path: Path,
  readBundle: (text: string) => ReturnType<typeof readCaBundle>,
  report: Report,
): RegistryRule {
  const caCerts = values['ca-certs']
  return Object.freeze({
    name,
    caBundle:
      caCerts === undefined
        ? undefined
        : checkBundle(readBundle(caCerts), [...path, 'ca-certs'], report),
    insecureSkipVerify: values['insecure-skip-verify'] === true,
    username: readSecret(values, 'username', path, report),
    password: readSecret(values, 'password', path, report),
    auth: readSecret(values, 'auth', path, report),
    identityToken: readSecret(values, 'identitytoken', path, report),
    registryToken: readSecret(values, 'registrytoken', path, report),
    mirror: values.mirror || undefined,
    mirrorFallback: false,
  })
}

function readSecret(
  values: Values<typeof RULE>,
  key: 'username' | 'password' | 'auth' | 'identitytoken' | 'registrytoken',
  path: Path,
  report: Report,
): Secret | undefined {
  const value = values[key]
  if (!value) return undefined
  if (hasControlCharacter(value)) {
    const message = 'expected no control characters or line ends'
    report.error('control-character', [...path, key], message)
  }
  return new Secret(value)
}

export function checkMirror(rule: RegistryRule, path: Path, report: Report): void {
  if (rule.mirror === undefined) return
  const mirror = parseMirror(rule.mirror, rule.insecureSkipVerify)
  if (typeof mirror === 'string') {
    report.error('invalid-mirror-url', [...path, 'mirror'], describeMirrorFault(mirror))
  } else if (countCredentials(rule) > 0 && !isAtName(mirror, rule.name)) {
    const message = "gets none of the credentials, unless it is on the registry's own origin"
    report.warn('mirror-without-credentials', [...path, 'mirror'], message)
  }
}

function isAtName(mirror: Mirror, name: string): boolean {
  return mirror.origin === `https://${normalForm(name)}`
}

function checkBundle(
  { certificates, skipped, broken }: ReturnType<typeof readCaBundle>,
  path: Path,
  report: Report,
): CaBundle {
  for (const block of broken) report.broken(block, path)
  const all = [...skipped, ...broken].sort((a, b) => a.block - b.block)
  return Object.freeze({ certificates, skipped: Object.freeze(all) })
}

/** A user name needs a password, and the reverse; one of a wrong type is there, and was reported. */
export function checkPair(rule: RegistryRule, table: TomlTable, path: Path, report: Report): void {
  const isMistyped = (key: string) => table[key] !== undefined && typeof table[key] !== 'string'
  const { username, password } = rule
  if ((username === undefined) === (password === undefined)) return
  if (isMistyped('username') || isMistyped('password')) return
  const [present, absent] = username ? ['username', 'password'] : ['password', 'username']
  const message = `expected ${absent} beside it, and not empty`
  report.error('incomplete-credentials', [...path, present], message)
}

export function warnAboutRule(rule: RegistryRule, path: Path, report: Report): void {
  const { auth } = rule
  const held = countCredentials(rule)
  if (held > 1) {
    const message =
      'holds several kinds of credentials; the first of registrytoken, identitytoken, username with password, auth is used that the registry takes'
    report.warn('several-credentials', path, message)
  }
  const pair = auth && decodeAuth(auth)
  if (auth && pair === undefined) {
    report.warn('auth-not-basic', [...path, 'auth'], 'expected base64 of USERNAME:PASSWORD')
  }
  if (pair && [pair.username, pair.password].some((part) => hasControlCharacter(part.reveal()))) {
    const message = 'expected no control characters or line ends in what it is the base64 of'
    report.error('control-character', [...path, 'auth'], message)
  }
  if (rule.caBundle && rule.insecureSkipVerify) {
    const message = 'is ignored, since insecure-skip-verify is set'
    report.warn('ca-certs-ignored', [...path, 'ca-certs'], message)
  } else if (rule.caBundle?.certificates.length === 0) {
    const message = 'holds no certificate, so no TLS handshake will succeed'
    report.warn('no-certificates', [...path, 'ca-certs'], message)
  }
  if (rule.insecureSkipVerify && held > 0) {
    const message = 'sends credentials to whoever answers, since insecure-skip-verify is set'
    report.warn('credentials-without-tls', path, message)
  }
  if (rule.name === '.' && held > 0) {
    const message = 'sends these credentials to every registry that no other rule covers'
    report.warn('credentials-on-catch-all', path, message)
  }
}

/** How many kinds of credentials a rule holds. */
function countCredentials(rule: RegistryRule): number {
  const { username, auth, identityToken, registryToken } = rule
  return Number(!!username) + Number(!!auth) + Number(!!identityToken) + Number(!!registryToken)
}
