import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUsual, normalForm } from '../../../src/names/normal-form.js'

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

  it('is undefined for a label of more than 63 characters (RFC 1035, section 2.3.4)', () => {
    expect(normalForm(`${'a'.repeat(63)}.corp`)).toBe(`${'a'.repeat(63)}.corp`)
    expect(normalForm(`${'a'.repeat(64)}.corp`)).toBeUndefined()
    expect(normalForm(`.corp.${'a'.repeat(64)}`)).toBeUndefined()
  })
})

describe('isUsual', () => {
  const usual = (look: typeof isUsual) =>
    fc.property(fc.stringMatching(/^\.?[aB1._-]{0,12}\.?$/), (name) => {
      const normal = normalForm(name)
      const isDomain = normal !== undefined && !normal.startsWith('.')
      return look(name) === (isDomain && name === `${normal}.`)
    })

  it('is true for a domain in normal form with the dot of the root, and for nothing else', () => {
    fc.assert(usual(isUsual))
    // The dot of the root alone doesn't do.
    expect(fc.check(usual((name) => name.endsWith('.'))).failed).toBe(true)
  })

  it.each([
    ['registry.corp.', true],
    ['registry.corp', false],
    ['Registry.corp.', false],
    ['.registry.corp.', false],
    ['.', false],
    ['', false],
    ['registry.5.', false],
    ['r\u00fcgen.corp.', false],
    [`${'a'.repeat(63)}.corp.`, true],
    [`${'a'.repeat(64)}.corp.`, false],
    [`${'a.'.repeat(127)}a.`, false],
  ])('of "%s" is %s', (name, want) => expect(isUsual(name)).toBe(want))
})
