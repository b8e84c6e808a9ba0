import type { SkippedBlock } from '../certificates/index.js'
import {
  ConfigError,
  type ConfigErrorCode,
  type ConfigFinding,
  type ConfigWarningCode,
  freezeFinding,
} from '../findings.js'
import { type Position, withoutUserInfo } from '../text/index.js'
import { quotePath } from './key-text.js'
import { locateKeys } from './positions.js'
import { readQuotedKey } from './toml.js'

export type Path = readonly string[]

export class Report {
  readonly #brokenCertificates: 'error' | 'skip'
  readonly #errors: Found[] = []
  readonly #warnings: Found[] = []

  constructor(brokenCertificates: 'error' | 'skip') {
    this.#brokenCertificates = brokenCertificates
  }

  error(code: ConfigErrorCode, path: Path, message: string): void {
    this.#errors.push({ code, severity: 'error', path, message })
  }

  warn(code: ConfigWarningCode, path: Path, message: string): void {
    this.#warnings.push({ code, severity: 'warning', path, message })
  }

  /** An error, or a warning for those who want broken certificates to be skipped. */
  broken({ message, line }: SkippedBlock, path: Path): void {
    const isError = this.#brokenCertificates === 'error'
    if (isError)
      this.#errors.push({ code: 'broken-certificate', severity: 'error', path, message, line })
    else
      this.#warnings.push({ code: 'certificate-skipped', severity: 'warning', path, message, line })
  }

  /** The warnings, unless there are errors; these are thrown, in strict mode warnings as well. */
  finish(text: string, strict: boolean): readonly ConfigFinding[] {
    if (this.#errors.length + this.#warnings.length === 0) return Object.freeze([])
    const locate = locateKeys(text, readQuotedKey)
    const errors = strict ? [...this.#errors, ...this.#warnings] : this.#errors
    const [first, ...others] = place(errors, locate).map(asError)
    if (first) throw new ConfigError(Object.freeze([first, ...others]))
    return Object.freeze(place(this.#warnings, locate))
  }
}

function asError(finding: ConfigFinding): ConfigFinding {
  return Object.freeze({ ...finding, severity: 'error' })
}

interface Found {
  readonly code: ConfigFinding['code']
  readonly severity: ConfigFinding['severity']
  readonly path: Path
  readonly message: string
  /** The line of the value's text, from 1, if it is about one. */
  readonly line?: number
}

/** The findings with their positions, in the order of the document. */
function place(
  findings: readonly Found[],
  locate: (path: Path, line: number | undefined) => Position,
): ConfigFinding[] {
  // Once for each key, since a document may have a long name, and many findings below it.
  const shownKeys = new Map<string, string>()
  const show = (key: string): string => {
    const shown = shownKeys.get(key) ?? withoutUserInfo(key)
    shownKeys.set(key, shown)
    return shown
  }
  const issues = findings.map(({ code, severity, path, message, line: within }) => {
    const { line, column } = locate(path, within)
    const shown = Object.freeze(path.map(show))
    const place = { kind: 'document', line, column, endLine: line, endColumn: column } as const
    return freezeFinding({
      code,
      severity,
      path: shown,
      message: `${quotePath(shown)}: ${message}`,
      help: undefined,
      place,
    })
  })
  return issues.sort((a, b) => lineOf(a) - lineOf(b) || columnOf(a) - columnOf(b))
}

function lineOf({ place }: ConfigFinding): number {
  return place?.kind === 'document' ? place.line : 0
}

function columnOf({ place }: ConfigFinding): number {
  return place?.kind === 'document' ? place.column : 0
}
