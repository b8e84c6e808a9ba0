// What a program finds in a credentials file.
import type { Secret } from '../secret.js'

/** No credentials: the program goes on anonymously. */
export interface NoDockerCredentials {
  /** The union's tag. */
  readonly kind: 'none'
  /** The entry that decided, if there is one that holds nothing. */
  readonly key: string | undefined
}

/** A user name and a password. */
export interface BasicDockerCredentials {
  /** The union's tag. */
  readonly kind: 'basic'
  /** The entry that decided. */
  readonly key: string
  /** The user name; undefined where the bytes are no UTF-8, which programs in Go take. */
  readonly username: Secret | undefined
  /** The password; undefined together with the user name. */
  readonly password: Secret | undefined
  /** What follows `Basic ` in the header: base64 of the pair. */
  readonly encoded: Secret
}

/** An OAuth2 refresh token. */
export interface IdentityTokenDockerCredentials {
  /** The union's tag. */
  readonly kind: 'identity-token'
  /** The entry that decided. */
  readonly key: string
  /** The refresh token. */
  readonly identityToken: Secret
  /** What Podman or Docker found beside it. */
  readonly basic: BasicDockerCredentials | undefined
  /** What the program makes of it, and what to do instead. */
  readonly message: string
}

/** A bearer token for the registry itself, which Docker alone reads. */
export interface RegistryTokenDockerCredentials {
  /** The union's tag. */
  readonly kind: 'registry-token'
  /** The entry that decided. */
  readonly key: string
  /** The bearer token. */
  readonly registryToken: Secret
  /** What Docker found beside it. */
  readonly basic: BasicDockerCredentials | undefined
}

/** A credential helper has to be asked: see `helperRequest`. */
export interface HelperDockerCredentials {
  /** The union's tag. */
  readonly kind: 'helper'
  /** The member of `credHelpers` that decided, or `credsStore`. */
  readonly key: string
  /** The helper's name, `X` for the program `docker-credential-X`. */
  readonly name: string
  /** What the helper is asked for. */
  readonly server: string
}

/** What a program finds in a credentials file. */
export type DockerCredentials =
  | NoDockerCredentials
  | BasicDockerCredentials
  | IdentityTokenDockerCredentials
  | RegistryTokenDockerCredentials
  | HelperDockerCredentials
