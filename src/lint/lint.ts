// A document in, all that is to be said about it out.
import { custom } from 'valibot'
import {
  examineConfig,
  pathPrinter,
  type Source,
  type Spot,
  toleranceRows,
} from '../config/index.js'
import { type DocumentPlace, type Finding, freezeFinding, type Place } from '../findings.js'
import { isTexts, option, optionsOf } from '../options.js'
import {
  compilePrediction,
  NEWEST_VERSION,
  type PullerRelease,
  releaseOf,
} from '../puller/index.js'
import { CHECKS } from './checks/index.js'
import { isLintCode, nearestLintCode } from './codes.js'
import { DAY } from './days.js'
import { type Hit, type LintFinding, type LintFindingCode, toFinding } from './finding.js'
import { readIgnores } from './ignores.js'
import { findDivergences } from './parity.js'
import { type Subject, subjectOf } from './subject.js'

/** Options of {@link lintConfig}. */
export interface LintConfigOptions {
  /**
   * The time, in milliseconds since 1970, by which the validity of certificates and tokens is judged.
   * Without it, none is.
   */
  readonly now?: number | undefined
  /** How many days before its end a certificate or a token is reported. Default: 30. */
  readonly expiresWithinDays?: number | undefined
  /** Codes that aren't reported. Errors are reported all the same. */
  readonly ignore?: readonly LintFindingCode[] | undefined
  /**
   * The release of Contrast's puller, as `X.Y`, from 1.15 on; of `X.Y.Z`, `X.Y` counts. Default: 1.26,
   * the newest known.
   */
  readonly version?: string | undefined
  /** Report warnings as errors; infos stay what they are. Default: false. */
  readonly strict?: boolean | undefined
  /** Whether a `CERTIFICATE` block that is broken is an error, or a warning. Default: `error`. */
  readonly brokenCertificates?: 'error' | 'skip' | undefined
  /** Whether a key that this library doesn't know is an error, or a warning. Default: `error`. */
  readonly unknownKeys?: 'error' | 'warn' | undefined
}

const DEFAULT_NOTICE = 30

const readOptions = optionsOf('lintConfig', () => ({
  now: option(custom<number>(Number.isFinite), 'a number of milliseconds since 1970'),
  expiresWithinDays: option(
    custom<number>((value) => typeof value === 'number' && value >= 0),
    'a number of days',
  ),
  ignore: option(custom<readonly string[]>(isTexts), 'an array of codes'),
  version: option(
    custom<string>((value) => typeof value === 'string' && releaseOf(value) !== undefined),
    'a release from 1.15 on, as "X.Y"',
  ),
  ...toleranceRows(),
}))

/**
 * Says what is wrong with a document, or worth knowing about it: all that `parseConfig` finds, what can
 * be told of certificates, names, credentials and proxies besides, and what Contrast's puller does
 * otherwise. It never throws on a document, and works on those that can't be parsed.
 *
 * A comment `# imagepuller-auth: ignore CODE reason`, on a line of its own above a key or the header of
 * a table, silences findings of that code there, save for errors. Above all keys and headers it silences
 * those about the document as a whole, too, which have no place.
 *
 * @param text - The document, as text or as UTF-8 bytes.
 * @param options - See {@link LintConfigOptions}; only own properties count.
 * @returns The findings, in the order of the document. Each code has its section in `docs/findings.md`.
 * @throws `TypeError` if an argument is of the wrong type, an option is unknown, or `ignore` has
 *   something that is no code.
 *
 * @example
 *
 * ```ts
 * import { lintConfig } from 'imagepuller-auth/lint'
 *
 * const document = `
 * [registries."123456789012.dkr.ecr.eu-central-1.amazonaws.com."]
 * username = "AWS"
 * password = "a password for hours"
 * `
 * for (const { code, place } of lintConfig(document, { ignore: ['credentials-for-subdomains'] })) {
 *   if (place?.kind === 'document') console.log(place.line, code) // 4 short-lived-credentials
 * }
 * ```
 */
export function lintConfig(
  text: string | Uint8Array,
  options?: LintConfigOptions,
): readonly LintFinding[] {
  if (typeof text !== 'string' && !(text instanceof Uint8Array)) {
    throw new TypeError('lintConfig: expected a string or a Uint8Array')
  }
  const {
    now,
    expiresWithinDays,
    ignore,
    version = NEWEST_VERSION,
    strict = false,
    brokenCertificates = 'error',
    unknownKeys = 'error',
  } = readOptions(options)
  const ignored = new Set(ignore?.map(toCode))
  const examination = examineConfig(text, { brokenCertificates, unknownKeys })
  const subject = subjectOf(examination)
  // An option that isn't one was refused.
  const release = releaseOf(version) as PullerRelease
  const prediction = compilePrediction(examination.document ?? text, release)
  const parity = findDivergences(prediction, release, subject, examination.findings)
  const all: LintFinding[] = [...examination.findings, ...parity.findings]
  const placeOf = placesOf(subject, examination.text ?? '')
  const show = pathPrinter()
  for (const hit of parity.hits) all.push(toFinding(hit, placeOf(hit), show))
  const notice = (expiresWithinDays ?? DEFAULT_NOTICE) * DAY
  for (const check of CHECKS) {
    for (const hit of check(subject, { now, notice })) {
      all.push(toFinding(hit, placeOf(hit), show))
    }
  }
  const kept = withoutComments(all, subject.source).filter(
    ({ code, severity }) => severity === 'error' || !ignored.has(code),
  )
  return Object.freeze((strict ? kept.map(asError) : kept).sort(inOrder))
}

/** What is silenced by then is no error. */
function asError(finding: LintFinding): LintFinding {
  return finding.severity === 'warning'
    ? (freezeFinding({ ...finding, severity: 'error' }) as LintFinding)
    : finding
}

function toCode(text: string): LintFindingCode {
  if (isLintCode(text)) return text
  const near = nearestLintCode(text)
  const hint = near === undefined ? 'docs/findings.md has them all' : `did you mean ${near}?`
  throw new TypeError(`lintConfig: expected ignore to hold codes of findings; ${hint}`)
}

/** What the document's comments leave, and what there is to say about these. */
function withoutComments(
  findings: readonly LintFinding[],
  source: Source | undefined,
): readonly LintFinding[] {
  if (source === undefined) return findings
  const ignores = readIgnores(source)
  const isLoud = (finding: LintFinding): boolean => !ignores.silences(finding)
  const kept = findings.filter(isLoud)
  const faults = ignores.faults().filter(isLoud)
  // Last, since what comes before may use a comment.
  return [...kept, ...faults, ...ignores.idle().filter(isLoud)]
}

/** Places by the document's keys; of a text that isn't TOML, the line alone. */
function placesOf({ source }: Subject, text: string): (hit: Hit) => DocumentPlace {
  if (source) return ({ path, spot }) => source.placeOf(path, spot)
  const lines = text.split('\n')
  return ({ spot }) => {
    // All that is found in such a text is a line of a PEM block.
    const { line } = spot as Extract<Spot, { kind: 'line' }>
    const endColumn = (lines[line - 1] as string).length + 1
    return Object.freeze({ kind: 'document', line, column: 1, endLine: line, endColumn })
  }
}

/** Those without a place come first: they are about the document as a whole. */
function inOrder({ place: a }: Finding, { place: b }: Finding): number {
  if (a?.kind !== 'document' || b?.kind !== 'document') return rankOf(a) - rankOf(b)
  return a.line - b.line || a.column - b.column
}

function rankOf(place: Place | undefined): number {
  return place?.kind === 'document' ? 1 : 0
}
