/** Nobody is trusted, so nothing is dialled. */
export class TrustDeniedError extends Error {
  /** Always `TrustDeniedError`. */
  override readonly name = 'TrustDeniedError'
  /** The code of this class, for those who can't compare classes. */
  readonly code = 'ERR_TRUST_DENIED'

  /** It takes nothing: there is nothing to tell apart. */
  constructor() {
    super('nobody is trusted in TLS: the rule has "ca-certs", and no certificate in it')
  }
}

/** The part of a decision that a client can't be made to follow. */
export type UnsupportedPart = 'runtime' | 'trust' | 'proxy'

/** A decision that a client or a runtime can't be made to follow. */
export class UnsupportedDecisionError extends Error {
  /** Always `UnsupportedDecisionError`. */
  override readonly name = 'UnsupportedDecisionError'
  /** The code of this class, for those who can't compare classes. */
  readonly code = 'ERR_DECISION_UNSUPPORTED'
  /** The part that the client doesn't follow; `runtime` where it follows nothing. */
  readonly part: UnsupportedPart

  /**
   * @param part - The part that the client doesn't follow.
   * @param reason - Why, in words.
   */
  constructor(part: UnsupportedPart, reason: string) {
    super(reason)
    this.part = part
  }
}
