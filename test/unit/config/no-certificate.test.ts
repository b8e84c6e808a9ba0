import { describe, expect, it } from 'vitest'
import { parseCaBundle } from '../../../src/certificates/index.js'
import { brief, extentOf, findingsOf, issuesOf } from '../../support/config-issues.js'
import vectors from '../../vectors/ca-bundles.json' with { type: 'json' }

const PEM = vectors.cases.find((c) => c.category === 'single')?.text ?? ''

const BEGIN = '-----BEGIN CERTIFICATE-----'

const base64 = PEM.split('\n')
  .filter((line) => /^[A-Za-z\d+/=]+$/.test(line))
  .join('\n')

const documentOf = (text: string) => `[registries."a.io"]\nca-certs = ${JSON.stringify(text)}`

describe('ca-certs without any certificate', () => {
  it.each([
    ['', 'empty', 'takes it for unset'],
    [' \n', 'blank', 'white space'],
    ['/etc/ssl/certs/ca.pem', 'path', 'a path'],
    ['~/ca.pem', 'path', 'a path'],
    ['./ca', 'path', 'a path'],
    ['C:\\certs\\ca', 'path', 'a path'],
    ['corp-root.crt', 'path', 'a path'],
    ['https://pki.corp/ca.pem', 'url', 'a URL'],
    ['file:///etc/ca.pem', 'url', 'a URL'],
    [base64, 'base64', 'without BEGIN and END'],
    [base64.replaceAll('\n', ''), 'base64 on one line', 'without BEGIN and END'],
    [btoa(PEM), 'base64 of PEM', 'in base64'],
    [`0\u0082\u0001\u007c${'\u0000'.repeat(40)}`, 'DER as Latin-1', 'in DER'],
    [`3082017c${'3081'.repeat(20)}`, 'DER in hex', 'in DER'],
    [PEM.replaceAll('-----', '----'), 'four hyphens', 'damaged'],
    [PEM.replaceAll('-----', '––'), 'dashes of a word processor', 'damaged'],
    [`MY CA:\n${base64}`, 'base64 behind a word', 'damaged'],
    [PEM.replaceAll(' CERTIFICATE', ' TRUSTED CERTIFICATE'), 'label', 'TRUSTED CERTIFICATE'],
    [PEM.replaceAll(' CERTIFICATE', ' PKCS7'), 'label', 'PKCS7'],
    [
      PEM.replaceAll(' CERTIFICATE', ' NONSENSE'),
      'label',
      'a block with another label than CERTIFICATE, so',
    ],
    [PEM.replace('-----\n', '-----\nProc-Type: 4\n\n'), 'headers', 'header lines'],
  ])('%j is a mistake: %s', (text, _, why) => {
    const findings = findingsOf(documentOf(text))
    expect(findings).toMatchObject([{ code: 'no-certificates', severity: 'warning' }])
    expect(findings[0]?.message).toContain(why)
    expect(findings[0]?.help).toBeTypeOf('string')
  })

  it.each([
    'no PEM here means no CA certificates',
    'This option set, but no certificates provided, means no TLS handshake will succeed.\n',
    'none',
    'deny all: see the/guide',
    'A certificate may be put here.',
  ])('%j is deliberate: an info', (text) => {
    expect(findingsOf(documentOf(text))).toMatchObject([
      { code: 'deny-all', severity: 'info', help: undefined },
    ])
    expect(issuesOf(documentOf(text), { strict: true })).toEqual([])
  })

  it('may hold broken ones that are skipped', () => {
    const findings = findingsOf(documentOf(BEGIN), { brokenCertificates: 'skip' })
    expect(findings.map(({ code }) => code)).toEqual(['no-certificates', 'certificate-skipped'])
  })
})

describe('a broken block', () => {
  it('with \\n as two characters is to be written with line ends', () => {
    const text = `${BEGIN}\n${base64.replaceAll('\n', '\\n')}\n-----END CERTIFICATE-----\n`
    const [issue] = issuesOf(documentOf(text))
    expect(issue?.code).toBe('broken-certificate')
    expect(issue?.help).toContain('in single quotes \\n stays two characters')
  })
})

describe('blocks beside certificates', () => {
  const documentWith = (block: string) =>
    `[registries."a.io"]\nca-certs = '''\n${PEM.trimEnd()}\n${block}'''`

  it.each([
    [PEM.replaceAll(' CERTIFICATE', ' TRUSTED CERTIFICATE'), 'TRUSTED CERTIFICATE'],
    [PEM.replaceAll(' CERTIFICATE', ' RSA PRIVATE KEY'), 'RSA PRIVATE KEY'],
    [
      PEM.replaceAll(' CERTIFICATE', ' NONSENSE'),
      'that has another label than CERTIFICATE, and so',
    ],
    [PEM.replace('-----\n', '-----\nProc-Type: 4\n\n'), 'header lines'],
  ])('that are left out have a warning at their line: %#', (block, what) => {
    const [finding, ...others] = findingsOf(documentWith(block))
    expect(others).toEqual([])
    expect(finding?.message).toContain(what)
    expect(finding?.help).toBe(parseCaBundle(block).skipped[0]?.help)
    expect(finding && brief(finding)).toEqual([
      'block-left-out',
      'registries a.io ca-certs',
      PEM.trimEnd().split('\n').length + 3,
      1,
    ])
  })

  it('that are broken are errors, each at its line', () => {
    const issues = issuesOf(documentWith(`${BEGIN}\n`))
    expect(issues.map(({ code }) => code)).toEqual(['broken-certificate'])
  })
})

describe('the place of a broken certificate', () => {
  it.each([
    [
      `ca-certs = '''\n# a\n${BEGIN}'''`,
      '4:1-4:28',
      'a multi-line string, behind its first line end',
    ],
    [`ca-certs = '''\r\n# a\r\n${BEGIN}'''`, '4:1-4:28', 'the same with line ends of Windows'],
    [`ca-certs = '''\r\n${BEGIN}\r\n'''`, '3:1-3:28', 'a line end of Windows behind it'],
    [`ca-certs = '''# a\n${BEGIN}'''`, '3:1-3:28', 'text behind the delimiter'],
    [`ca-certs = """${BEGIN}\n"""`, '2:15-2:42', 'the block itself behind the delimiter'],
    [`ca-certs = '${BEGIN}'`, '2:13-2:40', 'a literal string'],
    [`ca-certs = """\n\\u0023 a\n${BEGIN}"""`, '2:1-4:31', 'escapes: the key and its value'],
    [`ca-certs = "# a\\n${BEGIN}"`, '2:1-2:46', 'a line end that is an escape'],
    [`auth = "YTpi"\nca-certs = """\n\n\n${BEGIN}\n"""`, '6:1-6:28', 'another key before it'],
  ])('%j: at %s: %s', (rule, want) => {
    const issues = issuesOf(`[registries."a.io"]\n${rule}`)
    expect(issues.map((issue) => [issue.code, extentOf(issue)])).toEqual([
      ['broken-certificate', want],
    ])
  })

  it('is told for each of a bundle, and in an inline table', () => {
    const text = `[registries."a.io"]\nca-certs = '''\n${BEGIN}\n${PEM}${BEGIN}\n'''`
    const lines = PEM.split('\n').length
    expect(issuesOf(text).map((issue) => brief(issue)[2])).toEqual([3, lines + 3])
    const inline = `registries = { "a.io" = { ca-certs = '''\n\n${BEGIN}''' } }`
    expect(issuesOf(inline).map((issue) => brief(issue)[2])).toEqual([3])
  })
})
