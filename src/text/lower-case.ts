// Lower case as Go has it.

/** A capital sigma, and the capital I with a dot. */
const OTHERWISE = /[\u03a3\u0130]/

/**
 * Go's `strings.ToLower`, which takes a text letter by letter. JavaScript's writes a sigma otherwise at
 * the end of a word, and the dotted capital I as two characters.
 */
export function lowerCaseAsGo(text: string): string {
  if (!OTHERWISE.test(text)) return text.toLowerCase()
  return Array.from(text, (letter) => (letter === '\u0130' ? 'i' : letter.toLowerCase())).join('')
}
