// `convert`: a configuration from credentials files, with nothing lost quietly.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createFolder, run } from './support/command.js'

const example = fileURLToPath(
  new URL('../../docs/examples/contrast-imagepuller.toml', import.meta.url),
)
const folder = createFolder()
const auth = Buffer.from('puller:hunter2-hunter2').toString('base64')
const pems = readFileSync(example, 'utf8').match(/-----BEGIN[\s\S]*?END CERTIFICATE-----\n/g) ?? []
const [certificate = '', partner = ''] = pems
const pem = folder.file('corp.pem', certificate)
const der = folder.file(
  'corp.cer',
  Buffer.from(certificate.split('\n').slice(1, -2).join(''), 'base64'),
)
const fileOf = (content: unknown, name = 'config.json') =>
  folder.file(name, JSON.stringify(content))
const plain = fileOf({ auths: { 'ghcr.io': { auth } } }, 'plain.json')
const lossy = fileOf({ auths: { 'ghcr.io': { auth }, 'a.io:5000': { auth } } }, 'lossy.json')

const toml = '[registries."ghcr.io."]\nusername = "puller"\npassword = "hunter2-hunter2"\n'
const convert = (...args: string[]) => run(['convert', '--docker-config', ...args])

describe('convert', () => {
  it('writes TOML to standard output, and notes to standard error', async () => {
    const { status, stdout, stderr } = await convert(plain)
    expect([status, stdout]).toEqual([0, toml])
    expect(folder.within(stderr)).toMatch(/^plain\.json info covers-subdomains ghcr\.io: .*\n$/)
    expect(stderr).not.toContain('hunter2')
  })

  it('prints its notes as the golden text has them', async () => {
    const file = fileOf(
      {
        auths: {
          'ghcr.io': { auth },
          'a.io:5000': { auth },
          'b.io/x': { auth },
          'c.io/y': { auth },
          'd.io': { auth: '!' },
        },
        credHelpers: { 'gcr.io': 'gcloud' },
      },
      'many.json',
    )
    const { stdout, stderr } = await run(['convert', '--docker-config', file], {
      columns: 80,
      env: { NO_COLOR: '1' },
    })
    await expect(folder.within(stderr)).toMatchFileSnapshot('golden/convert-notes.txt')
    await expect(stdout).toMatchFileSnapshot('golden/convert.txt')
  })

  it('takes certificates and proxies', async () => {
    const bundles = ['--ca', `registry.corp=${pem}`, '--ca', `ghcr.io=${der}`]
    const proxies = ['--proxy', 'http://proxy.corp:3128', '--no-proxy', '.corp']
    const { status, stdout } = await convert(plain, ...bundles, ...proxies)
    expect(status).toBe(0)
    const resolved = await run(['resolve', '-', 'registry.corp/x', 'ghcr.io/x'], { stdin: stdout })
    expect(resolved.stdout.match(/ca-bundle/g)).toHaveLength(2)
    expect(resolved.stdout).toContain('direct (no-proxy ".corp")')
    expect(resolved.stdout).toContain('http://proxy.corp:3128 (https-proxy)')
  })

  it('puts several bundles of a registry together, PEM and DER, whatever its name', async () => {
    const other = folder.file('partner.pem', partner)
    const bundles = ['--ca', `__proto__=${der}`, '--ca', `__proto__=${other}`]
    const { status, stdout } = await convert(plain, ...bundles)
    expect(status).toBe(0)
    expect(stdout).toContain('[registries."__proto__."]\nca-certs = ')
    expect(stdout.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
  })

  it('writes the manifest of a Secret', async () => {
    const { status, stdout } = await convert(plain, '--secret')
    expect(status).toBe(0)
    const { metadata, data } = JSON.parse(stdout)
    expect(metadata.namespace).toBe('kube-system')
    expect(Buffer.from(data['contrast-imagepuller.toml'], 'base64').toString()).toBe(toml)
  })

  it('reads the legacy format by the name of the file, and of standard input', async () => {
    const legacy = fileOf({ 'ghcr.io': { auth } }, '.dockercfg')
    expect(await convert(legacy)).toMatchObject({ status: 0, stdout: toml })
    const text = JSON.stringify({ auths: { 'ghcr.io': { auth } } })
    const piped = await run(['convert', '--docker-config', '-'], { stdin: text })
    expect(piped).toMatchObject({ status: 0, stdout: toml })
    expect(piped.stderr).toContain('<stdin> info ')
  })
})

describe('attack 2: nothing is lost quietly', () => {
  it('exits 1 where credentials were not carried over, and writes the others', async () => {
    const { status, stdout, stderr } = await convert(lossy)
    expect([status, stdout]).toEqual([1, toml])
    expect(folder.within(stderr)).toMatch(/^lossy\.json error port a\.io:5000: /)
  })

  it('exits 0 with --allow-missing, and says it all the same', async () => {
    const { status, stdout, stderr } = await convert(lossy, '--allow-missing')
    expect([status, stdout]).toEqual([0, toml])
    expect(stderr).toContain(' error port a.io:5000: ')
  })

  it.each<[name: string, content: unknown]>([
    ['a store alone', { auths: { 'ghcr.io': {} }, credsStore: 'desktop' }],
    ['an empty document', {}],
    ['entries that are all lost', { auths: { 'a.io:5000': { auth } } }],
  ])('threat 32: writes nothing at all of %s, even with --allow-missing', async (_, content) => {
    const output = `${folder.path}/never.toml`
    const file = fileOf(content)
    for (const options of [[], ['--secret'], ['--allow-missing'], ['--output', output]]) {
      const { status, stdout, stderr } = await convert(file, ...options)
      expect([status, stdout]).toEqual([1, ''])
      expect(stderr).toContain('no rule results, so that nothing is written')
    }
    expect(() => readFileSync(output)).toThrow('ENOENT')
  })

  it('names the helper and the command that asks it', async () => {
    const { stderr } = await convert(fileOf({ auths: { 'ghcr.io': {} }, credsStore: 'desktop' }))
    expect(stderr).toContain('docker-credential-desktop')
  })
})

describe('attack 13: Secrets', () => {
  const data = {
    '.dockerconfigjson': Buffer.from(`{"auths":{"ghcr.io":{"auth":"${auth}"}}}`).toString('base64'),
  }
  const manifest = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'pull' },
    type: 'kubernetes.io/dockerconfigjson',
    data,
  }
  const yaml = `apiVersion: v1\ndata:\n  .dockerconfigjson: ${data['.dockerconfigjson']}\nkind: Secret\nmetadata:\n  name: pull\n`

  it.each<[name: string, text: string]>([
    ['in JSON', JSON.stringify(manifest)],
    ['in YAML', yaml],
    ['in YAML with a marker and comments', `---\n# from the cluster\n${yaml}`],
    [
      'in YAML with stringData',
      `kind: Secret\nstringData:\n  .dockerconfigjson: |\n    {"auths": {"ghcr.io": {"auth": "${auth}"}}}\n`,
    ],
    [
      'in a list of YAML',
      `apiVersion: v1\nkind: List\nitems:\n- kind: ConfigMap\n- ${yaml.trim().replaceAll('\n', '\n  ')}\n`,
    ],
    ['among several documents of YAML', `kind: ConfigMap\n---\n${yaml}---\n`],
    ['behind a byte order mark, as PowerShell writes it', `\ufeff${yaml}`],
    [
      'whose kind follows a byte order mark',
      `\ufeffkind: Secret\n${yaml.replace('kind: Secret\n', '')}`,
    ],
  ])('are read %s', async (_, text) => {
    const { status, stdout } = await convert(folder.file('secret.txt', text))
    expect([status, stdout]).toEqual([0, toml])
  })

  it('are read from a legacy map in a file of another name', async () => {
    const { status, stdout, stderr } = await convert(fileOf({ 'ghcr.io': { auth } }))
    expect([status, stdout], stderr).toEqual([0, toml])
  })

  it.each<[name: string, text: string, message: RegExp]>([
    ['broken YAML', `kind: Secret\ndata: {a: "hunter2hunter2\n`, /:\d+:\d+: expected YAML/],
    [
      'YAML without credentials',
      'kind: ConfigMap\ndata: {a: hunter2hunter2}\n',
      / error unknown-document /,
    ],
    ['another document', '{"hunter2hunter2": 1}', / error unknown-document /],
    [
      'aliases of aliases',
      `kind: Secret\na: &a [x]\n${Array.from(
        { length: 12 },
        (_, i) =>
          `${'b'.repeat(i + 1)}: &${'b'.repeat(i + 1)} [${Array(9)
            .fill(i === 0 ? '*a' : `*${'b'.repeat(i)}`)
            .join(', ')}]`,
      ).join('\n')}\n`,
      /aliases/,
    ],
    [
      'a broken file within',
      `kind: Secret\nstringData: {.dockerconfigjson: '{"auths": "hunter2hunter2"'}\n`,
      / error invalid-json /,
    ],
    ['no JSON', 'hunter2hunter2', /:1:1 error invalid-json /],
  ])('%s is a failure, and nothing of it is shown', async (_, text, message) => {
    const { status, stdout, stderr } = await convert(folder.file('secret.txt', text))
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(message)
    expect(stderr).not.toContain('hunter2')
  })
})

describe('what is wrong with its files', () => {
  const broken = folder.file(
    'broken.pem',
    `${certificate}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
  )

  it('loses no certificate to a byte order mark, nor to comments in another encoding', async () => {
    const marked = Buffer.concat([
      Uint8Array.of(0xef, 0xbb, 0xbf),
      Buffer.from(`${certificate}# M\xfcller\n${partner}`, 'latin1'),
    ])
    const file = folder.file('marked.pem', marked)
    const { status, stdout } = await convert(plain, '--ca', `a.io=${file}`)
    expect(status).toBe(0)
    expect(stdout.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
  })

  it('a broken certificate is shown with its line', async () => {
    const { status, stdout, stderr } = await convert(plain, '--ca', `a.io=${broken}`)
    expect([status, stdout]).toEqual([1, ''])
    expect(folder.within(stderr)).toMatch(/^broken\.pem:\d+ error broken-certificate /)
  })

  it('attack 17: or passed over with a warning', async () => {
    const { status, stdout, stderr } = await convert(
      plain,
      '--skip-broken-certificates',
      '--ca',
      `a.io=${broken}`,
    )
    expect(status).toBe(0)
    expect(stdout.match(/BEGIN CERTIFICATE/g)).toHaveLength(1)
    expect(folder.within(stderr)).toMatch(/^broken\.pem:\d+ warning certificate-skipped /)
  })

  it.each<[name: string, content: string | Uint8Array]>([
    ['empty', ''],
    ['a text', 'no certificate'],
    ['PKCS #7', '-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----\n'],
    ['UTF-16', Buffer.from(`\ufeff${certificate}`, 'utf16le')],
    ['DER of something else', Uint8Array.of(0x30, 0x00)],
    [
      'all broken, where broken ones are passed over',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    ],
  ])('a bundle that is %s is an error', async (_, content) => {
    const file = folder.file('ca.bin', content)
    const { status, stdout, stderr } = await convert(
      plain,
      '--skip-broken-certificates',
      '--ca',
      `a.io=${file}`,
    )
    expect([status, stdout]).toEqual([1, ''])
    expect(folder.within(stderr)).toMatch(/ca\.bin error (?:no-certificates|broken-certificate) .+/)
  })

  it('says where the program fails at the file', async () => {
    const file = fileOf({ auths: {}, credsStore: 5 }, 'store.json')
    const { status, stderr } = await convert(file)
    expect(status).toBe(1)
    expect(folder.within(stderr)).toMatch(/^store\.json:1:13 error wrong-type credsStore: /)
  })

  it.each([
    ['in a Secret', ['--secret']],
    ['alone', []],
  ])('writes no configuration that no Secret holds, %s', async (_, options) => {
    const servers = Array.from({ length: 17_000 }, (_, i) => [`r${i}.io`, { auth }] as const)
    const file = fileOf({ auths: Object.fromEntries(servers) }, 'large.json')
    const { status, stdout, stderr } = await convert(file, ...options)
    expect([status, stdout]).toEqual([1, ''])
    // Nothing is said of Contrast's puller behind that.
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(
      'result error too-large the document has more than 1048576 bytes; leave out what no rule needs: a Secret of Kubernetes holds no more',
    )
  })

  it('names the member of a manifest, where YAML has no places', async () => {
    const good = `{kind: Secret, stringData: {.dockerconfigjson: '{"auths": {}}'}}`
    const bad = '{kind: Secret, data: {.dockerconfigjson: "hunter2!"}}'
    const file = folder.file('list.yaml', `kind: SecretList\nitems: [${good}, ${bad}]\n`)
    const { status, stderr } = await convert(file)
    expect(status).toBe(1)
    expect(folder.within(stderr)).toBe(
      'list.yaml error invalid-json items.1.data.".dockerconfigjson": expected base64 of a credentials file in JSON\n',
    )
  })

  it('names a proxy that is no URL, without showing it', async () => {
    const { status, stdout, stderr } = await convert(plain, '--proxy', 'http:/u:hunter2@x')
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain(' error invalid-proxy-url ')
    expect(stderr).not.toContain('hunter2')
  })

  it('reads the file as the named program does', async () => {
    const file = fileOf({ auths: { 'ghcr.io/acme': { auth } } })
    for (const program of ['contrast', 'docker', 'podman']) {
      const { stderr } = await convert(file, '--program', program)
      expect(stderr).toContain('ghcr.io/acme')
    }
  })

  it('names what is probably a mistake in the result', async () => {
    const { status, stderr } = await convert(
      plain,
      '--proxy',
      'http://p.corp',
      '--no-proxy',
      '10.0.*',
    )
    expect(status).toBe(0)
    expect(stderr).toMatch(/^result(?::\d+:\d+)? warning no-proxy-unmatchable /m)
  })

  it('refuses broken DER', async () => {
    const file = folder.file('broken.cer', readFileSync(der).subarray(0, 100))
    const { status, stderr } = await convert(plain, '--ca', `a.io=${file}`)
    expect(status).toBe(1)
    expect(folder.within(stderr)).toMatch(/^broken\.cer error no-certificates /)
  })

  it('keeps to the first file of a registry that holds no certificate', async () => {
    const empty = folder.file('empty.pem', '')
    const { status, stderr } = await convert(plain, '--ca', `a.io=${empty}`, '--ca', `a.io=${pem}`)
    expect(status).toBe(1)
    expect(folder.within(stderr)).toMatch(/^empty\.pem error no-certificates /)
  })
})
