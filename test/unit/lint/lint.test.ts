import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { ConfigError, type Finding } from '../../../src/findings.js'
import {
  LINT_CODES,
  type LintConfigOptions,
  type LintFindingCode,
  lintConfig,
  withoutIgnored,
} from '../../../src/lint/index.js'
import { leaksOf, mutantsOf, show } from '../../support/canary.js'
import { findingsOf } from '../../support/config-issues.js'
import { linesOf, lintLines, NOW, withPems } from '../../support/lint.js'
import { membersOfUnion } from '../../support/unions.js'

const example = readFileSync(
  new URL('../../../docs/examples/contrast-imagepuller.toml', import.meta.url),
  'utf8',
)
const guide = readFileSync(new URL('../../vectors/guide.txt', import.meta.url), 'utf8')

/** The document of an example of the guide: from its first header to where the prose goes on. */
function guideExample(number: 1 | 2 | 3): string {
  const [, part = ''] = guide.split(`\nExample ${number}\n`)
  const [text = ''] = part.slice(part.search(/^\[/m)).split(/^(?:Example \d|Registry matching.*)$/m)
  return text
}

const brief = (text: string, now: number) =>
  lintConfig(text, { now }).map(({ place, severity, code, path }) => {
    const line = place?.kind === 'document' ? place.line : 0
    return `${line} ${severity} ${code} ${path.slice(1).join(' ')}`
  })

describe('the guide and the example, by their own medicine', () => {
  /** The guide's certificates are of October 2025, and last a year. */
  const IN_TIME = Date.UTC(2026, 2, 1)

  it('example 1: ghcr.io. has a password, and covers subdomains of ghcr.io, as the guide says of names', () => {
    expect(brief(guideExample(1), IN_TIME)).toEqual(['18 info credentials-for-subdomains ghcr.io.'])
  })

  it('example 2: the same; two roots of one name, which OpenSSL tells apart by key identifiers; everything else denied on purpose', () => {
    expect(brief(guideExample(2), IN_TIME)).toEqual([
      '1 info credentials-for-subdomains very-secure.registri.es.',
      '16 info same-subject very-secure.registri.es. ca-certs',
      '28 info deny-all . ca-certs',
    ])
  })

  it('example 3: since release 1.22 the puller asks that HTTP-only registry by HTTPS alone', () => {
    expect(brief(guideExample(3), IN_TIME)).toEqual([
      '1 info puller-no-plain-http registry.default.svc.cluster.local.',
    ])
    const until121 = lintConfig(guideExample(3), { now: IN_TIME, version: '1.21' })
    expect(until121).toEqual([])
  })

  it('example 4 is the empty document, of which there is nothing to say', () => {
    expect(brief('', IN_TIME)).toEqual([])
  })

  it('the catch-all that denies everything', () => {
    const [, text = ''] = guide.split('with all unknown registries:\n')
    const [document = ''] = text.split('\nIP addresses and ports')
    expect(brief(document, IN_TIME)).toEqual(['2 info deny-all . ca-certs'])
  })

  it('when the certificates of the guide have expired, that is what is said', () => {
    const found = brief(guideExample(1), Date.UTC(2027, 0, 1))
    expect(found).toContain(
      '6 warning certificate-expired registry.corp. ca-certs'.replace('6', '7'),
    )
  })

  it('docs/examples: three passwords for names with subdomains, an HTTP-only registry, and a denial', () => {
    expect(brief(example, Date.UTC(2026, 5, 1))).toEqual([
      '8 info credentials-for-subdomains registry.corp.',
      '30 info credentials-for-subdomains registry.partner.example.',
      '58 info credentials-for-subdomains ghcr.io.',
      '62 info puller-no-plain-http registry.default.svc.cluster.local.',
      '67 info deny-all . ca-certs',
    ])
  })
})

describe('lintConfig', () => {
  it('has a meaning for each code of the union, and for no other', () => {
    const codes = [
      ['src/findings.ts', 'ConfigErrorCode'],
      ['src/findings.ts', 'ConfigWarningCode'],
      ['src/findings.ts', 'ConfigInfoCode'],
      ['src/puller/findings.ts', 'PullerFindingCode'],
      ['src/lint/finding.ts', 'LintCheckCode'],
      ['src/lint/finding.ts', 'SecretFindingCode'],
    ].flatMap(([file = '', type = '']) => membersOfUnion(file, type))
    expect(Object.keys(LINT_CODES).sort()).toEqual([...new Set(codes)].sort())
    expect(Object.isFrozen(LINT_CODES)).toBe(true)
  })

  it.each([
    ['errors', '[registries."a.io."]\nusername = "u"\n[registries."A.io"]\n'],
    ['warnings', '[registries."a.io:5000"]\nauth = "x"\nregistrytoken = "Bearer x"\n'],
    ['a document that is no TOML', '[registries'],
    ['a document that is no UTF-8', new Uint8Array([0x61, 0xff])],
    ['a document that is too large', '#'.repeat(1024 * 1024 + 1)],
    ['a byte order mark', '\ufeff[registries."."]\nca-certs = "none"\n'],
    ['a wrong type', '[registries."a.io."]\nauth = 1\n'],
    ['a rule that is no table', '[registries]\n"a.io." = 1\n'],
  ] as const)('has what parseConfig finds, once: %s', (_, text) => {
    const found = lintConfig(text)
    for (const finding of findingsOf(text)) {
      expect(
        found.filter((one) => one.code === finding.code && one.message === finding.message),
      ).toEqual([finding])
    }
    // What is said of the document itself isn't said again in the puller's name.
    expect(
      found.filter(({ code }) => /^puller-(?:does-not-start|start-unknown)$/.test(code)),
    ).toEqual([])
  })

  it('keeps warnings beside errors, in the order of the document', () => {
    const text =
      '[registries."a.io:5000"]\nauth = "x"\nuser = "x"\n[registries."b.io."]\nca-certs = 1\n'
    expect(lintLines(text)).toEqual([
      '- info puller-not-compared',
      '1 warning unmatchable-name',
      '2 warning auth-not-basic',
      '3 error unknown-key',
      '5 error wrong-type',
    ])
  })

  it('says where the puller starts with what is refused here, and what it decides then', () => {
    expect(
      linesOf('[registries."A.io."]\nuser = "x"\nauth = "dTpw"\n', Object.keys(LINT_CODES)),
    ).toEqual([
      '1 warning puller-name-not-normalized',
      '1 info puller-other-rule',
      '1 info puller-sends-no-credentials',
      '1 info credentials-for-subdomains',
      '2 error unknown-key',
    ])
    const found = lintLines('[registries."a.io."]\nuser = "x"\nauth = "dTpw"\n')
    expect(found).toContain('- warning puller-passes-over')
  })

  it.each([
    [
      '[registries."a.io."]\nusername = "u"\n',
      ['- passes-over', '1 not-compared', '3 trusts-more'],
    ],
    [
      '[registries."a.io"]\nusername = "u"\n',
      ['1 name-not-normalized', '1 not-compared', '3 trusts-more'],
    ],
    ['[registries."a.io."]\nauth = 1\n', ['- not-compared']],
    ['[registries."a.io."]\nca-certs = {}\n', ['- not-compared']],
    ['[registries."a.io."]\nauth = True\n', ['- not-compared']],
    ['[extra-env]\nHTTPS_PROXY = "::"\n', ['- passes-over', '- not-compared']],
    ['[registries."b.io"]\n\n', ['1 name-not-normalized', '1 not-compared', '3 not-compared']],
    ['[registries."*.io."]\nca-certs = "none"\n', ['- passes-over', '3 trusts-more']],
    ['[registries."a.io."]\nusr = "u"\n', ['- passes-over', '3 trusts-more']],
    ['\ufeff[registries."a.io."]\nusername = "u"\n', []],
  ])('compares all that the errors of %j leave, and says what waits', (text, codes) => {
    const found = lintLines(`${text}[registries."b.io."]\nca-certs = ""\n`)
    const lines = found.filter((line) => / puller-(?!refuses)/.test(line))
    expect(lines.map((line) => line.replace(/(?:info|warning) puller-/, ''))).toEqual(codes)
  })

  it('tells a wrong type that the puller alone has', () => {
    expect(lintLines('[Registries."a.io."]\nCA-Certs = 1\n')).toEqual([
      '1 error unknown-key',
      '2 warning puller-does-not-start',
    ])
  })

  it('leaves out what the caller ignores, save for errors', () => {
    const text = '[registries."a.io."]\nuser = "x"\nauth = "dTpw"\n'
    const ignore = ['unknown-key', 'credentials-for-subdomains', 'puller-passes-over'] as const
    expect(lintLines(text, { ignore })).toEqual(['2 error unknown-key'])
  })

  it('reports warnings as errors where it is strict, but for those that are silenced', () => {
    const text = `# imagepuller-auth: ignore several-credentials the mirror takes one
[registries."a.b"]
auth = "dTpw"
registrytoken = "t"
`
    const found = lintConfig(text, { strict: true })
    expect(found.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'error puller-name-not-normalized',
      'info credentials-for-subdomains',
    ])
    expect(found.every((one) => Object.isFrozen(one))).toBe(true)
    const lenient = lintConfig(text).map(({ severity }) => severity)
    expect(lenient).toEqual(['warning', 'info'])
    expect(lintConfig(text, { strict: true, ignore: ['puller-name-not-normalized'] })).toHaveLength(
      1,
    )
  })

  it('passes over unknown keys and broken certificates with warnings, which may be silenced', () => {
    const text = `[registries."a.b."]
# imagepuller-auth: ignore unknown-key of a newer puller
client-cert = "x"
ca-certs = '''
-----BEGIN CERTIFICATE-----
AAAA
-----END CERTIFICATE-----
'''
`
    const codes = (options: LintConfigOptions) =>
      lintConfig(text, options).map(({ severity, code }) => `${severity} ${code}`)
    expect(codes({})).toEqual([
      'warning puller-passes-over',
      'info ignore-without-effect',
      'error unknown-key',
      'warning no-certificates',
      'error broken-certificate',
    ])
    expect(codes({ unknownKeys: 'warn', brokenCertificates: 'skip' })).toEqual([
      'warning no-certificates',
      'warning certificate-skipped',
    ])
    expect(codes({ unknownKeys: 'warn' })).toContain('error broken-certificate')
    expect(() => codes({ unknownKeys: 'skip' as 'warn' })).toThrow(
      "lintConfig: expected unknownKeys to be 'error' or 'warn'",
    )
  })

  it('freezes what it gives', () => {
    const found = lintConfig(example)
    expect([found, found[0], found[0]?.path, found[0]?.place].every(Object.isFrozen)).toBe(true)
  })

  it.each<[string, unknown[], string]>([
    ['no text', [1], 'lintConfig: expected a string or a Uint8Array'],
    ['an unknown option', ['', { nw: 1 }], 'lintConfig: unknown option; did you mean now?'],
    [
      'a date',
      ['', { now: new Date() }],
      'lintConfig: expected now to be a number of milliseconds since 1970',
    ],
    [
      'NaN',
      ['', { now: Number.NaN }],
      'lintConfig: expected now to be a number of milliseconds since 1970',
    ],
    [
      'days that are none',
      ['', { expiresWithinDays: -1 }],
      'lintConfig: expected expiresWithinDays to be a number of days',
    ],
    [
      'a release before the first',
      ['', { version: '1.14' }],
      'lintConfig: expected version to be a release from 1.15 on, as "X.Y"',
    ],
    ['a code', ['', { ignore: 'deny-all' }], 'lintConfig: expected ignore to be an array of codes'],
    [
      'an unknown code',
      ['', { ignore: ['deny-al'] }],
      'lintConfig: expected ignore to hold codes of findings; did you mean deny-all?',
    ],
    [
      'no code at all',
      ['', { ignore: ['qqqqqqqqqqqq'] }],
      'lintConfig: expected ignore to hold codes of findings; docs/findings.md has them all',
    ],
  ])('refuses %s', (_, args, message) => {
    expect(() => Reflect.apply(lintConfig, undefined, args)).toThrow(new TypeError(message))
  })
})

describe('what Contrast’s puller does otherwise', () => {
  const rule = (name: string, keys = 'registrytoken = "t"') => `[registries."${name}"]\n${keys}\n`
  const puller = (text: string, version = '1.26') =>
    lintLines(text, { version }).filter((line) => line.includes(' puller-'))

  it.each<[string, string, readonly string[]]>([
    ['nothing', rule('a.corp.'), []],
    [
      'upper case',
      rule('A.corp.'),
      [
        '1 warning puller-name-not-normalized',
        '1 info puller-other-rule',
        '1 info puller-sends-no-credentials',
      ],
    ],
    [
      'upper case behind a leading dot',
      rule('.A.corp.'),
      [
        '1 warning puller-name-not-normalized',
        '1 info puller-other-rule',
        '1 info puller-sends-no-credentials',
      ],
    ],
    ['no trailing dot', rule('a.corp'), ['1 warning puller-name-not-normalized']],
    [
      'a port',
      rule('a.corp:5000.'),
      ['1 info puller-other-rule', '1 warning puller-sends-credentials'],
    ],
    [
      'an address',
      rule('192.0.2.1.'),
      ['1 info puller-other-rule', '1 warning puller-sends-credentials'],
    ],
    [
      'a private address',
      rule('10.0.0.1.'),
      [
        '1 info puller-other-rule',
        '1 warning puller-sends-credentials',
        '1 warning puller-plain-http',
      ],
    ],
    [
      'a tie',
      rule('a.corp.') + rule('.corp.'),
      [
        '1 warning puller-left-to-chance',
        '1 info puller-other-rule',
        '1 warning puller-sends-credentials',
      ].slice(0, 2),
    ],
    ['an empty text', rule('a.corp.', 'ca-certs = ""'), ['1 warning puller-trusts-more']],
    [
      'skip-verify',
      rule('a.corp.', 'insecure-skip-verify = true'),
      ['1 info puller-no-plain-http'],
    ],
    [
      'a mirror',
      rule('a.corp.', 'mirror = "https://m.corp"\nregistrytoken = "t"'),
      ['1 warning puller-mirror-credentials', '1 info puller-mirror-requests'],
    ],
    ['localhost', rule('a.localhost.'), ['1 warning puller-plain-http']],
    ['the catch-all', rule('.', 'ca-certs = "none"'), []],
    [
      'a name that matches nowhere',
      rule('https://u:p@a.corp/'),
      ['1 warning puller-name-not-normalized'],
    ],
  ])('%s', (_, text, expected) => expect(puller(text)).toEqual(expected))

  it('up to 1.20: what only ends in the same letters', () => {
    expect(puller(rule('ghcr.io.'), '1.20')).toEqual([
      '1 info puller-other-rule',
      '1 warning puller-sends-credentials',
    ])
    expect(puller(rule('ghcr.io.'), '1.21')).toEqual([])
  })

  it('in 1.21 an empty label anywhere, since then in first place alone', () => {
    expect(puller(rule('a..corp.'), '1.21')).toContain('1 warning puller-sends-credentials')
    expect(puller(rule('a..corp.'), '1.22')).toEqual([])
  })

  it('a newer release than the newest known one', () => {
    expect(puller('', '1.27')).toEqual(['- info puller-version-unknown'])
    const twice = rule('a.corp') + rule('b.corp', 'insecure-skip-verify = true')
    expect(puller(twice, '1.27')).toEqual([
      '- info puller-version-unknown',
      '1 warning puller-name-not-normalized',
      '3 warning puller-name-not-normalized',
      '3 info puller-no-plain-http',
    ])
  })

  it('names the registry that shows it', () => {
    const [finding] = lintConfig(rule('a.corp:5000.')).filter(
      ({ code }) => code === 'puller-sends-credentials',
    )
    expect(finding?.message).toContain('registries."a.corp:5000.": at a.corp:5000: Contrast')
  })
})

describe('comments', () => {
  const reason = 'the lab has no secrets'
  const catchAll = '[registries."."]\ninsecure-skip-verify = true\n'
  const ALL = ['skip-verify-on-catch-all', 'puller-no-plain-http']
  const OWN = ['ignore-unknown-code', 'ignore-without-reason', 'ignore-without-effect']
  const line = (code: string, why = reason) => `# imagepuller-auth: ignore ${code} ${why}`

  it.each<[string, string, readonly string[]]>([
    [
      'above the header',
      `${line('skip-verify-on-catch-all')}\n${catchAll}`,
      ['2 info puller-no-plain-http'],
    ],
    [
      'above the header, with another one',
      `${line('skip-verify-on-catch-all')}\n${line('puller-no-plain-http')}\n${catchAll}`,
      [],
    ],
    [
      'above the header, with prose and blank lines',
      `${line('skip-verify-on-catch-all')}\n# prose\n\n${catchAll}`,
      ['4 info puller-no-plain-http'],
    ],
    [
      'indented, without blanks',
      `  #imagepuller-auth:  ignore\tskip-verify-on-catch-all ${reason}\n${catchAll}`,
      ['2 info puller-no-plain-http'],
    ],
    [
      'for errors',
      `${line('unknown-key')}\n[registries."a.io."]\nuser = "x"\nmirror = "https://m.io"`,
      ['1 info ignore-without-effect', '3 error unknown-key'],
    ],
    [
      'of another code',
      `${line('deny-all')}\n${catchAll}`,
      [
        '1 info ignore-without-effect',
        '2 warning skip-verify-on-catch-all',
        '2 info puller-no-plain-http',
      ],
    ],
    [
      'of a code that time decides',
      `${line('certificate-expired')}\n${catchAll}`,
      ['2 warning skip-verify-on-catch-all', '2 info puller-no-plain-http'],
    ],
    [
      'of another table',
      `${line('skip-verify-on-catch-all')}\n[extra-env]\n${catchAll}`,
      [
        '1 info ignore-without-effect',
        '3 warning skip-verify-on-catch-all',
        '3 info puller-no-plain-http',
      ],
    ],
    [
      'behind a key',
      `[registries."."]\ninsecure-skip-verify = true ${line('skip-verify-on-catch-all')}\n`,
      [
        '1 warning skip-verify-on-catch-all',
        '1 info puller-no-plain-http',
        '2 info ignore-without-effect',
      ],
    ],
    [
      'at the end',
      `${catchAll}${line('skip-verify-on-catch-all')}`,
      [
        '1 warning skip-verify-on-catch-all',
        '1 info puller-no-plain-http',
        '3 info ignore-without-effect',
      ],
    ],
    [
      'without a reason',
      `${line('skip-verify-on-catch-all', '')}\n${catchAll}`,
      ['1 warning ignore-without-reason', '2 info puller-no-plain-http'],
    ],
    [
      'with a typing error',
      `${line('skip-verify-on-catchall')}\n${catchAll}`,
      [
        '1 warning ignore-unknown-code',
        '2 warning skip-verify-on-catch-all',
        '2 info puller-no-plain-http',
      ],
    ],
    [
      'with another verb',
      `# imagepuller-auth: disable deny-all\n${catchAll}`,
      [
        '1 warning ignore-unknown-code',
        '2 warning skip-verify-on-catch-all',
        '2 info puller-no-plain-http',
      ],
    ],
    [
      'twice',
      `${line('skip-verify-on-catch-all')}\n${line('skip-verify-on-catch-all')}\n${catchAll}`,
      ['1 info ignore-without-effect', '3 info puller-no-plain-http'],
    ],
    [
      'in a string',
      `[registries."."]\nca-certs = '''\n${line('deny-all')}\n'''\n`,
      ['2 info deny-all'],
    ],
    [
      'within an array',
      `a = [\n${line('unknown-key')}\n1]\n`,
      ['1 error unknown-key', '2 info ignore-without-effect'],
    ],
    [
      'of prose',
      `# imagepuller auth: ignore deny-all\n[registries."."]\nca-certs = "none"\n`,
      ['3 info deny-all'],
    ],
  ])('%s', (_, text, expected) => {
    const codes = [...ALL, ...OWN, 'unknown-key', 'deny-all']
    expect(linesOf(text, codes)).toEqual(expected)
  })

  it('above a key silence what is found in it alone', () => {
    const key = 'registrytoken = "Bearer x"\n'
    const text = `[registries."a.io."]\n${line('bearer-prefix')}\n${key}[registries."b.io."]\n${key}`
    expect(linesOf(text, ['bearer-prefix'])).toEqual(['5 warning bearer-prefix'])
  })

  it('above a key of an indented table, with CRLF', () => {
    const text = `  [registries."a.io."]\r\n  ${line('bearer-prefix')}\r\n  registrytoken = "Bearer x"\r\n`
    expect(linesOf(text, ['bearer-prefix', ...OWN])).toEqual([])
  })

  it('silence a line of a bundle', () => {
    const text = `[registries."a.io."]\n${line('same-subject')}\nca-certs = '''\nCERTIFICATE\nTWIN CERTIFICATE\n'''\n`
    expect(linesOf(text, ['same-subject', ...OWN])).toEqual([])
  })

  it.each<[string, string, readonly string[]]>([
    [
      'above all headers',
      `# prose\n\n${line('puller-passes-over')}\n[registries."a.io."]\nuser = "x"\n`,
      [],
    ],
    ['above all keys', `${line('puller-passes-over')}\nuser = "x"\n`, []],
    ['twice', `${line('puller-passes-over')}\n${line('puller-passes-over')}\nuser = "x"\n`, []],
    [
      'below a header',
      `[registries."a.io."]\n${line('puller-passes-over')}\nuser = "x"\n`,
      ['puller-passes-over'],
    ],
    [
      'below a key',
      `user = "x"\n${line('puller-passes-over')}\nuser2 = "x"\n`,
      ['puller-passes-over'],
    ],
    ['behind a key', `user = "x" ${line('puller-passes-over')}\n`, ['puller-passes-over']],
    ['within a value', `a = [\n${line('puller-passes-over')}\n1]\n`, ['puller-passes-over']],
    ['of another code', `${line('deny-all')}\nuser = "x"\n`, ['puller-passes-over']],
  ])('silence what is about the document as a whole: %s', (_, text, expected) => {
    const found = lintConfig(text).filter(({ code }) => code === 'puller-passes-over')
    expect(found.map(({ code }) => code)).toEqual(expected)
    expect(found.every(({ place }) => place === undefined)).toBe(true)
  })

  it('silence nothing that is about an image', () => {
    const place = { kind: 'image', index: 0, image: 'a.io/x' } as const
    const finding: Omit<Finding, 'place'> = {
      code: 'puller-unpinned',
      severity: 'warning',
      path: [],
      message: '',
      help: undefined,
    }
    const found = [
      { ...finding, place },
      { ...finding, place: undefined },
    ]
    expect(withoutIgnored(`${line('puller-unpinned')}\n`, found)).toEqual([found[0]])
  })

  it('silence other comments', () => {
    const text = `# imagepuller-auth: ignore ignore-without-reason we know\n[registries."."]\n# imagepuller-auth: ignore deny-all\nca-certs = "none"\n`
    expect(linesOf(text, OWN)).toEqual([])
  })

  it('silence what is below each of them, and nothing between', () => {
    const rule = (name: string) => `[registries."${name}.io."]\nregistrytoken = "Bearer x"\n`
    const ignore = '# imagepuller-auth: ignore bearer-prefix it is meant\n'
    const text = ignore + rule('a') + rule('b') + ignore + rule('c') + rule('d')
    const found = lintConfig(text).filter(({ code }) => code === 'bearer-prefix')
    expect(found.map(({ path }) => path[1])).toEqual(['b.io.', 'd.io.'])
  })

  it('say which code was probably meant', () => {
    const [finding] = lintConfig(`${line('deny-al')}\n`)
    expect(finding?.help).toContain('did you mean deny-all?')
  })

  it('hold for findings that were made elsewhere', () => {
    const text = `${line('skip-verify-on-catch-all')}\n${catchAll}`
    const { findings } = parseConfig(text)
    expect(findings).toHaveLength(1)
    expect(withoutIgnored(text, findings)).toEqual([])
    expect(withoutIgnored(new TextEncoder().encode(text), findings)).toEqual([])
    expect(withoutIgnored(catchAll, findings)).toEqual(findings)
    expect(withoutIgnored('no TOML', findings)).toEqual(findings)
    expect(
      withoutIgnored(
        text,
        findings.map((one) => ({ ...one, severity: 'error' as const })),
      ),
    ).toHaveLength(1)
    const placeless = findings.map((one) => ({ ...one, place: undefined }))
    expect(withoutIgnored(text, placeless)).toEqual([])
    expect(withoutIgnored(`[extra-env]\n${text}`, placeless)).toHaveLength(1)
    expect(withoutIgnored(text, [])).toEqual([])
  })

  it.each([
    [[1, []], 'withoutIgnored: expected a string or a Uint8Array'],
    [['', {}], 'withoutIgnored: expected an array of findings'],
  ])('refuse what is no document or no findings', (args, message) => {
    expect(() => Reflect.apply(withoutIgnored, undefined, args)).toThrow(new TypeError(message))
  })
})

describe('whatever the document', () => {
  const SECRETS = ['xqzjvkwpfh01', 'gmbwtyrczl02', 'pdxknqvjzs03', 'vbqhzpxkgn06', 'jzrmxtqkdw05']
  const encoded = Buffer.from(`AWS:${SECRETS[2]}`).toString('base64')
  const leaks = leaksOf([...SECRETS.slice(0, 3), ...SECRETS.slice(4), encoded])
  const leaksOfName = leaksOf(SECRETS.slice(3, 4))
  const text = withPems(`[extra-env]
HTTPS_PROXY = "http://user:${SECRETS[4]}@proxy.corp:3128"
HTTP_PROXY = "$(PROXY)"
[registries."u:${SECRETS[3]}@e.io."]
password = "${SECRETS[0]}"
[registries."b.io."]
# imagepuller-auth: ignore ${SECRETS[0]} ${SECRETS[1]}
username = "oauth2accesstoken"
password = "${SECRETS[0]}"
identitytoken = "${SECRETS[1]}"
[registries."D.io"]
auth = "${encoded}"
ca-certs = '''
CERTIFICATE
'''
`)

  it('it never throws, and shows no secret: two thousand mutants', () => {
    // Findings are plain data, so that their JSON holds what any other form of them does.
    const inFull = show(lintConfig(text, { now: NOW * 2 }))
    expect([...leaks(inFull), ...leaksOfName(inFull)]).toEqual([])
    let count = 0
    for (const mutant of mutantsOf(text.replace(/^[A-Za-z0-9+/]{60,}$\n/gm, ''))) {
      count++
      const shown = JSON.stringify(lintConfig(mutant, { now: NOW * 2 }))
      expect(leaks(shown)).toEqual([])
      // Without its "@" it is a name like any other.
      if (mutant.includes('@e.io')) expect(leaksOfName(shown)).toEqual([])
    }
    for (const cut of [...text].keys()) {
      count++
      expect(leaks(JSON.stringify(lintConfig(text.slice(0, cut), { now: NOW })))).toEqual([])
    }
    for (let i = 0; count < 2000; i++, count++) {
      const at = (i * 7919) % text.length
      const mutant = text.slice(at) + text.slice(0, at)
      expect(leaks(JSON.stringify(lintConfig(mutant, { now: NOW })))).toEqual([])
    }
    expect(count).toBeGreaterThanOrEqual(2000)
  })

  it('takes nothing from a polluted prototype (threat 18)', () => {
    const clean = lintConfig(text, { now: NOW })
    const names = [
      'now',
      'ignore',
      'version',
      'expiresWithinDays',
      'code',
      'spot',
      'path',
      'severity',
      'exp',
    ]
    for (const name of names) {
      Object.defineProperty(Object.prototype, name, {
        value: 'polluted',
        configurable: true,
        writable: true,
      })
    }
    let found: readonly unknown[] = []
    try {
      found = lintConfig(text, Object.assign(Object.create(null), { now: NOW }))
    } finally {
      for (const name of names) Reflect.deleteProperty(Object.prototype, name)
    }
    expect(found).toEqual(clean)
  })

  it('throws no ConfigError either', () => {
    expect(() => parseConfig('x')).toThrow(ConfigError)
    expect(lintConfig('x').map(({ code }): LintFindingCode => code)).toEqual([
      'puller-not-compared',
      'invalid-toml',
    ])
  })
})
