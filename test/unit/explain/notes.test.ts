import { describe, expect, it } from 'vitest'
import { aspectOf, type ExplanationNoteCode, NOTES } from '../../../src/explain/notes.js'
import { explainWith } from '../../support/explained.js'
import vectors from '../../vectors/ca-bundles.json' with { type: 'json' }

const PEM = vectors.cases.find((c) => c.category === 'single')?.text.trimEnd() ?? ''
const RULE = '[registries."a.corp."]\n'
const PROXY = '[extra-env]\nHTTPS_PROXY = "http://u:p@proxy.corp:3128"\nNO_PROXY = ".corp"\n'
const HTTP_PROXY = '[extra-env]\nHTTPS_PROXY = "http://proxy.corp:3128"\n'

const ROWS: readonly (readonly [string, string, readonly ExplanationNoteCode[]])[] = [
  ['', 'a.corp/x', ['no-rule', 'web-pki', 'https', 'not-configured']],
  [RULE, 'a.corp/x', ['web-pki', 'anonymous', 'https', 'not-configured']],
  [RULE, 'a.corp:5000/x', ['no-rule', 'port', 'web-pki', 'https', 'not-configured']],
  [RULE, '10.0.0.1/x', ['no-rule', 'ip-address', 'web-pki', 'https', 'not-configured']],
  ['', 'localhost/x', ['no-rule', 'web-pki', 'loopback-http', 'not-configured']],
  [`${RULE}ca-certs = "none"`, 'a.corp/x', ['deny-all']],
  [
    `${RULE}ca-certs = '''\n${PEM}'''`,
    'a.corp/x',
    ['ca-bundle', 'anonymous', 'https', 'not-configured'],
  ],
  [
    `${RULE}insecure-skip-verify = true`,
    'a.corp/x',
    ['skip-verify', 'anonymous', 'https-then-http', 'not-configured'],
  ],
  [
    `${RULE}insecure-skip-verify = true\nauth = "dTpw"`,
    'a.corp/x',
    ['skip-verify', 'basic', 'credentials-without-tls', 'https-then-http', 'not-configured'],
  ],
  [
    `${RULE}identitytoken = "t"`,
    'a.corp/x',
    ['web-pki', 'identity-token', 'https', 'not-configured'],
  ],
  [
    `${RULE}registrytoken = "t"`,
    'a.corp/x',
    ['web-pki', 'registry-token', 'https', 'not-configured'],
  ],
  [
    `${RULE}mirror = "https://m.corp"`,
    'a.corp/x',
    ['web-pki', 'anonymous', 'https', 'mirror', 'mirror-alone', 'not-configured'],
  ],
  [
    `${RULE}mirror = "https://m.corp"\nmirror-fallback = true\nauth = "dTpw"`,
    'a.corp/x',
    [
      'web-pki',
      'basic',
      'https',
      'mirror',
      'mirror-fallback',
      'mirror-without-credentials',
      'not-configured',
    ],
  ],
  [
    `${RULE}mirror = "https://a.corp/hub"\nauth = "dTpw"`,
    'a.corp/x',
    ['web-pki', 'basic', 'https', 'mirror', 'mirror-alone', 'not-configured'],
  ],
  [
    `${RULE}mirror = "http://a.corp/hub"\nauth = "dTpw"\ninsecure-skip-verify = true`,
    'a.corp/x',
    [
      'skip-verify',
      'basic',
      'credentials-without-tls',
      'https-then-http',
      'mirror',
      'mirror-alone',
      'not-configured',
    ],
  ],
  [PROXY, 'ghcr.io/x', ['no-rule', 'web-pki', 'https', 'https-proxy', 'proxy-credentials']],
  [PROXY, 'a.corp/x', ['no-rule', 'web-pki', 'https', 'no-proxy']],
  [HTTP_PROXY, 'ghcr.io/x', ['no-rule', 'web-pki', 'https', 'https-proxy']],
  [HTTP_PROXY, 'localhost/x', ['no-rule', 'web-pki', 'loopback-http', 'loopback']],
  ['', '1.2.3.4.5/x', ['no-rule', 'ip-address', 'web-pki', 'https', 'undialable']],
  [
    `[extra-env]\nHTTP_PROXY = "http://p:1"\nHTTPS_PROXY = ""\n${RULE}insecure-skip-verify = true\nmirror = "http://m.io"`,
    'a.corp/x',
    ['skip-verify', 'anonymous', 'https-then-http', 'mirror', 'mirror-alone', 'http-proxy'],
  ],
]

describe('what follows', () => {
  it.each(ROWS)('%j for %s: %j', (document, image, codes) => {
    const { notes } = explainWith(document, image)
    expect(notes.map(({ code }) => code)).toEqual(codes)
  })

  it('has a row and a sentence for each code', () => {
    const shown = new Set(ROWS.flatMap(([, , codes]) => codes))
    expect([...shown].sort()).toEqual(Object.keys(NOTES).sort())
    for (const { code, message } of explainWith('', 'nginx').notes) {
      expect([aspectOf(code), message]).toEqual(NOTES[code as 'https'])
    }
  })
})
