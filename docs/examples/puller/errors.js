/** Something that a user is told in one line. Anything else that is thrown is a mistake here. */
export class PullError extends Error {
  /**
   * What broke off, in a line; a reason that is clear already stays as it is.
   *
   * @param {unknown} error - Of Node or undici: these name addresses and certificates, no secrets.
   * @param {string} what - Without a URL's path and query, where a redirect's may hold a signature.
   */
  static from(error, what) {
    if (error instanceof PullError) return error
    // Where several addresses were tried, the reasons are in a list.
    const reason = error instanceof AggregateError ? error.errors[0] : error
    const code = reason.code ? ` (${reason.code})` : ''
    // A certificate's name may be quoted, and OpenSSL ends its messages with a new line.
    return new PullError(`${what}: ${reason.message.replaceAll(/\p{Cc}+/gu, ' ').trim()}${code}`)
  }
}
