// What `check` meets more seldom, each from a real server.

import { describe, expect, it } from 'vitest'
import { createAuthority, createIdentity } from '../../support/pki.js'
import { createFolder, run } from '../support/command.js'
import {
  freePort,
  INDEX,
  INDEX_DIGEST,
  MANIFEST_DIGEST,
  normal,
  type RegistryVariant,
  registry,
  serve,
  serveTcp,
} from '../support/registry.js'

const folder = createFolder()
const HOST = 'registry.corp'
const PASSWORD = 'xqzjvkwpfh'
const root = await createAuthority('Corp Root')
const identity = await createIdentity(root, { host: HOST })
const pem = root.certificate.toString('pem')
const trust = `ca-certs = '''\n${pem}\n'''\n`
const RULE = `[registries."${HOST}."]\n${trust}`
const USER = `username = "puller"\npassword = "${PASSWORD}"\n`
const BASIC = `Basic ${btoa(`puller:${PASSWORD}`)}`

async function check(toml: string, port: number, args: readonly string[] = []) {
  const config = folder.file('c.toml', toml)
  const to = `${HOST}:443=127.0.0.1:${port}`
  return run(['check', config, `${HOST}/app:1`, '--connect', to, '--timeout', '3', ...args])
}

async function checkVariant(toml: string, variant: RegistryVariant) {
  return check(toml, (await serve(identity, registry(variant))).port)
}

const golden = async (name: string, text: string) =>
  expect(normal(text)).toMatchFileSnapshot(`../golden/check/${name}.txt`)

describe('TLS', () => {
  it('that both sides can not agree on', async () => {
    const only = {
      ...identity,
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-RSA-AES128-GCM-SHA256',
    } as const
    const { status, stdout } = await check(RULE, (await serve(only, registry())).port)
    expect(status).toBe(1)
    await golden('no-agreement', stdout)
  })

  it('of a certificate with a common name alone, which Node takes', async () => {
    const nameless = await createIdentity(root, { host: HOST, isNameless: true })
    const { status, stdout } = await check(RULE, (await serve(nameless, registry())).port)
    expect(status).toBe(0)
    expect(stdout).toContain("by its common name, which Contrast's puller refuses")
  })

  it('of a server that answers but once: its chain can not be looked at', async () => {
    let count = 0
    const foreign = await createIdentity(await createAuthority('Other Root'), { host: HOST })
    const { port } = await serve(foreign, registry(), (socket) => {
      if (++count > 1) socket.destroy()
    })
    const { status, stdout } = await check(RULE, port)
    expect([status, count]).toEqual([1, 2])
    await golden('no-second-look', stdout)
  })

  it('of a server that takes no second connection', async () => {
    const foreign = await createIdentity(await createAuthority('Other Root'), { host: HOST })
    const { port } = await serve(foreign, registry(), (_, server) => server.close())
    const { status, stdout } = await check(RULE, port)
    expect(status).toBe(1)
    expect(stdout).toContain("and can't be looked at")
  })

  it('at an address, which no certificate of a name is for', async () => {
    const { port } = await serve(identity, registry())
    const config = folder.file('i.toml', `[registries."."]\n${trust}`)
    const { status, stdout } = await run(['check', config, `127.0.0.1:${port}/app:1`])
    expect(status).toBe(1)
    expect(stdout).toContain('give it a certificate with 127.0.0.1 among its alternative names')
    const closed = await freePort()
    expect((await run(['check', config, `[::1]:${closed}/app:1`])).stdout).toContain(
      `[::1]:${closed} is an address`,
    )
  })

  it('by the second of two roots of one name, which Node does not try', async () => {
    const second = await createAuthority('Corp Root')
    const { port } = await serve(await createIdentity(second, { host: HOST }), registry())
    const both = `${pem}\n${second.certificate.toString('pem')}`
    const { status, stdout } = await check(RULE.replace(pem, both), port)
    expect(status).toBe(1)
    await golden('two-roots', stdout)
  })

  it('of a certificate that crypto/x509 can not read', async () => {
    // A name that is no ASCII, which crypto/x509 refuses.
    const odd = await createIdentity(root, { host: 'r\u00e9gistry.corp' })
    const { port } = await serve(odd, registry())
    const other = (await createAuthority('Other Root')).certificate.toString('pem')
    const { status, stdout } = await check(RULE.replace(pem, other), port)
    expect(status).toBe(1)
    await golden('unreadable', stdout)
  })
})

describe('a connection', () => {
  it('that nothing leads to', async () => {
    const config = folder.file('u.toml', RULE)
    const to = `${HOST}:443=255.255.255.255:1`
    const { status, stdout } = await run(['check', config, `${HOST}/app:1`, '--connect', to])
    expect(status).toBe(1)
    expect(stdout).toContain(`${HOST}:443 can't be reached (`)
  })

  it('that is refused the second time', async () => {
    const { port } = await serve(identity, registry(), (_, server) => server.close())
    const { status, stdout } = await check(RULE, port)
    expect(status).toBe(1)
    await golden('refused-later', stdout)
  })

  it('by a name that --connect leads to', async () => {
    const { port } = await serve(identity, registry())
    const config = folder.file('n.toml', RULE)
    const args = ['check', config, `${HOST}/app:1`, '--connect', `${HOST}=localhost:${port}`]
    const { status, stdout } = await run(args)
    expect(status).toBe(0)
    expect(stdout).toContain(`--connect leads to localhost:${port}, which is `)
  })

  it('by an address, and by a name of this machine', async () => {
    const closed = await freePort()
    const config = folder.file('l.toml', '')
    const address = await run(['check', config, `127.0.0.1:${closed}/app:1`])
    expect(address.stdout).toContain(`127.0.0.1:${closed} is an address`)
    const name = await run(['check', config, `localhost:${closed}/app:1`])
    expect(name.stdout).toMatch(/localhost is (127\.0\.0\.1|::1)/)
    expect([address.status, name.status]).toEqual([1, 1])
  })
})

describe('a proxy', () => {
  const settings = '[extra-env]\nHTTP_PROXY = "http://proxy.corp:3128"\n'

  it('that asks for credentials by plain HTTP', async () => {
    const proxy = await serve(undefined, (_, response) => response.writeHead(407).end())
    const rule = `${settings}[registries."${HOST}."]\ninsecure-skip-verify = true\n`
    const args = ['--connect', `proxy.corp:3128=127.0.0.1:${proxy.port}`]
    const { status, stdout } = await check(rule, await freePort(), args)
    expect([status, proxy.requests[0]?.headers['proxy-authorization']]).toEqual([1, undefined])
    await golden('proxy-407-http', stdout)
  })

  it('that speaks before it is spoken to', async () => {
    const port = await serveTcp((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n\r\n220 ready\r\n'))
    })
    const toml = `${settings.replace('HTTP_', 'HTTPS_')}${RULE}`
    const args = ['--connect', `proxy.corp:3128=127.0.0.1:${port}`]
    const { status, stdout } = await check(toml, 1, args)
    expect(status).toBe(1)
    expect(stdout).toContain('what answers in the tunnel to registry.corp:443 speaks no TLS')
  })

  it('that NO_PROXY keeps out', async () => {
    const { port } = await serve(identity, registry())
    const toml = `[extra-env]\nHTTPS_PROXY = "http://proxy.corp:3128"\nNO_PROXY = ".corp"\n${RULE}`
    const { status, stdout } = await check(toml, port)
    expect(status).toBe(0)
    expect(stdout).toContain('proxy direct (no-proxy ".corp")')
  })
})

describe('credentials', () => {
  it('of a kind that is sent as it is', async () => {
    const token = `registrytoken = "${PASSWORD}"\n`
    const variant = {
      isLetIn: (authorization: string | undefined) => authorization === `Bearer ${PASSWORD}`,
      challenge: 'Bearer realm="https://auth.corp/"',
    }
    const { status, stdout } = await checkVariant(RULE + token, variant)
    expect(status).toBe(0)
    expect(stdout).not.toContain(PASSWORD)
    await golden('registrytoken', stdout)
  })

  it('that the registry itself gives a token for', async () => {
    const variant: RegistryVariant = {
      isLetIn: (authorization, path) => path === '/token' || authorization === 'Bearer granted',
      challenge: `Bearer realm="https://${HOST}/token",service="x"`,
      instead: (path, response) => {
        if (path !== '/token') return false
        response.end('{"token":"granted"}')
        return true
      },
    }
    const { status, stdout } = await checkVariant(RULE + USER, variant)
    expect(status).toBe(0)
    await golden('own-realm', stdout)
  })

  it('that the registry asks for at the image alone', async () => {
    const variant: RegistryVariant = {
      isLetIn: (authorization, path) => path === '/v2/' || authorization === BASIC,
      challenge: 'Basic realm="x"',
    }
    const { status, stdout } = await checkVariant(RULE + USER, variant)
    expect(status).toBe(0)
    await golden('asked-at-the-image', stdout)
  })

  it('that the rule lacks for NTLM', async () => {
    const { stdout } = await checkVariant(RULE, { isLetIn: () => false, challenge: 'NTLM, Bearer' })
    expect(stdout).toContain('asks for NTLM or Bearer')
  })

  it('that are right, of an account without rights', async () => {
    const variant: RegistryVariant = {
      isLetIn: (authorization) => authorization === BASIC,
      challenge: 'Basic realm="x"',
      instead: (path, response) => {
        if (path === '/v2/') return false
        response.writeHead(403).end()
        return true
      },
    }
    const { status, stdout } = await checkVariant(RULE + USER, variant)
    expect(status).toBe(1)
    await golden('account-without-rights', stdout)
  })

  it.each([
    ['the catch-all rule', `[registries."."]\n${trust}`, `[registries."${HOST}."]`],
    ['a rule for more names', `[registries.".corp."]\n${trust}`, '[registries.".corp."]'],
  ])('are to be written where they count, beside %s', async (_, toml, place) => {
    const { stdout } = await checkVariant(toml, {
      isLetIn: () => false,
      challenge: 'Basic realm="x"',
    })
    expect(stdout).toContain(`write username and password in ${place}`)
  })

  it('for a registry with a port are to be written in the catch-all rule', async () => {
    const variant = { isLetIn: () => false, challenge: 'Basic realm="x"' }
    const { port } = await serve(undefined, registry(variant))
    const config = folder.file('p.toml', `[registries."registry.corp."]\n${USER}`)
    const { status, stdout } = await run(['check', config, `127.0.0.1:${port}/app:1`])
    expect(status).toBe(1)
    expect(stdout).toContain('write username and password in [registries."."]')
  })

  it('say nothing of a rule that a port keeps away without saying which', async () => {
    const config = folder.file('b.toml', `${RULE}[registries."."]\nca-certs = "none"\n`)
    const { status, stdout } = await run(['check', config, `${HOST}:5000/app:1`])
    expect(status).toBe(1)
    expect(stdout).toContain(`without the port, "${HOST}." would apply: trust deny-all`)
  })
})

describe('an answer', () => {
  const manifestOf = (manifest: string): RegistryVariant => ({
    instead: (path, response) => {
      if (!path.includes('manifests/1')) return false
      response.end(manifest)
      return true
    },
  })
  const layer = {
    digest: `sha256:286aab53bbc3bbb3f2bda81635fa21668f15308f1cc98cab1b315d84b8a75d97`,
  }

  it('with several layers', async () => {
    const { status, stdout } = await checkVariant(
      RULE,
      manifestOf(JSON.stringify({ layers: [layer, layer] })),
    )
    expect(status).toBe(0)
    expect(stdout).toContain('sends the first of 2 layers')
  })

  it.each(['null', '7', '"x"', '[]', '{', '\u00ff'])(
    'that is no manifest: %s',
    async (manifest) => {
      const { status, stdout } = await checkVariant(RULE, manifestOf(manifest))
      expect(status).toBe(1)
      expect(stdout).toContain('push it anew')
    },
  )

  it('with an index, of which only what is well-formed counts', async () => {
    const arm = { os: 'linux', architecture: 'arm', variant: 'v7' }
    const manifests = [
      7,
      null,
      { digest: MANIFEST_DIGEST, platform: { os: 'unknown', architecture: 'unknown' } },
      { digest: 'sha256:../../x', platform: { os: 'linux', architecture: 'amd64' } },
      { digest: MANIFEST_DIGEST },
      { digest: MANIFEST_DIGEST, platform: { os: 'linux', architecture: '\u009b2J' } },
      { digest: MANIFEST_DIGEST, platform: arm },
    ]
    const { status, stdout } = await checkVariant(RULE, manifestOf(JSON.stringify({ manifests })))
    expect(status).toBe(0)
    expect(stdout).toContain(': linux/arm/v7\n')
  })

  it.each([
    ['without entries', []],
    [
      'within an index',
      [{ digest: INDEX_DIGEST, platform: { os: 'linux', architecture: 'amd64' } }],
    ],
  ])('with an index %s, which leads to no layer', async (_, manifests) => {
    const variant: RegistryVariant = {
      instead: (path, response) => {
        const isOuter = path.endsWith('/manifests/1')
        if (!isOuter && !path.endsWith(INDEX_DIGEST)) return false
        response.end(isOuter ? JSON.stringify({ manifests }) : INDEX)
        return true
      },
    }
    const { status, stdout } = await checkVariant(RULE, variant)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^ {2}skip layer .* the index leads to no manifest with layers/m)
  })

  it('with a layer whose digest is none', async () => {
    const odd = JSON.stringify({ layers: [{ digest: 'sha256:../../../token' }] })
    const { status, stdout } = await checkVariant(RULE, manifestOf(odd))
    expect(status).toBe(0)
    expect(stdout).toContain('the manifest has no layer to ask for')
  })

  it.each([
    '{}',
    'null',
    '{"errors":[]}',
    '{"errors":[{"code":7}]}',
    `{"errors":[{"code":"${PASSWORD}"}]}`,
  ])('of an error, of which only a known code is shown: %s', async (body) => {
    const variant: RegistryVariant = {
      instead: (_, response) => {
        response.writeHead(400).end(body)
        return true
      },
    }
    const { status, stdout } = await checkVariant(RULE, variant)
    expect(status).toBe(1)
    expect(stdout).toContain(`https://${HOST} answers with status 400, which no registry should`)
  })
})
