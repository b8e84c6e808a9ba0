// What docs/findings.md says about audits is what an audit says.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CHECKED_CODES, CHECKS } from '../../src/audit/checks.js'
import { AUDIT_CODES } from '../../src/audit.js'
import { membersOfUnion } from '../support/unions.js'

const page = readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8')
const [, section = ''] = page.split('\n## Audits of images\n')
const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `[^\n]+ \|$/gm)].map(([line]) =>
  line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim()),
)

describe('docs/findings.md', () => {
  it('has a row for each code of an audit, in their order, with its sentence and why', () => {
    expect(rows.map((cells) => cells.slice(0, 4))).toEqual(
      CHECKED_CODES.map((code) => {
        const { severity, message, help = '' } = CHECKS[code]
        return [`\`${code}\``, severity, message, help]
      }),
    )
    for (const cells of rows) expect(cells[4]).toMatch(/^[A-Z`].*\.$/)
  })

  it('has the codes of the type, the grave first', () => {
    expect(CHECKED_CODES).toEqual(membersOfUnion('src/audit/checks.ts', 'AuditFindingCode'))
    expect(Object.keys(AUDIT_CODES)).toEqual(CHECKED_CODES)
    const ranks = CHECKED_CODES.map((code) =>
      ['error', 'warning', 'info'].indexOf(CHECKS[code].severity),
    )
    expect(ranks).toEqual([...ranks].sort())
  })
})
