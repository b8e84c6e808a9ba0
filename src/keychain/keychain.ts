// What a keychain is: credentials by server. The requests of `imagepuller-auth/fetch` ask one, so this
// module compiles without Node's types, which everything else in this folder needs.
import type { Credentials } from '../credentials.js'

/** Why a keychain has no answer. */
export type KeychainFailureCode =
  | 'unreadable-file'
  | 'invalid-file'
  | 'invalid-credentials'
  | 'helper-not-found'
  | 'helper-failed'
  | 'helper-timeout'
  | 'helper-output'

/** A keychain that was asked in vain. */
export interface KeychainFailure {
  /** The union's tag. */
  readonly kind: 'failure'
  /** Why. */
  readonly code: KeychainFailureCode
  /** The credential helper that was asked, if it is its fault. */
  readonly helper: string | undefined
  /** The reason as a sentence. It shows nothing of what a file holds or a helper said. */
  readonly message: string
}

/** What a keychain answers: credentials as a rule has them, `anonymous` where it knows none. */
export type KeychainAnswer = Credentials | KeychainFailure

/** Where credentials are for registries that no rule applies to. */
export interface Keychain {
  /**
   * The credentials for a registry.
   *
   * @param server - The registry's host, and its port if the image names one.
   */
  credentials(server: string): Promise<KeychainAnswer>
}
