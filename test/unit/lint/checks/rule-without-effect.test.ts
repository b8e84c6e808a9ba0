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

describe('rules that are hidden', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'a single label',
      rule('corp.', 'mirror = "https://m.corp"') + rule('.corp.', 'ca-certs = "none"'),
      ['1 warning hidden-rule'],
    ],
    [
      "Docker Hub's alias",
      rule('docker.io.', 'mirror = "https://m.corp"') + rule('.docker.io.', 'ca-certs = "none"'),
      ['1 warning hidden-rule'],
    ],
    [
      'localhost, which is a registry',
      rule('localhost.', 'ca-certs = "none"') + rule('.localhost.', TOKEN),
      [],
    ],
    [
      'a registry',
      rule('a.corp.', 'ca-certs = "none"') + rule('.a.corp.', 'mirror = "https://m.corp"'),
      [],
    ],
    ['a single label alone', rule('corp.', 'ca-certs = "none"'), []],
  ])('%s', (_, text, expected) => {
    expect(linesOf(text, CODES)).toEqual(expected)
  })
})

describe('credentials for subdomains', () => {
  it.each<[string, string, readonly string[]]>([
    ['a literal name', rule('ghcr.io.', TOKEN), ['1 info credentials-for-subdomains']],
    [
      'a literal name beside a rule for its subdomains',
      rule('ghcr.io.', TOKEN) + rule('.ghcr.io.', 'ca-certs = "none"'),
      [],
    ],
    ['subdomains that are named', rule('.a.corp.', TOKEN), []],
    ['no credentials', rule('ghcr.io.', 'ca-certs = "none"'), []],
    ["Docker Hub's name, which is for a subdomain", rule('docker.io.', TOKEN), []],
    [
      'a domain of many owners',
      rule('azurecr.io.', TOKEN),
      ['1 warning credentials-for-subdomains'],
    ],
    ['its subdomains', rule('.pkg.dev.', TOKEN), ['1 warning credentials-for-subdomains']],
    [
      'one registry below it',
      rule('corp.azurecr.io.', TOKEN),
      ['1 info credentials-for-subdomains'],
    ],
    ['a single label, which has a finding of its own', rule('corp.', TOKEN), []],
    ['the catch-all, as well', rule('.', TOKEN), []],
  ])('%s', (_, text, expected) => {
    expect(linesOf(text, CODES)).toEqual(expected)
  })
})
