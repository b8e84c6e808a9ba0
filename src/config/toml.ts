import { parse, TomlError, type TomlTable } from 'smol-toml'
import { ConfigError, type ConfigErrorCode, freezeFinding } from '../findings.js'
import type { Position } from '../text/index.js'

export const START: Position = { line: 1, column: 1 }

export function fail(code: ConfigErrorCode, { line, column }: Position, message: string): never {
  const place = { kind: 'document', line, column, endLine: line, endColumn: column } as const
  throw new ConfigError([
    freezeFinding({ code, severity: 'error', path: [], message, help: undefined, place }),
  ])
}

export function parseToml(text: string): TomlTable {
  try {
    return parse(text, TOML_OPTIONS)
  } catch (error) {
    // The error itself goes no further: its message and code block quote the lines around the place.
    if (!(error instanceof TomlError)) return fail('invalid-toml', START, 'expected valid TOML')
    const [reason = ''] = error.message.split('\n', 1)
    const [, expectation] = EXPECTED.find(([known]) => reason.includes(known)) as Expectation
    return fail('invalid-toml', error, expectation)
  }
}

// Every option is given: smol-toml would look for a missing one in a polluted Object.prototype.
const TOML_OPTIONS = {
  maxDepth: 100,
  // A number too large for JavaScript is of a wrong type, not invalid.
  integersAsBigInt: 'asNeeded',
  useLegacyDate: true,
  unsafeKeyBehaviour: 'keep',
} as const

type Expectation = readonly [known: string, expectation: string]

const EXPECTED_NUMBER = 'expected a valid number or date; a string needs quotes'

/** What smol-toml's reasons, which are constants, mean to somebody who wrote the document. */
const EXPECTED: readonly Expectation[] = [
  ['redefine', 'expected each key and table to be defined once'],
  ['unfinished string', 'expected the string that begins here to end'],
  ['in strings', 'expected the string to end on its line, and no control characters in it'],
  ['control characters', 'expected no control characters'],
  ['escape', 'expected a valid escape after the backslash'],
  ['end-of-line', 'expected nothing more on this line'],
  ['cannot find end of key', 'expected "=" after a key, or "]" after the name of a table'],
  ['table array', 'expected "]]" after the name'],
  [
    'key',
    'expected a key, in quotes if it has other characters than letters, digits, "-" and "_", and then "=" or "]"',
  ],
  ['nested', 'expected less nesting'],
  ['unfinished array', 'expected the array that begins here to end with "]"'],
  ['unfinished table', 'expected the table that begins here to end with "}"'],
  ['comma', 'expected a comma, or the end of the array or table'],
  ['numeric', EXPECTED_NUMBER],
  ['leading zero', EXPECTED_NUMBER],
  ['underscore', EXPECTED_NUMBER],
  ['date', EXPECTED_NUMBER],
  ['invalid value', 'expected a value; a string needs quotes'],
  ['', 'expected valid TOML'],
]

export function readQuotedKey(quoted: string): string {
  return Object.keys(parse(`${quoted} = 0`, TOML_OPTIONS)).join('')
}
