import { describe, expect, it } from 'vitest'
import { synonyms } from '../../../src/config/synonyms.js'
import { findingsOf } from '../../support/config-issues.js'

const HEADERS = { root: '', 'extra-env': '[extra-env]\n', rule: '[registries."a.io."]\n' }

const helpOf = (level: keyof typeof HEADERS, key: string, value = '"x"') => {
  const findings = findingsOf(`${HEADERS[level]}${JSON.stringify(key)} = ${value}`)
  expect(findings).toMatchObject([{ code: 'unknown-key', severity: 'error' }])
  return findings[0]?.help ?? ''
}

/** What each key of another program leads to: the key to write, or that there is none. */
const rule: readonly (readonly [keys: string, help: RegExp])[] = [
  [
    'ca cas cacert ca_cert cacerts ca_file cafile ca-bundle capath ca-data cert certs certificate certificates certificate-authority rootCA rootCAs rootcerts trusted-certs pem ssl_cert_file',
    /^write ca-certs, with the PEM text itself/,
  ],
  [
    'client client_cert client-certificate client_key key keyfile certfile keypair tls-client-cert tls_client_key',
    /client certificates aren't supported here/,
  ],
  [
    'insecure skip_verify skip-tls-verify insecure_skip_tls_verify tlsSkipVerify insecure-tls noverify no-tls-verify allowInsecure insecure-registry',
    /^write insecure-skip-verify = true to verify nothing/,
  ],
  [
    'verify tls-verify tls_verify sslVerify verify_tls verify-ssl strict-ssl secure secure-skip-verify tls rejectUnauthorized',
    /^TLS is verified unless/,
  ],
  [
    'plain-http plain_http http allow_http scheme',
    /insecure-skip-verify = true, which also allows/,
  ],
  ['user login account', /^write username$/],
  ['pass passwd pwd secret', /^write password$/],
  ['token access_token', /^write username and password, .* or registrytoken/],
  ['bearer bearer-token', /^write registrytoken/],
  ['authorization', /^write auth, .* or registrytoken/],
  ['basic basic_auth', /^write auth, or username and password/],
  ['credentials', /^write username and password, or auth/],
  ['refresh_token id_token oauth-token', /^write identitytoken$/],
  ['credential-helper credHelper credsStore credstore helper', /runs a credential helper/],
  ['email', /^leave it out/],
  ['proxy', /^write HTTPS_PROXY below \[extra-env\]/],
  ['bypass', /^write NO_PROXY below \[extra-env\]/],
  ['mirrors mirror_url endpoint endpoints location server', /^write mirror, with one URL/],
  ['host hosts name registry prefix domain url address', /header of the table/],
  ['fallback', /^write mirror-fallback/],
  [
    'capabilities override_path rewrite header headers blocked timeout dial_timeout pull-from-mirror mirror-by-digest-only unqualified-search-registries',
    /^leave it out/,
  ],
  ['env', /^write \[extra-env\] at the top/],
]

const extraEnv: typeof rule = [
  ['PROXY proxy ALL_PROXY all_proxy', /^write HTTPS_PROXY, and HTTP_PROXY/],
  ['SOCKS_PROXY', /^write HTTPS_PROXY, with a URL such as socks5/],
  ['FTP_PROXY', /^leave it out/],
  ['HTTP', /^write HTTP_PROXY$/],
  ['HTTPS', /^write HTTPS_PROXY$/],
  ['bypass no_proxy_hosts nonProxyHosts proxy-bypass', /^write NO_PROXY$/],
  ['PROXY_USER proxy_password', /^write HTTPS_PROXY with the/],
  ['SSL_CERT_DIR NODE_EXTRA_CA_CERTS', /^below the header of a registry, write ca-certs/],
]

const root: typeof rule = [
  [
    'registry host hosts server mirrors configs plugins name',
    /^write \[registries\."ghcr\.io\."\]/,
  ],
  ['unqualified-search-registries short-name-mode version debug', /^leave it out/],
  ['auths credHelpers credsStore proxies HttpHeaders', /Docker's config\.json/],
  ['env environment', /^write the header \[extra-env\]/],
  ['proxy', /^write HTTPS_PROXY below/],
  ['ALL_PROXY', /^write HTTPS_PROXY, and HTTP_PROXY/],
]

/** Where a key of a registry belongs is said with what to write. */
const OF_REGISTRY =
  /ca-certs|verify nothing|username\$|password\$|username and password, \.\* or|identitytoken/

const ofRegistry = rule
  .filter(([, { source }]) => OF_REGISTRY.test(source))
  .map(([keys, { source }]) => {
    return [
      keys.replace(' cacerts', ''),
      new RegExp(source.replace('^', '^below the header of a registry, ')),
    ] as const
  })

const LEVELS = {
  root: [...root, ...ofRegistry],
  'extra-env': [...extraEnv, ...ofRegistry],
  rule,
} as const

const rowsOf = (level: keyof typeof LEVELS) =>
  LEVELS[level].flatMap(([keys, help]) => keys.split(' ').map((key) => [level, key, help] as const))

describe('keys of other programs (threat 33: a hint that turns the meaning round)', () => {
  it.each([...rowsOf('root'), ...rowsOf('extra-env'), ...rowsOf('rule')])(
    '%s: %s leads to %s',
    (level, key, help) => expect(helpOf(level, key)).toMatch(help),
  )

  it.each(['root', 'extra-env', 'rule'] as const)('have a row each: %s', (level) => {
    const squeezed = rowsOf(level).map(([, key]) => key.toLowerCase().replaceAll(/[-_]/g, ''))
    expect([...synonyms()[level].keys()].filter((key) => !squeezed.includes(key))).toEqual([])
  })
})

describe('other keys', () => {
  it.each([
    ['rule', 'ca_cert', 'write ca-certs'],
    ['rule', 'ca-crts', 'did you mean ca-certs?'],
    ['rule', 'UserName', 'did you mean username?'],
    ['rule', 'identtiytoken', 'did you mean identitytoken?'],
    ['rule', 'insecure_skip_verify', 'did you mean insecure-skip-verify?'],
    ['rule', 'zzzzz', 'write one of ca-certs, insecure-skip-verify'],
    ['rule', 'no-insecure-skip-verify', 'write one of'],
    ['rule', 'insecure-no-skip-verify', 'write one of'],
    ['rule', 'noauth', 'write one of'],
    ['extra-env', 'https_proxy', 'did you mean HTTPS_PROXY?'],
    ['extra-env', 'NOPROXY', 'did you mean NO_PROXY?'],
    ['extra-env', 'noProxy', 'did you mean NO_PROXY?'],
    ['extra-env', 'X_PROXY', 'write one of'],
    ['extra-env', 'HTTP_NO_PROXY', 'write one of'],
    ['root', 'registires', 'did you mean registries?'],
    ['root', 'constructor', 'write one of extra-env, registries'],
    ['rule', 'toString', 'write one of'],
  ] as const)('%s: %s: %s', (level, key, help) => expect(helpOf(level, key)).toContain(help))

  it.each([
    ['[registries.ghcr.io]\nauth = "YTpi"', 'quote the whole name of a registry'],
    ['["ghcr.io."]\nauth = "YTpi"', 'write [registries."ghcr.io."]'],
    ['[ghcr.io]\nauth = "YTpi"', 'write [registries."ghcr.io."]'],
    ['[registry."ghcr.io."]', 'write [registries."ghcr.io."]'],
    ['["u:hunter22@ghcr.io."]', 'write [registries."ghcr.io."]'],
    ['[registries."ghcr.io".x]\nauth = "YTpi"', 'write one of'],
    ['[registries.localhost]\nfoo = "YTpi"', 'write one of'],
    ['[registries."a.io."]\nca_certs = { file = "x" }', 'write ca-certs'],
  ])('%j: %s', (text, help) => {
    const findings = findingsOf(text)
    expect(findings).toMatchObject([{ code: 'unknown-key' }])
    expect(findings[0]?.help).toContain(help)
    expect(JSON.stringify(findings)).not.toContain('hunter22')
  })

  it.each([
    [
      '[registries."a.io."]\nCA-Certs = ""',
      'takes keys in any case',
      "write ca-certs, with the PEM text itself (not its path) between '''",
    ],
    ['[Registries]', 'takes keys in any case', 'did you mean registries?'],
    ['[extra-env]\nno_proxy = ""', 'sets those in upper case alone', 'did you mean NO_PROXY?'],
  ])('in another case say what the puller makes of them: %j', (text, message, help) => {
    const [finding] = findingsOf(text)
    expect(finding?.message).toContain('in another case')
    expect(finding?.message).toContain(message)
    expect(finding?.help).toBe(help)
  })
})

describe('values of a wrong type', () => {
  it.each([
    ['[[registries]]\nname = "ghcr.io"', 'an array, where a table', '[registries."ghcr.io."]'],
    ['[[registries."ghcr.io."]]', 'an array, where a table', '[registries."ghcr.io."]'],
    ['registries = "x"', 'a string, where a table', '[registries."ghcr.io."]'],
    ['extra-env = 2024-01-01', 'a date, where a table', '[extra-env]'],
    ['[registries.a]\nauth = 1', 'a number, where a string', 'between quotes'],
    ['[registries.a]\nauth = true', 'a boolean, where a string', 'between quotes'],
    ['[registries.a]\nauth = { a = 1 }', 'a table, where a string', 'one string'],
    ['[registries.a]\nca-certs = ["x"]', 'an array, where a string', "'''"],
    [
      '[registries.a]\ninsecure-skip-verify = "true"',
      'a string, where a boolean',
      'without quotes',
    ],
  ])('%j: %s', (text, message, help) => {
    const [finding, ...others] = findingsOf(text)
    expect(others).toEqual([])
    expect(finding?.code).toBe('wrong-type')
    expect(finding?.message).toContain(message)
    expect(finding?.help).toContain(help)
  })
})
