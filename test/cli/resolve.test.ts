// `resolve`: the decisions for images, as tables and as JSON.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { certificate as certificateOf, commonName, pem as pemOf } from '../support/der-builder.js'
import { createFolder, run } from './support/command.js'

const example = fileURLToPath(
  new URL('../../docs/examples/contrast-imagepuller.toml', import.meta.url),
)
const folder = createFolder()
const fileOf = (text: string) => folder.file('config.toml', text)

describe('resolve', () => {
  const images = [
    'registry.corp/team/app:1.2',
    'registry.corp:5000/app',
    'ghcr.io/acme/app',
    'nginx',
  ]

  it.each([
    ['80', 80],
    ['40', 40],
    ['120', 120],
  ] as const)('prints tables at %s columns', async (name, columns) => {
    const env = { NO_COLOR: '1' }
    const { status, stdout } = await run(['resolve', example, ...images], { columns, env })
    expect(status).toBe(0)
    await expect(stdout).toMatchFileSnapshot(`golden/resolve-${name}.txt`)
    expect(stdout.split('\n').filter((line) => line.length > columns)).toEqual([])
  })

  describe('with a mirror and the registry behind it', () => {
    const SECRET = 'hunter2'
    const EXTRA = `[extra-env]\nHTTPS_PROXY = "http://u:${SECRET}@proxy.corp:3128"\nNO_PROXY = "mirror.corp"\n`
    const ruleOf = (...keys: string[]) =>
      [`${EXTRA}[registries."registry.corp."]`, `auth = "dTpodW50ZXIy"`, ...keys].join('\n')
    const MIRROR = 'mirror = "https://mirror.corp/hub"'
    const both = ruleOf(MIRROR, 'mirror-fallback = true')

    it.each(['resolve', 'audit'])('%s says what each of them gets', async (command) => {
      const { stdout } = await run([command, fileOf(both), 'registry.corp/app'])
      expect(stdout).toContain(
        [
          '  credentials  the mirror at https://mirror.corp: anonymous',
          '               the registry at https://registry.corp: basic',
          '  schemes      https',
          '  endpoint     the mirror https://mirror.corp/hub (ns=registry.corp), then the registry',
          '  proxy        the mirror at https://mirror.corp: direct (no-proxy "mirror.corp")',
          '               the registry at https://registry.corp: http://proxy.corp:3128 (https-proxy, with credentials)',
          '',
        ].join('\n'),
      )
      expect(stdout).not.toContain(SECRET)
    })

    it.each([
      ['resolve', (parsed: never[]) => parsed[0]],
      ['audit', (parsed: { images: never[] }) => parsed.images[0]],
    ] as const)('%s --json has the same', async (command, pick) => {
      const { stdout } = await run([command, '--json', fileOf(both), 'registry.corp/app'])
      expect(pick(JSON.parse(stdout))).toMatchObject({
        endpoints: [
          {
            kind: 'mirror',
            origin: 'https://mirror.corp',
            credentials: { kind: 'anonymous' },
            proxy: { kind: 'direct', code: 'no-proxy', entry: 'mirror.corp' },
          },
          {
            kind: 'registry',
            origin: 'https://registry.corp',
            credentials: { kind: 'basic' },
            proxy: {
              kind: 'proxy',
              code: 'https-proxy',
              url: 'http://proxy.corp:3128',
              authenticated: true,
            },
          },
        ],
      })
      expect(stdout).not.toMatch(/hunter2|dTpodW/)
    })

    it('a mirror at the registry itself gets the credentials, too', async () => {
      const own = ruleOf('mirror = "https://registry.corp/hub"', 'mirror-fallback = true')
      const { stdout } = await run(['resolve', fileOf(own), 'registry.corp/app'])
      expect(stdout).toContain('credentials  the mirror at https://registry.corp: basic\n')
    })

    it('plain HTTP is told apart, by its own proxy', async () => {
      const keys = ['insecure-skip-verify = true', MIRROR, 'mirror-fallback = true']
      const { stdout } = await run(['resolve', fileOf(ruleOf(...keys)), 'registry.corp/app'])
      expect(stdout).toContain('the registry at http://registry.corp: direct (not-configured)\n')
    })

    it('says it once where there is but one endpoint', async () => {
      for (const text of [ruleOf(), ruleOf(MIRROR), ruleOf('insecure-skip-verify = true')]) {
        const { stdout } = await run(['resolve', fileOf(text), 'registry.corp/app'])
        expect(stdout).toContain('\n  credentials  basic\n  schemes ')
      }
    })

    it('asks no endpoint of what is denied, nor of what is no reference', async () => {
      const denied = fileOf('[registries."."]\nca-certs = "none"\n')
      const { stdout } = await run(['audit', '--json', denied, 'a.io/x', 'Bad:Image:x'])
      const { images } = JSON.parse(stdout)
      expect(images.map(({ endpoints }: { endpoints: unknown }) => endpoints)).toEqual([[], []])
    })
  })

  it('keeps each row on a line where there is no terminal', async () => {
    const { stdout } = await run(['resolve', example, 'registry.corp:5000/app'])
    expect(stdout).toContain(
      'is covered by "." alone; without the port, "registry.corp." would apply\n',
    )
  })

  it('prints JSON without secrets', async () => {
    const { status, stdout } = await run(['resolve', '--json', example, ...images])
    expect(status).toBe(0)
    const parsed: { tls: { kind: string } }[] = JSON.parse(stdout)
    expect(parsed.map(({ tls }) => tls.kind)).toEqual([
      'ca-bundle',
      'deny-all',
      'web-pki',
      'deny-all',
    ])
    expect(stdout).toContain('[secret]')
    expect(stdout).not.toMatch(/battery|b2N0b2NhdDpub3|not-a-real-token/)
  })

  it('escapes in JSON, and replaces in text, what rewrites the terminal', async () => {
    const subject = commonName('a\u202eb\u009bc\u{e0001}d\u2028e')
    const pem = pemOf(certificateOf({ subject }))
    const path = fileOf(`[registries."a.io"]\nca-certs = '''\n${pem}'''`)
    const { stdout } = await run(['resolve', '--json', path, 'a.io/x'])
    expect(stdout).toContain('CN=a\\u202eb\\u009bc\\udb40\\udc01d\\u2028e')
    expect(JSON.parse(stdout)[0].tls.certificates[0].subject).toMatch(/^CN=a\u202eb/)
    expect((await run(['resolve', path, 'a.io/x'])).stdout).toContain('CN=a?b?c?d?e,')
  })

  it('prints all issues of a configuration as FILE:LINE:COLUMN severity code message', async () => {
    const path = fileOf('[registries."a.io."]\nusrname = "hunter2hunter2"\nauth = 1\n')
    const { status, stdout, stderr } = await run(['resolve', path, 'nginx'])
    expect([status, stdout]).toEqual([1, ''])
    const lines = folder.within(stderr).split('\n')
    expect(lines[0]).toMatch(
      /^config\.toml:2:1 error unknown-key registries\."a\.io\."\.usrname: .*; .*username/,
    )
    expect(lines[1]).toMatch(/^config\.toml:3:\d+ error wrong-type registries\."a\.io\."\.auth: /)
    expect(lines.slice(2)).toEqual([''])
    expect(stderr).not.toContain('hunter2')
  })

  it('reads the configuration from standard input', async () => {
    const bad = await run(['resolve', '-', 'nginx'], { stdin: '[registries."a.io."]\nauth = 1\n' })
    expect(bad.stderr).toMatch(/^<stdin>:2:\d+ error wrong-type /)
    const good = await run(['resolve', '-', 'nginx'], { stdin: readFileSync(example) })
    expect([good.status, good.stdout]).toEqual([
      0,
      (await run(['resolve', example, 'nginx'])).stdout,
    ])
  })

  const twoKinds = '[registries."a.io."]\nauth = "dTpw"\nregistrytoken = "t"\n'

  it('prints warnings, which --strict makes errors and --fail-on a failure', async () => {
    const path = fileOf(twoKinds)
    const lenient = await run(['resolve', path, 'nginx'])
    expect(lenient.status).toBe(0)
    expect(lenient.stderr).toContain(' warning several-credentials ')
    const strict = await run(['resolve', '--strict', path, 'nginx'])
    expect([strict.status, strict.stdout]).toEqual([1, ''])
    expect(strict.stderr).toContain(' error several-credentials ')
    const failing = await run(['resolve', '--fail-on', 'warning', path, 'nginx'])
    expect([failing.status, failing.stdout]).toEqual([1, lenient.stdout])
    expect((await run(['resolve', '--fail-on=error', path, 'nginx'])).status).toBe(0)
  })

  it('attack 17: passes over a broken certificate, as the puller does, when asked to', async () => {
    const [good = ''] =
      /-----BEGIN[\s\S]*?END CERTIFICATE-----\n/.exec(readFileSync(example, 'utf8')) ?? []
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
    const path = fileOf(`[registries."a.io."]\nca-certs = '''\n${good}${broken}'''\n`)
    const refused = await run(['resolve', path, 'a.io/x'])
    expect([refused.status, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toContain(' error broken-certificate ')
    const { status, stdout, stderr } = await run([
      'resolve',
      '--skip-broken-certificates',
      path,
      'a.io/x',
    ])
    expect(status).toBe(0)
    expect(stdout).toContain(
      'ca-bundle (the certificates of the rule alone)\n               CN=Corp Registry Root',
    )
    expect(stderr).toContain(' warning certificate-skipped ')
  })

  it('attack 14: passes over unknown keys when asked to', async () => {
    const path = fileOf('[registries."a.io."]\nclient-cert = "hunter2hunter2"\n')
    expect((await run(['resolve', path, 'a.io/x'])).stderr).toContain(' error unknown-key ')
    const { status, stdout, stderr } = await run([
      'resolve',
      '--allow-unknown-keys',
      path,
      'a.io/x',
    ])
    expect([status, stderr]).toEqual([0, expect.stringContaining(' warning unknown-key ')])
    expect(stdout).toContain('registries."a.io." (exact)')
  })

  it('prints why a registry can not be dialled', async () => {
    const config = fileOf('[extra-env]\nHTTPS_PROXY = "http://proxy.corp:3128"')
    const { stdout } = await run(['resolve', config, '1.2.3.4.5/app'])
    expect(stdout).toMatch(/proxy {8}none \(invalid-host: .+\)\n/)
  })

  it("shows what Contrast's puller does otherwise, by its release, as table and as JSON", async () => {
    const pinned = `a.b/x@sha256:${'0'.repeat(64)}`
    const path = fileOf('[registries."a.b."]\n[registries.".b."]\nauth = "dTpw"\n')
    const { status, stdout } = await run(['resolve', path, pinned])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^ {2}puller {7}several rules are equally .*\(puller-left-to-chance\)$/m)
    const json = await run(['resolve', '--json', path, pinned, 'nginx'])
    const codes = JSON.parse(json.stdout).map(({ puller }: { puller: { code: string }[] }) =>
      puller.map(({ code }) => code),
    )
    expect(codes).toEqual([expect.arrayContaining(['puller-left-to-chance']), ['puller-unpinned']])
    const older = await run(['resolve', '--puller', '1.15', path, pinned])
    expect(older.stdout).not.toContain('puller-plain-http')
    const named = '[registries."A.b."]\nauth = "dTpw"\n'
    const args = ['resolve', '--fail-on', 'warning', '-', pinned]
    const loud = await run(args, { stdin: named })
    expect(loud.status).toBe(1)
    expect(loud.stderr).toMatch(/^<stdin>:1:\d+ warning puller-name-not-normalized /m)
    const ignore = '# imagepuller-auth: ignore puller-name-not-normalized by an older release\n'
    const quiet = await run(args, { stdin: ignore + named })
    expect([quiet.status, quiet.stderr]).toEqual([0, ''])
  })

  it('prints the mirror', async () => {
    const config = fileOf('[registries."docker.io."]\nmirror = "https://mirror.corp/hub"')
    const { stdout } = await run(['resolve', config, 'nginx'])
    expect(stdout).toContain('  endpoint     the mirror https://mirror.corp/hub (ns=docker.io)\n')
  })

  it('prints an address, and a proxy with credentials', async () => {
    const config = fileOf('[extra-env]\nHTTPS_PROXY = "http://u:hunter2@proxy.corp:3128"')
    const { stdout } = await run(['resolve', config, '192.0.2.1/app'])
    expect(stdout).toContain(
      'a registry at an IP address, or at a name that ends in a number, is covered by "." alone\n',
    )
    expect(stdout).toContain('http://proxy.corp:3128 (https-proxy, with credentials)')
    expect(stdout).not.toContain('hunter2')
  })
})

describe('images that can not be read', () => {
  it('attack 22: are shown without their user info, and the others are answered', async () => {
    const { status, stdout, stderr } = await run([
      'resolve',
      fileOf(''),
      'u:hunter2hunter2@ghcr.io/x',
      'ghcr.io/A/b:1',
      'https://u:hunter2hunter2@ghcr.io/x@sha256:00',
      'nginx',
    ])
    expect(status).toBe(1)
    expect(stdout).toContain('index.docker.io/library/nginx:latest')
    expect(stdout.match(/registry {5}/g)).toHaveLength(1)
    const lines = stderr.split('\n')
    expect(lines[0]).toMatch(/^"…@ghcr\.io\/x" error user-info registry: /)
    expect(lines[1]).toMatch(/^"ghcr\.io\/A\/b:1" error invalid-character repository: /)
    expect(lines[2]).toMatch(/^"…@ghcr\.io\/x@sha256:00" error /)
    expect(stderr).not.toContain('hunter2')
  })

  it('are cut where they are longer than any reference', async () => {
    const { stderr } = await run(['resolve', fileOf(''), `ghcr.io/${'A'.repeat(100_000)}`])
    expect(stderr.length).toBeLessThan(700)
  })

  it('make an empty JSON array', async () => {
    const { status, stdout } = await run(['resolve', '--json', fileOf(''), 'A:B:C'])
    expect([status, stdout]).toEqual([1, '[]\n'])
  })
})
