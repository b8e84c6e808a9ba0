import { describe, expect, it } from 'vitest'
import { createResolver, parseConfig } from '../../../src/index.js'
import { lintConfig } from '../../../src/lint.js'
import { findingsOf, issuesOf } from '../../support/config-issues.js'

const documentOf = (variables: Readonly<Record<string, string>>) =>
  `[extra-env]\n${Object.entries(variables)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join('\n')}\n`

describe('a proxy', () => {
  it.each([
    ['htp://proxy.corp:3128', 'a scheme misspelt'],
    ['ftp://proxy.corp', 'a scheme of something else'],
    ['tcp://proxy.corp', 'a scheme of a socket'],
    ['htps://user:p@proxy.corp:3128', 'TLS misspelt'],
    ['socks4://proxy.corp:1080', 'which Go has no client for'],
  ])("%j isn't the scheme of a proxy: %s", (value) => {
    expect(findingsOf(documentOf({ HTTPS_PROXY: value }))).toMatchObject([
      { code: 'unknown-proxy-scheme', severity: 'warning', path: ['extra-env', 'HTTPS_PROXY'] },
    ])
  })

  it.each([
    'proxy.corp:3128',
    'http://proxy.corp',
    'HTTPS://proxy.corp',
    'socks5://proxy.corp:1080',
    'socks5h://proxy.corp:1080',
    '',
  ])('%j is fine', (value) => expect(findingsOf(documentOf({ HTTPS_PROXY: value }))).toEqual([]))

  it.each([
    ['http://[::1', 'a host', 'domain name'],
    ['http:/proxy.corp', 'URL of a proxy', 'http://proxy.corp:3128'],
    ['http://a:b%0A@proxy.corp', 'a control character, such as a line end', 'leave it out'],
    ['http://a:b%zz@proxy.corp', 'a URL lacks', 'percent-encoded'],
    ['http://CORP\\a:b@proxy.corp', 'a URL lacks', 'percent-encoded'],
    ['http://proxy.corp:99999', 'a port', '65535'],
    ['http://proxy.corp/a b', 'no path', 'leave out'],
  ])('%j is an error', (value, message, help) => {
    const [issue, ...others] = issuesOf(documentOf({ HTTP_PROXY: value, HTTPS_PROXY: '' }))
    expect(others).toEqual([])
    expect(issue?.code).toBe('invalid-proxy-url')
    expect(issue?.message).toContain(message)
    expect(issue?.help).toContain(help)
  })

  /** Apart, so that no placeholder is one of a template string. */
  const DOLLAR = '$'

  it.each([
    `${DOLLAR}{PROXY}`,
    '$(PROXY)',
    '{{ .Values.proxy }}',
    `http://${DOLLAR}{HOST}:3128`,
    `http://proxy.corp:${DOLLAR}{PORT}`,
    `http://u:${DOLLAR}{PW}@proxy.corp`,
  ])('%j is an error: without what the placeholder stands for it is no URL', (value) => {
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY']) {
      const issues = issuesOf(documentOf({ HTTPS_PROXY: '', [name]: value }))
      expect(issues.map(({ code }) => code)).toEqual(['invalid-proxy-url'])
      const found = lintConfig(documentOf({ HTTPS_PROXY: '', [name]: value }))
      expect(found.map(({ code }) => code)).toEqual(
        expect.arrayContaining(['placeholder', 'invalid-proxy-url']),
      )
    }
  })

  it.each(['http://u:$(PW)@proxy.corp', 'http://$(USER):x@proxy.corp'])(
    '%j is one all the same, so that a resolver takes it',
    (value) => {
      const text = documentOf({ HTTPS_PROXY: value })
      expect(findingsOf(text).map(({ code }) => code)).toEqual(['placeholder'])
      expect(createResolver(parseConfig(text)).resolve('a.io/x').proxy.kind).toBe('proxy')
    },
  )

  it('for http alone is hardly ever used', () => {
    const codes = (variables: Readonly<Record<string, string>>) =>
      findingsOf(documentOf(variables)).map(({ code }) => code)
    const HTTP_PROXY = 'http://proxy.corp'
    expect(codes({ HTTP_PROXY })).toEqual(['https-proxy-missing'])
    expect(codes({ HTTP_PROXY, HTTPS_PROXY: '' })).toEqual([])
    expect(codes({ HTTP_PROXY: '' })).toEqual([])
    expect(codes({ HTTPS_PROXY: HTTP_PROXY })).toEqual([])
  })
})

describe('an entry of NO_PROXY', () => {
  it.each([
    ['corp.', 'a trailing dot'],
    ['.corp.', 'a trailing dot'],
    ['10.0.*', '"*"'],
    ['a.*.corp', '"*"'],
    ['a.corp b.corp', 'blank'],
    ['a.corp;b.corp', '";"'],
    ['https://a.corp', 'scheme'],
    ['a.corp/team', 'path'],
    ['[::1]', 'brackets'],
    ['"a.corp"', 'quotes'],
    ["'a.corp'", 'quotes'],
    ['10.0.0.0/33', 'no CIDR'],
    ['10.0.0/8', 'no CIDR'],
    ['a.corp:x', 'port'],
    ['a.corp:70000', 'port'],
    ['a..corp', 'characters'],
  ])('%j never matches: %s', (entry, why) => {
    const [finding, ...others] = findingsOf(documentOf({ NO_PROXY: `b.corp, ${entry}` }))
    expect(others).toEqual([])
    expect(finding).toMatchObject({ code: 'no-proxy-unmatchable', severity: 'warning' })
    expect(finding?.message).toContain('entry 2 with')
    expect(finding?.message).toContain(why)
    expect(finding?.help).toBeTypeOf('string')
  })

  it.each([
    '*',
    'corp',
    '.corp',
    '*.corp',
    'corp:443',
    '10.0.0.0/8',
    '10.0.0.1',
    '10.0.0.1:5000',
    '::1',
    '[::1]:443',
    'fd00::/8',
    '',
    ' a.corp , b.corp ,',
    'bücher.corp',
    'a_b.corp',
  ])('%j can match', (entry) => expect(findingsOf(documentOf({ NO_PROXY: entry }))).toEqual([]))

  it('is told by its number, ten of a kind at most', () => {
    const list = Array.from({ length: 12 }, (_, i) => `a${i}.`).join(',')
    const [finding] = findingsOf(documentOf({ NO_PROXY: `b,${list}` }))
    expect(finding?.message).toContain('entries 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more with')
    expect(findingsOf(documentOf({ NO_PROXY: 'a.,10.*,b.' }))).toHaveLength(2)
  })
})
