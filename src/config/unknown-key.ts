// What was probably meant by a key that this format doesn't have.
import { hasUserInfo, nearestAmong, squeeze } from '../text/index.js'
import { quoteKey } from './key-text.js'
import { misplacedHelp } from './misplaced-key.js'
import type { Path } from './path.js'
import type { Report } from './report.js'
import { type KeyLevel, synonyms } from './synonyms.js'

/** What a table has to say about a key that it doesn't know. */
export interface UnknownKeyHints {
  readonly level: KeyLevel
  readonly nearest: (key: string) => string | undefined
  /** The known keys in lower case, to find one that is written in another case. */
  readonly lowerCase: ReadonlySet<string>
  /** What to write where no key is near. */
  readonly all: string
}

/** The hints of a table with these keys. */
export function unknownKeyHints(keys: readonly string[], level: KeyLevel): UnknownKeyHints {
  const lowerCase = new Set(keys.map((key) => key.toLowerCase()))
  return { level, nearest: nearestAmong(keys), lowerCase, all: `write one of ${keys.join(', ')}` }
}

/** Reports a key: an error, or a warning where unknown keys are allowed. */
export function reportUnknownKey(
  key: string,
  value: unknown,
  hints: UnknownKeyHints,
  path: Path,
  report: Report,
): void {
  const { message, help } = judge(key, value, hints, path)
  report.unknownKey([...path, key], message, help)
}

interface Sentence {
  readonly message: string
  readonly help: string
}

function judge(key: string, value: unknown, hints: UnknownKeyHints, path: Path): Sentence {
  const { level, lowerCase } = hints
  const squeezed = squeeze(key)
  const name = nameHelp(key, squeezed, value, hints, path)
  if (name !== undefined) return { message: UNKNOWN, help: name }
  const help = helpFor(key, squeezed, hints)
  if (lowerCase.has(key.toLowerCase())) {
    return { message: level === 'extra-env' ? OTHER_VARIABLE : OTHER_CASE, help }
  }
  const misplaced = misplacedHelp(squeezed, level)
  if (misplaced !== undefined) return { message: MISPLACED, help: misplaced }
  return { message: UNKNOWN, help }
}

const UNKNOWN =
  "isn't a key of this format; Contrast's puller passes over keys that it doesn't know without a word"

const OTHER_CASE =
  "is a key in another case; Contrast's puller takes keys in any case, this library doesn't"

const OTHER_VARIABLE =
  "is a variable in another case; Contrast's puller sets those in upper case alone, and passes over others without a word"

const MISPLACED =
  "is a key of this format, but not in this place; Contrast's puller passes over it here without a word"

function helpFor(key: string, squeezed: string, hints: UnknownKeyHints): string {
  return synonyms()[hints.level].get(squeezed) ?? nearestHelp(key, hints) ?? hints.all
}

/** Of `[registries.ghcr.io]` the rule is `ghcr`, which has no dot, and `io` is a table in it. */
function nameHelp(
  key: string,
  squeezed: string,
  value: unknown,
  { level }: UnknownKeyHints,
  path: Path,
): string | undefined {
  if (level === 'extra-env' || !isTable(value)) return undefined
  if (level === 'rule') {
    if (path[1]?.includes('.') !== false) return undefined
    return 'quote the whole name of a registry, as in [registries."ghcr.io."]'
  }
  const isName = key.includes('.') || Object.values(value).some(isTable)
  if (!isName || synonyms().root.has(squeezed) || misplacedHelp(squeezed, level) !== undefined) {
    return undefined
  }
  const name = key.includes('.') && !hasUserInfo(key) ? quoteKey(key) : '"ghcr.io."'
  return `write [registries.${name}]: the name of a registry stands below registries`
}

/** The nearest known key, unless one of the two says the opposite. */
function nearestHelp(key: string, { nearest }: UnknownKeyHints): string | undefined {
  const near = nearest(key)
  if (near === undefined || negations(key) !== negations(near)) return undefined
  return `did you mean ${near}?`
}

const NEGATIONS: ReadonlySet<string> = new Set([
  'no',
  'not',
  'non',
  'never',
  'disable',
  'without',
  'skip',
])

/** How many words turn the meaning round: one of `NO_PROXY`, two of `no-insecure-skip-verify`. */
function negations(key: string): number {
  const words = key.split(/[-_ ]|(?<=[a-z])(?=[A-Z])/)
  const count = words.filter((word) => NEGATIONS.has(word.toLowerCase())).length
  // Where the words run into each other, as in NOPROXY.
  return count === 0 && squeeze(key).startsWith('no') ? 1 : count
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null
}
