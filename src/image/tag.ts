// The tag.
import { DASH, DIGIT, DOT, isA, LOWER, UNDERSCORE, UPPER } from './characters.js'
import { fail } from './error.js'
import { leftoverOf } from './leftover.js'

const TAG_MAX = 128

/** The tag between these places, in the grammar of the OCI distribution specification. */
export function readTag(text: string, start: number, end: number): string {
  if (start === end) {
    fail('tag', 'empty', 'expected a tag after the colon; leave the colon out for "latest"')
  }
  if (end - start > TAG_MAX) fail('tag', 'too-long', `expected at most ${TAG_MAX} characters`)
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    if (isA(DIGIT | LOWER | UPPER, code) || code === UNDERSCORE) continue
    if (code !== DOT && code !== DASH) {
      const message = leftoverOf(code) ?? 'expected letters, digits, "_", "." and "-"'
      fail('tag', 'invalid-character', message)
    }
    if (i === start)
      fail('tag', 'invalid-grammar', 'expected a letter, a digit or "_" at its start')
  }
  return text.slice(start, end)
}
