import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/parse-config.js'
import { ImageReferenceError } from '../../../src/image/error.js'
import { parseImageReference } from '../../../src/image/reference.js'
import { normalForm } from '../../../src/names/normal-form.js'
import { indexRules } from '../../../src/names/rule-index.js'
import { createResolver } from '../../../src/resolve/resolver.js'
import vectors from '../../vectors/registry-matching.json' with { type: 'json' }

interface Case {
  readonly category: string
  readonly keys: readonly string[]
  readonly registry: string
  readonly want: string | null
}

const cases = vectors.cases as readonly Case[]
const indexOf = (names: readonly string[]) =>
  indexRules(
    names.map((name) => ({ name })),
    (_, applied) => applied,
  )
const documentOf = (names: readonly string[]) =>
  names.map((name) => `[registries.${JSON.stringify(name)}]\n`).join('')

const isRefused = (registry: string): boolean => {
  try {
    parseImageReference(`${registry}/app`)
    return false
  } catch (error) {
    if (error instanceof ImageReferenceError) return true
    throw error
  }
}

describe('the vectors', () => {
  const hasNoSuchImage = /^$|:$|^:|^\.|\.\.|:0$|:99999$|^2001:/

  it("are resolved as Contrast's puller does, or their registry is no image registry", () => {
    let resolved = 0
    let hub = 0
    for (const { keys, registry, want } of cases) {
      // `localhost` and dots aside, the first component is no registry: ask the index for it.
      const isName = /[.:]/.test(registry) || registry === 'localhost'
      if (hasNoSuchImage.test(registry)) {
        if (isName) expect(isRefused(registry), registry).toBe(true)
        continue
      }
      const rule = isName
        ? createResolver(parseConfig(documentOf(keys))).resolve(`${registry}/app`).rule?.name
        : indexOf(keys).find(registry.toLowerCase())?.name
      // Every spelling of docker.io means Docker Hub, so rules for what is below it apply too.
      if (/^docker\.io\.?$/i.test(registry) && rule !== want) {
        expect(want, registry).not.toBe('index.docker.io.')
        hub++
        continue
      }
      expect(rule ?? null, `${registry} by ${keys.join(' ')}`).toBe(want)
      resolved++
    }
    expect(hub).toBeGreaterThan(0)
    expect(resolved).toBeGreaterThan(1200)
  })
})

describe('indexRules', () => {
  const label = fc.constantFrom('a', 'b', 'corp', 'evilcorp')
  const domain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'))
  const name = fc
    .tuple(fc.constantFrom('', '.'), domain, fc.constantFrom('', '.'))
    .map((p) => p.join(''))
  const names = fc.uniqueArray(fc.oneof(name, fc.constant('.')), {
    maxLength: 8,
    selector: (n) => normalForm(n),
  })
  type Find = (rules: readonly string[], host: string) => string | undefined

  /** Every rule is tried, and the longest that covers wins. */
  const naive: Find = (rules, host) => {
    const covering = rules.filter((rule) => {
      const normal = normalForm(rule) as string
      if (normal === '.') return true
      if (normal.startsWith('.')) return host.endsWith(normal)
      return host === normal || host.endsWith(`.${normal}`)
    })
    const length = (rule: string) =>
      normalForm(rule) === '.' ? 0 : (normalForm(rule) as string).split('.').length
    const isExact = (rule: string) => (normalForm(rule) === host ? 1 : 0)
    const dotted = (rule: string) => (rule.startsWith('.') ? 0 : 1)
    covering.sort(
      (a, b) => isExact(b) - isExact(a) || length(b) - length(a) || dotted(b) - dotted(a),
    )
    return covering[0]
  }
  const real: Find = (rules, host) => indexOf(rules).find(host)?.name
  const agrees = (find: Find) =>
    fc.property(names, domain, (rules, host) => find(rules, host) === naive(rules, host))

  it('finds what a naive model finds', () => fc.assert(agrees(real), { numRuns: 3000 }))

  it('would notice a match that ignores label boundaries (threat 4)', () => {
    const mutant: Find = (rules, host) =>
      real(rules, host) ?? rules.find((rule) => host.endsWith(normalForm(rule) as string))
    expect(fc.check(agrees(mutant), { numRuns: 3000, endOnFailure: true }).failed).toBe(true)
  })

  it('does not care for the order of rules', () => {
    const shuffled = (find: Find) =>
      fc.property(
        names.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        domain,
        ([list, other], host) => find(list, host) === find(other, host),
      )
    fc.assert(shuffled(real), { numRuns: 2000 })
    const mutant: Find = (rules, host) => rules.find((rule) => naive([rule], host) !== undefined)
    expect(fc.check(shuffled(mutant), { numRuns: 2000, endOnFailure: true }).failed).toBe(true)
  })

  it('refuses two names that mean the same', () => {
    expect(() => indexOf(['ghcr.io', 'GHCR.io.'])).toThrow(TypeError)
    expect(() => indexOf(['.ghcr.io', '.GHCR.io.'])).toThrow(TypeError)
    expect(() => indexOf(['.', '.'])).toThrow(TypeError)
    expect(() => indexOf(['ghcr.io', '.ghcr.io', '.'])).not.toThrow()
  })

  it.each(['toString', '__proto__', 'constructor', 'valueOf'])('threat 20: knows no %s', (host) => {
    expect(indexOf(['a.corp.']).find(host.toLowerCase())).toBeUndefined()
    expect(indexOf([host]).find(host.toLowerCase())?.coverage).toBe('exact')
  })
})

describe('looking a rule up', () => {
  const namesOf = (count: number) => Array.from({ length: count }, (_, i) => `r${i}.example.corp.`)

  it('asks once a label, whatever the number of rules', () => {
    const asked: number[] = []
    for (const count of [10, 100_000]) {
      const index = indexOf(namesOf(count))
      let questions = 0
      const original = Map.prototype.get
      const counting = function (this: Map<unknown, unknown>, key: unknown) {
        questions++
        return original.call(this, key)
      }
      Map.prototype.get = counting
      try {
        index.find('a.b.c.other.corp')
      } finally {
        Map.prototype.get = original
      }
      asked.push(questions)
    }
    expect(asked[0]).toBe(asked[1])
    expect(asked[0]).toBeLessThanOrEqual(5)
  })

  it('reads no more of a host than the longest name has', () => {
    const index = indexOf(['corp.'])
    expect(index.find(`${'a.'.repeat(100_000)}corp`)?.name).toBe('corp.')
  })
})
