// Keys as messages show them.

/** A key as TOML has it, shortened, in printable ASCII: a name can't rewrite a terminal. */
export function quoteKey(key: string): string {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(key)) return key
  const escaped = key.slice(0, LONGEST_SHOWN).replace(/[^\x20-\x7e…]|["\\]/gu, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`
    return `\\u{${(character.codePointAt(0) as number).toString(16)}}`
  })
  return `"${escaped}${key.length > LONGEST_SHOWN ? '…' : ''}"`
}

const LONGEST_SHOWN = 253
