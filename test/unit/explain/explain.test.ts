import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Explanation, explain } from '../../../src/explain/index.js'
import { summaryOf } from '../../../src/explain/summary.js'
import {
  createResolver,
  ImageReferenceError,
  parseConfig,
  parseImageReference,
} from '../../../src/index.js'
import { predictPuller } from '../../../src/puller/index.js'
import { documentOf, explainWith, followed } from '../../support/explained.js'
import matching from '../../vectors/registry-matching.json' with { type: 'json' }

describe('an explanation', () => {
  it('agrees with resolve for any rules and image', () => {
    const label = fc.constantFrom('a', 'b', 'corp', 'io')
    const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'))
    const name = fc.oneof(
      fc.constantFrom('.', '10.0.0.1', 'a.b:5000'),
      host.map((one) => `${one}.`),
      host.map((one) => `.${one}.`),
    )
    const image = fc.oneof(
      fc.constantFrom('nginx', '10.0.0.1/x', 'localhost/x'),
      fc.tuple(host, fc.constantFrom('', '', ':5000')).map(([one, port]) => `${one}${port}/x`),
    )
    const lines = fc.constantFrom(
      '',
      'ca-certs = "none"',
      'insecure-skip-verify = true',
      'auth = "dTpw"',
      'registrytoken = "t"',
      'mirror = "https://m.corp"',
    )
    const rule = fc.tuple(name, lines)
    const rules = fc.uniqueArray(rule, { selector: ([one]) => one, maxLength: 8 })
    const proxy = fc.constantFrom('', '', '[extra-env]\nHTTPS_PROXY = "http://u:p@proxy.corp"\n')
    const outcomes = new Set<string>()
    fc.assert(
      fc.property(proxy, rules, image, (env, all, ref) => {
        const resolver = createResolver(parseConfig(`${env}${documentOf(all)}`))
        const { resolution, candidates } = explain(resolver, ref)
        expect(resolution).toEqual(summaryOf(resolver.resolve(ref)))
        const applied = candidates.filter(({ outcome }) => outcome === 'applied')
        const winners = applied.map((one) => ({ name: one.name, coverage: one.coverage }))
        expect(winners).toEqual(resolution.rule ? [resolution.rule] : [])
        for (const { outcome } of candidates) outcomes.add(outcome)
      }),
      { numRuns: 2000 },
    )
    expect([...outcomes].sort()).toEqual(['applied', 'ip-address', 'less-specific', 'port'])
  })

  it('holds for the registries of all vectors, whose near misses would apply', () => {
    const readable = matching.cases.filter(({ registry }) => isReference(`${registry}/x/y`))
    expect(readable.length).toBeGreaterThan(1000)
    for (const { keys, registry } of readable) {
      const rules = keys.map((name) => [name, ''] as const)
      const resolver = createResolver(parseConfig(documentOf(rules)))
      const want = resolver.resolve(`${registry}/x/y`).rule?.name
      const { candidates } = explainWith(documentOf(rules), `${registry}/x/y`)
      const applied = candidates.find(({ outcome }) => outcome === 'applied')
      expect(applied?.name, `${registry}: ${keys}`).toBe(want)
      for (const [found, wanted] of followed(rules, `${registry}/x/y`)) {
        expect(found, `${registry}: ${keys}`).toBe(wanted)
      }
    }
  })

  it('is frozen, and the same after a way through JSON', () => {
    const document = `[extra-env]\nHTTPS_PROXY = "http://u:p@proxy.corp:3128"
[registries."*.corp"]\nauth = "dTpw"\n[registries."."]\nmirror = "https://m.corp"`
    const prediction = predictPuller(document)
    const resolver = createResolver(parseConfig(document))
    for (const image of ['a.corp/x', 'a.corp:5000/x', '10.0.0.1/x', 'nginx', '1.2.3.4.5/x']) {
      const explanation = explain(resolver, image, { prediction })
      expect(JSON.parse(JSON.stringify(explanation))).toStrictEqual(explanation)
      expect(isFrozen(explanation)).toBe(true)
    }
  })

  it('throws as resolve does', () => {
    const resolver = createResolver(parseConfig(''))
    expect(() => explain(resolver, 'A:B:C')).toThrow(ImageReferenceError)
    expect(() => explain(resolver, 1 as never)).toThrow(TypeError)
  })

  it.each([
    ['a copy of a resolver', { ...createResolver(parseConfig('')) }],
    ['a configuration', parseConfig('')],
    ['nothing', undefined],
  ])('refuses %s', (_, resolver) => {
    expect(() => explain(resolver as never, 'nginx')).toThrow(
      'explain: expected a resolver from createResolver, not a copy',
    )
  })

  it.each([
    ['an unknown option', { predictions: 1 }],
    ['a document', { prediction: '' }],
    ['null', { prediction: null }],
    ['something else', { prediction: { findings: [] } }],
    ['half of a prediction', { prediction: { resolve: () => {} } }],
  ])('refuses %s', (_, options) => {
    const resolver = createResolver(parseConfig(''))
    expect(() => explain(resolver, 'nginx', options as never)).toThrow(/^explain: /)
  })
})

function isFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Object.isFrozen(value) && Object.values(value as Explanation).every(isFrozen)
}

function isReference(text: string): boolean {
  try {
    parseImageReference(text)
    return true
  } catch {
    return false
  }
}
