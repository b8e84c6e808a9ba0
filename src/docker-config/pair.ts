// The pair `USERNAME:PASSWORD` that `auth` stands for, as Rust's and as Go's programs read it.
import { Secret } from '../secret.js'
import { decodeBase64, decodeUtf8, encodeBase64 } from '../text/index.js'
import type { BasicDockerCredentials } from './credentials.js'
import type { DockerAuthEntry } from './entry.js'
import { DockerConfigError } from './errors.js'

const COLON = 0x3a

/** The bytes of an entry's `auth` as the docker_credential crate reads them: UTF-8 with a colon. */
export function rustPairOf(entry: DockerAuthEntry, auth: Secret): Uint8Array {
  return decodeRust(auth.reveal()) ?? throwBrokenAuth(entry)
}

/**
 * The bytes of an entry's `auth` as Go's programs read them, without the NULs around the password;
 * undefined where there is no colon.
 */
export function goPairOf(entry: DockerAuthEntry): Uint8Array | undefined {
  const bytes = decodeBase64(entry.auth?.reveal() ?? '') ?? throwBrokenAuth(entry)
  const colon = bytes.indexOf(COLON)
  if (colon < 0) return undefined
  return concatenate(bytes.subarray(0, colon + 1), trimNul(bytes.subarray(colon + 1)))
}

/** Whether the pair has no user name. */
export function hasNoUser(pair: Uint8Array): boolean {
  return pair[0] === COLON
}

/** Credentials of a pair, which has a colon. */
export function basicOf(key: string, pair: Uint8Array): BasicDockerCredentials {
  const colon = pair.indexOf(COLON)
  const username = decodeUtf8(pair.subarray(0, colon))
  const password = decodeUtf8(pair.subarray(colon + 1))
  const isText = username !== undefined && password !== undefined
  return Object.freeze({
    kind: 'basic',
    key,
    username: isText ? new Secret(username) : undefined,
    password: isText ? new Secret(password) : undefined,
    encoded: new Secret(encodeBase64(pair)),
  })
}

/** Throws what is wrong with an entry's `auth`. */
export function throwBrokenAuth({ path, place }: DockerAuthEntry): never {
  const message = "expected base64 of USERNAME:PASSWORD in this entry's auth"
  throw new DockerConfigError({ code: 'broken-auth', path: [...path, 'auth'], message, place })
}

function decodeRust(auth: string): Uint8Array | undefined {
  if (auth.includes('\n') || auth.includes('\r')) return undefined
  // Padding may be there in whole, in part or not at all.
  const end = auth.indexOf('=')
  const digits = end < 0 ? auth : auth.slice(0, end)
  const padding = '='.repeat((4 - (digits.length % 4)) % 4)
  if (!padding.startsWith(auth.slice(digits.length))) return undefined
  const bytes = decodeBase64(digits + padding)
  // Unused bits have to be zero, and the text UTF-8.
  const isExact = bytes && encodeBase64(bytes).startsWith(digits)
  if (!isExact || decodeUtf8(bytes) === undefined) return undefined
  return bytes.includes(COLON) ? bytes : undefined
}

function trimNul(bytes: Uint8Array): Uint8Array {
  let start = 0
  let end = bytes.length
  while (start < end && bytes[start] === 0) start++
  while (end > start && bytes[end - 1] === 0) end--
  return bytes.subarray(start, end)
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}
