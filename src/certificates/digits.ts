// Decimal digits, of which dates consist and which an address in dotted form has between its dots.

/** Whether a text has nothing but the digits 0 to 9; true of the empty text. */
export function isDigits(text: string): boolean {
  for (const character of text) if (character < '0' || character > '9') return false
  return true
}
