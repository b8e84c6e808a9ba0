import { DASH, DIGIT, DOT, isA, LOWER, UNDERSCORE, UPPER } from './characters.js'
import { fail } from './error.js'

const TAG_MAX = 128

export function readTag(tag: string): string {
  if (tag === '') fail('tag', 'empty', 'expected a tag after the colon')
  if (tag.length > TAG_MAX) fail('tag', 'too-long', `expected at most ${TAG_MAX} characters`)
  for (let i = 0; i < tag.length; i++) {
    const code = tag.charCodeAt(i)
    if (isA(DIGIT | LOWER | UPPER, code) || code === UNDERSCORE) continue
    if (code !== DOT && code !== DASH) {
      fail('tag', 'invalid-character', 'expected letters, digits, "_", "." and "-"')
    }
    if (i === 0) fail('tag', 'invalid-grammar', 'expected a letter, a digit or "_" at its start')
  }
  return tag
}
