// Findings as workflow commands, by which GitHub Actions shows them beside the lines of a change.

import type { Finding, Severity } from 'imagepuller-auth'

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
}

/**
 * `::error file=F,line=1,col=2,title=CODE::message`. A finding whose place isn't in the file itself has
 * no line.
 */
export function workflowCommand(file: string, finding: Finding, isInFile: boolean): string {
  const { severity, code, message, help, place } = finding
  const properties: [string, string | number][] = [['file', file]]
  if (isInFile && place?.kind === 'document') {
    properties.push(['line', place.line], ['endLine', place.endLine])
    // Columns of several lines are no pair for GitHub.
    if (place.line === place.endLine) {
      properties.push(['col', place.column], ['endColumn', place.endColumn])
    }
  }
  properties.push(['title', code])
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  const said = help === undefined ? message : `${message}; ${help}`
  return `::${COMMANDS[severity]} ${list.join(',')}::${escapeData(said)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
