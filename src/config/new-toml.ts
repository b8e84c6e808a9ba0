// TOML that smol-toml takes and Contrast's parser refuses, so that its puller doesn't start: go-toml v2
// reads TOML 1.0.
import type { Spot } from './places.js'
import type { Novelty, NoveltyKind } from './skimmer.js'

/** What the puller refuses, in words. */
export interface NewToml {
  readonly kind: NoveltyKind | 'byte-order-mark'
  readonly message: string
  readonly help: string
  readonly spot: Spot
}

const NOVELTIES: Readonly<Record<NoveltyKind | 'byte-order-mark', readonly [string, string]>> = {
  'byte-order-mark': [
    'begins with a byte order mark',
    'save the file as UTF-8 without a byte order mark',
  ],
  'line-end-in-inline-table': [
    'has a line end within an inline table, which TOML 1.0 lacks',
    'write the inline table on one line, or as a table with a header, such as [registries."ghcr.io."]',
  ],
  'last-comma': [
    'has a comma after the last key of an inline table, which TOML 1.0 lacks',
    'leave out the last comma',
  ],
  escape: [
    'has an escape \\x, which TOML 1.0 lacks',
    'write \\u and four hexadecimal digits, or a string in single quotes if the backslash is meant as such',
  ],
  'time-without-seconds': ['has a time without seconds, which TOML 1.0 lacks', 'write the seconds'],
  'impossible-date': ['has a date that no calendar has', 'write a date that exists'],
}

/** At a glance: a `{` or the escape that TOML 1.0 lacks. Dates are reported anyway, as no key has one. */
export function mayHaveNewToml(toml: string): boolean {
  return toml.includes('{') || toml.includes('\\x')
}

/** What to say about a document. */
export function describeNewToml(
  novelties: readonly Novelty[],
  hasMark: boolean,
): readonly NewToml[] {
  const described = novelties.map(({ kind, start, end }) =>
    describe(kind, { kind: 'range', start, end }),
  )
  if (!hasMark) return described
  return [describe('byte-order-mark', { kind: 'range', start: 0, end: 0 }), ...described]
}

function describe(kind: keyof typeof NOVELTIES, spot: Spot): NewToml {
  const [what, help] = NOVELTIES[kind]
  return {
    kind,
    message: `the document ${what}: Contrast's puller doesn't start with it`,
    help,
    spot,
  }
}
