// Findings as a log in SARIF 2.1.0 (OASIS), which code scanners and editors read.

import type { Finding, Place, Severity } from 'imagepuller-auth'

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
}

/** What a log is about. */
export interface SarifSubject {
  /** The file, as it was given. */
  readonly file: string
  /** Whether places are lines of that file. */
  readonly isInFile: boolean
  /** The program's version. */
  readonly version: string
  /** The meaning of each code. */
  readonly meanings: Readonly<Record<string, string>>
}

/** The log, with a rule for each code that is there. */
export function sarifLog(
  findings: readonly Finding[],
  { file, isInFile, version, meanings }: SarifSubject,
): unknown {
  const codes = [...new Set(findings.map(({ code }) => code))].sort()
  const indexes = new Map(codes.map((code, index) => [code, index]))
  const uri = uriOf(file)
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'imagepuller-auth',
            version,
            rules: codes.map((code) => ruleOf(code, String(meanings[code]))),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ code, severity, message, help, place }) => ({
          ruleId: code,
          ruleIndex: indexes.get(code),
          level: LEVELS[severity],
          message: { text: help === undefined ? message : `${message}; ${help}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri },
                ...(isInFile ? regionOf(place) : {}),
              },
            },
          ],
        })),
      },
    ],
  }
}

function ruleOf(id: string, meaning: string): unknown {
  return {
    id,
    shortDescription: { text: meaning },
    help: { text: `${meaning} docs/findings.md of this package has an example and what to write.` },
  }
}

/** A region has a line; what is about the document as a whole has none. */
function regionOf(place: Place | undefined): object {
  if (place?.kind !== 'document') return {}
  const { line, column, endLine, endColumn } = place
  return { region: { startLine: line, startColumn: column, endLine, endColumn } }
}

/** A path as the relative reference that a URI may be: each part percent-encoded. */
function uriOf(file: string): string {
  const parts = file.replaceAll('\\', '/').split('/')
  const uri = parts.map((part) => encodeURIComponent(part)).join('/')
  return uri.startsWith('//') ? `/.${uri}` : uri
}
