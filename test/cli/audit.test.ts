// `audit`: what images get of a configuration, in each format.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import ajvDraft04 from 'ajv-draft-04'
import ajvFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { leaksOf } from '../support/canary.js'
import { PEMS } from '../support/lint.js'
import { createFolder, run } from './support/command.js'

const folder = createFolder()
// Both are CommonJS, whose classes stand below default.
const ajv = new ajvDraft04.default({ strict: false, unicodeRegExp: false })
ajvFormats.default(ajv)
const schema = createRequire(import.meta.url).resolve(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
)
const isSarif = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))
const now = Date.UTC(2026, 5, 1)
const DIGEST = `@sha256:${'0'.repeat(64)}`
const toml = `[registries."registry.corp."]
insecure-skip-verify = true
auth = "dTpw"

[registries."ghcr.io."]
auth = "dTpw"
mirror = "https://mirror.corp/ghcr"

[registries."."]
ca-certs = "nothing else"
`
const config = folder.file('config.toml', toml)
const clean = folder.file('clean.toml', '[registries."ghcr.io."]\nauth = "dTpw"\n')
const pinned = `ghcr.io/acme/app${DIGEST}`

/** Deployments as charts render them: comments, several documents, a list, every kind of container. */
const manifests = folder.file(
  'chart.yaml',
  `---
# Source: chart/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      initContainers:
        - name: init
          image: "registry.corp/init:1"
      ephemeralContainers:
        - name: debug
          image: ghcr.io/acme/debug:1
      containers:
        - name: app
          image: ghcr.io/acme/app:1 # pinned by the pipeline
---
# Source: chart/templates/empty.yaml
---
apiVersion: v1
kind: List
items:
  - apiVersion: batch/v1
    kind: CronJob
    spec:
      jobTemplate:
        spec:
          template:
            spec:
              containers:
                - image: nginx:1
                - image: u:hunter2hunter2@ghcr.io/x
`,
)
const compose = folder.file(
  'compose.yaml',
  'services:\n  web:\n    image: registry.corp/web:1\n  db:\n    build: .\n',
)

const secretOf = (metadata: object, data: object) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data })
const base64 = (text: string) => Buffer.from(text).toString('base64')
const METADATA = { name: 'contrast-node-installer-imagepuller-config', namespace: 'kube-system' }

describe('audit', () => {
  it('prints decisions and findings at 80 columns', async () => {
    const args = ['audit', config, 'registry.corp:5000/app:1', pinned, '--manifests', manifests]
    const { status, stdout, stderr } = await run(args, {
      columns: 80,
      env: { NO_COLOR: '1' },
      now,
    })
    expect(status).toBe(1)
    await expect(stdout).toMatchFileSnapshot('golden/audit.txt')
    // An image's name is never broken.
    expect(stdout.split('\n').filter((line) => /^ .{80}/.test(line))).toEqual([])
    expect(stderr).toContain(' warning credentials-without-tls ')
    expect(stdout + stderr).not.toContain('hunter2')
  })

  it('finds the images of compose files and lists', async () => {
    const list = folder.file('images.txt', `${pinned} # the app\n`)
    const { stdout } = await run(['audit', clean, '--manifests', compose, '--images', list])
    expect(stdout.match(/^\S.*$/gm)).toEqual([
      pinned,
      'registry.corp/web:1',
      expect.stringMatching(/^2 images: /),
    ])
  })

  it('exits 0 where nothing is as grave as --fail-on says', async () => {
    const quiet = await run(['audit', clean, pinned])
    expect([quiet.status, quiet.stderr]).toEqual([0, ''])
    expect(quiet.stdout).toContain('1 image: nothing found\n')
    const unpinned = ['audit', clean, 'ghcr.io/acme/app:1']
    expect((await run(unpinned)).status).toBe(1)
    expect((await run([...unpinned, '--fail-on', 'error'])).status).toBe(0)
    const anonymous = ['audit', clean, `nginx${DIGEST}`]
    expect((await run(anonymous)).status).toBe(0)
    expect((await run([...anonymous, '--fail-on', 'info'])).status).toBe(1)
  })

  it('prints JSON, also where the document has errors', async () => {
    const good = await run(['audit', '--json', config, 'nginx', 'B:C:D'], { now })
    const { findings, images } = JSON.parse(good.stdout)
    expect(findings.map(({ code }: { code: string }) => code)).toContain('deny-all')
    expect(images).toMatchObject([
      { image: 'B:C:D', resolution: null, findings: [{ code: 'invalid-image' }] },
      {
        image: 'nginx',
        resolution: { tls: { kind: 'deny-all' } },
        findings: [{ code: 'denied' }, { code: 'puller-unpinned' }],
      },
    ])
    const bad = await run(['audit', '--format', 'json', '-', 'nginx'], { stdin: 'a = 1' })
    expect(bad.status).toBe(1)
    expect(JSON.parse(bad.stdout)).toMatchObject({
      findings: [{ code: 'unknown-key' }],
      images: [],
    })
    const text = await run(['audit', '-', 'nginx'], { stdin: 'a = 1' })
    expect([text.status, text.stdout]).toEqual([1, ''])
    expect(text.stderr).toMatch(/^<stdin>:1:1 error unknown-key /)
  })

  it('points in SARIF to where an image is listed, else to the configuration', async () => {
    const args = ['audit', clean, 'nginx:1', '--manifests', manifests, '--format', 'sarif']
    const { stdout } = await run(args, { now })
    const log = JSON.parse(stdout)
    expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true)
    expect(isSarif({ ...log, version: '3' })).toBe(false)
    const { results, tool } = log.runs[0]
    const regions = results.map(
      ({ locations: [{ physicalLocation }] }: { locations: [{ physicalLocation: unknown }] }) =>
        physicalLocation,
    )
    expect(regions).toContainEqual({
      artifactLocation: { uri: expect.stringMatching(/chart\.yaml$/) },
      region: { startLine: 10, startColumn: 18, endLine: 10, endColumn: 38 },
    })
    expect(regions).toContainEqual({
      artifactLocation: { uri: expect.stringMatching(/clean\.toml$/) },
    })
    for (const { shortDescription } of tool.driver.rules) {
      expect(shortDescription.text).toMatch(/^[A-Z].*\.$/)
    }
    expect(stdout).not.toContain('hunter2')
  })

  it('prints workflow commands for GitHub', async () => {
    const list = folder.file('l.txt', 'nginx:1\n')
    const { stdout } = await run(['audit', clean, '--images', list, '--format', 'github'])
    expect(folder.within(stdout).split('\n')).toEqual([
      expect.stringMatching(
        /^::warning file=l\.txt,line=1,endLine=1,.*title=puller-unpinned::nginx:1: /,
      ),
      expect.stringMatching(/^::notice file=l\.txt,.*title=anonymous::nginx:1: /),
      '',
    ])
    const { stdout: within } = await run(['audit', '-', pinned, '--format', 'github'], {
      stdin: secretOf(METADATA, { 'contrast-imagepuller.toml': base64('a = 1') }),
    })
    expect(within).toMatch(
      /^::error file=stdin,title=unknown-key::contrast-imagepuller\.toml:1:1: /,
    )
  })

  it("says what Contrast's puller does otherwise, by its release", async () => {
    const text = '[registries."GHCR.io."]\nauth = "dTpw"\n'
    const newest = await run(['audit', '-', pinned], { stdin: text })
    expect(newest.stdout).toMatch(/^ {2}info +puller-sends-no-credentials: /m)
    expect(newest.stderr).toContain(' puller-name-not-normalized ')
    const older = await run(['audit', '--puller', '1.21', '-', pinned], { stdin: text })
    expect(older.stderr).not.toContain(' puller-name-not-normalized ')
    const json = await run(['audit', '--json', '-', 'nginx', pinned], { stdin: text })
    const [first] = JSON.parse(json.stdout).images
    expect(first.findings.map(({ place }: { place: { index: number } }) => place.index)).toEqual(
      first.findings.map(() => 1),
    )
  })

  it.each([
    ['JSON', secretOf(METADATA, { 'contrast-imagepuller.toml': base64(toml) })],
    [
      'YAML',
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${METADATA.name}\n  namespace: kube-system\nstringData:\n  contrast-imagepuller.toml: |\n${toml.replace(/^/gm, '    ')}`,
    ],
  ])("reads the Secret's manifest in %s", async (_, stdin) => {
    const { stdout, stderr } = await run(['audit', '-', pinned], { stdin })
    expect(stdout).toContain('registries."ghcr.io." (exact)')
    expect(stderr).toMatch(
      /^<stdin>\(contrast-imagepuller\.toml\):1:\d+ warning credentials-without/,
    )
    expect(stderr).not.toContain(' secret-')
  })

  it.each([
    [
      'name',
      'secret-name',
      secretOf({ ...METADATA, name: 'x' }, { 'contrast-imagepuller.toml': '' }),
    ],
    [
      'namespace',
      'secret-namespace',
      secretOf({ name: METADATA.name }, { 'contrast-imagepuller.toml': '' }),
    ],
    ['key', 'secret-key', secretOf(METADATA, { 'config.toml': '' })],
    [
      'size',
      'secret-too-large',
      secretOf(METADATA, {
        'contrast-imagepuller.toml': '',
        other: base64('x'.repeat(1 << 20)),
        more: base64('x'),
      }),
    ],
  ])("says that a Secret's %s isn't the node installer's", async (_, code, stdin) => {
    const { status, stdout, stderr } = await run(['audit', '-', pinned], { stdin })
    expect(status).toBe(1)
    expect(stderr).toContain(` error ${code} `)
    expect(stdout).toContain(pinned)
  })

  it('audits nothing where a manifest has no configuration', async () => {
    const stdin = secretOf(METADATA, {})
    const { status, stdout, stderr } = await run(['audit', '-', pinned], { stdin })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^<stdin> error secret-key /)
  })

  it.each([
    [['audit'], 'expected a CONFIG and an IMAGE'],
    [['audit', config], 'expected an IMAGE'],
    [['audit', config, 'nginx', '--json', '--format', 'sarif'], 'two formats'],
    [['audit', config, 'nginx', '--format', 'xml'], 'expected text, json, sarif or github'],
    [['audit', config, 'nginx', '--puller', '1.2'], '--puller: expected a release'],
  ])('refuses %j', async (args, message) => {
    const { status, stdout, stderr } = await run(args)
    expect([status, stdout]).toEqual([2, args.includes('--json') ? expect.any(String) : ''])
    expect(stderr).toContain(message)
  })
})

describe('diff', () => {
  const before = folder.file('before.toml', '[registries."ghcr.io."]\nauth = "dTpw"\n')
  const after = folder.file(
    'after.toml',
    `[registries."ghcr.io."]\nauth = "dTpw"\nmirror = "https://mirror.corp"\n[registries."registry.corp."]\nca-certs = "none"\n[registries."docker.io."]\n`,
  )
  const list = folder.file(
    'all.txt',
    'nginx:1\nregistry.corp/app:1\nghcr.io/acme/app:1\nquay.io/x\n',
  )

  it('prints what changes at 80 columns, and exits 1 where something got looser', async () => {
    const { status, stdout, stderr } = await run(['diff', before, after, '--images', list], {
      columns: 80,
      env: { NO_COLOR: '1' },
    })
    expect(status).toBe(1)
    await expect(stdout).toMatchFileSnapshot('golden/diff.txt')
    // None of the images has a digest, which is no matter of configurations.
    expect(stderr).not.toContain('unpinned')
    expect(stderr).toMatch(/^"ghcr\.io\/acme\/app:1" warning puller-mirror-credentials /m)
    expect(stderr).not.toContain('quay.io')
  })

  it.each([
    [['registry.corp/app:1'], 0, 'what got tighter'],
    [['nginx'], 0, 'what is different'],
    [['nginx', '--fail-on', 'info'], 1, 'what is different, where any change counts'],
    [['ghcr.io/acme/app:1'], 1, 'what got looser'],
    [['ghcr.io/acme/app:1', '--fail-on', 'error'], 0, 'what got looser, where only errors count'],
    [['quay.io/x', '--fail-on', 'info'], 0, 'what stays'],
    [['nginx', 'B:C:D'], 1, 'an image that can not be read'],
  ])('%j gives %i: %s', async (args, expected) => {
    const { status } = await run(['diff', before, after, ...args])
    expect(status).toBe(expected)
  })

  it('prints JSON', async () => {
    const { stdout } = await run([
      'diff',
      '--json',
      before,
      after,
      'ghcr.io/acme/app:1',
      'quay.io/x',
    ])
    const { findings, images } = JSON.parse(stdout)
    expect(findings).toEqual([])
    expect(images).toEqual([
      {
        image: 'ghcr.io/acme/app:1',
        findings: [
          expect.objectContaining({ code: 'puller-mirror-credentials', severity: 'warning' }),
          expect.objectContaining({ code: 'puller-mirror-requests', severity: 'info' }),
        ],
        changes: [
          {
            aspect: 'endpoint',
            change: 'looser',
            before: { kind: 'registry' },
            after: {
              kind: 'mirror',
              url: 'https://mirror.corp',
              origin: 'https://mirror.corp',
              namespace: 'ghcr.io',
              fallback: false,
            },
          },
        ],
        endpoints: {
          before: [
            {
              kind: 'registry',
              origin: 'https://ghcr.io',
              credentials: { kind: 'basic' },
              proxy: { kind: 'direct', code: 'not-configured' },
            },
          ],
          after: [
            {
              kind: 'mirror',
              origin: 'https://mirror.corp',
              credentials: { kind: 'anonymous' },
              proxy: { kind: 'direct', code: 'not-configured' },
            },
          ],
        },
      },
    ])
  })

  describe('of a mirror and the registry behind it', () => {
    const proxied = (name: string, noProxy: string, ...keys: readonly string[]) =>
      folder.file(
        name,
        `[extra-env]\nHTTPS_PROXY = "http://p.corp"\nNO_PROXY = "${noProxy}"\n[registries."a.io."]\n${keys.join('\n')}\n`,
      )
    const PLAIN = { columns: 300, env: { NO_COLOR: '1' } }
    const keys = ['auth = "dTpw"', 'mirror = "https://m.io"', 'mirror-fallback = true']
    const old = proxied('both-before.toml', 'm.io', ...keys)
    const young = proxied('both-after.toml', 'm.io,a.io', ...keys)

    it('says what each of them got and gets', async () => {
      const { stdout } = await run(['diff', old, young, 'a.io/x'], PLAIN)
      expect(stdout).toBe(
        [
          'a.io/x:latest',
          '  proxy        different',
          '               before: the mirror at https://m.io: direct (no-proxy "m.io"); the registry at https://a.io: http://p.corp (https-proxy)',
          '               after:  the mirror at https://m.io: direct (no-proxy "m.io"); the registry at https://a.io: direct (no-proxy "a.io")',
          '',
        ].join('\n'),
      )
      const { stdout: json } = await run(['diff', '--json', old, young, 'a.io/x'])
      const { images } = JSON.parse(json)
      const [{ endpoints }] = images
      const kinds = (side: { proxy: { kind: string } }[]) => side.map(({ proxy }) => proxy.kind)
      expect(kinds(endpoints.before)).toEqual(['direct', 'proxy'])
      expect(kinds(endpoints.after)).toEqual(['direct', 'direct'])
    })

    it('and of what is denied, that nothing is', async () => {
      const denied = proxied('both-denied.toml', 'm.io', 'ca-certs = "none"')
      const { stdout } = await run(['diff', old, denied, 'a.io/x'], PLAIN)
      expect(stdout).toContain(
        [
          '  credentials  tighter',
          '               before: the mirror at https://m.io: anonymous; the registry at https://a.io: basic',
          '               after:  anonymous',
          '',
        ].join('\n'),
      )
    })
  })

  it('says that nothing changes', async () => {
    expect(await run(['diff', before, before, 'nginx'])).toEqual({
      status: 0,
      stdout: 'nothing changes\n',
      stderr: '',
    })
  })

  it("reads Secrets' manifests, and says what is wrong with them", async () => {
    const named = (name: string) =>
      secretOf({ ...METADATA, name }, { 'contrast-imagepuller.toml': base64('') })
    const good = await run(['diff', before, '-', 'quay.io/x'], { stdin: named(METADATA.name) })
    expect(good).toEqual({ status: 0, stdout: 'nothing changes\n', stderr: '' })
    const bad = await run(['diff', before, '-', 'quay.io/x'], { stdin: named('x') })
    expect([bad.status, bad.stdout]).toEqual([1, 'nothing changes\n'])
    expect(bad.stderr).toMatch(/^<stdin> error secret-name /)
    const badOld = await run(['diff', '-', before, 'quay.io/x'], { stdin: named('x') })
    expect(badOld.status).toBe(1)
    expect(badOld.stderr).toMatch(/^<stdin> error secret-name /)
  })

  it('refuses a configuration with errors', async () => {
    const { status, stdout, stderr } = await run(['diff', before, '-', 'nginx'], { stdin: 'a = 1' })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^<stdin>:1:1 error unknown-key /)
  })

  it.each<[string, string, string, string, number]>([
    ['trusts the web PKI', 'ca-certs = "x"', 'ca-certs = ""', 'puller-trusts-more', 1],
    ['trusts less', 'ca-certs = ""', 'ca-certs = "x"', '', 0],
  ])('an edit after which the puller alone %s', async (_, older, newer, code, expected) => {
    const image = `a.io/x@sha256:${'0'.repeat(64)}`
    const named = (name: string, keys: string) =>
      folder.file(name, `[registries."a.io."]\n${keys}\n`)
    const files = [named('older.toml', older), named('newer.toml', newer)]
    const { status, stdout, stderr } = await run(['diff', ...files, image])
    expect(status).toBe(expected)
    if (code === '') {
      expect([stdout, stderr]).toEqual(['nothing changes\n', ''])
      return
    }
    expect(stdout).toBe(
      "nothing changes, save for what Contrast's puller does: see standard error\n",
    )
    expect(stderr).toContain(`"${image}" warning ${code} `)
    for (const [level, exit] of [
      ['error', 0],
      ['info', 1],
    ] as const) {
      expect((await run(['diff', ...files, image, '--fail-on', level])).status).toBe(exit)
    }
    const { stdout: json } = await run(['diff', ...files, image, '--json'])
    const { findings, images } = JSON.parse(json)
    expect(findings).toEqual([])
    expect(images).toEqual([
      { image, changes: [], findings: [expect.objectContaining({ code, severity: 'warning' })] },
    ])
  })

  const ported = '[registries."."]\nca-certs = "none"\n[registries."a.io:5000"]\n'
  it.each<[string, string, string, string | undefined]>([
    [
      'verifies nothing any more',
      'auth = "dTpw"',
      'auth = "dTpw"\ninsecure-skip-verify = true',
      'puller-trusts-more',
    ],
    [
      'trusts another CA',
      `ca-certs = '''\n${PEMS['CERTIFICATE']}'''`,
      `ca-certs = '''\n${PEMS['TWIN CERTIFICATE']}'''`,
      'puller-trusts-more',
    ],
    [
      'sends another kind of credentials',
      'auth = "dTpw"',
      'registrytoken = "t"',
      'puller-sends-credentials',
    ],
    [
      'sends credentials to another mirror',
      'auth = "dTpw"\nmirror = "https://m.corp"',
      'auth = "dTpw"\nmirror = "https://n.corp"',
      'puller-mirror-credentials',
    ],
    ['sends another password', 'auth = "dTpw"', 'auth = "dTpx"', undefined],
    ['does the same', 'auth = "dTpw"', 'auth = "dTpw" # the same', undefined],
  ])(
    'an edit after which the puller, which did otherwise before, %s',
    async (_, older, newer, code) => {
      const image = `a.io:5000/x@sha256:${'0'.repeat(64)}`
      const files = [
        folder.file('older.toml', ported + older),
        folder.file('newer.toml', ported + newer),
      ]
      const { status, stderr } = await run(['diff', ...files, image])
      expect(status).toBe(code === undefined ? 0 : 1)
      const said = [...stderr.matchAll(/^"a\.io:5000\S+ warning (\S+)/gm)].map(([, found]) => found)
      expect(said).toEqual(code === undefined ? [] : [code])
    },
  )

  it('exits 1 where one more name may keep the puller from starting', async () => {
    const names = (...all: string[]) => all.map((name) => `[registries."${name}"]\n`).join('')
    const [one, two] = [
      folder.file('one.toml', names('A.io.')),
      folder.file('two.toml', names('A.io.', 'B.io.')),
    ]
    expect((await run(['diff', one, one, 'nginx'])).status).toBe(0)
    expect((await run(['diff', one, two, 'nginx'])).status).toBe(1)
    const { stdout } = await run(['diff', '--json', one, two, 'nginx'])
    const [found, ...others] = JSON.parse(stdout).findings
    expect([found.code, found.path, others]).toEqual([
      'puller-name-not-normalized',
      ['registries', 'B.io.'],
      [],
    ])
  })

  it('exits 1 where the puller no longer starts, and 0 where it did not before either', async () => {
    const marked = folder.file('marked.toml', '\u{feff}[registries."ghcr.io."]\nauth = "dTpw"\n')
    expect((await run(['diff', before, marked, 'ghcr.io/x'])).status).toBe(1)
    expect((await run(['diff', marked, marked, 'ghcr.io/x'])).status).toBe(0)
  })

  it('says on standard error where the puller may not start with the new one', async () => {
    const stdin = '[registries."Quay.io"]\nauth = "dTpw"\n'
    const { stderr } = await run(['diff', before, '-', 'nginx'], { stdin })
    expect(stderr).toMatch(/^<stdin>:1:\d+ warning puller-name-not-normalized /)
  })

  it.each([
    [['diff', before], 'expected OLD and NEW'],
    [['diff', before, after], 'expected an IMAGE'],
    [['diff', before, after, 'nginx', '--puller', 'x'], '--puller: expected a release'],
  ])('refuses %j', async (args, message) => {
    const { status, stderr } = await run(args)
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })
})

describe('no secret', () => {
  const secrets = ['xqzjvkwpfh01', 'gmbwtyrczl02', 'pdxknqvjzs03', 'vbqhzpxkgn06']
  const encoded = base64(`nobody:${secrets[0]}`)
  const leaks = leaksOf([...secrets, encoded])
  const document = `[extra-env]
HTTPS_PROXY = "http://user:${secrets[1]}@proxy.corp:3128"
[registries."a.io."]
auth = "${encoded}"
[registries."c.io."]
registrytoken = "${secrets[2]}"
mirror = "https://m.corp"
[registries."u:${secrets[3]}@e.io."]
insecure-skip-verify = true
`
  const images = ['a.io/x', 'c.io/x', 'e.io/x', `u:${secrets[3]}@a.io/x`]

  it.each(['text', 'json', 'sarif', 'github'])('is printed by audit as %s', async (format) => {
    for (const stdin of [document, secretOf({}, { x: base64(document) }), `${document}x = [`]) {
      const { stdout, stderr } = await run(['audit', '-', ...images, '--format', format], { stdin })
      expect(leaks(stdout + stderr)).toEqual([])
    }
  })

  it('is printed by diff', async () => {
    const other = folder.file('other.toml', '[registries."a.io."]\nauth = "dTpw"\n')
    for (const options of [[], ['--json']]) {
      const { stdout, stderr } = await run(['diff', other, '-', ...images, ...options], {
        stdin: document,
      })
      expect(stdout).toContain('credentials')
      expect(leaks(stdout + stderr)).toEqual([])
    }
  })
})
