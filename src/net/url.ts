// The URL parser of the platform, asked for no more than it can read in linear time.

/** Above what DNS can hold, even of names with characters that IDNA drops. */
export const MAX_HOST = 1024

/** The schemes whose hosts the URL standard takes for domains. Those of others it never decodes. */
const SPECIAL_SCHEME = /^(?:https?|wss?|ftp|file):$/i

// White space around a URL, and tabs and line ends within, which the URL parser passes over.
const PASSED_OVER = /[\t\n\r]/g

/**
 * The URL, or undefined. The parser's error is dropped, since it holds the text. A host of more than
 * 1,024 characters never reaches the parser: that of Node 20 and 22 decodes Punycode in quadratic
 * time, 43 seconds for a megabyte.
 */
export function parseUrl(text: string): URL | undefined {
  if (text.length > MAX_HOST && isHostTooLong(text)) return undefined
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/** Whether the host of a text, read as a URL, is longer than any that DNS can hold. */
export function isHostTooLong(text: string): boolean {
  const written = text.replace(PASSED_OVER, '')
  const start = firstVisible(written)
  const colon = written.indexOf(':', start)
  if (colon < 0 || !SPECIAL_SCHEME.test(written.slice(start, Math.min(colon + 1, start + 8)))) {
    return false
  }
  const authority = authorityAfter(written, colon + 1)
  // The last "@" ends the user info, however many there are. What follows may have a port.
  return authority.length - (authority.lastIndexOf('@') + 1) > MAX_HOST
}

/** Where the text begins behind the spaces and control characters that the URL parser drops. */
function firstVisible(text: string): number {
  let start = 0
  while (start < text.length && text.charCodeAt(start) <= 0x20) start++
  return start
}

/** Behind a special scheme any number of slashes, of either kind, leads to the authority. */
function authorityAfter(text: string, colon: number): string {
  let start = colon
  while (isSlash(text.charCodeAt(start))) start++
  let end = start
  while (end < text.length && !endsAuthority(text.charCodeAt(end))) end++
  return text.slice(start, end)
}

function isSlash(code: number): boolean {
  return code === 0x2f || code === 0x5c
}

/** "/", "\", "?" and "#". */
function endsAuthority(code: number): boolean {
  return isSlash(code) || code === 0x3f || code === 0x23
}

/** A URL, or a path, without the slashes at its end. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length
  while (text[end - 1] === '/') end--
  return text.slice(0, end)
}
