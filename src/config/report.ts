// What is found in one document: collected by path while it is read, then placed in its text.
import {
  ConfigError,
  type ConfigErrorCode,
  type ConfigFinding,
  type ConfigInfoCode,
  type ConfigWarningCode,
  type DocumentPlace,
  type Severity,
} from '../findings.js'
import type { Path } from './path.js'
import type { Spot } from './places.js'
import { pathPrinter } from './shown-path.js'
import type { Source } from './source.js'

/** How a document is judged. */
export interface Judgement {
  readonly strict: boolean
  readonly brokenCertificates: 'error' | 'skip'
  readonly unknownKeys: 'error' | 'warn'
}

const AT_KEY: Spot = { kind: 'key' }

export class Report {
  readonly #judgement: Judgement
  readonly #found: Found[] = []

  constructor(judgement: Judgement) {
    this.#judgement = judgement
  }

  error(code: ConfigErrorCode, path: Path, message: string, help: string, spot?: Spot): void {
    this.#add(code, 'error', path, message, help, spot)
  }

  warn(code: ConfigWarningCode, path: Path, message: string, help: string, spot?: Spot): void {
    this.#add(code, 'warning', path, message, help, spot)
  }

  info(code: ConfigInfoCode, path: Path, message: string, spot?: Spot): void {
    this.#add(code, 'info', path, message, undefined, spot)
  }

  /** An error, or a warning where newer keys are to be read past. */
  unknownKey(path: Path, message: string, help: string): void {
    const severity = this.#judgement.unknownKeys === 'warn' ? 'warning' : 'error'
    this.#add('unknown-key', severity, path, message, help, AT_KEY)
  }

  /** An error, or a warning where broken certificates are to be skipped. */
  brokenCertificate(path: Path, message: string, help: string, spot: Spot): void {
    if (this.#judgement.brokenCertificates === 'error') {
      this.error('broken-certificate', path, message, help, spot)
    } else this.warn('certificate-skipped', path, message, help, spot)
  }

  /**
   * The warnings and infos, in the order of the document.
   *
   * @throws {@link ConfigError} with the errors, in strict mode the warnings as well.
   */
  finish(source: Source): readonly ConfigFinding[] {
    const { strict } = this.#judgement
    this.#addNewToml(source)
    if (this.#found.length === 0) return NONE
    const isError = ({ severity }: Found) =>
      severity === 'error' || (strict && severity === 'warning')
    const errors = this.#found
      .filter(isError)
      .map((found): Found => (found.severity === 'error' ? found : { ...found, severity: 'error' }))
    const [first, ...others] = place(errors, source)
    if (first) throw new ConfigError([first, ...others])
    return Object.freeze(place(this.#found, source))
  }

  /** All that was found, errors included, in the order of the document. */
  everything(source: Source): readonly ConfigFinding[] {
    this.#addNewToml(source)
    return Object.freeze(place(this.#found, source))
  }

  #addNewToml(source: Source): void {
    if (this.#found.length === 0 && !source.mayHaveNewToml) return
    for (const { message, help, spot } of source.newToml()) {
      this.warn('puller-refuses-toml', [], message, help, spot)
    }
  }

  #add(
    code: ConfigFinding['code'],
    severity: Severity,
    path: Path,
    message: string,
    help: string | undefined,
    spot = AT_KEY,
  ): void {
    this.#found.push({ code, severity, path, message, help, spot })
  }
}

const NONE: readonly ConfigFinding[] = Object.freeze([])

interface Found {
  readonly code: ConfigFinding['code']
  readonly severity: Severity
  readonly path: Path
  readonly message: string
  readonly help: string | undefined
  readonly spot: Spot
}

/** A finding in the document's text. */
interface PlacedFinding extends ConfigFinding {
  readonly place: DocumentPlace
}

/** The findings with their places, in the order of the document. */
function place(found: readonly Found[], source: Source): ConfigFinding[] {
  const show = pathPrinter()
  // Frozen as they are made, since a document may have a hundred thousand of them.
  const placed = found.map(({ code, severity, path, message, help, spot }): PlacedFinding => {
    const { path: shown, prefix } = show(path)
    const place = source.placeOf(path, spot)
    return Object.freeze({ code, severity, path: shown, message: prefix + message, help, place })
  })
  return placed.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column)
}
