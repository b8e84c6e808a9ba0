import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../support/lint.js'

const CODES = ['rule-without-effect', 'hidden-rule', 'credentials-for-subdomains']
const rule = (name: string, keys = '') => `[registries."${name}"]\n${keys}\n`
const TOKEN = 'registrytoken = "t"'

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
