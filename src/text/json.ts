// JSON from elsewhere.

/**
 * The value of a JSON text; undefined for any other text. The parser's error is dropped, since it quotes the
 * text.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
