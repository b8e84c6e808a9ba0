// Findings as a log in SARIF 2.1.0 (OASIS), which code scanners and editors read.

import type { Place, Severity } from 'imagepuller-auth'
import type { PlacedFinding } from './placed.js'

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
}

/** What made a log. */
export interface SarifDriver {
  /** The program's version. */
  readonly version: string
  /** The meaning of each code. */
  readonly meanings: Readonly<Record<string, string>>
}

/** The log, with a rule for each code that is there. */
export function sarifLog(
  findings: readonly PlacedFinding[],
  { version, meanings }: SarifDriver,
): unknown {
  const codes = [...new Set(findings.map(({ finding }) => finding.code))].sort()
  const indexes = new Map(codes.map((code, index) => [code, index]))
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
        results: findings.map((placed) => ({
          ruleId: placed.finding.code,
          ruleIndex: indexes.get(placed.finding.code),
          ...resultOf(placed),
        })),
      },
    ],
  }
}

function resultOf({ file, isInFile, finding }: PlacedFinding): object {
  const { severity, message, help, place } = finding
  const region = isInFile ? regionOf(place) : {}
  return {
    level: LEVELS[severity],
    message: { text: help === undefined ? message : `${message}; ${help}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } }],
  }
}

function ruleOf(id: string, meaning: string): unknown {
  return {
    id,
    shortDescription: { text: meaning },
    // A path within the package: `helpUri` has to be absolute, and the package has no address.
    help: {
      text: `${meaning} See docs/findings.md#${id} in the package imagepuller-auth for an example and what to write.`,
    },
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
