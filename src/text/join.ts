// Parts put together so that they can be told apart.

/**
 * Parts with their lengths, so that no two lists of parts give one text. Not by JSON, which would ask a
 * polluted prototype's toJSON.
 */
export function joinParts(parts: readonly string[]): string {
  return parts.map((part) => `${part.length}:${part}`).join('')
}
