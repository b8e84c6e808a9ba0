/** Something that a user is told in one line. Anything else that is thrown is a mistake here. */
export class PullError extends Error {
  /**
   * What broke off a transfer, in a line; a reason to end that is clear already stays as it is.
   *
   * @param {unknown} error
   * @param {string} what
   */
  static from(error, what) {
    return error instanceof PullError ? error : new PullError(`${what}: ${describe(error)}`)
  }
}

/** No answer at all: no connection, no TLS, silence. */
export class UnreachableError extends PullError {
  /**
   * @param {string} origin - Without path and query, where a redirect's URL may hold a signature.
   * @param {unknown} error
   */
  constructor(origin, error) {
    super(`${origin}: ${describe(error)}`)
  }
}

/**
 * The message of what Node or undici threw. It names addresses and certificates, never what was sent.
 *
 * @param {unknown} error
 * @returns {string}
 */
function describe(error) {
  if (!(error instanceof Error)) return String(error)
  // Where several addresses were tried, the reasons are in a list.
  if (error instanceof AggregateError && error.message === '') return describe(error.errors[0])
  const code = 'code' in error ? ` (${error.code})` : ''
  // OpenSSL ends its messages with a new line.
  return `${error.message.trim().replaceAll('\n', ' ')}${code}`
}
