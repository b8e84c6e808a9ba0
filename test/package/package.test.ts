import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'imagepuller-auth-package-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('works when it is packed, installed and imported as a user would', () => {
  const run = (command: string, args: readonly string[], cwd: string) =>
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], root)
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
  writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}')
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${tarball}`], folder)
  writeFileSync(
    join(folder, 'user.js'),
    `import { createResolver, parseConfig, parseCaBundle } from 'imagepuller-auth'
import { denyingTlsOptions, tlsOptions } from 'imagepuller-auth/node'
const config = parseConfig('[registries."."]\\nca-certs = ""')
const { tls, schemes } = createResolver(config).resolve('nginx')
console.log(tls.trust, schemes.length, parseCaBundle('').certificates.length)
const refusal = (() => { try { tlsOptions(tls) } catch (error) { return error.code } })()
console.log(refusal, denyingTlsOptions().ca.length)
import { findCredentials, parseDockerConfig } from 'imagepuller-auth/docker-config'
console.log(findCredentials(parseDockerConfig('{}'), 'ghcr.io').kind)
import { stringifyConfig } from 'imagepuller-auth/write'
console.log(stringifyConfig(config, { revealSecrets: true }).split('\\n')[0])
import schema from 'imagepuller-auth/schema.json' with { type: 'json' }
console.log(schema.type)
`,
  )
  expect(run(process.execPath, ['user.js'], folder)).toBe(
    'deny-all 0 0\nERR_TRUST_DENIED 1\nnone\n[registries."."]\nobject\n',
  )
  const installed = join(folder, 'node_modules', '.bin', 'imagepuller-auth')
  writeFileSync(join(folder, 'config.toml'), '')
  expect(run(installed, ['resolve', 'config.toml', 'nginx'], folder)).toContain('web PKI')
  const files = readdirSync(join(folder, 'node_modules', 'imagepuller-auth')).sort()
  expect(files).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'dist',
    'docs',
    'package.json',
  ])
}, 120_000)
