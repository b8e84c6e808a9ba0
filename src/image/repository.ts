import { DASH, DIGIT, DOT, isA, LOWER, SLASH, UNDERSCORE, UPPER } from './characters.js'
import { fail } from './error.js'

const REPOSITORY_MAX = 255

/**
 * The grammar of the OCI distribution specification: components of lower-case letters and digits,
 * which may be separated by one dot, one or two underscores or any number of dashes, joined by
 * single slashes.
 */
export function checkRepository(written: string, repository: string): void {
  if (written === '') fail('repository', 'empty', 'expected a name')
  if (repository.length > REPOSITORY_MAX) {
    fail('repository', 'too-long', `expected at most ${REPOSITORY_MAX} characters`)
  }
  // The separator before the current character, and how often it stands there; 0 within a word.
  let separator = SLASH
  let count = 1
  for (let i = 0; i < repository.length; i++) {
    const code = repository.charCodeAt(i)
    if (isA(DIGIT | LOWER, code)) separator = 0
    else if (code !== SLASH && code !== DOT && code !== DASH && code !== UNDERSCORE) {
      const expected = isA(UPPER, code)
        ? 'lower-case letters'
        : 'lower-case letters, digits, "._-/"'
      fail('repository', 'invalid-character', `expected ${expected}`)
    } else if (separator === 0) {
      separator = code
      count = 1
    } else if (separator === code && (code === DASH || (code === UNDERSCORE && count === 1)))
      count++
    else failSeparator()
  }
  if (separator !== 0) failSeparator()
}

function failSeparator(): never {
  const expectation =
    'expected each component to begin and end with a letter or digit, and within it only single dots, one or two underscores, or dashes, as separators'
  fail('repository', 'invalid-grammar', expectation)
}
