// A keychain's failure: its parts come from this library, never from a file or a helper.
import type { KeychainFailure, KeychainFailureCode } from './keychain.js'

/** A failure, with the helper whose fault it is. */
export function failure(
  code: KeychainFailureCode,
  message: string,
  helper?: string,
): KeychainFailure {
  return Object.freeze({ kind: 'failure', code, helper, message })
}
