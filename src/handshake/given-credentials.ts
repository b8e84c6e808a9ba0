// Credentials that a caller gives, as a keychain has them, rather than a rule.
import type { Credentials } from '../credentials.js'
import { Secret } from '../secret.js'

/**
 * Whether a value is credentials by its own properties. What a polluted prototype adds would be a
 * secret that the caller never gave.
 */
export function isCredentials(value: unknown): value is Credentials {
  switch (own(value, 'kind')) {
    case 'anonymous':
      return true
    case 'basic':
      return isBasic(value)
    case 'identity-token': {
      const basic = own(value, 'basic')
      const isComplete =
        typeof value === 'object' && value !== null && Object.hasOwn(value, 'basic')
      return (
        isSecret(value, 'identityToken') && isComplete && (basic === undefined || isBasic(basic))
      )
    }
    case 'registry-token':
      return isSecret(value, 'registryToken')
    default:
      return false
  }
}

function isBasic(value: unknown): boolean {
  return own(value, 'kind') === 'basic' && isSecret(value, 'encoded')
}

function isSecret(value: unknown, name: string): boolean {
  return own(value, name) instanceof Secret
}

function own(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Reflect.get(value, name)
}
