// How `check` tells of what can't be reached, and of proxies.

import { describe, expect, it } from 'vitest'
import { createAuthority, createIdentity } from '../../support/pki.js'
import { createFolder, run } from '../support/command.js'
import {
  crowdedPort,
  freePort,
  normal,
  registry,
  serve,
  serveProxy,
  serveTcp,
} from '../support/registry.js'

const folder = createFolder()
const HOST = 'registry.corp'
const root = await createAuthority('Corp Root')
const identity = await createIdentity(root, { host: HOST })
const bundle = `ca-certs = '''\n${root.certificate.toString('pem')}\n'''\n`
const RULE = `[registries."${HOST}."]\n`

async function check(toml: string, args: readonly string[], timeout = '3') {
  const config = folder.file('c.toml', toml)
  return run(['check', config, `${HOST}/app:1`, '--timeout', timeout, ...args])
}

const golden = (name: string) => `../golden/check/${name}.txt`

describe('a registry that is not reached', () => {
  it('by a name that nobody knows', async () => {
    // A label of more than 63 characters is in no name: no name server is asked.
    const name = `${'x'.repeat(64)}.corp`
    const { status, stdout } = await check('', ['--connect', `${HOST}=${name}`])
    expect(status).toBe(1)
    await expect(normal(stdout)).toMatchFileSnapshot(golden('unknown-name'))
  })

  it('at a port that refuses', async () => {
    const to = `${HOST}:443=127.0.0.1:${await freePort()}`
    const { status, stdout } = await check('', ['--connect', to])
    expect(status).toBe(1)
    await expect(normal(stdout)).toMatchFileSnapshot(golden('refused-port'))
  })

  it('at a port that is silent', async () => {
    const to = `${HOST}:443=127.0.0.1:${await serveTcp(() => undefined)}`
    const { status, stdout } = await check('', ['--connect', to], '0.3')
    expect(status).toBe(1)
    await expect(normal(stdout)).toMatchFileSnapshot(golden('silent-port'))
  })

  it('at a port that takes no more connections', async () => {
    const { port, end } = await crowdedPort()
    const to = `${HOST}:443=127.0.0.1:${port}`
    const { status, stdout } = await check('', ['--connect', to], '0.3')
    end()
    expect(status).toBe(1)
    await expect(normal(stdout)).toMatchFileSnapshot(golden('crowded-port'))
  })

  it.each([
    ['no header', '<html>'],
    ['a header that is too long', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n'],
  ])('at a port that answers otherwise than HTTP has it, with %s', async (_, text) => {
    const port = await serveTcp((socket) => socket.once('data', () => socket.write(text)))
    const args = ['--connect', `${HOST}:443=127.0.0.1:${await freePort()}`]
    const to = `${HOST}:80=127.0.0.1:${port}`
    const rule = `${RULE}insecure-skip-verify = true\n`
    const { status, stdout } = await check(rule, [...args, '--connect', to])
    expect(status).toBe(1)
    expect(stdout).toContain(`${HOST} answers with something that Node reads as no HTTP (HPE_`)
  })

  it('at a port that hangs up', async () => {
    const to = `${HOST}:443=127.0.0.1:${await serveTcp((socket) => socket.destroy())}`
    const { status, stdout } = await check('', ['--connect', to])
    expect(status).toBe(1)
    await expect(normal(stdout)).toMatchFileSnapshot(golden('hung-up'))
  })

  it('because the rule denies it: nothing is dialled', async () => {
    let dialled = 0
    const port = await serveTcp(() => dialled++)
    const to = `${HOST}:443=127.0.0.1:${port}`
    const { status, stdout } = await check(`${RULE}ca-certs = "none"\n`, ['--connect', to])
    expect([status, dialled]).toEqual([1, 0])
    await expect(normal(stdout)).toMatchFileSnapshot(golden('deny-all'))
  })

  it('by https, and then by http where the rule allows it', async () => {
    const { port, requests } = await serve(undefined, registry())
    const closed = await freePort()
    const rule = `${RULE}insecure-skip-verify = true\n`
    const { status, stdout } = await check(rule, [
      '--connect',
      `${HOST}:443=127.0.0.1:${closed}`,
      '--connect',
      `${HOST}:80=127.0.0.1:${port}`,
    ])
    expect([status, requests.length]).toEqual([0, 3])
    await expect(normal(stdout)).toMatchFileSnapshot(golden('http-after-https'))
  })
})

describe('a proxy', () => {
  const USER = 'http://user:psswrd@proxy.corp:3128'
  const settings = (proxy: string) =>
    `[extra-env]\nHTTPS_PROXY = "${proxy}"\nHTTP_PROXY = "${proxy}"\n`

  it('leads to the registry, which alone is looked up by it', async () => {
    const { port } = await serve(identity, registry())
    const proxy = await serveProxy({ [`${HOST}:443`]: port })
    const toml = `${settings(USER)}${RULE}${bundle}`
    const to = `proxy.corp:3128=127.0.0.1:${proxy.port}`
    const { status, stdout } = await check(toml, ['--connect', to])
    expect(status).toBe(0)
    const [asked] = proxy.requests
    expect(asked?.headers['proxy-authorization']).toBe(`Basic ${btoa('user:psswrd')}`)
    expect(stdout).not.toContain('psswrd')
    await expect(normal(stdout)).toMatchFileSnapshot(golden('proxy'))
  })

  it.each([
    [407, 'http://proxy.corp:3128', 'proxy-407'],
    [407, USER, 'proxy-407-refused'],
    [403, USER, 'proxy-403'],
    [503, USER, 'proxy-answers'],
  ])('that answers CONNECT with %d (%s)', async (code, url, name) => {
    const proxy = await serveProxy({}, () => code)
    const to = `proxy.corp:3128=127.0.0.1:${proxy.port}`
    const { status, stdout } = await check(`${settings(url)}${RULE}${bundle}`, ['--connect', to])
    expect(status).toBe(1)
    await expect(normal(stdout)).toMatchFileSnapshot(golden(name))
  })

  it.each([
    [502, 0],
    [503, 0],
    [504, 0],
    [403, 1],
    [500, 1],
  ])('that answers CONNECT with %d, where plain HTTP may follow', async (code, expected) => {
    const tunnels = await serveProxy({}, () => code)
    const plain = await serve(undefined, registryByProxy)
    const toml = `[extra-env]
HTTPS_PROXY = "http://proxy.corp:3128"
HTTP_PROXY = "http://plain.corp:3128"
${RULE}insecure-skip-verify = true
`
    const { status, stdout } = await check(toml, [
      ...['--connect', `proxy.corp:3128=127.0.0.1:${tunnels.port}`],
      ...['--connect', `plain.corp:3128=127.0.0.1:${plain.port}`],
    ])
    expect([status, plain.requests.length]).toEqual([expected, expected === 0 ? 3 : 0])
    if (code === 503) await expect(normal(stdout)).toMatchFileSnapshot(golden('http-after-tunnel'))
  })

  it('that answers in place of a registry without TLS', async () => {
    const proxy = await serve(undefined, (_, response) => response.writeHead(503).end('<html>'))
    const toml = `${settings('http://proxy.corp:3128').replace(/^HTTPS.*$/m, '')}${RULE}insecure-skip-verify = true\n`
    const { status, stdout } = await check(toml, [
      ...['--connect', `${HOST}:443=127.0.0.1:${await freePort()}`],
      ...['--connect', `proxy.corp:3128=127.0.0.1:${proxy.port}`],
    ])
    expect(status).toBe(1)
    expect(stdout).toContain('the proxy may have answered in its place: name the host in NO_PROXY')
  })

  it('that answers in the tunnel itself, by plain HTTP', async () => {
    const page = await serve(undefined, (_, response) => response.end('<html>'))
    const proxy = await serveProxy({ [`${HOST}:443`]: page.port })
    const to = `proxy.corp:3128=127.0.0.1:${proxy.port}`
    const { status, stdout } = await check(`${settings(USER)}${RULE}${bundle}`, ['--connect', to])
    expect(status).toBe(1)
    await expect(normal(stdout)).toMatchFileSnapshot(golden('proxy-page'))
  })

  it('that is no proxy', async () => {
    const port = await serveTcp((socket) => socket.end('SSH-2.0-OpenSSH\r\n'))
    const to = `proxy.corp:3128=127.0.0.1:${port}`
    const { status, stdout } = await check(`${settings(USER)}${RULE}${bundle}`, ['--connect', to])
    expect(status).toBe(1)
    await expect(normal(stdout)).toMatchFileSnapshot(golden('no-proxy-there'))
  })

  it('that is silent', async () => {
    const port = await serveTcp(() => undefined)
    const to = `proxy.corp:3128=127.0.0.1:${port}`
    const toml = `${settings(USER)}${RULE}${bundle}`
    const { status, stdout } = await check(toml, ['--connect', to], '0.3')
    expect(status).toBe(1)
    await expect(normal(stdout)).toMatchFileSnapshot(golden('proxy-silent'))
  })

  it('that is not reached', async () => {
    const to = `proxy.corp:3128=127.0.0.1:${await freePort()}`
    const { status, stdout } = await check(`${settings(USER)}${RULE}${bundle}`, ['--connect', to])
    expect(status).toBe(1)
    await expect(normal(stdout)).toMatchFileSnapshot(golden('proxy-unreachable'))
  })

  it('of another protocol', async () => {
    const { status, stdout } = await check(`${settings('socks5://proxy.corp')}${RULE}${bundle}`, [])
    expect(status).toBe(1)
    await expect(normal(stdout)).toMatchFileSnapshot(golden('proxy-socks'))
  })

  it('by TLS, which the rule vouches for too', async () => {
    const { port } = await serve(identity, registry())
    const own = await createIdentity(root, { host: 'proxy.corp' })
    const proxy = await serveProxy({ [`${HOST}:443`]: port }, undefined, own)
    const toml = `${settings('https://proxy.corp:3129')}${RULE}${bundle}`
    const to = `proxy.corp:3129=127.0.0.1:${proxy.port}`
    const { status, stdout } = await check(toml, ['--connect', to])
    expect(status).toBe(0)
    await expect(normal(stdout)).toMatchFileSnapshot(golden('proxy-tls'))
  })

  it('by TLS that it has not', async () => {
    const proxy = await serveProxy({})
    const toml = `${settings('https://proxy.corp:3129')}${RULE}${bundle}`
    const to = `proxy.corp:3129=127.0.0.1:${proxy.port}`
    const { status, stdout } = await check(toml, ['--connect', to])
    expect([status, proxy.requests.length]).toEqual([1, 0])
    await expect(normal(stdout)).toMatchFileSnapshot(golden('proxy-without-tls'))
  })

  it('by TLS that is not trusted: skip-verify does not loosen it', async () => {
    const own = await createIdentity(root, { host: 'proxy.corp' })
    const proxy = await serveProxy({}, undefined, own)
    const toml = `${settings('https://proxy.corp:3129')}${RULE}insecure-skip-verify = true\n`
    const to = `proxy.corp:3129=127.0.0.1:${proxy.port}`
    const { status, stdout } = await check(toml, ['--connect', to])
    expect([status, proxy.requests.length]).toEqual([1, 0])
    await expect(normal(stdout)).toMatchFileSnapshot(golden('proxy-tls-untrusted'))
  })

  it('for plain HTTP is asked for the whole URL', async () => {
    const proxy = await serve(undefined, registryByProxy)
    const toml = `${settings(USER).replace(/^HTTPS.*$/m, '')}${RULE}insecure-skip-verify = true\n`
    const { status } = await check(toml, [
      '--connect',
      `${HOST}:443=127.0.0.1:${await freePort()}`,
      '--connect',
      `proxy.corp:3128=127.0.0.1:${proxy.port}`,
    ])
    expect(status).toBe(0)
    expect(proxy.requests.map(({ url }) => url)[0]).toBe(`http://${HOST}/v2/`)
    expect(proxy.requests[0]?.headers['proxy-authorization']).toBe(`Basic ${btoa('user:psswrd')}`)
  })

  it('of the process counts only with --env', async () => {
    const config = folder.file('env.toml', `${RULE}${bundle}`)
    const env = { HTTPS_PROXY: 'http://proxy.corp:3128' }
    const closed = `proxy.corp:3128=127.0.0.1:${await freePort()}`
    const { port } = await serve(identity, registry())
    const args = ['check', config, `${HOST}/app:1`, '--connect', closed]
    const without = await run([...args, '--connect', `${HOST}:443=127.0.0.1:${port}`], { env })
    expect(without.status).toBe(0)
    const { status, stdout } = await run([...args, '--env'], { env })
    expect(status).toBe(1)
    expect(stdout).toContain('proxy http://proxy.corp:3128 (https-proxy)')
    const broken = await run([...args, '--env'], { env: { HTTPS_PROXY: '::' } })
    expect([broken.status, broken.stdout]).toEqual([1, ''])
    expect(broken.stderr).toContain('HTTPS_PROXY')
  })
})

/** The registry behind a proxy of plain HTTP, by URLs as the proxy gets them. */
const registryByProxy: ReturnType<typeof registry> = (request, response) => {
  request.url = (request.url ?? '').replace(`http://${HOST}`, '')
  registry()(request, response)
  request.url = `http://${HOST}${request.url}`
}
