// Letters, digits, "-", "_", dots, and everything outside of ASCII, for the URL parser to judge.
const HOST_CHARACTERS = /^[\w.\u0080-\uffff-]+$/

/** The URL, or undefined. The parser's error is dropped, since it holds the text. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/**
 * The host that is dialled for a URL: what the URL parser gives (lower case, IDNA, IPv4 addresses in
 * dotted decimal), without the brackets of IPv6 and the trailing dot.
 */
export function dialledHost(url: URL): string {
  const { hostname } = url
  if (hostname.startsWith('[')) return hostname.slice(1, -1)
  return hostname.endsWith('.') ? hostname.slice(0, -1) : hostname
}

/**
 * A domain name as the URL parser writes it, or undefined if it isn't one. A trailing dot stays;
 * a name that the parser takes for an IPv4 address becomes one.
 */
export function asciiHost(name: string): string | undefined {
  return HOST_CHARACTERS.test(name) ? parseUrl(`http://${name}`)?.hostname : undefined
}
