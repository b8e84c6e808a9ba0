import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const example = fileURLToPath(
  new URL('../docs/examples/contrast-imagepuller.toml', import.meta.url),
)
const folder = mkdtempSync(join(tmpdir(), 'imagepuller-auth-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

function fileOf(text: string): string {
  const path = join(folder, 'config.toml')
  writeFileSync(path, text)
  return path
}

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

describe('resolve', () => {
  const images = ['registry.corp/team/app:1.2', 'ghcr.io/acme/app', 'nginx']

  it('prints what the README shows', () => {
    const { status, stdout } = run('resolve', example, ...images)
    expect(status).toBe(0)
    expect(readme).toContain(stdout.trim())
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

  it('names a bad image by its place, and goes on', () => {
    const { status, stdout, stderr } = run(
      'resolve',
      fileOf(''),
      'u:hunter2hunter2@ghcr.io/x',
      'nginx',
    )
    expect(status).toBe(1)
    expect(stdout).toContain('index.docker.io/library/nginx:latest')
    expect(stderr).toContain('IMAGE 1: registry user-info')
    expect(stderr).not.toContain('hunter2')
  })

  it('says when a file cannot be read', () => {
    expect(run('resolve', join(folder, 'none'), 'nginx')).toMatchObject({ status: 1, stdout: '' })
    expect(run('resolve', join(folder, 'none'), 'nginx').stderr).toContain('ENOENT')
  })
})

describe('challenge', () => {
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

describe('usage', () => {
  it.each([
    [[]],
    [['resolve']],
    [['resolve', 'x']],
    [['frobnicate', 'x', 'y']],
    [['--frobnicate']],
    [['challenge', example, 'nginx']],
  ])('of %j is wrong', (args) => expect(run(...args)).toMatchObject({ status: 2, stdout: '' }))
  it('is shown by --help', () => expect(run('--help')).toMatchObject({ status: 0, stderr: '' }))
})
