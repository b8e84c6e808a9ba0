// Comments that silence findings: `# imagepuller-auth: ignore CODE reason`, on a line of its own above the
// key that a finding is about, or above the header of its table; above all keys and headers for a finding
// without a place, which is about the document as a whole. Errors stay.
import type { Remark, Source } from '../config/index.js'
import type { DocumentPlace, Finding, Place } from '../findings.js'
import { isLintCode, nearestLintCode } from './codes.js'
import { type LintFinding, type LintFindingCode, toFinding } from './finding.js'

/** The comments of a document, told and applied. */
export interface Ignores {
  /** Whether a comment silences a finding. */
  silences(finding: Finding): boolean
  /** The comments that are no instruction, or give no reason. */
  faults(): readonly LintFinding[]
  /** The comments that have silenced nothing so far. */
  idle(): readonly LintFinding[]
}

interface Ignore {
  readonly comment: DocumentPlace
  /** Undefined for a comment that says something else, or names no code. */
  readonly code: LintFindingCode | undefined
  /** The code that was probably meant, where there is none of that name. */
  readonly near: string | undefined
  readonly hasReason: boolean
  isUsed: boolean
}

/** A comment, and where it holds. */
interface Scope {
  readonly ignore: Ignore
  readonly place: DocumentPlace
}

/** The scopes of one code. Those of tables don't overlap, nor do those of keys. */
interface Scopes {
  readonly table: Scope[]
  readonly key: Scope[]
  /** The comment above all keys and headers, which is about the document as a whole besides. */
  whole: Ignore | undefined
}

/** Reads the comments of a document that is TOML. */
export function readIgnores(source: Source): Ignores {
  const ignores: Ignore[] = []
  const byCode = new Map<string, Scopes>()
  for (const remark of source.remarks()) {
    const ignore = readIgnore(remark, source)
    ignores.push(ignore)
    const { target, isAtTop } = remark
    if (ignore.code === undefined) continue
    const scopes: Scopes = byCode.get(ignore.code) ?? { table: [], key: [], whole: undefined }
    byCode.set(ignore.code, scopes)
    if (isAtTop) scopes.whole ??= ignore
    if (target === undefined) continue
    const { kind, start, end } = target
    scopes[kind].push({ ignore, place: source.placeOf([], { kind: 'range', start, end }) })
  }
  return {
    silences({ code, severity, place }) {
      const scopes = byCode.get(code)
      if (scopes === undefined || severity === 'error') return false
      const ignore = ignoreAt(scopes, place)
      if (ignore) ignore.isUsed = true
      return ignore !== undefined
    },
    faults: () => ignores.flatMap(faultsOf),
    idle: () => ignores.flatMap(idlenessOf),
  }
}

/** `ignore CODE reason`, separated by blanks. */
function readIgnore({ text, comment }: Remark, source: Source): Ignore {
  const [verb = '', word = '', reason = ''] = text.split(/[ \t]+/, 3)
  const isIgnore = verb === 'ignore'
  return {
    comment: source.placeOf([], { kind: 'range', ...comment }),
    code: isIgnore && isLintCode(word) ? word : undefined,
    near: isIgnore ? nearestLintCode(word) : undefined,
    hasReason: reason !== '',
    isUsed: false,
  }
}

function ignoreAt({ key, table, whole }: Scopes, place: Place | undefined): Ignore | undefined {
  if (place === undefined) return whole
  if (place.kind !== 'document') return undefined
  return scopeAt(key, place) ?? scopeAt(table, place)
}

/** The last scope that begins before a place and hasn't ended there; they have the document's order. */
function scopeAt(scopes: readonly Scope[], place: DocumentPlace): Ignore | undefined {
  let low = 0
  let high = scopes.length
  while (low < high) {
    const middle = (low + high) >> 1
    const { line, column } = (scopes[middle] as Scope).place
    if (isBefore(place, line, column)) high = middle
    else low = middle + 1
  }
  const scope = scopes[low - 1]
  const isWithin = scope && isBefore(place, scope.place.endLine, scope.place.endColumn)
  return isWithin ? scope.ignore : undefined
}

function isBefore(place: DocumentPlace, line: number, column: number): boolean {
  return place.line < line || (place.line === line && place.column < column)
}

function faultsOf({ code, near, comment, hasReason }: Ignore): LintFinding[] {
  const severity = 'warning'
  if (code === undefined) {
    const message = 'this comment speaks to imagepuller-auth, and is no instruction that it knows'
    const meant = near === undefined ? '' : `; did you mean ${near}?`
    const help = `write "# imagepuller-auth: ignore CODE reason", with a code of docs/findings.md${meant}`
    return [toFinding({ code: 'ignore-unknown-code', severity, path: [], message, help }, comment)]
  }
  if (hasReason) return []
  const message = `this comment ignores ${code} without saying why`
  const help = 'write the reason behind the code'
  return [toFinding({ code: 'ignore-without-reason', severity, path: [], message, help }, comment)]
}

function idlenessOf({ code, isUsed, comment }: Ignore): LintFinding[] {
  if (code === undefined || isUsed || isChanging(code)) return []
  const message = `this comment ignores ${code}, which isn't found in the key or the table below it; errors can't be ignored`
  const hit = { severity: 'info', path: [], message, help: undefined } as const
  return [toFinding({ code: 'ignore-without-effect', ...hit }, comment)]
}

/** What is found at one time and not at another, or for one release of the puller. */
function isChanging(code: LintFindingCode): boolean {
  return CHANGING.has(code) || code.startsWith('puller-')
}

const CHANGING: ReadonlySet<LintFindingCode> = new Set<LintFindingCode>([
  'certificate-expired',
  'certificate-expires-soon',
  'certificate-not-yet-valid',
  'token-expired',
  'token-expires-soon',
])
