import { describe, expect, it } from 'vitest'
import { linesOf, NOW } from '../../../support/lint.js'

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = (claims: unknown, header: unknown = { alg: 'RS256' }) =>
  `${base64url(header)}.${base64url(claims)}.c2lnbmF0dXJl`
const rule = (keys: string, name = 'a.corp.') => `[registries."${name}"]\n${keys}\n`
const pair = (username: string, password: string) =>
  `username = "${username}"\npassword = "${password}"`
const auth = (text: string) => `auth = "${Buffer.from(text).toString('base64')}"`

describe('credentials that end within hours', () => {
  const CODES = ['short-lived-credentials']
  it.each<[string, string, readonly string[]]>([
    ['of ECR', pair('AWS', 'x'), ['3 warning short-lived-credentials']],
    ['of ECR in auth', auth('AWS:x'), ['2 warning short-lived-credentials']],
    ['of Google', pair('oauth2accesstoken', 'ya29.x'), ['3 warning short-lived-credentials']],
    [
      'of ACR',
      pair('00000000-0000-0000-0000-000000000000', 'x'),
      ['3 warning short-lived-credentials'],
    ],
    [
      'of a GitHub workflow',
      pair('x-access-token', 'ghs_x'),
      ['3 warning short-lived-credentials'],
    ],
    [
      'of a GitHub app as a token',
      'registrytoken = "ghs_x"',
      ['2 warning short-lived-credentials'],
    ],
    ['not: a personal access token', pair('octocat', 'ghp_x'), []],
    ["not: Google's key", pair('_json_key', 'x'), []],
    ['not: another case', pair('aws', 'x'), []],
    ['not: an ACR token', pair('00000000-0000-0000-0000-000000000001', 'x'), []],
    ['not: auth that is no pair', 'auth = "AWS"', []],
    ['not: an identity token', 'identitytoken = "AWS"', []],
  ])('%s', (_, keys, expected) => expect(linesOf(rule(keys), CODES)).toEqual(expected))
})

describe('JSON Web Tokens', () => {
  const CODES = ['token-expired', 'token-expires-soon']
  const at = (days: number) => NOW / 1000 + days * 86_400
  it.each<[string, string, readonly string[]]>([
    ['expired', `registrytoken = "${token({ exp: at(-1) })}"`, ['2 warning token-expired']],
    ['at its end', `identitytoken = "${token({ exp: at(0) })}"`, ['2 warning token-expired']],
    ['about to end', pair('u', token({ exp: at(29) })), ['3 warning token-expires-soon']],
    ['in auth', auth(`u:${token({ exp: at(-1) })}`), ['2 warning token-expired']],
    ['with time left', pair('u', token({ exp: at(31) })), []],
    ['without an end', `registrytoken = "${token({ sub: 'x' })}"`, []],
    ['with a text as an end', `registrytoken = "${token({ exp: '1' })}"`, []],
    [
      'with an end that is none',
      `registrytoken = "${token({}).replace(/\..*\./, `.${Buffer.from('{"exp":1e999}').toString('base64url')}.`)}"`,
      [],
    ],
    ['whose header is none', `registrytoken = "${token({ exp: 1 }, 'x')}"`, []],
    ['whose claims are null', `registrytoken = "${token(null)}"`, []],
    ['of two parts', `registrytoken = "${token({ exp: 1 }).slice(0, -13)}"`, []],
    ['of four parts', `registrytoken = "${token({ exp: 1 })}.x"`, []],
    ['of no base64', 'registrytoken = "e30.!!.e30"', []],
    ['of no JSON', 'registrytoken = "e30.e2.e30"', []],
    ['of no UTF-8', 'registrytoken = "e30._w.e30"', []],
    [
      'of more than a header carries',
      `registrytoken = "${token({ exp: 1, x: 'x'.repeat(66_000) })}"`,
      [],
    ],
  ])('%s', (_, keys, expected) => expect(linesOf(rule(keys), CODES)).toEqual(expected))

  it('are not judged without a time', () => {
    const text = rule(`registrytoken = "${token({ exp: 1 })}"`)
    expect(linesOf(text, CODES, { now: undefined })).toEqual([])
  })

  it('take no end from a polluted prototype', () => {
    Object.defineProperty(Object.prototype, 'exp', { value: 1, configurable: true })
    const found = linesOf(rule(`registrytoken = "${token({})}"`), CODES)
    Reflect.deleteProperty(Object.prototype, 'exp')
    expect(found).toEqual([])
  })
})

describe('one secret for several registries', () => {
  const CODES = ['repeated-secret']
  const both = (one: string, other: string, a = 'registrytoken = "s3cret"', b = a) =>
    linesOf(rule(a, one) + rule(b, other), CODES)
  it.each<[string, string, boolean]>([
    ['a.corp.', 'b.example.', true],
    ['ghcr.io.', 'quay.io.', true],
    ['a.azurecr.io.', 'b.azurecr.io.', true],
    ['1.dkr.ecr.eu-central-1.amazonaws.com.', '2.dkr.ecr.eu-central-1.amazonaws.com.', false],
    ['a.corp.', 'b.corp.', false],
    ['a.corp.example.', '.corp.example.', false],
    ['a.corp.', '.', false],
    ['a.corp.', '*.example', false],
  ])('%s and %s: %s', (one, other, isFound) => {
    expect(both(one, other)).toEqual(isFound ? ['4 warning repeated-secret'] : [])
  })

  it('is seen through auth, whatever the user', () => {
    expect(both('a.io.', 'b.io.', pair('u', 's3cret'), auth('v:s3cret'))).toEqual([
      '5 warning repeated-secret',
    ])
  })

  it('is none where the user alone is the same, or where a template left the same text', () => {
    expect(both('a.io.', 'b.io.', pair('u', 'one'), pair('u', 'two'))).toEqual([])
    expect(both('a.io.', 'b.io.', pair('u', '{{ .Values.password }}'))).toEqual([])
  })
})
