// The kinds of credentials that a rule, or a keychain, holds.
import { Secret } from './secret.js'
import { decodeBase64, decodeUtf8, encodeBase64 } from './text/index.js'

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

/** The keys of a rule that holds none of them. */
export const NO_KEYS: CredentialKeys = Object.freeze({
  username: undefined,
  password: undefined,
  auth: undefined,
  identityToken: undefined,
  registryToken: undefined,
})

/** The rule holds nothing to authenticate with. */
export interface AnonymousCredentials {
  /** The union's tag. */
  readonly kind: 'anonymous'
}

/** A user name and a password. */
export interface PairCredentials {
  /** The union's tag. */
  readonly kind: 'basic'
  /** The user name. */
  readonly username: Secret
  /** The password. */
  readonly password: Secret
  /** What follows `Basic ` in the header: base64 of the UTF-8 pair, or `auth` as it stands. */
  readonly encoded: Secret
}

/** An `auth` that isn't base64 of `username:password`, to be sent as it stands. */
export interface OpaqueCredentials {
  /** The union's tag. */
  readonly kind: 'basic'
  /** Undefined, and of the object's own, so that no prototype supplies one. */
  readonly username: undefined
  /** Undefined, as the user name is. */
  readonly password: undefined
  /** What follows `Basic ` in the header. */
  readonly encoded: Secret
}

/** A user name and a password, or an `auth` that can't be told apart. */
export type BasicCredentials = PairCredentials | OpaqueCredentials

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

/** A rule's keys as credentials, in go-containerregistry's order of precedence. */
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
  const pair = revealAuth(auth)
  if (pair === undefined) return opaque(auth)
  return Object.freeze({
    kind: 'basic',
    username: new Secret(pair.username),
    password: new Secret(pair.password),
    encoded: auth,
  })
}

function opaque(encoded: Secret): OpaqueCredentials {
  return Object.freeze({ kind: 'basic', username: undefined, password: undefined, encoded })
}

/**
 * The pair that `auth` stands for, or undefined if it isn't base64 of UTF-8 text with a colon. The
 * user name ends at the first colon (RFC 7617, section 2).
 */
export function revealAuth(auth: Secret): { username: string; password: string } | undefined {
  const text = decodeText(auth.reveal())
  const colon = text?.indexOf(':') ?? -1
  if (text === undefined || colon < 0) return undefined
  return { username: text.slice(0, colon), password: text.slice(colon + 1) }
}

function decodeText(base64: string): string | undefined {
  const bytes = decodeBase64(base64)
  return bytes && decodeUtf8(bytes)
}
