import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/parse-config.js'
import { ConfigError } from '../../../src/findings.js'
import { ImageReferenceError } from '../../../src/image/error.js'
import { parseImageReference } from '../../../src/image/reference.js'
import { normalForm } from '../../../src/names/normal-form.js'
import { indexRules } from '../../../src/names/rule-index.js'
import { whyUnmatchable } from '../../../src/names/unmatchable.js'
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

  it('are resolved like the reference, or their registry is no image registry', () => {
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

const forms: readonly (readonly [string, string | undefined])[] = [
  ['registry.corp.', 'registry.corp'],
  ['registry.corp', 'registry.corp'],
  ['.Registry.CORP.', '.registry.corp'],
  ['.', '.'],
  ['', undefined],
  ['..', undefined],
  ['...', undefined],
  ['a..b', undefined],
  ['..a', undefined],
  ['a.b..', undefined],
  ['ghcr.io:443', undefined],
  ['*.corp.', undefined],
  ['registry.5.', undefined],
  ['127.0.0.1.', undefined],
  ['[::1]', undefined],
  ['\u212a.corp', undefined],
  ['a_b.c-d.', 'a_b.c-d'],
  [`${'a.'.repeat(126)}a.`, `${'a.'.repeat(126)}a`],
  [`${'a.'.repeat(127)}a.`, undefined],
]

describe('normalForm', () => {
  it.each(forms)('of "%s" is "%s"', (name, want) => expect(normalForm(name)).toBe(want))

  it('is idempotent', () => {
    const idempotent = (form: typeof normalForm) =>
      fc.property(fc.stringMatching(/^\.?[aB1._-]{0,12}\.?$/), (name) => {
        const once = form(name)
        return once === undefined || form(once) === once
      })
    fc.assert(idempotent(normalForm))
    // A mutant that only drops one label each time is noticed.
    expect(fc.check(idempotent((name) => name.slice(name.indexOf('.') + 1))).failed).toBe(true)
  })

  it.each([
    ['ghcr.io:443', 'port'],
    ['127.0.0.1:80', 'port'],
    ['::1', 'ip-address'],
    ['[::1]:80', 'ip-address'],
    ['10.0.0.5.', 'ip-address'],
    ['https://ghcr.io', 'not-a-domain-name'],
    ['', 'not-a-domain-name'],
    ['a b', 'not-a-domain-name'],
  ])('is undefined for "%s": %s', (name, why) => {
    expect(normalForm(name)).toBeUndefined()
    expect(whyUnmatchable(name)).toBe(why)
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
    expect(fc.check(agrees(mutant), { numRuns: 3000 }).failed).toBe(true)
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
    expect(fc.check(shuffled(mutant), { numRuns: 2000 }).failed).toBe(true)
  })

  it('refuses two names that mean the same', () => {
    expect(() => indexOf(['ghcr.io', 'GHCR.io.'])).toThrow(TypeError)
  })

  it.each(['toString', '__proto__', 'constructor', 'valueOf'])('threat 20: knows no %s', (host) => {
    expect(indexOf(['a.corp.']).find(host.toLowerCase())).toBeUndefined()
    expect(indexOf([host]).find(host.toLowerCase())?.coverage).toBe('exact')
  })
})

describe('the names of a document', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[.]?[aB1é._-]{0,4}[.]?$/), { maxLength: 4 })
  const codesOf = (rules: readonly string[]): string[] => {
    try {
      const document = rules.map((rule) => `[registries.${JSON.stringify(rule)}]`).join('\n')
      return parseConfig(document, { strict: true }).findings.map(({ code }) => code)
    } catch (error) {
      return error instanceof ConfigError ? error.issues.map(({ code }) => code) : ['another error']
    }
  }
  /** Each name that has a meaning may be there once in all its spellings. */
  const expectedOf = (rules: readonly string[], normal: typeof normalForm): string[] => {
    const meanings = rules.map(normal)
    return meanings.flatMap((meaning, i) => {
      if (meaning === undefined) return ['unmatchable-name']
      return meanings.indexOf(meaning) < i ? ['duplicate-name'] : []
    })
  }
  const agree = (normal: typeof normalForm) =>
    fc.property(names, (rules) => {
      expect(codesOf(rules)).toEqual(expectedOf(rules, normal))
    })

  it('are doubtful or double by their normal form', () =>
    fc.assert(agree(normalForm), { numRuns: 3000 }))
  it('would not be by another', () =>
    expect(
      fc.check(
        agree((name) => normalForm(name)?.replace('a', '')),
        { numRuns: 3000 },
      ).failed,
    ).toBe(true))
})
