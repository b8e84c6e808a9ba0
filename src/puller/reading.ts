// Whether a document keeps Contrast's puller from starting. Its parser, go-toml v2, reads TOML 1.0, and
// passes over what is wrong in a value that nothing asks for; smol-toml reads TOML 1.1, and passes over
// nothing.
import { parseToml, readText, type Source, sourceOf } from '../config/index.js'
import { ConfigError, type Place } from '../findings.js'
import { withoutUserInfo } from '../text/index.js'
import { decodeDocument, type PullerDocument } from './document.js'
import { type PullerFinding, type PullerFindingCode, pullerFinding } from './findings.js'
import type { PullerRelease } from './version.js'

/** Whether Contrast's puller starts; `unknown` where that can't be told. */
export type PullerStart = 'yes' | 'no' | 'unknown'

/** A document as the puller has it, if it could be read. */
export interface ReadDocument extends PullerDocument {
  readonly isRead: boolean
}

/** What the puller makes of a document. */
export interface PullerReading {
  readonly starts: PullerStart
  readonly findings: readonly PullerFinding[]
  readonly document: ReadDocument
}

const NOTHING: ReadDocument = { isRead: false, rules: new Map(), extraEnv: new Map() }

/** Reads a document as a release of the puller does. */
export function readForPuller(text: string | Uint8Array, release: PullerRelease): PullerReading {
  const findings: PullerFinding[] = []
  if (release.isUnknown) findings.push(pullerFinding('puller-version-unknown', undefined))
  const reading = read(text, release)
  findings.push(...reading.findings)
  return { ...reading, findings: Object.freeze(findings) }
}

function read(input: string | Uint8Array, release: PullerRelease): PullerReading {
  try {
    const { text, hasMark } = readText(input, Number.MAX_SAFE_INTEGER)
    const root = parseToml(text)
    const source = sourceOf(text, hasMark)
    const refused = refusedToml(source)
    if (refused.length > 0) return { starts: 'no', findings: refused, document: NOTHING }
    const document = decodeDocument(root)
    if ('expected' in document) {
      const path = document.path.map(withoutUserInfo)
      const place = source.placeOf(document.path, { kind: 'value' })
      const detail = `${document.expected} is expected here`
      const finding = pullerFinding('puller-does-not-start', place, detail, path)
      return { starts: 'no', findings: [finding], document: NOTHING }
    }
    return ofNames({ ...document, isRead: true }, source, release)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return ofFault(error)
  }
}

/** Bytes that are no UTF-8 go-toml refuses, too; whatever else is no TOML it may pass over. */
function ofFault({ issues: [issue] }: ConfigError): PullerReading {
  const isCertain = issue.code === 'invalid-utf8'
  const code: PullerFindingCode = isCertain ? 'puller-does-not-start' : 'puller-start-unknown'
  const finding = pullerFinding(code, issue.place, issue.message)
  return { starts: isCertain ? 'no' : 'unknown', findings: [finding], document: NOTHING }
}

/** What only TOML 1.1 has. An impossible or short time is passed over where nothing asks for it. */
function refusedToml(source: Source): PullerFinding[] {
  if (!source.mayHaveNewToml) return []
  return source
    .newToml()
    .filter(({ kind }) => kind !== 'time-without-seconds' && kind !== 'impossible-date')
    .map(({ message, spot }) => {
      const place: Place = source.placeOf([], spot)
      return pullerFinding('puller-does-not-start', place, message)
    })
}

/** Since 1.26, by its release notes, names that aren't normalized are refused. */
function ofNames(document: ReadDocument, source: Source, release: PullerRelease): PullerReading {
  if (!release.mayRefuseNames) return { starts: 'yes', findings: [], document }
  const findings: PullerFinding[] = []
  for (const name of document.rules.keys()) {
    if (isNormalized(name)) continue
    const path = ['registries', withoutUserInfo(name)]
    const place = source.placeOf(['registries', name], { kind: 'key' })
    findings.push(pullerFinding('puller-name-not-normalized', place, undefined, path))
  }
  return { starts: findings.length > 0 ? 'unknown' : 'yes', findings, document }
}

function isNormalized(name: string): boolean {
  return name.endsWith('.') && name.toLowerCase() === name
}
