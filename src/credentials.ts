// Secrets, what a rule holds of them, and the header field that carries them.
import { decodeBase64, decodeUtf8, encodeBase64, toByteString } from './encoding.js'

const HIDDEN = '[secret]'

/**
 * A value that only {@link Secret.reveal | reveal()} shows.
 *
 * Everything that turns an object into text or copies it (`String()`, template literals,
 * `JSON.stringify`, `console.log`, `util.inspect` with any option, `structuredClone`, spreading,
 * error messages) gives `[secret]` or an empty object, on Node, Bun, Deno and in browsers.
 *
 * @example
 *
 * ```ts
 * import { Secret } from 'imagepuller-auth'
 *
 * const password = new Secret('correct horse')
 * console.log(`${password}`) // [secret]
 * console.log(password.reveal() === 'correct horse') // true
 * ```
 */
export class Secret {
  // The value sits in a closure, not in the field: developer tools print private fields.
  readonly #reveal: () => string

  /**
   * @param value - The text to keep.
   * @throws `TypeError` if the value is not a string.
   */
  constructor(value: string) {
    if (typeof value !== 'string') throw new TypeError('Secret: expected a string')
    this.#reveal = () => value
    Object.freeze(this)
  }

  /** The value itself. Call it where the value is sent, and keep the result in no other object. */
  reveal(): string {
    return this.#reveal()
  }

  /** Always `[secret]`. */
  toString(): string {
    return HIDDEN
  }

  /** Always `[secret]`. */
  toJSON(): string {
    return HIDDEN
  }
}

// Node and Bun ask the first symbol how to print an object, Deno the second.
for (const symbol of ['nodejs.util.inspect.custom', 'Deno.customInspect']) {
  Reflect.set(Secret.prototype, Symbol.for(symbol), () => HIDDEN)
}
Object.freeze(Secret.prototype)

/** The keys of a rule that authenticate; a key that is unset or empty is undefined. */
export interface CredentialKeys {
  /** `username` */
  readonly username: Secret | undefined
  /** `password` */
  readonly password: Secret | undefined
  /** `auth`: base64 of `username:password` */
  readonly auth: Secret | undefined
  /** `identitytoken` */
  readonly identityToken: Secret | undefined
  /** `registrytoken` */
  readonly registryToken: Secret | undefined
}

/** The rule holds nothing to authenticate with. */
export interface AnonymousCredentials {
  /** The union's tag. */
  readonly kind: 'anonymous'
}

/** A user name and a password, or what stands for them. */
export interface BasicCredentials {
  /** The union's tag. */
  readonly kind: 'basic'
  /** The user name; undefined if `auth` is set but isn't base64 of `username:password`. */
  readonly username: Secret | undefined
  /** The password; undefined together with the user name. */
  readonly password: Secret | undefined
  /** What follows `Basic ` in the header: base64 of the UTF-8 pair, or `auth` as it stands. */
  readonly encoded: Secret
}

/** An OAuth2 refresh token, to be exchanged for an access token at the challenge's realm. */
export interface IdentityTokenCredentials {
  /** The union's tag. */
  readonly kind: 'identity-token'
  /** The refresh token. */
  readonly identityToken: Secret
  /** What the rule holds besides, for a registry that asks for Basic. */
  readonly basic: BasicCredentials | undefined
}

/** A bearer token for the registry itself. It wins over whatever else the rule holds. */
export interface RegistryTokenCredentials {
  /** The union's tag. */
  readonly kind: 'registry-token'
  /** The bearer token. */
  readonly registryToken: Secret
}

/** What a rule holds to authenticate with; the strongest kind gives the tag. */
export type Credentials =
  | AnonymousCredentials
  | BasicCredentials
  | IdentityTokenCredentials
  | RegistryTokenCredentials

/** The credentials of a registry that no rule applies to. */
export const ANONYMOUS: AnonymousCredentials = Object.freeze({ kind: 'anonymous' })

/** A rule's keys as credentials, in the reference's order of precedence. */
export function credentialsOf(keys: CredentialKeys): Credentials {
  const { identityToken, registryToken } = keys
  if (registryToken) return Object.freeze({ kind: 'registry-token', registryToken })
  const basic = basicOf(keys)
  if (identityToken) return Object.freeze({ kind: 'identity-token', identityToken, basic })
  return basic ?? ANONYMOUS
}

function basicOf({ username, password, auth }: CredentialKeys): BasicCredentials | undefined {
  if (username && password) {
    const pair = new TextEncoder().encode(`${username.reveal()}:${password.reveal()}`)
    return Object.freeze({
      kind: 'basic',
      username,
      password,
      encoded: new Secret(encodeBase64(pair)),
    })
  }
  if (!auth) return undefined
  const pair = decodeAuth(auth)
  return Object.freeze({
    kind: 'basic',
    username: pair?.username,
    password: pair?.password,
    encoded: auth,
  })
}

/**
 * The pair that `auth` stands for, or undefined if it isn't base64 of UTF-8 text with a colon. The
 * user name ends at the first colon (RFC 7617, section 2).
 */
export function decodeAuth(auth: Secret): { username: Secret; password: Secret } | undefined {
  const text = decodeText(auth.reveal())
  const colon = text?.indexOf(':') ?? -1
  if (text === undefined || colon < 0) return undefined
  return { username: new Secret(text.slice(0, colon)), password: new Secret(text.slice(colon + 1)) }
}

function decodeText(base64: string): string | undefined {
  const bytes = decodeBase64(base64)
  return bytes && decodeUtf8(bytes)
}

/** A header field to send. */
export interface HttpHeader {
  /** The field's name, in lower case. */
  readonly name: 'authorization' | 'content-type'
  /**
   * The field's value. Each character is one byte of what is sent, as `fetch` and `node:http` take
   * it: where a token has other than ASCII, these are the bytes of its UTF-8.
   */
  readonly value: Secret
}

/**
 * The `Authorization` field, or undefined if the credentials hold a control character, which would
 * end the field and begin another. White space at the end is no part of a field's value (RFC 9110,
 * section 5.5).
 */
export function authorizationHeader(
  scheme: 'Basic' | 'Bearer',
  credentials: Secret,
): HttpHeader | undefined {
  const bytes = toByteString(`${scheme} ${credentials.reveal()}`)
  if (breaksField(bytes)) return undefined
  let end = bytes.length
  while (bytes[end - 1] === ' ' || bytes[end - 1] === '\t') end--
  return Object.freeze({ name: 'authorization', value: new Secret(bytes.slice(0, end)) })
}

/** RFC 9110, section 5.5: a field may hold tabs, and bytes beyond ASCII. */
function breaksField(bytes: string): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i)
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true
  }
  return false
}
