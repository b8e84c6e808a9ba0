// `lint`: what is found, in each format; from TOML, from Secrets, from standard input.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import ajvDraft04 from 'ajv-draft-04'
import ajvFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import type { LintFinding } from '../../src/lint.js'
import { NOW, withPems } from '../support/lint.js'
import { createFolder, run } from './support/command.js'

const example = fileURLToPath(
  new URL('../../docs/examples/contrast-imagepuller.toml', import.meta.url),
)
const folder = createFolder()
const now = NOW
const faulty = withPems(`[extra-env]
HTTPS_PROXY = "http://u:hunter2hunter2@proxy.corp:3128"
NO_PROXY = "10.0.*"
[registries."a.corp."]
user = "x"
[registries."b.corp."]
ca-certs = '''
SERVER CERTIFICATE
'''
username = "AWS"
password = "hunter2hunter2"
`)
const NAME = 'contrast-node-installer-imagepuller-config'
const KEY = 'contrast-imagepuller.toml'
const base64 = (text: string) => Buffer.from(text).toString('base64')
const secretOf = (data: object, metadata: object = { name: NAME, namespace: 'kube-system' }) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata, data })

const BROKEN = `[registries."a.io."]
ca-certs = '''
-----BEGIN CERTIFICATE-----
AAAA
-----END CERTIFICATE-----
'''
`

const lint = async (args: readonly string[], stdin: string | Uint8Array = faulty) =>
  run(['lint', ...args], { stdin, now })

describe('lint', () => {
  it('prints a line for each finding, and how many there are', async () => {
    const path = folder.file('config.toml', faulty)
    const terminal = { columns: 80, env: { NO_COLOR: '1' } }
    const { status, stdout, stderr } = await run(['lint', path], { now, ...terminal })
    expect([status, stderr]).toEqual([1, ''])
    expect(stdout).not.toContain('hunter2')
    await expect(folder.within(stdout)).toMatchFileSnapshot('golden/lint.txt')
  })

  it('says so where nothing is found', async () => {
    expect(await lint(['-'], '')).toEqual({
      status: 0,
      stdout: '<stdin>: nothing found\n',
      stderr: '',
    })
  })

  it('passes the example, of which there are infos alone', async () => {
    const { status, stdout } = await lint([example])
    expect(status).toBe(0)
    expect(stdout).toMatch(/contrast-imagepuller\.toml: 5 infos\n$/)
    expect((await lint(['--fail-on', 'info', example])).status).toBe(1)
  })

  it.each([
    [['--fail-on', 'error'], '[registries."A.io"]\n', 0],
    [[], '[registries."A.io"]\n', 1],
    [['--ignore', 'puller-name-not-normalized'], '[registries."A.io"]\n', 0],
    [['--puller', '1.21'], '[registries."A.io"]\n', 0],
    [['--fail-on', 'error'], 'x', 1],
    [['--fail-on', 'error', '--strict'], '[registries."A.io"]\n', 1],
    [['--fail-on', 'error'], '[registries."a.io."]\nclient-cert = "x"\n', 1],
    [
      ['--fail-on', 'error', '--allow-unknown-keys'],
      '[registries."a.io."]\nclient-cert = "x"\n',
      0,
    ],
    [['--fail-on', 'error', '--skip-broken-certificates'], BROKEN, 0],
    [['--fail-on', 'error'], BROKEN, 1],
    [['--ignore', 'invalid-toml'], 'x', 1],
    [[], '# imagepuller-auth: ignore puller-name-not-normalized old\n[registries."A.io"]\n', 0],
  ])('%j of %j exits with its status', async (options, stdin, status) => {
    expect((await lint([...options, '-'], stdin)).status).toBe(status)
  })

  it('warns of what expires within as many days as are asked for', async () => {
    const text = withPems(`[registries."a.io."]\nca-certs = '''\nCERTIFICATE\n'''\n`)
    expect((await lint(['-'], text)).stdout).toContain('nothing found')
    expect((await lint(['--expires-within', '400', '-'], text)).stdout).toContain(
      '<stdin>:3:1 warning certificate-expires-soon ',
    )
  })

  it('judges by the clock of the system where it is given none', async () => {
    const text = withPems(`[registries."a.io."]\nca-certs = '''\nCERTIFICATE\n'''\n`)
    const { stdout } = await run(['lint', '--expires-within', '99999', '-'], { stdin: text })
    expect(stdout).toMatch(/certificate-expire/)
  })

  it.each([
    [[], 'expected one CONFIG'],
    [['a', 'b'], 'expected one CONFIG'],
    [['--json', '--format', 'sarif', '-'], '--json and --format name two formats'],
    [
      ['--ignore', 'deny-al', '-'],
      '--ignore: expected the code of a finding; did you mean deny-all?',
    ],
    [['--ignore', 'qqqqqqqqqqqqqqq', '-'], '--ignore: expected the code of a finding\n'],
    [['--expires-within', '-1', '-'], '--expires-within expects DAYS'],
    [['--expires-within=1.5', '-'], '--expires-within: expected a number of days'],
    [['--puller', '1.2', '-'], '--puller: expected a release from 1.15 on'],
    [['--format', 'xml', '-'], '--format: expected text, json, sarif or github'],
  ])('%j is refused', async (args, message) => {
    const { status, stderr } = await lint(args)
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })
})

describe('lint --json', () => {
  it.each([['--json'], ['--format=json']])(
    '%s prints what was found, whatever the document',
    async (option) => {
      for (const stdin of [faulty, 'no TOML', '\ufeff']) {
        const { status, stdout } = await lint([option, '-'], stdin)
        const findings: LintFinding[] = JSON.parse(stdout)
        expect(status).toBe(1)
        expect(findings.length).toBeGreaterThan(0)
        for (const { code, severity, message, place } of findings) {
          expect([typeof code, typeof severity, typeof message, place?.kind]).toEqual([
            'string',
            'string',
            'string',
            // What is about the document as a whole has no place.
            /^puller-(?:passes-over|not-compared)$/.test(code) ? undefined : 'document',
          ])
        }
        expect(stdout).not.toContain('hunter2')
      }
      expect((await lint([option, '-'], '')).stdout).toBe('[]\n')
    },
  )
})

describe('lint --format sarif', () => {
  // Both are CommonJS, whose classes stand below default.
  const Ajv = ajvDraft04.default
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true })
  ajvFormats.default(ajv)
  const schema = createRequire(import.meta.url).resolve(
    '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
  )
  const isValid = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))

  interface Rule {
    readonly id: string
    readonly help: { readonly text: string }
  }
  interface Log {
    readonly runs: readonly {
      readonly tool: { readonly driver: { readonly rules: readonly Rule[] } }
      readonly results: readonly {
        readonly ruleId: string
        readonly ruleIndex: number
        readonly level: string
        readonly message: { readonly text: string }
        readonly locations: readonly {
          readonly physicalLocation: {
            readonly artifactLocation: { readonly uri: string }
            readonly region?: { readonly startLine?: number }
          }
        }[]
      }[]
    }[]
  }
  const logOf = async (args: readonly string[], stdin?: string): Promise<Log> => {
    const { stdout } = await lint(['--format', 'sarif', ...args], stdin)
    const log: unknown = JSON.parse(stdout)
    expect([isValid(log), isValid.errors]).toEqual([true, null])
    return log as Log
  }

  it('is valid by the schema, and has a line in each region, as the standard asks', async () => {
    for (const stdin of [faulty, 'x', '', secretOf({ [KEY]: base64(faulty) })]) {
      const { runs } = await logOf(['-'], stdin)
      for (const { results, tool } of runs) {
        for (const { ruleId, ruleIndex, locations } of results) {
          expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
          const regions = locations.flatMap(({ physicalLocation }) => physicalLocation.region ?? [])
          expect(regions.every(({ startLine }) => (startLine ?? 0) > 0)).toBe(true)
        }
      }
    }
  })

  it('would not be valid with another level', () => {
    const result = { message: { text: 'x' }, level: 'info' }
    const tool = { driver: { name: 'x' } }
    expect(isValid({ version: '2.1.0', runs: [{ tool, results: [result] }] })).toBe(false)
  })

  it('has each rule once, each result with its place', async () => {
    const path = folder.file('my config#1.toml', faulty)
    const { runs } = await logOf([path])
    const [{ tool, results } = { tool: undefined, results: [] }] = runs
    const ids = tool?.driver.rules.map(({ id }) => id) ?? []
    expect(ids).toEqual([...new Set(results.map(({ ruleId }) => ruleId))].sort())
    for (const { id, help } of tool?.driver.rules ?? []) {
      expect(help.text).toContain(` See docs/findings.md#${id} in the package imagepuller-auth `)
    }
    expect([...new Set(results.map(({ level }) => level))].sort()).toEqual([
      'error',
      'note',
      'warning',
    ])
    const proxy = results.find(({ ruleId }) => ruleId === 'proxy-credentials')
    const [location] = proxy?.locations ?? []
    expect(location?.physicalLocation.artifactLocation.uri).toMatch(/\/my%20config%231\.toml$/)
    expect(location?.physicalLocation.region?.startLine).toBe(2)
  })

  it('points to no line of a manifest, in which the document is wrapped', async () => {
    const { runs } = await logOf(['-'], secretOf({ [KEY]: base64('x') }))
    const result = runs[0]?.results.find(({ ruleId }) => ruleId === 'invalid-toml')
    expect(result?.locations[0]?.physicalLocation.region).toBeUndefined()
    expect(result?.message.text).toMatch(/^contrast-imagepuller\.toml:1:1: the document /)
  })

  it('points to no line for what is about the document as a whole', async () => {
    const { runs } = await logOf(['--puller', '1.27', '-'], '')
    const [result] = runs[0]?.results ?? []
    expect([result?.ruleId, result?.level]).toEqual(['puller-version-unknown', 'note'])
    expect(result?.locations[0]?.physicalLocation.region).toBeUndefined()
  })

  it('names no host where a path begins with two slashes', async () => {
    const { runs } = await logOf([`/${folder.file('c.toml', 'x')}`])
    const uri = runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri
    expect(uri).toMatch(/^\/\.\/\/[^/]/)
  })
})

describe('lint --format github', () => {
  it('prints workflow commands', async () => {
    const path = folder.file('a,b:c%.toml', faulty)
    const { stdout } = await lint(['--format', 'github', path])
    const lines = stdout.trimEnd().split('\n')
    expect(lines[1]).toMatch(
      /^::warning file=[^,:]*\/a%2Cb%3Ac%25\.toml,line=2,endLine=2,col=1,endColumn=12,title=proxy-credentials::extra-env\.HTTPS_PROXY: has a user name /,
    )
    for (const line of lines) expect(line).toMatch(/^::(?:error|warning|notice) file=/)
    expect(stdout).not.toContain('hunter2')
  })

  it('keeps columns to places on one line', async () => {
    const { stdout } = await lint(
      ['--format', 'github', '-'],
      `[registries."."]\nca-certs = '''\nnone\n'''\n`,
    )
    expect(stdout).toContain('::notice file=stdin,line=2,endLine=4,title=deny-all::')
  })

  it('has no lines for a manifest', async () => {
    const stdin = secretOf({ [KEY]: base64('x') }, { name: 'x', namespace: 'kube-system' })
    const { stdout } = await lint(['--format', 'github', '-'], stdin)
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^::error file=stdin,title=secret-name::the Secret's name /),
      expect.stringMatching(/^::notice file=stdin,title=puller-not-compared::contrast/),
      expect.stringMatching(
        /^::error file=stdin,title=invalid-toml::contrast-imagepuller\.toml:1:1: /,
      ),
    ])
  })
})

describe('lint of a Secret', () => {
  const good = '[registries."."]\nca-certs = "none"\n'
  const codes = async (stdin: string) => {
    const { stdout } = await lint(['--json', '-'], stdin)
    return (JSON.parse(stdout) as LintFinding[]).map(({ code }) => code)
  }

  it('reads what the command secret writes', async () => {
    const { stdout } = await run(['secret', '-'], { stdin: good })
    expect(await codes(stdout)).toEqual(['deny-all'])
  })

  it('reads YAML, with data or with the text itself', async () => {
    const head = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${NAME}\n  namespace: kube-system\n`
    expect(await codes(`${head}data:\n  ${KEY}: ${base64(good)}\n`)).toEqual(['deny-all'])
    const text = good.replace(/^/gm, '    ')
    expect(await codes(`${head}stringData:\n  ${KEY}: |\n${text}`)).toEqual(['deny-all'])
  })

  it('finds it among several documents', async () => {
    const other = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n---\n'
    const secret = `kind: Secret\nmetadata: {name: ${NAME}, namespace: kube-system}\nstringData: {${KEY}: x}\n`
    expect(await codes(other + secret)).toEqual(['puller-not-compared', 'invalid-toml'])
  })

  it('shows where in the file and in the document', async () => {
    const stdin = secretOf({ [KEY]: base64(good) }, { name: 'x' })
    const { stdout } = await lint(['-'], stdin)
    expect(stdout).toMatch(
      /^<stdin> error secret-name the Secret's name is not .*; write contrast-/m,
    )
    expect(stdout).toMatch(/^<stdin>\(contrast-imagepuller\.toml\):2:1 info deny-all /m)
    expect(stdout).toMatch(/^<stdin>: 2 errors, 1 info$/m)
  })

  it.each([
    ['another kind', JSON.stringify({ kind: 'ConfigMap', data: { [KEY]: 'x' } }), ['secret-kind']],
    ['no data', secretOf({}), ['secret-key']],
    ['data that is none', secretOf({ [KEY]: 'no base64!' }), ['secret-data']],
  ])('%s', async (_, stdin, expected) => expect(await codes(stdin)).toEqual(expected))

  it.each([
    ['JSON that says no kind', '{"auths":{}}'],
    ['JSON that is none', '{"kind":'],
  ])('takes %s for TOML that is none', async (_, stdin) => {
    expect(await codes(stdin)).toEqual(['puller-not-compared', 'invalid-toml'])
  })

  it('takes what is no UTF-8 for a document of that kind', async () => {
    const { stdout } = await lint(['-'], new Uint8Array([0x6b, 0xff]))
    expect(stdout).toContain('<stdin>:1:2 error invalid-utf8 ')
  })

  it('says what is wrong with YAML that can not be read', async () => {
    const { status, stderr } = await lint(['-'], 'kind: Secret\na: [\n')
    expect(status).toBe(1)
    expect(stderr).toMatch(/^<stdin>:3:1: expected YAML: a line is indented .+ \(BAD_INDENT\)\n$/)
  })
})

describe('comments in the document', () => {
  const silent = `# imagepuller-auth: ignore several-credentials the mirror takes one, the registry the other
[registries."a.io."]
auth = "dTpw"
registrytoken = "t"
`
  const loud = silent.replace(/^#.*\n/, '')

  it.each([
    [['resolve'], ['a.io/x']],
    [['resolve', '--strict', '--fail-on', 'warning'], ['a.io/x']],
    [
      ['challenge', '--strict'],
      ['a.io/x', 'Basic realm="x"'],
    ],
    [['secret', '--strict'], []],
  ])('silence what %j shows', async (command, operands) => {
    const args = (text: string) => [...command, folder.file('c.toml', text), ...operands]
    const shown = await run(args(loud))
    expect(shown.stderr).toContain(' several-credentials ')
    const { status, stderr } = await run(args(silent))
    expect([status, stderr]).toEqual([0, ''])
  })

  it('silence differences of the puller that secret shows', async () => {
    const text =
      '# imagepuller-auth: ignore puller-name-not-normalized our puller is 1.25\n[registries."a.io"]\n'
    expect((await run(['secret', '-'], { stdin: text })).stderr).toBe('')
  })

  it('silence no error, and under --strict none of the others beside one', async () => {
    const text = `${silent}user = "x"\n`
    const { status, stderr } = await run(['resolve', '--strict', '-', 'a.io/x'], { stdin: text })
    expect(status).toBe(1)
    expect(stderr).toContain(' error unknown-key ')
  })
})
