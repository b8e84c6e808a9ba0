// `explain`: why a decision is what it is, as text and as JSON.

import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createFolder, run } from './support/command.js'

const example = fileURLToPath(
  new URL('../../docs/examples/contrast-imagepuller.toml', import.meta.url),
)
const folder = createFolder()
const fileOf = (text: string) => folder.file('config.toml', text)
const DIGEST = `@sha256:${'0'.repeat(64)}`

describe('explain', () => {
  const mistaken = `[registries."*.dev.corp."]
insecure-skip-verify = true
[registries."gchr.io."]
auth = "dTpw"
[registries."hub.docker.com."]
auth = "dTpw"
[registries."registry.corp."]
ca-certs = ""
`
  const images = [
    `eu.dev.corp/app${DIGEST}`,
    `ghcr.io/acme/app:1.2${DIGEST}`,
    'nginx',
    `registry.corp/app${DIGEST}`,
    `registry.corp:5000/app${DIGEST}`,
  ]

  it.each([
    ['80', { columns: 80, env: { NO_COLOR: '1' } }],
    ['120', { columns: 120, env: { NO_COLOR: '1' } }],
    ['color', { columns: 80 }],
  ] as const)('prints what was meant (%s)', async (name, given) => {
    const { status, stdout } = await run(['explain', fileOf(mistaken), ...images], given)
    expect(status).toBe(0)
    await expect(stdout).toMatchFileSnapshot(`golden/explain-${name}.txt`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of colours.
    const lines = stdout.replace(/\u001b\[\d+m/g, '').split('\n')
    // A name is kept whole, for copying.
    const rows = lines.filter((line) => line.startsWith(' '))
    expect(rows.filter((line) => line.length > given.columns)).toEqual([])
    expect(stdout.includes('\u001b')).toBe(name === 'color')
  })

  it('prints what applies, at 80 columns', async () => {
    const asked = ['registry.corp/team/app:1.2', 'eu.mirror.registry.corp/app', 'ghcr.io/acme/app']
    const { status, stdout } = await run(['explain', example, ...asked], {
      columns: 80,
      env: { NO_COLOR: '1' },
    })
    expect(status).toBe(0)
    await expect(stdout).toMatchFileSnapshot('golden/explain-applied.txt')
  })

  it('prints JSON without secrets', async () => {
    const { status, stdout } = await run(['explain', '--json', example, 'registry.corp/a', 'nginx'])
    expect(status).toBe(0)
    const parsed: { resolution: { tls: { kind: string } } }[] = JSON.parse(stdout)
    expect(parsed.map(({ resolution }) => resolution.tls.kind)).toEqual(['ca-bundle', 'deny-all'])
    expect(stdout).not.toMatch(/battery|b2N0b2NhdDpub3|not-a-real-token/)
  })

  it('compares with the release that --puller names, else with the newest known', async () => {
    const path = fileOf('[registries."ghcr.io"]\n')
    const explained = (...options: string[]) =>
      run(['explain', path, ...options, `ghcr.io/a${DIGEST}`])
    expect((await explained()).stderr).toContain('without its trailing dot, since 1.26: "ghcr.io"')
    expect((await explained('--puller', '1.25')).stderr).toBe('')
    const { status, stdout, stderr } = await explained('--puller', '0.9')
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain('--puller: expected a release from 1.15 on, as X.Y\n')
  })

  it('says once, on standard error, what is about the document', async () => {
    const path = fileOf(
      '[registries."ghcr.io"]\n# imagepuller-auth: ignore puller-name-not-normalized for now\n[registries."b.corp"]\n',
    )
    const images = [`ghcr.io/a${DIGEST}`, `quay.io/b${DIGEST}`]
    const { status, stdout, stderr } = await run(['explain', path, ...images])
    expect(status).toBe(0)
    expect(stderr.match(/puller-name-not-normalized/g)).toHaveLength(1)
    expect(stderr).toMatch(/:1:13 warning puller-name-not-normalized .*: "ghcr\.io"; /)
    expect(stdout).not.toContain('may refuse')
    expect((await run(['explain', '--fail-on', 'warning', path, ...images])).status).toBe(1)
  })

  it('names the image that can not be read, and explains the others', async () => {
    const { status, stdout, stderr } = await run([
      'explain',
      fileOf(''),
      'u:hunter2hunter2@ghcr.io/x',
      'nginx',
    ])
    expect(status).toBe(1)
    expect(stdout).toMatch(/^index\.docker\.io\/library\/nginx:latest\n/)
    expect(stderr).toMatch(/^"…@ghcr\.io\/x" error user-info registry: /)
    const none = await run(['explain', fileOf(''), 'A:B:C'])
    expect([none.status, none.stdout]).toEqual([1, ''])
    const json = await run(['explain', '--json', fileOf(''), 'A:B:C'])
    expect([json.status, json.stdout]).toEqual([1, '[]\n'])
  })

  it('takes images from lists and manifests, and expects a CONFIG', async () => {
    const list = folder.file('images.txt', 'nginx # the web server\n')
    const manifest = folder.file('pod.yaml', 'spec:\n  containers:\n    - image: ghcr.io/a/b:1\n')
    const { stdout } = await run(['explain', fileOf(''), '--images', list, '--manifests', manifest])
    expect(stdout).toContain('index.docker.io/library/nginx:latest\n')
    expect(stdout).toContain('\n\nghcr.io/a/b:1\n')
    const { status, stderr } = await run(['explain'])
    expect([status, stderr]).toEqual([2, expect.stringContaining('expected a CONFIG and an IMAGE')])
  })

  it('exits 1 on errors, and on findings that --fail-on names', async () => {
    const twoKinds = fileOf('[registries."a.io."]\nauth = "dTpw"\nregistrytoken = "t"\n')
    expect((await run(['explain', twoKinds, 'nginx'])).status).toBe(0)
    expect((await run(['explain', '--fail-on', 'warning', twoKinds, 'nginx'])).status).toBe(1)
    const { status, stdout } = await run(['explain', fileOf('a ='), 'nginx'])
    expect([status, stdout]).toEqual([1, ''])
  })
})
