import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/parse-config.js'
import { ConfigError } from '../../../src/findings.js'
import { normalForm } from '../../../src/names/normal-form.js'
import {
  isMatchedAsWritten,
  isMatchedByPuller,
  whyUnmatchable,
} from '../../../src/names/unmatchable.js'

describe('whyUnmatchable', () => {
  it.each([
    ['ghcr.io:443', 'port'],
    ['ghcr.io:443.', 'port'],
    ['ghcr.io:65535', 'port'],
    ['127.0.0.1:80', 'port'],
    ['ghcr.io:', 'invalid-port'],
    ['ghcr.io:0', 'invalid-port'],
    ['ghcr.io:65536', 'invalid-port'],
    ['ghcr.io:https', 'invalid-port'],
    ['::1', 'ip-address'],
    ['[::1]:80', 'ip-address'],
    ['[::1].', 'ip-address'],
    ['[fe80::1%eth0]:80', 'ip-address'],
    ['fe80::1.', 'ip-address'],
    ['[::1]:', 'invalid-port'],
    ['[::1]:x', 'invalid-port'],
    ['[::1', 'invalid-character'],
    ['[::1]x', 'invalid-character'],
    ['[', 'invalid-character'],
    ['[.', 'invalid-character'],
    ['[ghcr.io]', 'invalid-character'],
    ['[10.0.0.5]:80', 'invalid-character'],
    ['::g', 'invalid-port'],
    ['ghcr.io:80:90', 'invalid-port'],
    ['gh cr.io:443', 'invalid-character'],
    ['bücher.io:443', 'not-ascii'],
    [`${'a'.repeat(64)}.io:443`, 'label-too-long'],
    ['a..b:443', 'port'],
    [':443', 'port'],
    ['10.0.0.5.', 'ip-address'],
    ['0x7f.1', 'ip-address'],
    ['https://ghcr.io', 'scheme'],
    ['https://u:p@ghcr.io/x:1', 'scheme'],
    ['u:p@ghcr.io', 'user-info'],
    ['u:p/q@ghcr.io', 'user-info'],
    ['u:p%40ghcr.io', 'user-info'],
    ['u:p＠ghcr.io', 'user-info'],
    ['ghcr.io/v2', 'path'],
    ['*.corp', 'wildcard'],
    ['', 'empty-label'],
    ['..', 'empty-label'],
    ['a..b', 'empty-label'],
    ['bücher.io', 'not-ascii'],
    ['\u212a.corp', 'not-ascii'],
    ['a b', 'invalid-character'],
    ['gh!cr.io', 'invalid-character'],
    [`${'a'.repeat(64)}.io`, 'label-too-long'],
    // Only the name as a whole is too long; the dot before it is no label.
    [`.${`${'a'.repeat(63)}.`.repeat(4)}`, 'name-too-long'],
    ['.a..b', 'empty-label'],
    ['a.'.repeat(128), 'name-too-long'],
  ])('of "%s" is %s', (name, why) => {
    expect(normalForm(name)).toBeUndefined()
    expect(whyUnmatchable(name)).toBe(why)
  })

  it("tells what Contrast's puller applies all the same, since it compares texts", () => {
    const isMatched = (name: string) => isMatchedByPuller(name, whyUnmatchable(name))
    expect(
      ['ghcr.io:443', '10.0.0.5', '', 'a..b', '[::1]:80', 'fe80::1'].filter(isMatched),
    ).toHaveLength(6)
    const never = [
      'ghcr.io:x',
      'u@a',
      'a/b',
      '*.a',
      'é',
      'a b',
      'https://a',
      'fe80::a',
      '[fe80::1%eth0]:80',
    ]
    expect(never.filter(isMatched)).toEqual([])
  })

  it('tells what it applies to what is spelled the same way', () => {
    const isMatched = (name: string) => isMatchedAsWritten(name, whyUnmatchable(name))
    const some = ['é', '*.a', 'a!b', 'a:0', 'a:', 'a.'.repeat(128), 'u＠a']
    expect(some.filter(isMatched)).toEqual(some)
    const none = [
      'https://a',
      'u@a',
      'a/b',
      'a b',
      'ghcr.io:https',
      'a%40b',
      'é b',
      '[ghcr.io]',
      'a:443',
    ]
    expect(none.filter(isMatched)).toEqual([])
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
