import fc from 'fast-check'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import type { ImagePullerConfig } from '../../../src/config/config.js'
import { type ParseConfigOptions, parseConfig } from '../../../src/config/parse-config.js'
import { ConfigError, type ConfigFinding } from '../../../src/findings.js'
import { leaksOf, mutantsOf, outcomeOf, show } from '../../support/canary.js'
import vectors from '../../vectors/ca-bundles.json' with { type: 'json' }

const PEM = vectors.cases.find((c) => c.category === 'single')?.text ?? ''

function issuesOf(
  input: string | Uint8Array,
  options?: ParseConfigOptions,
): readonly ConfigFinding[] {
  try {
    parseConfig(input, options)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.issues
    throw error
  }
}

const brief = ({ code, path, line, column }: ConfigFinding) => [code, path.join(' '), line, column]

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
    expect(issuesOf(text).map((issue) => issue.line)).toEqual([2, 3, 4, 6])
  })

  it.each([
    ['[registries."a.io."]\nca_cert = ""', 'did you mean ca-certs?'],
    ['[registries."a.io."]\nUserName = ""', 'did you mean username?'],
    ['[registries."a.io."]\nidenttiytoken = ""', 'did you mean identitytoken?'],
    ['[registries."a.io."]\nzzzzz = ""', 'expected ca-certs, insecure-skip-verify'],
    ['[registries.ghcr.io]', 'quote the whole name'],
    ['[extra-env]\nhttps_proxy = ""', 'did you mean HTTPS_PROXY?'],
    ['[registries."ghcr.io"]\n[registries."GHCR.io."]', 'registries."ghcr.io"'],
  ])('%j has the hint %s', (text, hint) => {
    expect(issuesOf(text)[0]?.message).toContain(hint)
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
    expect(issuesOf(input)).toMatchObject([{ code: 'invalid-utf8', line, column }])
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
  ])('misuse %# is a TypeError', (misuse) => expect(misuse).toThrow(TypeError))
})

const findings: readonly (readonly [string, string, string, string])[] = [
  ['[registries."ghcr.io:443"]', 'a port', 'unmatchable-name', 'registries ghcr.io:443'],
  ['[registries."10.0.0.1"]', 'an IP address', 'unmatchable-name', 'registries 10.0.0.1'],
  ['[registries."bücher.io"]', 'no DNS name', 'unmatchable-name', 'registries bücher.io'],
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
    '[registries."a.io"]\nauth = "YTpi"\ninsecure-skip-verify = true',
    'no TLS',
    'credentials-without-tls',
    'registries a.io',
  ],
  [
    '[registries."a.io"]\nca-certs = ""',
    'an empty string',
    'no-certificates',
    'registries a.io ca-certs',
  ],
  ['[registries."."]\nca-certs = "none"', 'prose', 'no-certificates', 'registries . ca-certs'],
  [
    '[registries."a.io"]\nauth = "bm9jb2xvbg=="',
    'no colon',
    'auth-not-basic',
    'registries a.io auth',
  ],
  ['[registries."a.io"]\nauth = "!"', 'no base64', 'auth-not-basic', 'registries a.io auth'],
  ['[registries."a.io"]\nauth = "/w=="', 'no UTF-8', 'auth-not-basic', 'registries a.io auth'],
  [
    '[extra-env]\nNO_PROXY = "a.corp, b.corp."',
    'a trailing dot',
    'no-proxy-trailing-dot',
    'extra-env NO_PROXY',
  ],
  [
    '[registries."."]\nauth = "YTpi"',
    'everybody gets them',
    'credentials-on-catch-all',
    'registries .',
  ],
]

describe('hints', () => {
  it.each([
    ['[registries."a.io.".mirrors]\nx = 1', 'did you mean mirror?'],
    ['[registries."a.io."]\nca_certs = { file = "x" }', 'did you mean ca-certs?'],
    ['[registries.ghcr.io]\nauth = "YTpi"', 'quote the whole name of a registry'],
    ['[registries."ghcr.io".x]\nauth = "YTpi"', 'expected ca-certs, '],
    ['[registries.localhost]\nfoo = "YTpi"', 'expected ca-certs, '],
    ['[registries."a.io."]\nusername = "u"\npassword = ""', 'password beside it, and not empty'],
  ])('%j', (text, hint) => {
    expect(issuesOf(text).map(({ message }) => message)).toEqual([expect.stringContaining(hint)])
  })

  const BEGIN = '-----BEGIN CERTIFICATE-----'
  it.each([
    [`ca-certs = '''\n# a\n${BEGIN}'''`, 4, 1, 'a multi-line string, behind its first line end'],
    [`ca-certs = '''\r\n# a\r\n${BEGIN}'''`, 4, 1, 'the same with line ends of Windows'],
    [`ca-certs = '''# a\n${BEGIN}'''`, 3, 1, 'text behind the delimiter'],
    [`ca-certs = """${BEGIN}\n"""`, 2, 15, 'the block itself behind the delimiter'],
    [`ca-certs = '${BEGIN}'`, 2, 13, 'a literal string'],
    [`ca-certs = """\n\\u0023 a\n${BEGIN}"""`, 2, 1, 'escapes: the key'],
    [`ca-certs = "# a\\n${BEGIN}"`, 2, 1, 'a line end that is an escape: the key'],
    [`auth = "YTpi"\nca-certs = """\n\n\n${BEGIN}\n"""`, 6, 1, 'another key before it'],
  ])('%j: a broken certificate is at %i:%i: %s', (rule, line, column) => {
    const issues = issuesOf(`[registries."a.io"]\n${rule}`)
    expect(issues.map(brief)).toEqual([
      ['broken-certificate', 'registries a.io ca-certs', line, column],
    ])
  })

  it('name the place of each broken certificate of a bundle', () => {
    const text = `[registries."a.io"]\nca-certs = '''\n${BEGIN}\n${PEM}${BEGIN}\n'''`
    const lines = PEM.split('\n').length
    expect(issuesOf(text).map(({ line }) => line)).toEqual([3, lines + 3])
    const inline = `registries = { "a.io" = { ca-certs = '''\n\n${BEGIN}''' } }`
    expect(issuesOf(inline).map(({ line }) => line)).toEqual([3])
  })

  it('say the place of a broken certificate once', () => {
    const text = '[registries."a.io"]\nca-certs = "-----BEGIN CERTIFICATE-----"'
    expect(issuesOf(text)[0]?.message).toMatch(
      /^registries\."a\.io"\.ca-certs: block 1, line 1 of the bundle: expected an END line [^:]*$/,
    )
  })

  it('shorten a long name', () => {
    const { findings } = parseConfig(`[registries."${'a'.repeat(300)}"]`)
    expect(findings[0]?.message).toContain(`"${'a'.repeat(253)}…": `)
  })
})

describe('findings', () => {
  it.each(findings)('%j: %s', (text, _, code, path) => {
    const document = text.replace('PEM', `'''\n${PEM}'''`)
    const { findings } = parseConfig(document)
    expect(findings.map((warning) => [warning.code, warning.path.join(' ')])).toEqual([
      [code, path],
    ])
    expect(issuesOf(document, { strict: true })).toEqual(findings)
  })

  it('stand for broken certificates that are skipped', () => {
    const text = '[registries."a.io"]\nca-certs = "-----BEGIN CERTIFICATE-----"'
    const config = parseConfig(text, { brokenCertificates: 'skip' })
    expect(config.findings.map(({ code, column }) => [code, column])).toEqual([
      ['no-certificates', 1],
      ['certificate-skipped', 13],
    ])
    expect(config.rules[0]?.caBundle?.skipped).toHaveLength(1)
  })
})

describe('findings of a kind', () => {
  it('are no others: nobody is denied where nothing is verified', () => {
    const text = '[registries."a.io"]\nca-certs = ""\ninsecure-skip-verify = true'
    expect(parseConfig(text).findings.map(({ code }) => code)).toEqual(['ca-certs-ignored'])
  })

  it.each([
    ['user:pw@ghcr.io', 'expected a domain name'],
    ['https://ghcr.io', 'expected a domain name'],
    ['http://[::1]/', 'expected a domain name'],
    ['[::1]:5000', 'an IP address'],
    ['ghcr.io:443', 'a port'],
  ])('say why %j never matches', (name, why) => {
    const { findings } = parseConfig(`[registries."${name}"]`)
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining(why)])
  })

  it('are one for a list', () => {
    const list = Array.from({ length: 12 }, (_, i) => `a${i}.`).join(',')
    const warningsOf = (value: string) => parseConfig(`[extra-env]\nNO_PROXY = "${value}"`).findings
    const message = expect.stringContaining('entry 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more: ')
    expect(warningsOf(`b,${list}`)).toMatchObject([{ message }])
    expect(warningsOf('b,a.')).toMatchObject([{ message: expect.stringContaining(': entry 2: ') }])
  })
})

describe('a configuration', () => {
  it.each(['', '\ufeff', '# nothing', '[registries]', '[extra-env]', '[registries."a.io"]'])(
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

describe('what was expected of TOML', () => {
  it.each([
    ['[registries."a.io"', 1, 2, '"]" after the name of a table'],
    ['username', 1, 1, '"=" after a key'],
    ['username "x"', 1, 10, 'and then "=" or "]"'],
    ['bücher = 1', 1, 2, 'expected a key, in quotes'],
    ['[[a]', 1, 5, 'expected "]]"'],
    ['[a]]', 1, 4, 'nothing more on this line'],
    ['a = 1 b = 2', 1, 7, 'nothing more on this line'],
    ['auth = "abc\n', 1, 12, 'the string to end on its line'],
    ['# \0', 1, 3, 'expected no control characters'],
    ['a = """abc', 1, 5, 'the string that begins here to end'],
    ['a = "\\q"', 1, 7, 'a valid escape'],
    ['a = [1,', 1, 5, 'the array that begins here'],
    ['a = {b = 1,', 1, 5, 'the table that begins here'],
    ['a = [1 2]', 1, 8, 'a comma, or the end'],
    ['a = 01', 1, 5, 'a valid number or date'],
    ['a = 1_', 1, 5, 'a valid number or date'],
    ['a = 1__0', 1, 7, 'a valid number or date'],
    ['a = 2024-13-01', 1, 5, 'a valid number or date'],
    ['a = nothing', 1, 5, 'a string needs quotes'],
    ['a = 1\na = 2', 2, 1, 'to be defined once'],
    [`a = ${'['.repeat(200)}`, 1, 105, 'less nesting'],
  ])('%j at %i:%i', (text, line, column, expectation) => {
    const message = expect.stringContaining(expectation)
    expect(issuesOf(text)).toMatchObject([{ code: 'invalid-toml', line, column, message }])
  })
})

describe("an error that is not smol-toml's own", () => {
  it('becomes an issue too', () => {
    // smol-toml defines `__proto__` with a descriptor, to which the prototype adds a broken getter.
    let issues: readonly ConfigFinding[] = []
    Object.defineProperty(Object.prototype, 'get', { value: 1, configurable: true, writable: true })
    try {
      issues = issuesOf('__proto__ = 1')
    } finally {
      Reflect.deleteProperty(Object.prototype, 'get')
    }
    expect(issues).toMatchObject([{ code: 'invalid-toml', line: 1, column: 1 }])
  })
})

describe('positions', () => {
  const key = fc.constantFrom('a', 'b-1', '"q.r"', "'l'", '"\\u0065s"', '"x]y"', "'=#'")
  const value = fc.constantFrom(
    '1',
    'true',
    '"s#]"',
    "'l\\'",
    '[1, "]", [2], {a = 1}]',
    '"""\n[x]\ny=1\n"""',
    "'''a''''",
    '"""\\"""""',
    '{ k = 1, "m.n" = { o = "}" } }',
    '1979-05-27 07:32:00',
    '[ # c ]\n 1,\n]',
    '1 # = [',
  )
  const line = fc.oneof(
    fc
      .tuple(fc.array(key, { minLength: 1, maxLength: 3 }), value)
      .map(([k, v]) => `${k.join(' . ')} = ${v}`),
    fc.array(key, { minLength: 1, maxLength: 3 }).map((k) => `[${k.join('.')}]`),
    fc.constantFrom('', '  # comment [', '\t'),
  )
  const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'))

  it('name the line on which a prefix of the document first has the key', () => {
    let checked = 0
    const property = fc.property(text, (document) => {
      try {
        parse(document)
      } catch {
        return
      }
      for (const issue of issuesOf(document)) {
        if (issue.code !== 'unknown-key') continue
        const [top = ''] = issue.path
        const before = document
          .split('\n')
          .slice(0, issue.line - 1)
          .join('\n')
        expect(Object.hasOwn(parse(before), top)).toBe(false)
        const raw = document.split('\n')[issue.line - 1]?.slice(issue.column - 1) ?? ''
        expect(['"', "'", top[0]]).toContain(raw[0])
        checked++
      }
    })
    fc.assert(property, { numRuns: 3000 })
    expect(checked).toBeGreaterThan(500)
  })
})

describe('any document', () => {
  const fragment = fc.constantFrom(
    '[registries."a.io."]',
    '[extra-env]',
    'auth = "YTpi"',
    'ca-certs = """',
    '"""',
    'username = "u"',
    '{',
    '}',
    '=',
    "'",
    '\n',
    '\u0000',
    'HTTP_PROXY = "http://u:p@h"',
    'é',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(fragment, { maxLength: 10 }).map((f) => f.join('\n')),
  )
  const parsesOrThrows = (read: (text: string) => unknown) =>
    fc.property(text, (document) => {
      try {
        read(document)
      } catch (error) {
        return error instanceof ConfigError
      }
      return true
    })

  it('parses, or throws exactly ConfigError', () =>
    fc.assert(parsesOrThrows(parseConfig), { numRuns: 3000 }))
  it('would show another error', () => expect(fc.check(parsesOrThrows(parse)).failed).toBe(true))
})

describe('canary', () => {
  const secrets = [
    's3cr3t-canary-user',
    'p4ssw0rd-canary-xy',
    'dG9rZW4tY2FuYXJ5OnNlY3JldA==',
    'id3ntity-canary-tok',
    'r3gistry-canary-tok',
    'pr0xyuser-canary:pr0xypass-canary',
  ]
  const document = `[extra-env]
HTTPS_PROXY = "http://${secrets[5]}@proxy.corp:3128"
[registries."a.io."]
username = "${secrets[0]}"
password = "${secrets[1]}"
[registries."b.io."]
auth = "${secrets[2]}"
[registries."c.io."]
identitytoken = '${secrets[3]}'
registrytoken = '''${secrets[4]}'''
`
  const raw = [
    ...secrets,
    Buffer.from(`${secrets[0]}:${secrets[1]}`).toString('base64'),
    'token-canary:secret',
  ]
  const leaks = leaksOf(raw)

  it('smol-toml itself leaks on these documents, so the sweep can fail', () => {
    let leaking = 0
    for (const text of mutantsOf(document)) {
      try {
        parse(text)
      } catch (error) {
        if (leaks(String(error)).length > 0) leaking++
      }
    }
    expect(leaking).toBeGreaterThan(100)
  })

  it('no output holds eight characters of a secret (threat 8)', () => {
    expect(leaks(outcomeOf(() => parseConfig(document)))).toEqual([])
    for (const text of mutantsOf(document)) {
      const output = outcomeOf(() => parseConfig(text))
      if (leaks(output).length > 0) expect.fail(`leak at ${text.slice(0, 20)}`)
    }
  }, 60_000)

  it('shows nothing where user and password are equal (threat 9)', () => {
    const config: ImagePullerConfig = parseConfig(
      `[registries."a.io"]\nusername = "${secrets[0]}"\npassword = "${secrets[0]}"`,
    )
    expect(leaks(show(config))).toEqual([])
  })
})
