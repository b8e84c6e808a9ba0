// What a rule authenticates with, key by key: `auth` as the pair that it stands for.
import type { RegistryRule } from '../config/index.js'
import { revealAuth } from '../credentials.js'
import { Secret } from '../secret.js'

/** A password or a token of a rule. */
export interface HeldSecret {
  /** The key that holds it. */
  readonly key: 'password' | 'auth' | 'identitytoken' | 'registrytoken'
  /** The user name beside it, if it is a password. */
  readonly username: string | undefined
  readonly secret: Secret
}

/** All of them, the strongest last. */
export function heldSecrets(rule: RegistryRule): readonly HeldSecret[] {
  const { username, password, auth, identityToken, registryToken } = rule
  const held: HeldSecret[] = []
  if (password) held.push({ key: 'password', username: username?.reveal(), secret: password })
  if (auth) {
    const pair = revealAuth(auth)
    const secret = pair ? new Secret(pair.password) : auth
    held.push({ key: 'auth', username: pair?.username, secret })
  }
  if (identityToken) {
    held.push({ key: 'identitytoken', username: undefined, secret: identityToken })
  }
  if (registryToken) {
    held.push({ key: 'registrytoken', username: undefined, secret: registryToken })
  }
  return held
}
