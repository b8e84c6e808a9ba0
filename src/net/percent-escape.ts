// Percent escapes of URLs (RFC 3986, section 2.1).

const BROKEN_ESCAPE = /%(?![\da-f]{2})/i

/** Whether a text has a `%` without two hexadecimal digits behind it, which Go's `net/url` refuses in a path. */
export function hasBrokenEscape(text: string): boolean {
  return BROKEN_ESCAPE.test(text)
}
