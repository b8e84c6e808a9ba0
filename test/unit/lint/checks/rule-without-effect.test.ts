import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../support/lint.js'

const CODES = ['rule-without-effect', 'hidden-rule', 'credentials-for-subdomains']
const rule = (name: string, keys = '') => `[registries."${name}"]\n${keys}\n`
const TOKEN = 'registrytoken = "t"'

describe('rules that change nothing', () => {
  it.each<[string, string, readonly string[]]>([
    ['an empty rule', rule('a.corp.'), ['1 info rule-without-effect']],
    [
      'an empty string for credentials',
      rule('a.corp.', 'auth = ""'),
      ['1 info rule-without-effect'],
    ],
    [
      'one below a rule that says something',
      rule('corp.', 'insecure-skip-verify = true') + rule('a.corp.'),
      [],
    ],
    [
      'one that repeats its parent',
      rule('.corp.', TOKEN) + rule('.a.corp.', TOKEN),
      ['3 info rule-without-effect'],
    ],
    [
      'one that repeats the literal parent',
      rule('b.corp.', TOKEN) + rule('.b.corp.', TOKEN),
      ['3 info rule-without-effect'],
    ],
    [
      'one that repeats the catch-all',
      rule('.', 'ca-certs = "none"') + rule('a.corp.', 'ca-certs = "none"'),
      ['3 info rule-without-effect'],
    ],
    [
      'one that repeats its grandparent, past another',
      rule('.', 'ca-certs = "none"') + rule('corp.', TOKEN) + rule('a.corp.', 'ca-certs = "none"'),
      [],
    ],
    ['another token', rule('.corp.', TOKEN) + rule('.a.corp.', 'registrytoken = "u"'), []],
    [
      'another mirror',
      rule('.corp.', 'mirror = "https://m.corp"') + rule('.a.corp.', 'mirror = "https://n.corp"'),
      [],
    ],
    [
      'a fallback',
      rule('.corp.', 'mirror = "https://m.corp"') +
        rule('.a.corp.', 'mirror = "https://m.corp"\nmirror-fallback = true'),
      [],
    ],
    // Without a rule, loopback hosts are asked by plain HTTP too.
    ['localhost', rule('localhost.'), []],
    ['below localhost', rule('a.localhost.'), []],
    ['the catch-all', rule('.'), []],
    ['a name that never matches', rule('*.corp.'), []],
    ['a rule with an error', rule('a.corp.', 'user = "x"'), []],
    ['one whose parent has an error', rule('corp.', 'user = "x"') + rule('a.corp.'), []],
  ])('%s', (_, text, expected) => {
    expect(linesOf(text, CODES)).toEqual(expected)
  })
})
