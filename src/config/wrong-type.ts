// What to write instead of a value that has another type than its key.
import type { Path } from './path.js'
import type { Report } from './report.js'

type ExpectedType = 'string' | 'boolean' | 'table'

/** Reports that a value isn't of the expected type. */
export function reportWrongType(
  value: unknown,
  expected: ExpectedType,
  path: Path,
  report: Report,
): void {
  const message = `is ${describeType(value)}, where ${ARTICLED[expected]} is expected`
  report.error('wrong-type', path, message, helpFor(value, expected, path), { kind: 'value' })
}

const ARTICLED: Readonly<Record<ExpectedType, string>> = {
  string: 'a string',
  boolean: 'a boolean',
  table: 'a table',
}

function describeType(value: unknown): string {
  if (Array.isArray(value)) return 'an array'
  if (value instanceof Date) return 'a date'
  switch (typeof value) {
    case 'string':
      return 'a string'
    case 'boolean':
      return 'a boolean'
    case 'object':
      return 'a table'
    default:
      return 'a number'
  }
}

function helpFor(value: unknown, expected: ExpectedType, path: Path): string {
  if (expected === 'table') return path[0] === 'registries' ? RULE_HELP : EXTRA_ENV_HELP
  if (expected === 'boolean') return 'write true or false, without quotes'
  if (path.at(-1) === 'ca-certs') {
    return "write the text of all certificates, one PEM block after the other, between ''' and '''"
  }
  return typeof value === 'object' ? 'write one string' : 'write it between quotes'
}

const RULE_HELP =
  'write a header such as [registries."ghcr.io."] with the name of each registry, and its keys below'

const EXTRA_ENV_HELP = 'write the header [extra-env], and the variables below it'
