// Credential helpers: how to ask one, and what its answer means. Nothing is run here.
import { Secret } from '../secret.js'
import { decodeUtf8, hasControlCharacter, parseJson } from '../text/index.js'
import { fail } from './errors.js'

/** How to ask a credential helper: run the program, and write the text to its standard input. */
export interface HelperRequest {
  /** The program's name, to be looked up in PATH. */
  readonly program: string
  /** Its arguments. */
  readonly args: readonly string[]
  /** Its standard input. */
  readonly stdin: string
}

/** The helper knows no credentials for the server. */
export interface NoHelperCredentials {
  /** The union's tag. */
  readonly kind: 'none'
}

/** The helper gave a user name and a password. */
export interface BasicHelperCredentials {
  /** The union's tag. */
  readonly kind: 'basic'
  /** The user name. */
  readonly username: Secret
  /** The password. */
  readonly password: Secret
}

/** The helper gave an OAuth2 refresh token. */
export interface IdentityTokenHelperCredentials {
  /** The union's tag. */
  readonly kind: 'identity-token'
  /** The refresh token. */
  readonly identityToken: Secret
}

/** What a credential helper answered. */
export type HelperCredentials =
  | NoHelperCredentials
  | BasicHelperCredentials
  | IdentityTokenHelperCredentials

/** A program's file name with the prefix has at most 255 characters. */
const NAME_MAX = 237

const IDENTITY_TOKEN_USER = '<token>'

/**
 * What helpers say when they have nothing: those of docker-credential-helpers, of pass and the
 * keychains behind it, and of the clouds.
 */
const NOT_FOUND = [
  'credentials not found in native keychain',
  'credentials not found',
  'no credentials server url',
  'no credentials username',
  'could not be found in the keychain',
  'no usernames for',
  'is not a recognized registry',
  'not in password store',
  'element not found',
]

/**
 * How to ask a credential helper for a server's credentials. Nothing is run here.
 *
 * @param name - The helper's name, as `findCredentials` gave it.
 * @param server - What to ask for, as `findCredentials` gave it.
 * @throws `DockerConfigError` if no program can have that name: it is empty, too long, or holds other
 *   than letters, digits, `.`, `_` and `-`; or if the server has a control character.
 * @throws `TypeError` if an argument is not a string.
 *
 * @example
 *
 * ```ts
 * import { helperRequest } from 'imagepuller-auth/docker-config'
 *
 * const { program, args, stdin } = helperRequest('pass', 'ghcr.io')
 * console.log(program, args[0], stdin) // docker-credential-pass get ghcr.io
 * ```
 */
export function helperRequest(name: string, server: string): HelperRequest {
  if (typeof name !== 'string' || typeof server !== 'string') {
    throw new TypeError('helperRequest: expected a name and a server as strings')
  }
  if (!isHelperName(name)) {
    const expectation = 'expected a helper name of letters, digits, ".", "_" and "-"'
    fail('invalid-helper-name', expectation)
  }
  // Helpers read lines: `a\nb` is a request for `ab` to some, for `a` to others (CVE-2020-5260).
  if (hasControlCharacter(server)) {
    fail('unsupported-server', 'expected a server without control characters')
  }
  const args = Object.freeze(['get'])
  return Object.freeze({ program: `docker-credential-${name}`, args, stdin: server })
}

/** Whether a program can have that name. A slash would run whatever the file's writer likes. */
export function isHelperName(name: string): boolean {
  return /^[A-Za-z0-9._-]+$/.test(name) && name.length <= NAME_MAX
}

/**
 * Reads a credential helper's answer. The user name `<token>` means that the secret is an identity
 * token. That a helper knows no credentials is no error.
 *
 * @param stdout - The program's standard output, as a string or as UTF-8 bytes.
 * @param exitCode - Its exit status.
 * @throws `DockerConfigError` if the helper failed, or answered with something else; nothing of the
 *   answer is in the message.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { parseHelperResponse } from 'imagepuller-auth/docker-config'
 *
 * const answer = parseHelperResponse('{ "Username": "<token>", "Secret": "t" }', 0)
 * console.log(answer.kind) // identity-token
 * console.log(parseHelperResponse('credentials not found in native keychain\n', 1).kind) // none
 * ```
 */
export function parseHelperResponse(
  stdout: string | Uint8Array,
  exitCode: number,
): HelperCredentials {
  const isText = typeof stdout === 'string'
  if (!(isText || stdout instanceof Uint8Array) || !Number.isInteger(exitCode)) {
    throw new TypeError(
      'parseHelperResponse: expected a string or a Uint8Array, and an exit status',
    )
  }
  const text = isText ? stdout : decodeUtf8(stdout)
  if (exitCode !== 0) {
    const said = text?.toLowerCase()
    if (NOT_FOUND.some((message) => said?.includes(message))) return Object.freeze({ kind: 'none' })
    fail('helper-failed', 'expected the credential helper to succeed')
  }
  const { username, secret } = readAnswer(text)
  if (username === '' && secret === '') return Object.freeze({ kind: 'none' })
  if (username === IDENTITY_TOKEN_USER) {
    return Object.freeze({ kind: 'identity-token', identityToken: new Secret(secret) })
  }
  return Object.freeze({
    kind: 'basic',
    username: new Secret(username),
    password: new Secret(secret),
  })
}

/** @param text - The answer; undefined for bytes that are no UTF-8. */
function readAnswer(text: string | undefined): { username: string; secret: string } {
  const answer = text === undefined ? undefined : parseJson(text)
  const { Username: username, Secret: secret } = ownMembersOf(answer)
  if (typeof username !== 'string' || typeof secret !== 'string') {
    const expectation =
      'expected the helper to answer with a JSON object with Username and Secret as strings'
    fail('malformed-helper-response', expectation)
  }
  return { username, secret }
}

/** Without a prototype, from which a polluted member could come. */
function ownMembersOf(value: unknown): { readonly Username?: unknown; readonly Secret?: unknown } {
  return Object.assign(Object.create(null), value)
}
