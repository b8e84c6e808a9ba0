// Why there is no answer, as the parts of this folder tell each other. It becomes a
// `RegistryFetchError` at the end, where it is known which image was asked for: one token request that
// fails may have been made for several.
import type { Attempt, RegistryFetchCode } from './errors.js'

/** What more there is to say of a fault. */
export interface FetchFaultDetails {
  /** What was tried, for `unreachable`. */
  readonly attempts?: readonly Attempt[]
  /** The try to reach a token service, which is none to reach the registry. */
  readonly tokenAttempt?: Attempt
  /** Whether a mirror, where it is the mirror's fault, is left for the registry. */
  readonly leavesMirror?: boolean
  /** Whether a token service refused what it was sent. */
  readonly isRefusal?: boolean
  /** What the client said, where that can't hold a secret. */
  readonly said?: { readonly cause: unknown } | undefined
}

/** There is no answer. */
export class FetchFault extends Error {
  readonly code: RegistryFetchCode
  readonly details: FetchFaultDetails

  constructor(code: RegistryFetchCode, message: string, details: FetchFaultDetails = {}) {
    super(message)
    this.code = code
    // Without a prototype, which may be polluted: what isn't there isn't said.
    this.details = Object.assign(Object.create(null), details)
  }
}
