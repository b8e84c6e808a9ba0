// The likely cause of what isn't TOML: smol-toml says where it gave up, this says what was meant.
import { lazy } from '../lazy.js'
import { findTypographic, type TomlCause } from './typographic.js'

/** What smol-toml says: a constant of its own, and a place. */
export interface TomlFault {
  readonly reason: string
  readonly line: number
  readonly column: number
}

/** The likely cause, or, where none is known, what TOML would have there. */
export function explainToml(text: string, fault: TomlFault): TomlCause {
  const isJson = text.trimStart().startsWith('{')
  if ((isJson ? KIND_IN_JSON : KIND_IN_YAML).test(text)) return SECRET_MANIFEST
  if (isJson) return JSON_DOCUMENT
  const line = lineAt(text, fault.line)
  return (
    causeInLine(line, fault) ??
    (causes().find(([known]) => fault.reason.includes(known)) ?? OTHER)[1]
  )
}

function causeInLine(line: string, { column }: TomlFault): TomlCause | undefined {
  const typographic = findTypographic(line)
  if (typographic) return typographic
  if (QUOTED_PEM.test(line)) return PEM_IN_QUOTES
  const [word] = WORD.exec(line.slice(column - 1, column - 1 + LONGEST_WORD)) ?? []
  const meant = word === undefined ? undefined : BOOLEANS.get(word.toLowerCase())
  if (meant !== undefined) return booleanCause(meant)
  return YAML_PAIR.test(line) ? YAML_DOCUMENT : undefined
}

/** A line of a text, from 1. */
export function lineAt(text: string, line: number): string {
  let start = 0
  for (let passed = 1; passed < line; passed++) start = text.indexOf('\n', start) + 1
  const end = text.indexOf('\n', start)
  return text.slice(start, end < 0 ? text.length : end)
}

const SECRET_MANIFEST: TomlCause = {
  message: 'is the manifest of a Secret, and not the TOML that stands in it',
  help: 'give the text that it has as contrast-imagepuller.toml, below stringData, or in base64 below data; `openSecretManifest` of imagepuller-auth/lint takes it out',
}

const KIND_IN_JSON = /"kind":\s?"(?:Secret|List)"/

const KIND_IN_YAML = /^kind:[ \t]{1,8}(?:Secret|List)\b/m

const JSON_DOCUMENT: TomlCause = {
  message: 'is JSON, or begins like it, and not TOML',
  help: 'write TOML, such as [registries."ghcr.io."] with username and password below it; Docker\'s config.json is converted by `imagepuller-auth convert`',
}

const YAML_DOCUMENT: TomlCause = {
  message: "isn't TOML: a colon follows a key, as in YAML",
  help: 'write key = "value", below a header such as [registries."ghcr.io."]',
}

const PEM_IN_QUOTES: TomlCause = {
  message: 'has a PEM block of several lines in a string that ends with its line',
  help: "write the PEM block between ''' and '''",
}

const QUOTED_PEM = /["']\s*-----BEGIN /

const YAML_PAIR = /^[ \t-]{0,80}["']?[\w.-]{1,80}["']?:(?:\s|$)/

const LONGEST_WORD = 6

const WORD = /^(?:true|false|yes|no|on|off)(?![\w-])/i

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
])

function booleanCause(meant: boolean): TomlCause {
  return {
    message: `isn't TOML: a boolean is written in another way here`,
    help: `write ${meant}, in lower case and without quotes`,
  }
}

function cause(message: string, help: string): TomlCause {
  return { message: `isn't TOML: ${message}`, help }
}

const NUMBER = cause(
  'a number or a date is expected here, or a string without its quotes stands here',
  'write the value between quotes',
)

type Known = readonly [reason: string, cause: TomlCause]

const OTHER: Known = [
  '',
  cause('it is no TOML from here on', 'write key = "value", or a header in brackets'),
]

/** By words of smol-toml's reasons, which are constants; the first that fits. */
const causes: () => readonly Known[] = lazy(() => [
  ['redefine', cause('a key or a table is defined twice', 'define each key and each table once')],
  ['unfinished string', cause('a string that begins here never ends', 'end it with its quotes')],
  [
    'in strings',
    cause(
      'a string has a line end or a control character',
      "end the string on its line, or write text of several lines between ''' and '''",
    ),
  ],
  ['control characters', cause('there is a control character', 'leave it out')],
  [
    'escape',
    cause(
      'a backslash within double quotes begins an escape that TOML lacks',
      'write the string in single quotes, where a backslash stands for itself, or write \\\\',
    ),
  ],
  [
    'end-of-line',
    cause(
      'something follows the value or the header on its line',
      'begin a new line, or a comment; a text that has double quotes in it stands in single ones',
    ),
  ],
  [
    'cannot find end of key',
    cause('a key lacks its "=", or a header its "]"', 'write key = "value", or [header]'),
  ],
  ['table array', cause('a header that begins with "[[" lacks "]]"', 'write [header]')],
  [
    'key',
    cause(
      'a key has characters that need quotes, or lacks its "="',
      'write key = "value", the key in quotes if it has other characters than letters, digits, "-" and "_"',
    ),
  ],
  ['nested', cause('arrays or tables are nested too deeply', 'nest less')],
  ['unfinished array', cause('an array that begins here never ends', 'end it with "]"')],
  ['unfinished table', cause('an inline table that begins here never ends', 'end it with "}"')],
  ['comma', cause('an array or an inline table lacks a comma or its end', 'write the comma')],
  ['numeric', NUMBER],
  ['leading zero', NUMBER],
  ['underscore', NUMBER],
  ['date', NUMBER],
  ['invalid value', cause('there is no value of any type', 'write a string between quotes')],
])
