// The two errors of the adapters. Both come before anything is dialled.

/** Why an adapter gives nothing. */
export interface TransportIssue<Code extends string> {
  /** The cause, for programs. */
  readonly code: Code
  /** What the decision is, and what the client would make of it. */
  readonly message: string
  /** What to do instead. */
  readonly help: string
}

/** The decision denies every TLS handshake, so nothing is dialled. */
export class TrustDeniedError extends Error {
  /** Always `TrustDeniedError`. */
  override readonly name = 'TrustDeniedError'
  /** The code of this class, for programs that can't compare classes. */
  readonly code = 'ERR_TRUST_DENIED'
  /** The cause: always that the rule denies everything. */
  readonly issue: TransportIssue<'deny-all'>

  /** It takes nothing: there is nothing to tell apart. */
  constructor() {
    const issue = {
      code: 'deny-all',
      message: 'the rule has "ca-certs" without any certificate, which denies every TLS handshake',
      help: 'write the PEM of the registry\'s CA in "ca-certs", or leave the key out for the web PKI',
    } as const
    super(describe(issue))
    this.issue = Object.freeze(issue)
  }
}

/**
 * The causes of an {@link UnsupportedDecisionError}:
 *
 * - `undici-on-bun`: Bun puts a module of its own in undici's place, and that ignores the trust.
 * - `not-bun`: the options are for Bun's `fetch`; every other `fetch` ignores them.
 * - `constrained-anchor`: Deno would take a certificate of the bundle as a CA without limits.
 * - `proxy-needed`: the client connects directly, and the decision is a proxy.
 * - `proxy-scheme`: the proxy is reached by another protocol than `http` or `https`.
 * - `proxy-trust`: Bun would trust a proxy that is reached by TLS without verification.
 * - `undialable`: no client can dial the URL.
 */
export type UnsupportedDecisionCode =
  | 'undici-on-bun'
  | 'not-bun'
  | 'constrained-anchor'
  | 'proxy-needed'
  | 'proxy-scheme'
  | 'proxy-trust'
  | 'undialable'

/** A decision that a client or a runtime can't be made to follow. */
export class UnsupportedDecisionError extends Error {
  /** Always `UnsupportedDecisionError`. */
  override readonly name = 'UnsupportedDecisionError'
  /** The code of this class, for programs that can't compare classes. */
  readonly code = 'ERR_DECISION_UNSUPPORTED'
  /** The cause. */
  readonly issue: TransportIssue<UnsupportedDecisionCode>

  /**
   * @param code - The cause, for programs.
   * @param message - What the decision is, and what the client would make of it.
   * @param help - What to do instead.
   */
  constructor(code: UnsupportedDecisionCode, message: string, help: string) {
    const issue = Object.freeze({ code, message, help })
    super(describe(issue))
    this.issue = issue
  }
}

function describe({ message, help }: TransportIssue<string>): string {
  return `${message}; ${help}`
}
