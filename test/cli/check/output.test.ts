// What `check` prints on a terminal, of secrets, and for wrong usage; and how it ends.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createAuthority, createIdentity } from '../../support/pki.js'
import { builtCommand } from '../support/built.js'
import { createFolder, run } from '../support/command.js'
import {
  freePort,
  MANIFEST_DIGEST,
  normal,
  registry,
  serve,
  serveTcp,
} from '../support/registry.js'

const folder = createFolder()
const HOST = 'registry.corp'
const root = await createAuthority('Corp Root')
const identity = await createIdentity(root, { host: HOST })
const PASSWORD = 'Xqzjvkwpfh'
const bundle = `ca-certs = '''\n${root.certificate.toString('pem')}\n'''\n`
const RULE = `[registries."${HOST}."]\n${bundle}`
const config = folder.file('c.toml', RULE)
const IMAGE = `${HOST}/app@${MANIFEST_DIGEST}`

describe('on a terminal', () => {
  it('a line stands for each step while it lasts, and is written anew', async () => {
    const { port } = await serve(identity, registry())
    const args = ['check', config, IMAGE, '--connect', `${HOST}=127.0.0.1:${port}`]
    const { status, stdout } = await run(args, { columns: 80, env: { NO_COLOR: '1' } })
    expect(status).toBe(0)
    const lines = stdout.split('\n').map((line) => line.split('\r\u001b[K'))
    const rewritten = lines.filter((parts) => parts.length === 2)
    expect(rewritten.map(([begun]) => begun?.slice(0, 17).trim())).toEqual([
      ...['reference', 'rule', 'look-up', 'connection', 'TLS', '/v2/', 'manifest', 'layer'].map(
        (name) => `...  ${name}`,
      ),
    ])
    for (const parts of lines) {
      // The image's own name is copied from here, so it isn't cut.
      if (parts[0] === IMAGE) continue
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(80)
      // A line that fills the terminal would end on the next one, where it can't be written anew.
      if (parts.length === 2) expect(parts[0]?.length).toBeLessThan(80)
    }
    const settled = lines.map((parts) => parts.at(-1)).join('\n')
    await expect(normal(settled)).toMatchFileSnapshot('../golden/check/terminal-80.txt')
  })

  it('in colour', async () => {
    const { port } = await serve(identity, registry())
    const args = ['check', config, `${HOST}/app:2`, '--connect', `${HOST}=127.0.0.1:${port}`]
    const { stdout } = await run(args, { columns: 80 })
    expect(stdout).toContain('\u001b[32mok  \u001b[39m')
    expect(stdout).toContain('\u001b[31mFAIL\u001b[39m')
  })

  it('that can not move its cursor, and elsewhere, each line is written once', async () => {
    const { port } = await serve(identity, registry())
    const args = ['check', config, IMAGE, '--connect', `${HOST}=127.0.0.1:${port}`]
    const dumb = await run(args, { columns: 80, env: { TERM: 'dumb' } })
    for (const { stdout } of [dumb, await run(args)]) {
      for (const control of ['\r', '\u001b']) expect(stdout).not.toContain(control)
    }
  })
})

it("counts what is said of Contrast's puller and the document, unless a comment silences it", async () => {
  const { port } = await serve(identity, registry())
  const to = ['--connect', `${HOST}=127.0.0.1:${port}`]
  const code = 'puller-name-not-normalized'
  const loud = `[registries."${HOST}"]\n${bundle}`
  const silent = `# imagepuller-auth: ignore ${code} our puller is 1.25\n${loud}`
  const checked = async (text: string, ...options: string[]) => {
    const { status, stdout } = await run([
      'check',
      folder.file('n.toml', text),
      IMAGE,
      ...to,
      ...options,
    ])
    return [status, stdout.includes(code)]
  }
  expect(await checked(loud)).toEqual([0, true])
  expect(await checked(loud, '--fail-on', 'warning')).toEqual([1, true])
  expect(await checked(silent, '--fail-on', 'warning')).toEqual([0, false])
})

it('prints what would have to stand in ca-certs, so that it can be written there', async () => {
  const other = await createAuthority('Other Root')
  const { cert, key } = await createIdentity(other, { host: HOST })
  const pem = other.certificate.toString('pem')
  const { port } = await serve({ cert: `${cert}\n${pem}`, key }, registry())
  const to = ['--connect', `${HOST}:443=127.0.0.1:${port}`]
  const { status, stdout } = await run(['check', config, IMAGE, ...to, '--show-pem'])
  expect(status).toBe(1)
  const [shown = ''] =
    /^-----BEGIN CERTIFICATE-----\n[^-]*-----END CERTIFICATE-----$/m.exec(stdout) ?? []
  const trusting = folder.file('t.toml', `[registries."${HOST}."]\nca-certs = '''\n${shown}\n'''\n`)
  expect((await run(['check', trusting, IMAGE, ...to])).status).toBe(0)
})

describe('no secret is shown', () => {
  it('that a server sends back', async () => {
    const basic = btoa(`puller:${PASSWORD}`)
    const evil = await createIdentity(root, { host: `${PASSWORD}.corp` })
    const server = await serve(
      evil,
      registry({
        isLetIn: (authorization) => authorization !== undefined,
        challenge: `Basic realm="${PASSWORD}"`,
        instead: (path, response) => {
          if (!path.includes('manifests')) return false
          const location = `https://${PASSWORD}.evil.corp/${PASSWORD}?${basic}`
          response.writeHead(307, { location, 'retry-after': PASSWORD }).end(PASSWORD)
          return true
        },
      }),
    )
    const credentials = `username = "puller"\npassword = "${PASSWORD}"\n`
    const loose = `[registries."${HOST}."]\ninsecure-skip-verify = true\n${credentials}`
    for (const options of [[], ['--json']]) {
      const { status, stdout, stderr } = await run([
        ...['check', folder.file('s.toml', loose), IMAGE, ...options],
        ...['--connect', `${HOST}=127.0.0.1:${server.port}`],
        ...['--connect', `${PASSWORD}.evil.corp=127.0.0.1:1`],
      ])
      expect(status).toBe(1)
      expect(stdout).toContain('….evil.corp')
      expect((stdout + stderr).toLowerCase()).not.toContain(PASSWORD.toLowerCase())
      expect(stdout + stderr).not.toContain(basic)
    }
  })
})

describe('a secret is not shown', () => {
  const skipping = `[registries."${HOST}."]\ninsecure-skip-verify = true\n`

  it('of a proxy that only plain HTTP goes by', async () => {
    const proxy = await serve(undefined, (_, response) => {
      response.writeHead(302, { location: `http://${PASSWORD}.corp/` }).end()
    })
    const toml = `[extra-env]\nHTTP_PROXY = "http://u:${PASSWORD}@proxy.corp:3128"\n${skipping}`
    const { status, stdout } = await run([
      ...['check', folder.file('h.toml', toml), IMAGE],
      ...['--connect', `${HOST}:443=127.0.0.1:${await freePort()}`],
      ...['--connect', `proxy.corp=127.0.0.1:${proxy.port}`],
    ])
    expect(status).toBe(1)
    expect(stdout).toContain('http://….corp answers with status 302')
    expect(stdout.toLowerCase()).not.toContain(PASSWORD.toLowerCase())
  })

  it('that was sent for an earlier image', async () => {
    const first = await serve(
      identity,
      registry({ isLetIn: (it) => it !== undefined, challenge: 'Basic realm="x"' }),
    )
    const other = await createIdentity(root, { host: 'other.corp' })
    const second = await serve(other, (_, response) => {
      response.writeHead(302, { location: `https://${PASSWORD}.corp:1/` }).end()
    })
    const toml = `${RULE}username = "u"\npassword = "${PASSWORD}"\n[registries."other.corp."]\n${bundle}`
    const { status, stdout } = await run([
      ...['check', folder.file('e.toml', toml), IMAGE, 'other.corp/app:1'],
      ...['--connect', `${HOST}:443=127.0.0.1:${first.port}`],
      ...['--connect', `other.corp:443=127.0.0.1:${second.port}`],
      ...['--connect', `${PASSWORD}.corp=127.0.0.1:${await freePort()}`],
    ])
    expect([status, first.requests.length, second.requests.length]).toEqual([1, 4, 1])
    expect(stdout).toContain('….corp:1 refuses the connection')
    expect(stdout.toLowerCase()).not.toContain(PASSWORD.toLowerCase())
  })
})

describe('the head', () => {
  it('says what a release of the puller does otherwise', async () => {
    const { port } = await serve(identity, registry())
    const to = ['--connect', `${HOST}=127.0.0.1:${port}`]
    const upper = folder.file('u.toml', RULE.replace(HOST, 'Registry.corp'))
    const head = async (version: string) =>
      (await run(['check', upper, IMAGE, ...to, '--puller', version])).stdout.split('\n\n')[0]
    expect(await head('1.21')).not.toContain('puller-name-not-normalized')
    expect(await head('1.21')).toContain('This is the view from here')
    expect(await head('1.26')).toContain('puller-')
    expect(await head('1.21')).not.toBe(await head('1.26'))
  })
})

describe('usage', () => {
  it.each([
    [['--connect', 'registry.corp'], '--connect: expected NAME'],
    [['--connect', 'a=b:0'], '--connect: expected NAME'],
    [['--connect', 'a:99999=b'], '--connect: expected NAME'],
    [['--connect', 'user@a=b'], '--connect: expected NAME'],
    [['--timeout', '0'], '--timeout: expected a number of seconds'],
    [['--timeout', '3601'], '--timeout: expected a number of seconds'],
    [['--timeout', 'x'], '--timeout: expected a number of seconds'],
    [['--puller', '1.2'], '--puller: expected a release'],
  ])('%j', async (args, message) => {
    const { status, stdout, stderr } = await run(['check', config, IMAGE, ...args])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  it('without an image, or without a configuration', async () => {
    expect((await run(['check', config])).status).toBe(2)
    expect((await run(['check'])).status).toBe(2)
  })

  it('with an IPv6 address, a name in another case and a trailing dot', async () => {
    const to = `Registry.Corp.:443=[::1]:1`
    const { stdout } = await run(['check', config, IMAGE, '--connect', to])
    expect(stdout).toContain('--connect leads to [::1]:1')
  })
})

it('ends at once by Ctrl-C', async () => {
  const port = await serveTcp(() => undefined)
  const args = ['check', config, IMAGE, '--connect', `${HOST}=127.0.0.1:${port}`, '--timeout=600']
  const child = spawn(process.execPath, [builtCommand(), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stdout = ''
  for await (const chunk of child.stdout) {
    stdout += chunk
    if (stdout.includes('connection')) break
  }
  child.kill('SIGINT')
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGINT')
})
