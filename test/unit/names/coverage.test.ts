import fc from 'fast-check'
import { expect, it } from 'vitest'
import { coverageOf, specificityOf } from '../../../src/names/coverage.js'
import { normalForm } from '../../../src/names/normal-form.js'
import { indexRules } from '../../../src/names/rule-index.js'

it.each([
  ['registry.corp', 'registry.corp', 'exact'],
  ['registry.corp', 'a.registry.corp', 'subdomain'],
  ['.registry.corp', 'a.registry.corp', 'subdomain'],
  ['.registry.corp', 'registry.corp', undefined],
  ['registry.corp', 'evilregistry.corp', undefined],
  ['a.registry.corp', 'registry.corp', undefined],
  ['.', 'registry.corp', 'catch-all'],
])('%s covers %s: %s', (name, host, coverage) => expect(coverageOf(name, host)).toBe(coverage))

const label = fc.constantFrom('a', 'b', 'ab', 'corp')
const host = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))
const name = fc.oneof(
  fc.constant('.'),
  host,
  host.map((one) => `.${one}`),
)

it('picks the rule that the index finds, for any rules and host', () => {
  const isFound: boolean[] = []
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 8 }), host, (names, asked) => {
      const rules = names.map((one) => ({ name: one }))
      const found = indexRules(rules, (_, applied) => applied).find(asked)
      const [first] = names
        .flatMap((one) => {
          const normal = normalForm(one) as string
          const coverage = coverageOf(normal, asked)
          return coverage ? [{ name: one, coverage, specificity: specificityOf(normal) }] : []
        })
        .sort((a, b) => b.specificity - a.specificity)
      expect(first && { name: first.name, coverage: first.coverage }).toEqual(found)
      isFound.push(found !== undefined)
    }),
    { numRuns: 2000 },
  )
  expect(new Set(isFound).size).toBe(2)
})
