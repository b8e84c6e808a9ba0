// One text for a list of texts, to compare lists or to look them up.

/**
 * Parts with their lengths, so that no two lists of parts give one text. Not by JSON, which would ask a
 * polluted prototype's toJSON.
 */
export function joinParts(parts: readonly string[]): string {
  return parts.map((part) => `${part.length}:${part}`).join('')
}
