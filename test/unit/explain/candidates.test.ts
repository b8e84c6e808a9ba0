import { describe, expect, it } from 'vitest'
import { documentOf, explainWith } from '../../support/explained.js'

const candidatesOf = (names: readonly string[], image: string) =>
  explainWith(documentOf(names.map((name) => [name, ''])), image).candidates.map(
    ({ name, coverage, outcome, place }) => [name, coverage, outcome, place.line],
  )

describe('the rules that cover a host', () => {
  it('come with the most specific first, wherever they stand', () => {
    const names = ['.', 'corp.', '.a.corp', 'other.corp', '.corp', 'b.a.corp', 'A.corp']
    expect(candidatesOf(names, 'b.a.corp/x')).toEqual([
      ['b.a.corp', 'exact', 'applied', 11],
      ['.a.corp', 'subdomain', 'less-specific', 5],
      ['A.corp', 'subdomain', 'less-specific', 13],
      ['.corp', 'subdomain', 'less-specific', 9],
      ['corp.', 'subdomain', 'less-specific', 3],
      ['.', 'catch-all', 'less-specific', 1],
    ])
  })

  it('are passed by where the registry has a port', () => {
    expect(candidatesOf(['corp.', 'a.corp:5000', '.'], 'a.corp:5000/x')).toEqual([
      ['a.corp:5000', 'exact', 'port', 3],
      ['corp.', 'subdomain', 'port', 1],
      ['.', 'catch-all', 'applied', 5],
    ])
    expect(candidatesOf(['A.corp:5000.', 'a.corp:5001'], 'a.corp:5000/x')).toEqual([
      ['A.corp:5000.', 'exact', 'port', 1],
    ])
  })

  it('are passed by where the registry is at an address', () => {
    expect(candidatesOf(['10.0.0.1', '.', '10.0.0.2'], '10.0.0.1/x')).toEqual([
      ['10.0.0.1', 'exact', 'ip-address', 1],
      ['.', 'catch-all', 'applied', 3],
    ])
    expect(candidatesOf(['[2001:DB8::1]:5000'], '[2001:db8::1]:5000/x')).toEqual([
      ['[2001:DB8::1]:5000', 'exact', 'ip-address', 1],
    ])
  })

  it('are none where none does', () => expect(candidatesOf(['ghcr.io'], 'quay.io/x')).toEqual([]))

  it('stand where they do in each form of a table', () => {
    const document = `registries."a.corp.".mirror = "https://m.corp"
[registries]
`
    expect(explainWith(document.split('[')[0] ?? '', 'a.corp/x').candidates[0]?.place).toEqual({
      kind: 'document',
      line: 1,
      column: 12,
      endLine: 1,
      endColumn: 21,
    })
    const inline = 'registries = { "a.corp." = {} }'
    expect(explainWith(inline, 'a.corp/x').candidates[0]?.place.column).toBe(16)
    const table = '\n[registries]\n\n"a.corp.".insecure-skip-verify = true'
    expect(explainWith(table, 'a.corp/x').candidates[0]?.place.line).toBe(4)
    const escaped = '[registries."\\u0061.corp."]'
    expect(explainWith(escaped, 'a.corp/x').candidates[0]?.place.line).toBe(1)
  })
})
