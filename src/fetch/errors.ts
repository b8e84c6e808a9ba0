// What is thrown where there is no answer of the registry to give.
import type { DocumentPlace } from '../findings.js'

/**
 * What kept a request from getting an answer:
 *
 * - `denied`: the rule denies everything; nothing was sent.
 * - `challenge`: the registry asks for what can't be given.
 * - `realm-refused`: its token service is no place for credentials.
 * - `token-service`: the token service gave no token.
 * - `redirect`: a redirect, or a `Location`, leads where it may not, or to no end.
 * - `unreachable`: no connection, or none that is trusted.
 */
export type RegistryFetchCode =
  | 'denied'
  | 'challenge'
  | 'realm-refused'
  | 'token-service'
  | 'redirect'
  | 'unreachable'

/** The proxy on the way to a server. */
export interface AttemptProxy {
  /** The proxy's URL, without user info. */
  readonly url: string
  /**
   * Whether the proxy is what couldn't be reached, or refused what it was asked for, as far as the reason
   * tells. The server wasn't asked then.
   */
  readonly isAtFault: boolean
}

/** One try to reach a registry, its mirror, or what it redirects to. */
export interface Attempt {
  /** Scheme, host and port. */
  readonly origin: string
  /**
   * What the client says of it, such as `ECONNREFUSED`; `unknown` if it gives no code; `status 404` for
   * a mirror that was left; for a URL that can't be dialled, the code of the proxy's decision.
   */
  readonly reason: string
  /** The proxy on the way; undefined where there was none, or an answer of the mirror. */
  readonly proxy: AttemptProxy | undefined
}

/** What the configuration may have to do with a fault. */
export interface ConfigurationHint {
  /**
   * A rule was bypassed, because of a port, an IP address or a name that ends in a number; one was
   * probably meant to apply; or the proxy is at fault.
   */
  readonly code: 'bypassed' | 'near-miss' | 'proxy'
  /**
   * The rule's name, as the document has it; undefined for a proxy, and where no rule would apply without
   * the port.
   */
  readonly rule: string | undefined
  /** The same in a sentence. */
  readonly message: string
  /** Where the rule stands, or the proxy's variable, if that is known. */
  readonly place: DocumentPlace | undefined
}

/** What each issue has. */
export interface FetchIssueBasics {
  /** The reason as a sentence. It shows no secret and no URL's query. */
  readonly message: string
  /** What the configuration may have to do with it. */
  readonly hints: readonly ConfigurationHint[]
}

/** There is no answer: nothing could be reached. */
export interface UnreachableIssue extends FetchIssueBasics {
  /** The union's tag. */
  readonly code: 'unreachable'
  /** What was tried, https first. */
  readonly attempts: readonly Attempt[]
}

/** There is no answer, for any other reason. */
export interface OtherFetchIssue extends FetchIssueBasics {
  /** The union's tag. */
  readonly code: Exclude<RegistryFetchCode, 'unreachable'>
}

/** Why there is no answer. */
export type RegistryFetchIssue = UnreachableIssue | OtherFetchIssue

/**
 * There is no answer of the registry to give. Its message shows no secret and no URL's query, and it
 * has a `cause` only where that can hold neither: what was sent carried nothing secret, by no proxy, to
 * a URL without a query.
 */
export class RegistryFetchError extends Error {
  /** Always `RegistryFetchError`. */
  override readonly name = 'RegistryFetchError'
  /** The code of this class, for programs that can't compare classes. */
  readonly code = 'ERR_REGISTRY_FETCH'
  /** Why. */
  readonly issue: RegistryFetchIssue

  /**
   * @param issue - Why.
   * @param said - What the client said, where that can hold no secret.
   */
  constructor(issue: RegistryFetchIssue, said?: { readonly cause: unknown }) {
    super([issue.message, ...issue.hints.map(({ message }) => message)].join('; '))
    this.issue = Object.freeze(issue)
    // Not enumerable, as `new Error(…, { cause })` has it.
    if (said !== undefined) Object.defineProperty(this, 'cause', { value: said.cause })
  }
}
