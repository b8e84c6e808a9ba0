import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFolder, run } from './support/command.js'

const folder = createFolder()

function helper(name: string, script: string): void {
  const bin = join(folder.path, 'bin')
  mkdirSync(bin, { recursive: true })
  const file = join(bin, `docker-credential-${name}`)
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
}

describe('convert --run-helpers', () => {
  const convert = (config: unknown, ...more: string[]) =>
    run(['convert', '--docker-config', '-', ...more], {
      stdin: JSON.stringify(config),
      env: { PATH: `${join(folder.path, 'bin')}:/usr/bin:/bin` },
    })

  it('writes what the helper gives', async () => {
    helper('good', `server=$(cat); echo "{\\"Username\\":\\"u\\",\\"Secret\\":\\"for $server\\"}"`)
    const config = { credHelpers: { 'ghcr.io': 'good' }, auths: { 'quay.io': { auth: 'dTpw' } } }
    const without = await convert(config)
    expect([without.status, without.stdout.includes('ghcr.io')]).toEqual([1, false])
    const { status, stdout, stderr } = await convert(config, '--run-helpers')
    expect(stderr).not.toContain('error')
    expect(status).toBe(0)
    expect(stdout).toContain('for ghcr.io')
    expect(stdout).toContain('quay.io')
  })

  it('says which one fails, shows nothing of it, and writes the others', async () => {
    helper('bad', 'echo canary; echo canary >&2; exit 4')
    const config = { credHelpers: { 'ghcr.io': 'bad' }, auths: { 'quay.io': { auth: 'dTpw' } } }
    const { status, stdout, stderr } = await convert(config, '--run-helpers')
    expect(status).toBe(1)
    expect(stderr).toContain('docker-credential-bad failed with status 4')
    expect(stderr + stdout).not.toContain('canary')
    expect(stdout).toContain('quay.io')
  })

  it('runs none without being told to', async () => {
    helper('loud', `touch ${join(folder.path, 'ran')}`)
    await convert({ credHelpers: { 'ghcr.io': 'loud' } })
    expect(existsSync(join(folder.path, 'ran'))).toBe(false)
  })
})
