// Characters that no part of an image reference has, and that say where they come from.

const LEFTOVERS: ReadonlySet<string> = new Set('"\'`{}$<>()')

/** What a character of a reference is left over from, or undefined for one that tells nothing. */
export function leftoverOf(code: number): string | undefined {
  const character = String.fromCharCode(code)
  if (code < 0x20 || character.trim() === '') {
    return 'a blank or a line end is left over, as from a template or a file; take it out'
  }
  if (!LEFTOVERS.has(character)) return undefined
  return 'a quote, a bracket or a "$" is left over, as from a template or a shell; fill it in or take it out'
}
