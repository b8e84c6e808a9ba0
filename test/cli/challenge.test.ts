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

  describe('behind a mirror', () => {
    const ruleOf = (...keys: string[]) =>
      ['[registries."registry.corp."]', 'mirror = "https://mirror.corp/hub"', ...keys].join('\n')
    const PAIR = 'auth = "dTpodW50ZXIy"'
    const BOTH = ruleOf(PAIR, 'mirror-fallback = true')
    const MIRROR = 'the mirror at https://mirror.corp'
    const REGISTRY = 'the registry at https://registry.corp'
    const OWN = 'Bearer realm="https://registry.corp/token"'
    const MIRRORS = 'Bearer realm="https://mirror.corp/token"'
    const ask = (text: string, header: string, ...options: string[]) =>
      run(['challenge', ...options, folder.file('behind.toml', text), 'registry.corp/app', header])

    it.each([
      [BOTH, OWN, REGISTRY, "in the registry's own domain", 'the token service is its own'],
      [BOTH, MIRRORS, MIRROR, "in the mirror's own domain", 'the token service is its own'],
      [
        BOTH,
        'Bearer realm="https://a.io/"',
        MIRROR,
        "outside the mirror's own domain",
        'the first',
      ],
      [BOTH, 'Bearer realm="http://10.0.0.1/"', MIRROR, 'none (realm-refused)', 'the first'],
      [BOTH, 'Bearer service="x"', MIRROR, 'none (realm-missing)', 'the first'],
      [BOTH, 'Basic', MIRROR, 'none (no-credentials-for-mirrors)', 'the first'],
      [BOTH, 'Negotiate', MIRROR, 'none (unsupported-scheme)', 'the first'],
      [
        ruleOf('registrytoken = "hunter2"', 'mirror-fallback = true'),
        OWN,
        REGISTRY,
        'the request again',
        'a registry token answers, and the token service is its own',
      ],
    ])('%j is answered %j as from %s: %s (%s)', async (text, header, endpoint, words) => {
      const { stdout, stderr } = await ask(text, header)
      expect(stdout).toContain(`for          ${endpoint}; --from names another\n`)
      expect(stdout).toContain(words)
      expect(stdout + stderr).not.toMatch(/hunter2|dTpodW/)
    })

    it('that is never left, there is no other', async () => {
      const { stdout } = await ask(ruleOf(PAIR), OWN)
      expect(stdout).toContain(`for          ${MIRROR}\n`)
      expect(stdout).toContain("outside the mirror's own domain")
    })

    it.each([
      ['mirror', OWN, 'mirror', 'https://mirror.corp', 'token-request'],
      ['registry', 'Basic', 'registry', 'https://registry.corp', 'authorization'],
      ['https://registry.corp/v2/', MIRRORS, 'registry', 'https://registry.corp', 'token-request'],
      ['https://mirror.corp', 'Basic', 'mirror', 'https://mirror.corp', 'none'],
    ])('--from %s with %s says so', async (from, header, kind, origin, answer) => {
      const { stdout } = await ask(BOTH, header, '--json', '--from', from)
      expect(JSON.parse(stdout)).toMatchObject({ kind: answer, from: { kind, origin } })
      const words = (await ask(BOTH, header, '--from', from)).stdout
      expect(words).toContain(`for          the ${kind} at ${origin}\n`)
    })

    it.each(['https://u:hunter2@a.io/', 'hunter2', 'http://mirror.corp'])(
      '--from %s is none of what is asked',
      async (from) => {
        const { status, stdout, stderr } = await ask(BOTH, 'Basic', '--from', from)
        expect([status, stdout]).toEqual([2, ''])
        expect(stderr).toContain(
          `--from: expected one of what is asked for this image: ${MIRROR} and ${REGISTRY}\n`,
        )
        expect(stderr).not.toContain('hunter2')
      },
    )

    it('the registry is asked only with mirror-fallback', async () => {
      const { status, stderr } = await ask(ruleOf(PAIR), OWN, '--from', 'registry')
      expect(status).toBe(2)
      expect(stderr).toContain(`for this image: ${MIRROR}\n`)
    })
  })

  it('tells plain HTTP, where that is tried, from https', async () => {
    const text = '[registries."a.io."]\ninsecure-skip-verify = true\nauth = "dTpw"\n'
    const config = folder.file('plain.toml', text)
    const { stdout } = await run(['challenge', config, 'a.io/x', 'Basic', '--from', 'http://a.io'])
    expect(stdout).toContain('for          the registry at http://a.io\n')
    expect(stdout).toContain('to           http://a.io alone')
    const first = await run(['challenge', config, 'a.io/x', 'Basic'])
    expect(first.stdout).toContain('for          the registry at https://a.io\n')
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
