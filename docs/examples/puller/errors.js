/** What came before any certificate: no connection in time, a refused one, a reply that isn't TLS. */
const WITHOUT_TLS = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_SSL_WRONG_VERSION_NUMBER',
]
/** A proxy's word that it got no connection. undici has it in the message alone. */
const NO_TUNNEL = /^Proxy response \(50[234]\)/
const MAX_CAUSES = 10

/** Something that a user is told in one line. Anything else that is thrown is a mistake here. */
export class PullError extends Error {
  /**
   * What broke off, in a line; a reason that is clear already stays as it is.
   *
   * @param {unknown} error - Of Node or undici: these name addresses and certificates, no secrets.
   * @param {string} what - Without a URL's path and query, where a redirect's may hold a signature.
   * @param {string} [more] - What else is known of it.
   */
  static from(error, what, more = '') {
    if (error instanceof PullError) return error
    // Where several addresses were tried, the reasons are in a list.
    const reason = error instanceof AggregateError ? error.errors[0] : error
    const code = reason.code ? ` (${reason.code})` : ''
    const message = `${what}: ${reason.message.trim()}${code}${more && `: ${more}`}`
    // A certificate's name may be quoted, and OpenSSL ends its messages with a new line.
    return new PullError(message.replaceAll(/\p{Cc}+/gu, ' '))
  }
}

/**
 * The codes of an error and of its causes.
 *
 * @param {unknown} error
 */
export function codesOf(error) {
  const codes = []
  let at = error
  for (let depth = 0; at instanceof Error && depth < MAX_CAUSES; depth++, at = at.cause) {
    if ('code' in at) codes.push(String(at.code))
  }
  return codes
}

/**
 * Whether a request failed before any certificate was judged, so that a registry without TLS may be
 * behind it.
 *
 * @param {unknown} error
 */
export function isWithoutTls(error) {
  if (codesOf(error).some((code) => WITHOUT_TLS.includes(code))) return true
  return error instanceof Error && NO_TUNNEL.test(error.message)
}
