import fc from 'fast-check'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import type { ConfigFinding } from '../../../src/findings.js'
import { brief, issuesOf } from '../../support/config-issues.js'

const lineOf = (finding: ConfigFinding) => brief(finding)[2] as number
const columnOf = (finding: ConfigFinding) => brief(finding)[3] as number

describe('positions', () => {
  const key = fc.constantFrom('a', 'b-1', '"q.r"', "'l'", '"\\u0065s"', '"x]y"', "'=#'")
  const value = fc.constantFrom(
    '1',
    'true',
    '"s#]"',
    "'l\\'",
    '[1, "]", [2], {a = 1}]',
    '"""\n[x]\ny=1\n"""',
    "'''a''''",
    '"""\\"""""',
    '{ k = 1, "m.n" = { o = "}" } }',
    '1979-05-27 07:32:00',
    '[ # c ]\n 1,\n]',
    '1 # = [',
  )
  const line = fc.oneof(
    fc
      .tuple(fc.array(key, { minLength: 1, maxLength: 3 }), value)
      .map(([k, v]) => `${k.join(' . ')} = ${v}`),
    fc.array(key, { minLength: 1, maxLength: 3 }).map((k) => `[${k.join('.')}]`),
    fc.constantFrom('', '  # comment [', '\t'),
  )
  const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'))

  it('name the line on which a prefix of the document first has the key', () => {
    let checked = 0
    const property = fc.property(text, (document) => {
      try {
        parse(document)
      } catch {
        return
      }
      for (const issue of issuesOf(document)) {
        if (issue.code !== 'unknown-key') continue
        const [top = ''] = issue.path
        const before = document
          .split('\n')
          .slice(0, lineOf(issue) - 1)
          .join('\n')
        expect(Object.hasOwn(parse(before), top)).toBe(false)
        const raw = document.split('\n')[lineOf(issue) - 1]?.slice(columnOf(issue) - 1) ?? ''
        expect(['"', "'", top[0]]).toContain(raw[0])
        checked++
      }
    })
    fc.assert(property, { numRuns: 3000 })
    expect(checked).toBeGreaterThan(500)
  })
})
