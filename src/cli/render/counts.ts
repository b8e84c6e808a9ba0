// How many findings there are of each severity.

import type { Severity } from 'imagepuller-auth'

const SEVERITIES = ['error', 'warning', 'info'] as const

/** Such as `1 error, 2 warnings`; `nothing found` where there are none. */
export function countsOf(findings: readonly { readonly severity: Severity }[]): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`]
  })
  return counts.length === 0 ? 'nothing found' : counts.join(', ')
}
