// Credentials that a caller gives, as a keychain has them, rather than a rule. They are copied: a keychain
// may have one object for all its answers, and what is kept for one registry must not become another's.
import { ANONYMOUS, type BasicCredentials, type Credentials } from '../credentials.js'
import { ownValue } from '../options.js'
import { Secret } from '../secret.js'

/**
 * A copy of credentials by their own properties, each read once; undefined for what is none. What a
 * polluted prototype adds would be a secret that the caller never gave.
 */
export function copyCredentials(value: unknown): Credentials | undefined {
  switch (ownValue(value, 'kind')) {
    case 'anonymous':
      return ANONYMOUS
    case 'basic':
      return copyBasic(value)
    case 'identity-token':
      return copyIdentityToken(value)
    case 'registry-token': {
      const registryToken = secretIn(value, 'registryToken')
      return registryToken && Object.freeze({ kind: 'registry-token', registryToken })
    }
    default:
      return undefined
  }
}

function copyBasic(value: unknown): BasicCredentials | undefined {
  const encoded = secretIn(value, 'encoded')
  if (encoded === undefined) return undefined
  const username = secretIn(value, 'username')
  const password = secretIn(value, 'password')
  return username && password
    ? Object.freeze({ kind: 'basic', username, password, encoded })
    : Object.freeze({ kind: 'basic', username: undefined, password: undefined, encoded })
}

function copyIdentityToken(value: unknown): Credentials | undefined {
  const identityToken = secretIn(value, 'identityToken')
  if (identityToken === undefined || !Object.hasOwn(Object(value), 'basic')) return undefined
  const given = ownValue(value, 'basic')
  if (given === undefined) {
    return Object.freeze({ kind: 'identity-token', identityToken, basic: undefined })
  }
  const basic = ownValue(given, 'kind') === 'basic' ? copyBasic(given) : undefined
  return basic && Object.freeze({ kind: 'identity-token', identityToken, basic })
}

function secretIn(value: unknown, name: string): Secret | undefined {
  const secret = ownValue(value, name)
  return secret instanceof Secret ? secret : undefined
}
