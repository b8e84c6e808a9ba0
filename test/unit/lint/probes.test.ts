import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintConfig } from '../../../src/lint.js'
import { comparePuller } from '../../../src/puller.js'

const VERSIONS = ['1.15', '1.20', '1.21', '1.22', '1.25', '1.26'] as const
const LABELS = ['a', 'b', 'corp', 'A', '']
const HOSTS = ['a', 'b', 'corp', 'xcorp', 'xa'].flatMap((top) => [
  `a.${top}`,
  `b.${top}`,
  `x.a.${top}`,
  `y.x.b.${top}`,
])

const documentOf = (name: string) =>
  `[registries.${JSON.stringify(name)}]\ninsecure-skip-verify = true\n`

/** Another rule, and what it means: not what a registry's own name does, such as plain HTTP. */
const CODES = ['puller-other-rule', 'puller-trusts-more', 'puller-trusts-less']

const codesOf = (findings: readonly { readonly code: string }[]) =>
  new Set(findings.map(({ code }) => code).filter((code) => CODES.includes(code)))

describe('the registries that a rule is asked about', () => {
  const name = fc
    .array(fc.constantFrom(...LABELS), { minLength: 1, maxLength: 4 })
    .map((labels) => labels.join('.'))
  const differs = (names: fc.Arbitrary<string>) =>
    fc.property(names, fc.constantFrom(...VERSIONS), (rule, version) => {
      const images = HOSTS.map((host) => `${host}/x@sha256:${'0'.repeat(64)}`)
      const found = codesOf(comparePuller(documentOf(rule), images, { version }))
      const shown = codesOf(lintConfig(documentOf(rule), { version }))
      expect([...shown]).toEqual(expect.arrayContaining([...found]))
    })

  it('show each way in which a release of the puller applies the rule otherwise', () =>
    fc.assert(differs(name), { numRuns: 500 }))

  it.each([
    ['', '1.26', 'registry.example', 'the empty name, which is the catch-all there'],
    ['corp.', '1.20', 'subdomain.look-alike-corp', 'a single label, without a boundary'],
    ['a..', '1.21', 'a.subdomain', 'an empty label at the end'],
    ['..', '1.21', 'subdomain.subdomain', 'empty labels alone'],
  ])('%j, in %s: %s (%s)', (rule, version, host) => {
    const found = lintConfig(documentOf(rule), { version })
    const more = found.find(({ code }) => code === 'puller-trusts-more')
    expect(more?.message).toContain(` at ${host}: `)
  })
})
