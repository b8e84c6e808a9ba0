import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { certificate as certificateOf, commonName, pem as pemOf } from '../support/der-builder.js'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const example = fileURLToPath(
  new URL('../../docs/examples/contrast-imagepuller.toml', import.meta.url),
)
const folder = mkdtempSync(join(tmpdir(), 'imagepuller-auth-'))
const coverage = join(folder, 'coverage')
afterAll(() => rmSync(folder, { recursive: true }))

function run(...args: string[]) {
  return start(args, process.env)
}

/** Runs the command, which leaves behind what of it was run. */
function start(args: readonly string[], env: NodeJS.ProcessEnv) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    env: { ...env, NODE_V8_COVERAGE: coverage },
  })
  return { status, stdout, stderr }
}

function fileOf(text: string): string {
  const path = join(folder, 'config.toml')
  writeFileSync(path, text)
  return path
}

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

describe('resolve', () => {
  const images = ['registry.corp/team/app:1.2', 'ghcr.io/acme/app', 'nginx']

  it('prints what the README shows', () => {
    const [, command = ''] =
      /^npm install && npm run build && node dist\/cli.js (.*)$/m.exec(readme) ?? []
    const [, shown = ''] = /^```text\n(.*?)^```$/ms.exec(readme) ?? []
    const [name = '', config = '', ...asked] = command.split(' ')
    expect([name, config]).toEqual(['resolve', 'docs/examples/contrast-imagepuller.toml'])
    expect(asked.length).toBeGreaterThan(5)
    expect(run(name, example, ...asked)).toMatchObject({ status: 0, stdout: shown })
  })

  it('prints JSON without secrets', () => {
    const { status, stdout } = run('resolve', '--json', example, ...images)
    expect(status).toBe(0)
    const parsed = JSON.parse(stdout)
    expect(parsed.map((one: { tls: { trust: string } }) => one.tls.trust)).toEqual([
      'ca-bundle',
      'web-pki',
      'deny-all',
    ])
    expect(stdout).toContain('[secret]')
    expect(stdout).not.toMatch(/battery|b2N0b2NhdDpub3|not-a-real-token/)
  })

  it('escapes in JSON what rewrites the terminal', () => {
    const subject = commonName('a\u202eb\u009bc\u{e0001}d\u2028e')
    const path = fileOf(
      `[registries."a.io"]\nca-certs = '''\n${pemOf(certificateOf({ subject }))}'''`,
    )
    const { stdout } = run('resolve', '--json', path, 'a.io/x')
    expect(stdout).toContain('CN=a\\u202eb\\u009bc\\udb40\\udc01d\\u2028e')
    expect(JSON.parse(stdout)[0].tls.certificates[0].subject).toMatch(/^CN=a\u202eb/)
  })

  it('prints all issues of a configuration with their places', () => {
    const path = fileOf('[registries."a.io."]\nusrname = "hunter2hunter2"\nauth = 1\n')
    const { status, stdout, stderr } = run('resolve', path, 'nginx')
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain(`${path}:2:1 unknown-key`)
    expect(stderr).toContain(`${path}:3:1 wrong-type`)
    expect(stderr).not.toContain('hunter2')
  })

  it('prints warnings, which --strict makes errors', () => {
    const path = fileOf('[registries."."]\nca-certs = ""\n')
    expect(run('resolve', path, 'nginx')).toMatchObject({ status: 0 })
    expect(run('resolve', path, 'nginx').stderr).toContain('2:1 no-certificates')
    expect(run('resolve', '--strict', path, 'nginx')).toMatchObject({ status: 1, stdout: '' })
  })

  it('prints the mirror, and what a puller asks there', () => {
    const config = fileOf('[registries."docker.io."]\nmirror = "https://mirror.corp/hub"')
    const resolved = run('resolve', config, 'nginx').stdout
    expect(resolved).toContain('  mirror       https://mirror.corp/hub (ns=docker.io)\n')
    const header = 'WWW-Authenticate: Bearer realm="https://mirror.corp/token"'
    const answer = JSON.parse(run('challenge', config, 'nginx', header).stdout)
    expect(answer).toMatchObject({ registry: 'https://mirror.corp', headers: [] })
  })

  it('prints an address, and a proxy with credentials', () => {
    const config = fileOf('[extra-env]\nHTTPS_PROXY = "http://u:hunter2@proxy.corp:3128"')
    const { stdout } = run('resolve', config, '192.0.2.1/app')
    expect(stdout).toContain('a registry at an IP address is covered by "." alone\n')
    expect(stdout).toContain('http://proxy.corp:3128 (https-proxy, with credentials)')
    expect(stdout).not.toContain('hunter2')
  })

  it('names a bad image by its place, and goes on', () => {
    const { status, stdout, stderr } = run(
      'resolve',
      fileOf(''),
      'u:hunter2hunter2@ghcr.io/x',
      'nginx',
    )
    expect(status).toBe(1)
    expect(stdout).toContain('index.docker.io/library/nginx:latest')
    expect(stderr).toContain('IMAGE 1: user-info registry: ')
    expect(stderr).not.toContain('hunter2')
  })

  it('says when a file cannot be read', () => {
    expect(run('resolve', join(folder, 'none'), 'nginx')).toMatchObject({ status: 1, stdout: '' })
    expect(run('resolve', join(folder, 'none'), 'nginx').stderr).toContain('ENOENT')
  })
})

describe('challenge', () => {
  it('names a bad image by its place', () => {
    const { status, stderr } = run('challenge', example, 'Bad:Image:x', 'Basic realm="x"')
    expect(status).toBe(1)
    expect(stderr).toContain('IMAGE 1: ')
  })

  it('prints the token request, secrets hidden', () => {
    const { status, stdout } = run(
      'challenge',
      example,
      'ghcr.io/acme/app',
      'WWW-Authenticate: Bearer realm="https://ghcr.io/token",service="ghcr.io"',
    )
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'token-request',
      method: 'GET',
      foreign: false,
    })
    expect(stdout).not.toContain('b2N0b2NhdDpub3')
  })

  it('says why there is no answer', () => {
    const { status, stdout, stderr } = run(
      'challenge',
      example,
      'ghcr.io/acme/app',
      'Bearer realm="http://127.0.0.1/"',
      '=',
    )
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'none', reason: 'realm-refused' })
    expect(stderr).toContain('header 2:1')
  })

  it('asks no registry that is denied', () => {
    expect(run('challenge', example, 'nginx', 'Basic')).toMatchObject({ status: 1, stdout: '' })
  })
})

describe('convert', () => {
  const credentialsFile = (content: unknown, name = 'config.json') => {
    const path = join(folder, name)
    writeFileSync(path, JSON.stringify(content))
    return path
  }
  const auth = Buffer.from('puller:hunter2-hunter2').toString('base64')
  const file = credentialsFile({ auths: { 'ghcr.io': { auth }, 'a.io:5000': { auth } } })
  const pem = join(folder, 'corp.pem')
  const [certificate = ''] =
    /-----BEGIN[\s\S]*?END CERTIFICATE-----\n/.exec(readFileSync(example, 'utf8')) ?? []
  writeFileSync(pem, certificate)

  it('writes TOML to standard output, and the report to standard error', () => {
    const { status, stdout, stderr } = run('convert', '--docker-config', file)
    expect(status).toBe(0)
    expect(stdout).toBe(
      '[registries."ghcr.io."]\nusername = "puller"\npassword = "hunter2-hunter2"\n',
    )
    expect(stderr).toContain('a.io:5000: port ')
    expect(stderr).toContain('ghcr.io: covers-subdomains ')
    expect(stderr).not.toContain('hunter2')
  })

  it('takes certificates and proxies', () => {
    const bundles = ['--ca', `registry.corp=${pem}`, '--ca', `ghcr.io=${pem}`]
    const proxies = ['--proxy', 'http://proxy.corp:3128', '--no-proxy', '.corp']
    const { status, stdout } = run('convert', '--docker-config', file, ...bundles, ...proxies)
    expect(status).toBe(0)
    const config = fileOf(stdout)
    const { stdout: resolved } = run('resolve', config, 'registry.corp/x', 'ghcr.io/x')
    expect(resolved.match(/only these certificates/g)).toHaveLength(2)
    expect(resolved).toContain('none (no-proxy ".corp")')
    expect(resolved).toContain('http://proxy.corp:3128 (https-proxy)')
  })

  it('puts several bundles of a registry together, whatever its name', () => {
    const other = join(folder, 'partner.pem')
    writeFileSync(other, `${readFileSync(example, 'utf8').split(certificate)[1]}`)
    const bundles = ['--ca', `__proto__=${pem}`, '--ca', `__proto__=${other}`]
    const { status, stdout } = run('convert', '--docker-config', file, ...bundles)
    expect(status).toBe(0)
    expect(stdout).toContain('[registries."__proto__."]\nca-certs = ')
    expect(stdout.match(/BEGIN CERTIFICATE/g)).toHaveLength(3)
  })

  it('warns of a bundle without certificates', () => {
    const { status, stderr } = run('convert', '--docker-config', file, '--ca', `b.io=${file}`)
    expect(status).toBe(0)
    expect(stderr).toContain('no-certificates registries."b.io.".ca-certs')
  })

  it('writes a file that the owner alone can read, and overwrites none', () => {
    const output = join(folder, 'out.toml')
    const args = ['convert', '--docker-config', file, '--output', output]
    expect(run(...args)).toMatchObject({ status: 0, stdout: '' })
    expect(statSync(output).mode & 0o777).toBe(0o600)
    const written = readFileSync(output, 'utf8')
    writeFileSync(output, 'mine')
    const refused = run(...args)
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('EEXIST')
    expect(readFileSync(output, 'utf8')).toBe('mine')
    chmodSync(output, 0o644)
    expect(run(...args, '--force').status).toBe(0)
    expect(readFileSync(output, 'utf8')).toBe(written)
    expect(statSync(output).mode & 0o777).toBe(0o600)
    expect(run('convert', '--docker-config', file, '--output', `${output}/x`).status).toBe(1)
  })

  it('writes the manifest of a Secret', () => {
    const { status, stdout } = run('convert', '--docker-config', file, '--secret')
    expect(status).toBe(0)
    const { metadata, data } = JSON.parse(stdout)
    expect(metadata.namespace).toBe('kube-system')
    const toml = Buffer.from(data['contrast-imagepuller.toml'], 'base64').toString()
    expect(toml).toContain('[registries."ghcr.io."]')
  })

  it('reads the legacy format by the name of the file', () => {
    const legacy = credentialsFile({ 'ghcr.io': { auth } }, '.dockercfg')
    // Podman alone reads that format, so that its view counts.
    const { status, stdout } = run('convert', '--docker-config', legacy)
    expect(status).toBe(0)
    expect(stdout).toContain('[registries."ghcr.io."]')
    const other = run('convert', '--docker-config', legacy, '--as', 'contrast')
    expect(other).toMatchObject({ status: 0, stdout: '' })
    expect(other.stderr).toContain('ghcr.io: not-read ')
  })

  it('says where the program fails at the file', () => {
    const broken = credentialsFile({ auths: {}, credsStore: 5 }, 'store.json')
    const { status, stderr } = run('convert', '--docker-config', broken)
    expect([status, stderr]).toEqual([1, `${broken}:1:13: expected a string (wrong-type)\n`])
  })

  it('overwrites with --force whatever was left behind, and leaves nothing itself', () => {
    const place = join(folder, 'forced')
    mkdirSync(join(place, 'folder'), { recursive: true })
    const output = join(place, 'out.toml')
    writeFileSync(`${output}.new`, 'stale')
    writeFileSync(output, 'old')
    const args = ['convert', '--docker-config', file, '--force', '--output']
    expect(run(...args, output)).toMatchObject({ status: 0, stderr: expect.any(String) })
    expect(readFileSync(output, 'utf8')).toContain('ghcr.io')
    const refused = run(...args, join(place, 'folder'))
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain("folder: can't be written (EISDIR)\n")
    expect(readdirSync(place).sort()).toEqual(['folder', 'out.toml', 'out.toml.new'])
  })

  it.each([
    ['a file that is not there', ['--docker-config', '/nonexistent'], 'ENOENT'],
    ['no JSON', ['--docker-config', pem], ':1:1: expected JSON (invalid-json)'],
    ['a wrong proxy', ['--docker-config', file, '--proxy', 'http:/x'], 'invalid-proxy-url'],
    ['a bundle that is not there', ['--docker-config', file, '--ca', 'a=/nonexistent'], 'ENOENT'],
  ])('says what is wrong with %s', (_, args, message) => {
    const { status, stdout, stderr } = run('convert', ...args)
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(message)
  })

  it.each([
    [[], 'expected --docker-config FILE'],
    [['--docker-config', file, 'x'], 'expected --docker-config FILE'],
    [['--docker-config', file, '--ca', 'x'], 'expected a domain name'],
    [['--docker-config', file, '--ca', `=${pem}`], 'expected a domain name'],
    [['--docker-config', file, '--ca', `.=${pem}`], 'expected a domain name'],
    [['--docker-config', file, '--ca', `a.io:5000=${pem}`], 'expected a domain name'],
    [['--docker-config', file, '--as', 'docker'], 'expected contrast or podman'],
    [['--docker-config', file, '--force'], '--force expects --output FILE'],
  ])('wrong usage: %j', (args, message) => {
    const { status, stdout, stderr } = run('convert', ...args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })
})

describe('credentials', () => {
  const home = join(folder, 'home')
  mkdirSync(join(home, '.docker'), { recursive: true })
  mkdirSync(join(home, '.config', 'containers'), { recursive: true })
  const auth = Buffer.from('puller:hunter2-hunter2').toString('base64')
  const look = (image: string, env: Record<string, string> = {}) => {
    return start(['credentials', image], { HOME: home, ...env })
  }
  writeFileSync(
    join(home, '.docker', 'config.json'),
    JSON.stringify({ auths: { 'https://index.docker.io/v1/': { auth }, 'ghcr.io/': { auth } } }),
  )
  writeFileSync(
    join(home, '.config', 'containers', 'auth.json'),
    JSON.stringify({ auths: { 'ghcr.io/acme': { auth }, 'quay.io': { identitytoken: auth } } }),
  )

  it('says which file and key are used, and shows no secret', () => {
    const { status, stdout } = look('nginx')
    expect(status).toBe(0)
    expect(stdout).toContain(`${home}/.docker/config.json (the home folder, read by contrast and`)
    expect(stdout).toContain('basic (https://index.docker.io/v1/)')
    expect(stdout).toContain(`contrast uses ${home}/.docker/config.json\n`)
    expect(stdout).not.toContain(auth)
    expect(stdout).not.toContain('hunter2')
  })

  it('shows where the programs differ, and what nearly matched', () => {
    const { stdout } = look('ghcr.io/acme/app')
    expect(stdout).toContain('not "ghcr.io/": it ends in a slash')
    expect(stdout).toContain('contrast uses no credentials\n')
    expect(stdout).toContain(`podman uses ${home}/.config/containers/auth.json\n`)
  })

  it('names broken files and bad images', () => {
    const broken = join(folder, 'broken.json')
    writeFileSync(broken, `{"auths": {"ghcr.io": {"auth": "${auth}`)
    const { status, stdout, stderr } = look('nginx', { DOCKER_CONFIG: broken })
    expect(status).toBe(1)
    expect(stdout).toContain(
      `${broken} (DOCKER_CONFIG as a file, read by neither)\n  can't be read`,
    )
    expect(stderr).toContain('broken.json:1:')
    expect(stdout + stderr).not.toContain(auth.slice(0, 8))
    expect(look('Bad:Image:x').status).toBe(1)
  })

  it("follows each program's own order", () => {
    const runtime = join(folder, 'runtime')
    mkdirSync(join(runtime, 'containers'), { recursive: true })
    const file = join(runtime, 'containers', 'auth.json')
    writeFileSync(file, JSON.stringify({ auths: { 'docker.io': { auth } } }))
    const { status, stdout } = look('nginx', { XDG_RUNTIME_DIR: runtime })
    expect(status).toBe(0)
    expect(stdout).toContain(`contrast uses ${home}/.docker/config.json\npodman uses ${file}\n`)
    // Podman stops at a file that it can't read.
    writeFileSync(file, '{"auths":')
    const broken = look('nginx', { XDG_RUNTIME_DIR: runtime })
    expect(broken.status).toBe(1)
    expect(broken.stdout).toContain(`.docker/config.json\npodman fails at ${file}\n`)
  })

  it('shows no user info of a key', () => {
    const other = join(folder, 'user-info.json')
    writeFileSync(
      other,
      JSON.stringify({ auths: { 'https://ghcr.io/a:hunter2hunter2@b': { auth } } }),
    )
    const { stdout } = look('ghcr.io/app', { REGISTRY_AUTH_FILE: other })
    expect(stdout).toContain('basic (…@b)')
    expect(stdout).not.toContain('hunter2')
  })

  it('shows a broken entry, and an identity token for what it is', () => {
    const other = join(folder, 'entries.json')
    writeFileSync(
      other,
      JSON.stringify({
        auths: { 'a.io': { auth: '!' }, 'b.io': { identitytoken: auth, auth } },
      }),
    )
    const env = { REGISTRY_AUTH_FILE: other }
    const { status, stdout } = look('a.io/app', env)
    expect(stdout).toContain('an error: 1:11: expected base64 of')
    expect(stdout).toContain(`contrast fails at ${other}\npodman fails at ${other}\n`)
    expect(status).toBe(1)
    expect(look('b.io/app', env).status).toBe(0)
    expect(look('b.io/app', env).stdout).toContain("identity-token (b.io): Contrast's command line")
  })

  it('asks no helper, but names it', () => {
    const other = join(folder, 'helpers.json')
    writeFileSync(other, JSON.stringify({ credHelpers: { 'gcr.io': 'gcloud' } }))
    const { stdout } = look('gcr.io/acme/app', { REGISTRY_AUTH_FILE: other })
    expect(stdout).toContain('asks docker-credential-gcloud (gcr.io)')
  })

  it('wrong usage', () => expect(run('credentials').status).toBe(2))
})

describe('usage', () => {
  it.each([
    [[]],
    [['resolve']],
    [['resolve', 'x']],
    [['frobnicate', 'x', 'y']],
    [['--frobnicate']],
    [['challenge', example, 'nginx']],
    [['challenge', '--json', example, 'nginx', 'Basic']],
    [['credentials', '--docker-config', example, 'ghcr.io/x']],
    [['convert', '--strict', '--docker-config', example]],
    [['convert', '--json', '--docker-config', example]],
    [['resolve', '--secret', example, 'nginx']],
    [['resolve', '--output', 'x', example, 'nginx']],
    [['constructor']],
  ])('of %j is wrong', (args) => expect(run(...args)).toMatchObject({ status: 2, stdout: '' }))
  it('is shown by --help', () => expect(run('--help')).toMatchObject({ status: 0, stderr: '' }))
})

describe('streams that fail', () => {
  const shell = (redirection: string) => {
    const command = `"$0" "$1" resolve "$2" nginx ${redirection}`
    const { status, stderr } = spawnSync('sh', ['-c', command, process.execPath, cli, fileOf('')], {
      encoding: 'utf8',
      env: { ...process.env, NODE_V8_COVERAGE: coverage },
    })
    return [status, stderr]
  }

  it('a reader that went away is no fault', () => {
    const many = Array.from({ length: 3000 }, (_, i) => `ghcr.io/acme/app${i}`).join(' ')
    expect(shell(`${many} | head -1 >/dev/null`)).toEqual([0, ''])
  })

  it('a full disk is one, in a line', () =>
    expect(shell('>/dev/full')).toEqual([1, "standard output: can't be written (ENOSPC)\n"]))

  it('neither is printed where nothing can be', () =>
    expect(shell('>/dev/full 2>/dev/full')).toEqual([1, '']))
})

describe('coverage', () => {
  it('has run every line and branch, but those that only a fault of the library reaches', () => {
    const root = fileURLToPath(new URL('../..', import.meta.url))
    const reports = join(folder, 'reports')
    const options = ['--temp-directory', coverage, '--reports-dir', reports, '--reporter', 'json']
    spawnSync(
      join(root, 'node_modules/.bin/c8'),
      ['report', ...options, '--include', 'dist/cli.js'],
      {
        cwd: root,
      },
    )
    const report = JSON.parse(readFileSync(join(reports, 'coverage-final.json'), 'utf8'))
    const { s, statementMap, b, branchMap, f } = report[cli]
    const lines = readFileSync(cli, 'utf8').split('\n')
    const textAt = (line: number) => lines[line - 1]?.trim()
    const statements = Object.keys(s).filter((key) => s[key] === 0)
    const branches = Object.keys(b).filter((key) => b[key].includes(0))
    const unreached = [
      ...statements.map((key) => textAt(statementMap[key].start.line)),
      ...branches.map((key) => textAt(branchMap[key].loc.start.line)),
    ]
    const fault = (text = '') => /^(?:\} else )?throw error;$|^else$|^$/.test(text)
    expect(unreached.filter((text) => !fault(text))).toEqual([])
    expect(unreached.length).toBeLessThan(10)
    expect(Object.values(f)).not.toContain(0)
  })
})
