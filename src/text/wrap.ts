// Lines of a given width, for texts that are safe to print.
import { lazyPattern } from './pattern.js'

/** Wide and full-width forms (Unicode's East Asian Width, in blocks) and pictographs take two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/** Marks combine with the character before them. */
const mark = lazyPattern(String.raw`\p{M}`, 'u')

/** How many columns the text takes. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += columnsOfCharacter(character)
  return columns
}

function columnsOfCharacter(character: string): number {
  if (character < '\u0300') return 1
  if (mark().test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}

/** The text in lines of at most so many columns, broken at spaces, and within a word where it is too long. */
export function wrap(text: string, width: number): string[] {
  if (columnsOf(text) <= width) return [text]
  const lines: string[] = []
  let line = ''
  let columns = 0
  for (const word of text.split(' ').flatMap((word) => pieces(word, width))) {
    const size = columnsOf(word)
    if (line !== '' && columns + 1 + size > width) {
      lines.push(line)
      line = word
      columns = size
    } else {
      columns += size + (line === '' ? 0 : 1)
      line = line === '' ? word : `${line} ${word}`
    }
  }
  lines.push(line)
  return lines
}

function pieces(word: string, width: number): string[] {
  if (columnsOf(word) <= width) return [word]
  const parts: string[] = []
  let part = ''
  let columns = 0
  for (const character of word) {
    const size = columnsOfCharacter(character)
    if (columns + size > width) {
      parts.push(part)
      part = ''
      columns = 0
    }
    part += character
    columns += size
  }
  return [...parts, part]
}
