import { describe, expect, it } from 'vitest'
import { configurations } from '../../../src/config/config.js'
import { type ParseConfigOptions, parseConfig } from '../../../src/config/parse-config.js'
import { brief, findingsOf, issuesOf } from '../../support/config-issues.js'
import vectors from '../../vectors/ca-bundles.json' with { type: 'json' }

const PEM = vectors.cases.find((c) => c.category === 'single')?.text ?? ''

const errors: readonly (readonly [string, string, ...unknown[]])[] = [
  ['x = 1', 'an unknown table', 'unknown-key', 'x', 1, 1],
  ['[registry."ghcr.io."]', 'a near miss', 'unknown-key', 'registry', 1, 2],
  ['[registries."a.io."]\nca-cert = ""', 'a typo', 'unknown-key', 'registries a.io. ca-cert', 2, 1],
  [
    '[registries."a.io."]\n  CA-Certs = ""',
    'wrong case',
    'unknown-key',
    'registries a.io. CA-Certs',
    2,
    3,
  ],
  [
    'registries."a.io.".usrname = ""',
    'a dotted key',
    'unknown-key',
    'registries a.io. usrname',
    1,
    20,
  ],
  [
    'registries = { "a.io." = { usr = "" } }',
    'inline tables',
    'unknown-key',
    'registries a.io. usr',
    1,
    28,
  ],
  [
    '[registries]\n"\\u0061.io." = { x = 1 }',
    'an escaped key',
    'unknown-key',
    'registries a.io. x',
    2,
    18,
  ],
  [
    "[registries.'a.io.']\nca-certs = '''\n[x]\ny = 1\n'''\nz = 1",
    'after a multi-line string',
    'unknown-key',
    'registries a.io. z',
    6,
    1,
  ],
  [
    '[registries.ghcr.io]\nauth = ""',
    'a name that was not quoted',
    'unknown-key',
    'registries ghcr io',
    1,
    18,
  ],
  [
    '[extra-env]\nhttp_proxy = ""',
    'the variable in lower case',
    'unknown-key',
    'extra-env http_proxy',
    2,
    1,
  ],
  [
    '[registries."a.io."]\n__proto__ = 1',
    'threat 17: __proto__ as a key',
    'unknown-key',
    'registries a.io. __proto__',
    2,
    1,
  ],
  ['constructor = 1', 'threat 17: constructor at the root', 'unknown-key', 'constructor', 1, 1],
  ['registries = 1', 'no table', 'wrong-type', 'registries', 1, 1],
  ['[[registries]]', 'an array of tables', 'wrong-type', 'registries', 1, 3],
  ['extra-env = 2024-01-01', 'a date', 'wrong-type', 'extra-env', 1, 1],
  ['[registries]\n"a.io." = []', 'a rule that is no table', 'wrong-type', 'registries a.io.', 2, 1],
  [
    '[registries."a.io."]\nca-certs = []',
    'an array of certificates',
    'wrong-type',
    'registries a.io. ca-certs',
    2,
    1,
  ],
  [
    '[registries."a.io."]\ninsecure-skip-verify = "true"',
    'a quoted boolean',
    'wrong-type',
    'registries a.io. insecure-skip-verify',
    2,
    1,
  ],
  [
    '[registries."ghcr.io"]\n[registries."GHCR.io."]',
    'the same name',
    'duplicate-name',
    'registries GHCR.io.',
    2,
    13,
  ],
  [
    '[registries."a.io."]\nusername = "u"',
    'no password',
    'incomplete-credentials',
    'registries a.io. username',
    2,
    1,
  ],
  [
    '[registries."a.io."]\npassword = "p"\nusername = ""',
    'an empty user name',
    'incomplete-credentials',
    'registries a.io. password',
    2,
    1,
  ],
  [
    '[registries."a.io."]\nauth = "YTpi\\n"',
    'threat 7: a line end',
    'control-character',
    'registries a.io. auth',
    2,
    1,
  ],
  [
    '[registries."a.io."]\nregistrytoken = "a\\u0085"',
    'threat 7: C1',
    'control-character',
    'registries a.io. registrytoken',
    2,
    1,
  ],
  [
    '[registries."a.io."]\nca-certs = "-----BEGIN CERTIFICATE-----"',
    'a broken certificate',
    'broken-certificate',
    'registries a.io. ca-certs',
    2,
    13,
  ],
  [
    '[extra-env]\nHTTP_PROXY = "http://[::1"',
    'no URL',
    'invalid-proxy-url',
    'extra-env HTTP_PROXY',
    2,
    1,
  ],
  ['x = "a', 'an open string', 'invalid-toml', '', 1, 5],
  ['\ufeff\ufeffx = 1', 'two byte order marks', 'invalid-toml', '', 1, 1],
  [
    '[registries."a.io"]\nauth = "dXNlcgo6cGFzcw=="',
    'a line end in what auth stands for',
    'control-character',
    'registries a.io auth',
    2,
    1,
  ],
  [
    '[registries."a.io"]\nauth = "dXNlcjpwYXNzCg=="',
    'a line end after the password, as echo writes it',
    'control-character',
    'registries a.io auth',
    2,
    1,
  ],
  [
    '[registries."a.io"]\nauth = 9223372036854775807',
    'a number too large for JavaScript',
    'wrong-type',
    'registries a.io auth',
    2,
    1,
  ],
  [
    '[registries."a.io"]\nusername = 5\npassword = "p"',
    'a pair of which one is of a wrong type',
    'wrong-type',
    'registries a.io username',
    2,
    1,
  ],
  [
    '[registries."a.io"]\nusername = "u"\npassword = 5',
    'a pair of which the other is of a wrong type',
    'wrong-type',
    'registries a.io password',
    3,
    1,
  ],
  ['x = 1\nx = 1', 'a key twice', 'invalid-toml', '', 2, 1],
]

describe('errors', () => {
  it.each(errors as readonly (readonly unknown[])[])('%j: %s', (text, _, ...want) => {
    expect(issuesOf(text as string).map(brief)).toEqual([want])
  })

  it('are reported all at once, in the order of the document', () => {
    const text = '[registries."b.io."]\nx = 1\ny = 1\nauth = 1\n[extra-env]\nz = 1\n'
    expect(issuesOf(text).map((issue) => brief(issue)[2])).toEqual([2, 3, 4, 6])
  })

  it('spell out ten in the message and keep all as data', () => {
    const text = Array.from({ length: 12 }, (_, i) => `x${i} = 1`).join('\n')
    expect(() => parseConfig(text)).toThrow('and 2 more')
    expect(issuesOf(text)).toHaveLength(12)
  })

  it('show no control characters, no user info, no endless names', () => {
    const [, escaped, hidden, long] = issuesOf(
      `a = 1\n"\\u001b[31m\\\\\\"é" = 1\n"user:hunter22@ghcr.io" = 1\n"${'n'.repeat(5000)}" = 1`,
    )
    expect(escaped?.message).toContain('"\\u{1b}[31m\\\\\\"\\u{e9}"')
    expect(JSON.stringify(hidden)).not.toContain('hunter22')
    expect(long?.message.length).toBeLessThan(500)
  })

  it.each([
    [new Uint8Array([0x23, 0xff]), 1, 2],
    [new Uint8Array([0x0a, 0x23, 0xc3, 0xa4, 0xe2, 0x82]), 2, 3],
    ['#\n#\ud800', 2, 2],
  ] as const)('invalid UTF-8 (%j) is never replaced', (input, line, column) => {
    expect(issuesOf(input)).toMatchObject([{ code: 'invalid-utf8', place: { line, column } }])
  })

  it('limits the size', () => {
    expect(issuesOf('#'.repeat(1024 * 1024 + 1))[0]?.code).toBe('too-large')
    expect(issuesOf('#'.repeat(1024 * 1024))).toEqual([])
    expect(issuesOf('#ä', { maxBytes: 3 })).toEqual([])
    expect(issuesOf('#ä', { maxBytes: 2 })[0]?.code).toBe('too-large')
    expect(issuesOf(new Uint8Array(3), { maxBytes: 2 })[0]?.code).toBe('too-large')
  })

  it.each([
    () => parseConfig(1 as unknown as string),
    () => parseConfig('', null as unknown as ParseConfigOptions),
    () => parseConfig('', { strict: 1 as unknown as boolean }),
    () => parseConfig('', { maxBytes: -1 }),
    () => parseConfig('', { maxBytes: 1.5 }),
    () => parseConfig('', { brokenCertificates: 'ignore' as 'skip' }),
    () => parseConfig('', { unknownKeys: 'skip' as 'warn' }),
    () => parseConfig('', { stict: true } as ParseConfigOptions),
    () => parseConfig('', [] as ParseConfigOptions),
  ])('misuse %# is a TypeError', (misuse) => expect(misuse).toThrow(TypeError))
})

describe('a configuration', () => {
  it.each(['', '# nothing', '[registries]', '[extra-env]', '[registries."a.io"]'])(
    '%j is valid',
    (text) => {
      expect(parseConfig(text).findings).toEqual([])
      expect(parseConfig(new TextEncoder().encode(text)).findings).toEqual([])
    },
  )

  it('keeps names that are properties of objects (threat 17)', () => {
    const text = ['__proto__', 'constructor', 'toString']
      .map((n) => `[registries.${n}]\nauth = "YTpi"\n`)
      .join('')
    const { rules } = parseConfig(text)
    expect(rules.map((rule) => [rule.name, rule.auth?.reveal()])).toEqual([
      ['__proto__', 'YTpi'],
      ['constructor', 'YTpi'],
      ['toString', 'YTpi'],
    ])
  })

  it('takes non-ASCII names and passwords, and an empty string as unset', () => {
    const { rules } = parseConfig(
      '[registries."a.io"]\nusername = "ü"\npassword = "日本"\nauth = ""',
    )
    expect(rules[0]?.password?.reveal()).toBe('日本')
    expect(rules[0]?.auth).toBeUndefined()
  })

  it('parses identical bundles once', () => {
    const rule = (name: string) => `[registries."${name}"]\nca-certs = '''\n${PEM}'''\n`
    const { rules } = parseConfig(rule('a.io') + rule('b.io'))
    expect(rules[0]?.caBundle?.certificates[0]).toBe(rules[1]?.caBundle?.certificates[0])
  })

  it('keeps the user info of names to itself (issue 17, row 7)', () => {
    const config = parseConfig('[registries."alice:hunter22@ghcr.io."]\nauth = "YTpi"')
    expect(config.rules[0]?.name).toBe('…@ghcr.io.')
    expect(JSON.stringify(config)).not.toContain('hunter22')
    expect(configurations.keptOf(config)?.names).toEqual(['alice:hunter22@ghcr.io.'])
  })

  it('keeps where its keys stand', () => {
    const config = parseConfig('[registries."a.io."]\nauth = "YTpi"')
    const placeOf = configurations.keptOf(config)?.placeOf
    const place = { kind: 'document', line: 2, column: 1, endLine: 2, endColumn: 5 }
    expect(placeOf?.(['registries', 'a.io.', 'auth'])).toEqual(place)
    expect(placeOf?.(['registries', 'b.io.'])).toBeUndefined()
  })

  it('is known by membership, not by its shape', () => {
    const config = parseConfig('')
    expect(configurations.has(config)).toBe(true)
    expect(configurations.has({ ...config })).toBe(false)
  })

  it.each(['ca-certs', 'a'])('passes over unknown keys with a warning: %s', (key) => {
    const text = `${key} = 1\n[registries."a.io."]\nx = 1\n[extra-env]\nY = 1`
    const findings = findingsOf(text, { unknownKeys: 'warn' })
    expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(['warning']))
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['unknown-key']))
    expect(issuesOf(text, { unknownKeys: 'warn', strict: true }).length).toBeGreaterThan(1)
  })

  it('with a deliberate deny-all passes strict, and infos stay infos', () => {
    const text = '[registries."."]\nca-certs = "no certificates, so no handshake"'
    expect(parseConfig(text, { strict: true }).findings).toMatchObject([
      { code: 'deny-all', severity: 'info', help: undefined },
    ])
    const issues = issuesOf(`${text}\nx = 1`, { strict: true })
    expect(issues.map(({ severity }) => severity)).toEqual(['error'])
  })

  it('has its warnings as errors in strict mode, their severity too', () => {
    const issues = issuesOf('[registries."ghcr.io:443"]', { strict: true })
    expect(issues).toMatchObject([{ code: 'unmatchable-name', severity: 'error' }])
  })

  it('is frozen', () => {
    const config = parseConfig('[extra-env]\nNO_PROXY = ""\n[registries."a.io"]\nca-certs = ""')
    for (const part of [
      config,
      config.rules,
      config.rules[0],
      config.rules[0]?.caBundle,
      config.extraEnv,
      config.findings,
      config.findings[0],
      config.findings[0]?.path,
    ]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })

  it('is not changed by a polluted Object.prototype (threat 18)', () => {
    const text = '[registries."a.io"]\nauth = "YTpi"\nca-certs = "-----BEGIN CERTIFICATE-----"'
    const want = issuesOf(text)
    const names = [
      'strict',
      'maxBytes',
      'brokenCertificates',
      'unknownKeys',
      'mirror-fallback',
      'maxDepth',
      'unsafeKeyBehaviour',
      'username',
      'password',
      'auth',
      'registrytoken',
      'mirror',
      'ca-certs',
      'insecure-skip-verify',
      'issues',
      'typed',
      'fallback',
      'default',
      'abortEarly',
      'message',
      'lang',
      'HTTP_PROXY',
      'registries',
      'extra-env',
    ]
    for (const name of names) {
      for (const value of ['skip', true, 1]) {
        Object.defineProperty(Object.prototype, name, {
          value,
          configurable: true,
          writable: true,
          enumerable: true,
        })
        try {
          expect(issuesOf(text).map(brief), name).toEqual(want.map(brief))
          expect(parseConfig('').rules, name).toEqual([])
        } finally {
          Reflect.deleteProperty(Object.prototype, name)
        }
      }
    }
  })
})
