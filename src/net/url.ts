const MAX_IDN_URL = 4096

export const NOT_ASCII: RegExp = /[\u0080-\uffff]/

/**
 * The URL, or undefined. The parser's error is dropped, since it holds the text. A long one has to be
 * ASCII, since the parser's Punycode takes a host's length times the number of different characters.
 */
export function parseUrl(text: string): URL | undefined {
  if (text.length > MAX_IDN_URL && NOT_ASCII.test(text)) return undefined
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/** A URL, or a path, without the slashes at its end. */
export function withoutTrailingSlashes(text: string): string {
  let end = text.length
  while (text[end - 1] === '/') end--
  return text.slice(0, end)
}
