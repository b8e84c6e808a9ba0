// All errors that the library throws on bad input, as one union: for a program that handles errors of
// several entries in one place. Types alone, so that no entry loads another's classes by it.
import type { DockerConfigError } from './docker-config/index.js'
import type { RegistryFetchError } from './fetch/index.js'
import type { ConfigError } from './findings.js'
import type { ImageReferenceError } from './image/index.js'
import type { TrustDeniedError, UnsupportedDecisionError } from './transport/index.js'

/**
 * Every error that a function of the library throws on bad input, of all entries. `code` tells them
 * apart; misuse by the caller is a `TypeError`, which isn't among them.
 */
export type ImagepullerAuthError =
  | ConfigError
  | ImageReferenceError
  | DockerConfigError
  | TrustDeniedError
  | UnsupportedDecisionError
  | RegistryFetchError

/** The codes of these errors, such as `ERR_CONFIG_INVALID`. */
export type ErrorCode = ImagepullerAuthError['code']
