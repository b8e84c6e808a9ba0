// The repository: its grammar, and what a text that breaks it probably means.
import { COLON, DASH, DIGIT, DOT, isA, LOWER, SLASH, UNDERSCORE, UPPER } from './characters.js'
import { fail } from './error.js'
import { leftoverOf } from './leftover.js'

const REPOSITORY_MAX = 255

/**
 * The repository between these places, with Docker Hub's `library/` where that is left out. Its grammar
 * is that of the OCI distribution specification: components of lower-case letters and digits, which may
 * be separated by one dot, one or two underscores or any number of dashes, joined by single slashes.
 */
export function readRepository(text: string, start: number, end: number, isOnHub: boolean): string {
  if (start === end) fail('repository', 'empty', 'expected a name')
  const written = text.slice(start, end)
  const repository = isOnHub && !written.includes('/') ? `library/${written}` : written
  if (repository.length > REPOSITORY_MAX) {
    fail('repository', 'too-long', `expected at most ${REPOSITORY_MAX} characters`)
  }
  // The separator before the current character, and how often it stands there; 0 within a word.
  let separator = SLASH
  let count = 1
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    if (isA(DIGIT | LOWER, code)) separator = 0
    else if (code !== SLASH && code !== DOT && code !== DASH && code !== UNDERSCORE) {
      failCharacter(written, i - start, start > 0)
    } else if (separator === 0) {
      separator = code
      count = 1
    } else if (separator === code && (code === DASH || (code === UNDERSCORE && count === 1)))
      count++
    else failSeparator(written, i - start, start > 0)
  }
  if (separator !== 0) failSeparator(written, written.length, start > 0)
  return repository
}

function failCharacter(written: string, index: number, hasRegistry: boolean): never {
  const code = written.charCodeAt(index)
  const invalid = (message: string) => fail('repository', 'invalid-character', message)
  if (code === COLON) {
    return invalid(
      'a colon within it is a second registry, or a port behind a name that is no registry; a registry comes first and once, and is localhost or has a dot or a port',
    )
  }
  const isFirst = !hasRegistry && written.indexOf('/') > index
  if (isA(UPPER, code) && isFirst) {
    return invalid(
      'expected lower-case letters; if the first component is meant as a registry, it needs a dot or a port, or to be localhost',
    )
  }
  if (isA(UPPER, code)) return invalid('expected lower-case letters')
  return invalid(leftoverOf(code) ?? 'expected lower-case letters, digits, "._-/"')
}

function failSeparator(written: string, index: number, hasRegistry: boolean): never {
  const invalid = (message: string) => fail('repository', 'invalid-grammar', message)
  if (index === 0 && written.startsWith('/')) {
    return invalid(
      hasRegistry
        ? 'a component is empty: two slashes stand behind the registry; leave one out'
        : 'the reference begins with a slash, so its registry is empty; put the registry before the slash, or leave the slash out',
    )
  }
  if (written.endsWith('/') && index === written.length) {
    return invalid(
      'it ends with a slash; leave the slash out, or add the component that is missing',
    )
  }
  if (written.charCodeAt(index) === SLASH && written.charCodeAt(index - 1) === SLASH) {
    return invalid('a component is empty: two slashes follow each other; leave one out')
  }
  return invalid(
    'expected each component to begin and end with a letter or digit, and within it only single dots, one or two underscores, or dashes, as separators',
  )
}
