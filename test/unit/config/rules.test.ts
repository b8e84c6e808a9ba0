import { describe, expect, it } from 'vitest'
import { brief, findingsOf, issuesOf } from '../../support/config-issues.js'
import vectors from '../../vectors/ca-bundles.json' with { type: 'json' }

const PEM = vectors.cases.find((c) => c.category === 'single')?.text ?? ''

type Row = readonly [document: string, why: string, ...codesAndPaths: string[]]

const warnings: readonly Row[] = [
  ['[registries."ghcr.io:443"]', 'a port', 'unmatchable-name', 'registries ghcr.io:443'],
  ['[registries."10.0.0.1"]', 'an IP address', 'unmatchable-name', 'registries 10.0.0.1'],
  ['[registries."bücher.io"]', 'no DNS name', 'unmatchable-name', 'registries bücher.io'],
  [
    '[registries."registry-1.docker.io."]',
    'where Docker Hub is dialled elsewhere',
    'docker-hub-name',
    'registries registry-1.docker.io.',
  ],
  [
    '[registries.".HUB.docker.com"]',
    'a web page, in another case',
    'docker-hub-name',
    'registries .HUB.docker.com',
  ],
  [
    '[registries."a.io"]\nauth = "YTpi"\nregistrytoken = "t"',
    'two kinds',
    'several-credentials',
    'registries a.io',
  ],
  [
    '[registries."a.io"]\nca-certs = PEM\ninsecure-skip-verify = true',
    'the latter wins',
    'ca-certs-ignored',
    'registries a.io ca-certs',
  ],
  [
    '[registries."a.io"]\nca-certs = ""\ninsecure-skip-verify = true',
    'nothing is denied where nothing is verified',
    'ca-certs-ignored',
    'registries a.io ca-certs',
  ],
  [
    '[registries."a.io"]\nauth = "YTpi"\ninsecure-skip-verify = true',
    'no TLS',
    'credentials-without-tls',
    'registries a.io',
  ],
  [
    '[registries."a.io"]\nauth = "bm9jb2xvbg=="',
    'no colon',
    'auth-not-basic',
    'registries a.io auth',
  ],
  ['[registries."a.io"]\nauth = "!"', 'no base64', 'auth-not-basic', 'registries a.io auth'],
  ['[registries."a.io"]\nauth = "/w=="', 'no UTF-8', 'auth-not-basic', 'registries a.io auth'],
  [
    '[registries."a.io"]\nregistrytoken = "bearer abc"',
    'it would be there twice',
    'bearer-prefix',
    'registries a.io registrytoken',
  ],
  ['[registries."."]\nauth = "YTpi"', 'for all', 'credentials-on-catch-all', 'registries .'],
  [
    '[registries."com."]\nauth = "YTpi"',
    'for all of com',
    'credentials-on-single-label',
    'registries com.',
  ],
  [
    '[registries.".com"]\nauth = "YTpi"',
    'for all below com',
    'credentials-on-single-label',
    'registries .com',
  ],
  [
    '[registries."."]\ninsecure-skip-verify = true',
    'for all',
    'skip-verify-on-catch-all',
    'registries .',
  ],
  [
    '[registries."corp."]\ninsecure-skip-verify = true',
    'for all of corp',
    'skip-verify-on-single-label',
    'registries corp.',
  ],
  [
    '[registries."a.io"]\nmirror-fallback = true',
    'nothing to fall back from',
    'mirror-fallback-without-mirror',
    'registries a.io mirror-fallback',
  ],
  [
    '[registries."a.io"]\nmirror = ""\nmirror-fallback = true',
    'an empty mirror is none',
    'mirror-fallback-without-mirror',
    'registries a.io mirror-fallback',
  ],
  [
    '[registries."a.io"]\nauth = "YTpi"\nmirror = "https://m.corp"',
    'another origin',
    'mirror-without-credentials',
    'registries a.io mirror',
  ],
]

const fine: readonly (readonly [string, string])[] = [
  ['[registries."docker.io."]', "Docker Hub's own name"],
  ['[registries."index.docker.io."]', "Docker Hub's registry"],
  ['[registries."localhost."]\ninsecure-skip-verify = true', 'this machine alone'],
  ['[registries."com."]\nca-certs = PEM', 'a pinned CA gives nothing away'],
  ['[registries."."]\nca-certs = PEM', 'nor for all'],
  ['[registries."a.io"]\nregistrytoken = "Bearerabc"', 'a token that begins like the word'],
  ['[registries."a.io"]\nmirror = "https://m.corp"\nmirror-fallback = true', 'with a mirror'],
  ['[registries."a.io"]\nmirror-fallback = false', 'nothing is asked for'],
  ['[registries."a.io"]\nauth = "YTpi"\nmirror = "https://a.io/x"', "the registry's own origin"],
]

const withPem = (text: string) => text.replace('PEM', `'''\n${PEM}'''`)

describe('warnings about a rule', () => {
  it.each(warnings)('%j: %s', (text, _, ...want) => {
    const findings = findingsOf(withPem(text))
    expect(findings.map(({ code, path }) => [code, path.join(' ')])).toEqual([want])
    expect(findings.map(({ severity }) => severity)).toEqual(['warning'])
    expect(findings[0]?.help).toBeTypeOf('string')
    const strict = issuesOf(withPem(text), { strict: true })
    expect(strict).toEqual(findings.map((finding) => ({ ...finding, severity: 'error' })))
  })

  it.each(fine)('none for %j: %s', (text) => {
    expect(findingsOf(withPem(text))).toEqual([])
  })

  it.each([
    ['[registries."a.io"]\nusername = "u"', 'username'],
    ['[registries."a.io"]\npassword = "p"\nusername = ""', 'password'],
  ])('%j: half of a pair is an error', (text, key) => {
    expect(findingsOf(text).map(brief)).toEqual([
      ['incomplete-credentials', `registries a.io ${key}`, 2, 1],
    ])
  })
})

/** Apart, so that no placeholder is one of a template string. */
const DOLLAR = '$'

describe('placeholders that nothing replaced', () => {
  const at = (key: string, value: string) => {
    const rest = key === 'username' ? 'password = "p"' : key === 'password' ? 'username = "u"' : ''
    return `[registries."a.io"]\n${key} = '${value}'\n${rest}`
  }

  it.each([
    [at('username', `${DOLLAR}{USER}`), 'registries a.io username'],
    [at('password', '$(TOKEN)'), 'registries a.io password'],
    [at('password', 'x{{ .Values.password }}'), 'registries a.io password'],
    [at('auth', `${DOLLAR}{AUTH}`), 'registries a.io auth'],
    [at('auth', btoa(`u:${DOLLAR}{PASSWORD}`)), 'registries a.io auth'],
    [at('identitytoken', `${DOLLAR}{T}`), 'registries a.io identitytoken'],
    [at('registrytoken', `${DOLLAR}{T}`), 'registries a.io registrytoken'],
    [at('ca-certs', `${DOLLAR}{CA}`), 'registries a.io ca-certs'],
    ["[extra-env]\nHTTPS_PROXY = 'http://u:$(PW)@p:3128'", 'extra-env HTTPS_PROXY'],
    ["[extra-env]\nNO_PROXY = '{{ .Values.noProxy }}'", 'extra-env NO_PROXY'],
  ])('%j', (text, path) => {
    const found = findingsOf(text).map(({ code, path }) => [code, path.join(' ')])
    expect(found).toEqual([['placeholder', path]])
  })

  it.each(['$', `${DOLLAR}{`, `${DOLLAR}{}`, '$HOME', '{x}', '$(', '{{', '$ {x}'])(
    'are not %j, which a password may have',
    (value) => expect(findingsOf(at('password', value))).toEqual([]),
  )
})
