// JSON that is safe to print.

/** What JSON leaves as it is and a terminal obeys. Line ends are the layout's own: in strings they are escaped. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** JSON text, with escapes for characters that rewrite the terminal. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(UNSAFE, escapeUnits)
}

function escapeUnits(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'))
  return units.map((unit) => `\\u${unit}`).join('')
}
