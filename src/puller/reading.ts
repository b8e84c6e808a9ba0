// Whether a document keeps Contrast's puller from starting. Its parser, go-toml v2, reads TOML 1.0, and
// passes over what is wrong in a value that nothing asks for; smol-toml reads TOML 1.1, and passes over
// nothing.

import { parseToml, readText, type Source, sourceOf, type TomlTable } from '../config/index.js'
import { expectedError } from '../expected-error.js'
import { ConfigError, type Place } from '../findings.js'
import { withoutUserInfo } from '../text/index.js'
import {
  decodeDocument,
  isWrongType,
  PROXY_VARIABLES,
  type PullerDocument,
  type WrongType,
} from './document.js'
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
  return withRelease(read(text, release), release)
}

/** A document that is TOML, parsed. */
export interface ParsedToml {
  readonly root: TomlTable
  readonly source: Source
}

/** The same for a document that is parsed already. */
export function readParsedForPuller(parsed: ParsedToml, release: PullerRelease): PullerReading {
  return withRelease(readParsed(parsed, release), release)
}

function withRelease(
  { findings, ...reading }: PullerReading,
  release: PullerRelease,
): PullerReading {
  const unknown = release.isUnknown ? [pullerFinding('puller-version-unknown', undefined)] : []
  return { ...reading, findings: Object.freeze([...unknown, ...findings]) }
}

function read(input: string | Uint8Array, release: PullerRelease): PullerReading {
  try {
    const { text, hasMark } = readText(input, Number.MAX_SAFE_INTEGER)
    return readParsed({ root: parseToml(text), source: sourceOf(text, hasMark) }, release)
  } catch (error) {
    return ofFault(expectedError(error, ConfigError))
  }
}

function readParsed({ root, source }: ParsedToml, release: PullerRelease): PullerReading {
  const refused = refusedToml(source)
  if (refused.length > 0) return { starts: 'no', findings: refused, document: NOTHING }
  const document = decodeDocument(root)
  if (isWrongType(document)) return ofWrongType(document, source)
  return ofDocument({ ...document, isRead: true }, source, release)
}

/** Bytes that are no UTF-8 go-toml refuses, too; whatever else is no TOML it may pass over. */
function ofFault({ issues: [issue] }: ConfigError): PullerReading {
  const isCertain = issue.code === 'invalid-utf8'
  const code: PullerFindingCode = isCertain ? 'puller-does-not-start' : 'puller-start-unknown'
  const finding = pullerFinding(code, issue.place, issue.message)
  return { starts: isCertain ? 'no' : 'unknown', findings: [finding], document: NOTHING }
}

/** The first value of a wrong type ends the reading, unless go-toml may have passed it over. */
function ofWrongType({ path, expected, isEmptyTable }: WrongType, source: Source): PullerReading {
  const code: PullerFindingCode = isEmptyTable ? 'puller-start-unknown' : 'puller-does-not-start'
  const finding = pullerFinding(
    code,
    source.placeOf(path, { kind: 'value' }),
    `${expected} is expected here`,
    path.map(withoutUserInfo),
  )
  return { starts: isEmptyTable ? 'unknown' : 'no', findings: [finding], document: NOTHING }
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

function ofDocument(document: ReadDocument, source: Source, release: PullerRelease): PullerReading {
  const names = release.mayRefuseNames ? findOddNames(document, source) : []
  const findings = [...names, ...findEmptyVariables(document, source)]
  return { starts: names.length > 0 ? 'unknown' : 'yes', findings, document }
}

/** By the release notes of 1.26, names that aren't normalized are refused; which these are, its source would tell. */
function findOddNames({ rules }: PullerDocument, source: Source): readonly PullerFinding[] {
  return [...rules.keys()]
    .filter((name) => !isNormalized(name))
    .map((name) => {
      const place = source.placeOf(['registries', name], { kind: 'key' })
      const shown = withoutUserInfo(name)
      const path = ['registries', shown]
      return pullerFinding('puller-name-not-normalized', place, `"${shown}"`, path)
    })
}

function isNormalized(name: string): boolean {
  return name.endsWith('.') && name.toLowerCase() === name
}

/** A variable that is set and empty is for httpproxy one that is absent: the lower-case one counts. */
function findEmptyVariables(
  { extraEnv }: PullerDocument,
  source: Source,
): readonly PullerFinding[] {
  return PROXY_VARIABLES.filter((name) => extraEnv.get(name) === '').map((name) => {
    const path = ['extra-env', name]
    const place = source.placeOf(path, { kind: 'value' })
    return pullerFinding('puller-process-proxy', place, name, path)
  })
}
