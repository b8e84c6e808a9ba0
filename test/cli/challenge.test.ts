// `challenge`: what a puller sends after a 401, and to which origins alone.

import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createFolder, run } from './support/command.js'

const example = fileURLToPath(
  new URL('../../docs/examples/contrast-imagepuller.toml', import.meta.url),
)
const folder = createFolder()

const bearer = 'WWW-Authenticate: Bearer realm="https://ghcr.io/token",service="ghcr.io"'

describe('challenge', () => {
  it('prints the token request, secrets hidden', async () => {
    const args = ['challenge', example, 'ghcr.io/acme/app', bearer]
    const { status, stdout } = await run(args, { columns: 80, env: { NO_COLOR: '1' } })
    expect(status).toBe(0)
    expect(stdout).not.toContain('b2N0b2NhdDpub3')
    await expect(stdout).toMatchFileSnapshot('golden/challenge-bearer.txt')
  })

  it('prints the header for Basic, secrets hidden', async () => {
    const args = ['challenge', example, 'ghcr.io/acme/app', 'Basic realm="x"']
    const { status, stdout } = await run(args, { columns: 80, env: { NO_COLOR: '1' } })
    expect(status).toBe(0)
    await expect(stdout).toMatchFileSnapshot('golden/challenge-basic.txt')
  })

  it('prints the fallback of an identity token', async () => {
    const args = [
      'challenge',
      example,
      'registry.partner.example/app',
      'Bearer realm="https://t.partner.example/"',
    ]
    const { stdout } = await run(args, { columns: 80, env: { NO_COLOR: '1' } })
    expect(stdout).toContain('POST https://t.partner.example/')
    expect(stdout).toMatch(/after a 404 +GET/)
  })

  it('prints JSON', async () => {
    const { status, stdout } = await run([
      'challenge',
      '--json',
      example,
      'ghcr.io/acme/app',
      bearer,
    ])
    expect(status).toBe(0)
    const answer = { kind: 'token-request', method: 'GET', foreign: false }
    expect(JSON.parse(stdout)).toMatchObject(answer)
    expect(stdout).not.toContain('b2N0b2NhdDpub3')
  })

  it('says why there is no answer, and what could not be read', async () => {
    const args = ['challenge', example, 'ghcr.io/acme/app', 'Bearer realm="http://127.0.0.1/"', '=']
    const { status, stdout, stderr } = await run(args)
    expect(status).toBe(1)
    expect(stdout).toContain('none (realm-refused)')
    expect(stderr).toMatch(/^header:2:1 warning [a-z-]+ /m)
    expect(JSON.parse((await run([...args, '--json'])).stdout)).toMatchObject({ kind: 'none' })
  })

  it('asks a mirror anonymously', async () => {
    const config = folder.file(
      'm.toml',
      '[registries."docker.io."]\nmirror = "https://mirror.corp/hub"',
    )
    const header = 'WWW-Authenticate: Bearer realm="https://mirror.corp/token"'
    const { stdout } = await run(['challenge', '--json', config, 'nginx', header])
    expect(JSON.parse(stdout)).toMatchObject({ registry: 'https://mirror.corp', headers: [] })
  })

  it('says of a mirror that asks for Basic which it is, and why it gets nothing', async () => {
    const config = folder.file(
      'basic-mirror.toml',
      '[registries."ghcr.io."]\nauth = "dTpodW50ZXIy"\nmirror = "https://mirror.corp/hub"',
    )
    const args = ['challenge', config, 'ghcr.io/acme/app', 'Basic realm="x"']
    const { status, stdout, stderr } = await run(args)
    expect(status).toBe(1)
    expect(stdout).toContain('none (no-credentials-for-mirrors)')
    expect(stdout).toContain('mirrors get no credentials')
    expect(stdout).toContain('the mirror is at https://mirror.corp')
    expect(stdout + stderr).not.toMatch(/hunter2|dTpodW/)
  })

  it('asks no registry that is denied', async () => {
    const { status, stdout, stderr } = await run(['challenge', example, 'nginx', 'Basic'])
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('nginx: the rule denies this registry')
  })

  it('names a bad image', async () => {
    const { status, stderr } = await run(['challenge', example, 'Bad:Image:x', 'Basic realm="x"'])
    expect(status).toBe(1)
    expect(stderr).toContain('"Bad:Image:x" error ')
  })

  it('shows nothing of a header that rewrites the terminal', async () => {
    const header = 'Bearer realm="https://ghcr.io/token",service="\u202e\u009b2J"'
    for (const options of [[], ['--json']]) {
      const { stdout } = await run(['challenge', ...options, example, 'ghcr.io/acme/app', header])
      expect(stdout).not.toMatch(/[\u202e\u009b]/)
    }
  })
})
