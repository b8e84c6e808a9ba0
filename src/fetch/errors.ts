// What is thrown where there is no answer of the registry to give.

/** What kept a request from getting an answer. */
export type RegistryFetchCode =
  | 'denied'
  | 'challenge'
  | 'realm-refused'
  | 'token-service'
  | 'redirect'
  | 'unreachable'

/** One try to reach a registry or its mirror. */
export interface Attempt {
  /** Scheme, host and port. */
  readonly origin: string
  /** What the client says of it, such as `ECONNREFUSED`; `unknown` if it says nothing. */
  readonly reason: string
}

/** There is no answer: nothing could be reached. */
export interface UnreachableIssue {
  /** The union's tag. */
  readonly code: 'unreachable'
  /** What was tried, https first. */
  readonly attempts: readonly Attempt[]
  /** The same in a sentence. */
  readonly message: string
}

/** There is no answer, for any other reason. */
export interface OtherFetchIssue {
  /** The union's tag. */
  readonly code: Exclude<RegistryFetchCode, 'unreachable'>
  /** The reason as a sentence. It shows no secret and no URL's query. */
  readonly message: string
}

/** Why there is no answer. */
export type RegistryFetchIssue = UnreachableIssue | OtherFetchIssue

/**
 * There is no answer of the registry to give. Its message shows no secret and no URL's query, and it
 * has a `cause` only where what failed carried no credentials.
 */
export class RegistryFetchError extends Error {
  /** Always `RegistryFetchError`. */
  override readonly name = 'RegistryFetchError'
  /** The code of this class, for those who can't compare classes. */
  readonly code = 'ERR_REGISTRY_FETCH'
  /** Why. */
  readonly issue: RegistryFetchIssue

  /**
   * @param issue - Why.
   * @param options - A `cause`, for what can hold no secret.
   */
  constructor(issue: RegistryFetchIssue, options?: { readonly cause: unknown }) {
    super(issue.message)
    this.issue = Object.freeze(issue)
    if (options !== undefined && Object.hasOwn(options, 'cause')) {
      Object.defineProperty(this, 'cause', {
        value: options.cause,
        configurable: true,
        writable: true,
      })
    }
  }
}

/** The error of a reason that needs no more than a sentence. */
export function fetchError(code: OtherFetchIssue['code'], message: string): RegistryFetchError {
  return new RegistryFetchError({ code, message })
}
