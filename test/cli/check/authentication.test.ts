// How `check` tells of what a registry asks for, and of its token service.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createAuthority, createIdentity } from '../../support/pki.js'
import { createFolder, run } from '../support/command.js'
import { normal, type RegistryVariant, registry, type Serving, serve } from '../support/registry.js'

const folder = createFolder()
const HOST = 'registry.corp'
const AUTH = 'auth.corp'
const PASSWORD = 'xqzjvkwpfh'
const root = await createAuthority('Corp Root')
const identity = await createIdentity(root, { host: HOST })
const authIdentity = await createIdentity(root, { host: AUTH })
const RULE = `[registries."${HOST}."]\nca-certs = '''\n${root.certificate.toString('pem')}\n'''\n`
const USER = `username = "puller"\npassword = "${PASSWORD}"\n`
const BASIC = `Basic ${btoa(`puller:${PASSWORD}`)}`
const TOKEN = 'wkfzhcqxbv'
const bearer = (realm: string) => `Bearer realm="${realm}",service="${HOST}"`

type Grant = (request: IncomingMessage, response: ServerResponse) => unknown

/** A token service that knows the user, and grants one token. */
const grant: Grant = (request, response) => {
  if (request.headers.authorization !== BASIC) return response.writeHead(401).end()
  return response.end(JSON.stringify({ token: TOKEN, expires_in: 300 }))
}

interface Checked {
  readonly status: number
  readonly stdout: string
  readonly registry: Serving
  readonly tokens: Serving
}

async function check(
  credentials: string,
  variant: RegistryVariant,
  answer: Grant = grant,
  args: readonly string[] = [],
): Promise<Checked> {
  const server = await serve(identity, registry(variant))
  const tokens = await serve(authIdentity, answer)
  const config = folder.file('c.toml', RULE + credentials)
  const { status, stdout, stderr } = await run([
    ...['check', config, `${HOST}/app:1`, '--timeout', '2', ...args],
    ...['--connect', `${HOST}:443=127.0.0.1:${server.port}`],
    ...['--connect', `${AUTH}:443=127.0.0.1:${tokens.port}`],
  ])
  for (const secret of [PASSWORD, TOKEN, BASIC.slice(6)]) {
    expect(stdout + stderr).not.toContain(secret)
  }
  return { status, stdout, registry: server, tokens }
}

const byToken: RegistryVariant = {
  isLetIn: (authorization) => authorization === `Bearer ${TOKEN}`,
  challenge: bearer(`https://${AUTH}/token`),
}
const basic: RegistryVariant = {
  isLetIn: (authorization) => authorization === BASIC,
  challenge: 'Basic realm="corp"',
}
const asking = (challenge: string): RegistryVariant => ({ isLetIn: () => false, challenge })

const golden = async (name: string, text: string) =>
  expect(normal(text)).toMatchFileSnapshot(`../golden/check/${name}.txt`)

describe('a registry that asks', () => {
  it('for Basic', async () => {
    const { status, stdout } = await check(USER, basic)
    expect(status).toBe(0)
    await golden('basic', stdout)
  })

  it('for Basic, and refuses the password', async () => {
    const { status, stdout } = await check(USER.replace(PASSWORD, 'other'), basic)
    expect(status).toBe(1)
    await golden('wrong-password', stdout)
  })

  it('for Basic, where the rule has nothing', async () => {
    const { status, stdout } = await check('', basic)
    expect(status).toBe(1)
    await golden('basic-anonymous', stdout)
  })

  it('for a token of a service outside its own domain', async () => {
    const { status, stdout, tokens, registry: server } = await check(USER, byToken)
    expect([status, tokens.requests.length]).toEqual([0, 1])
    expect(server.requests.map(({ url }) => url?.replace(/sha256.*/, ''))).toEqual([
      ...['/v2/', '/v2/', '/v2/app/manifests/1', '/v2/app/blobs/'],
    ])
    await golden('foreign-realm', stdout)
  })

  it('for a token by OAuth2, and falls back to GET', async () => {
    const answer: Grant = (request, response) =>
      request.method === 'POST' ? response.writeHead(404).end() : grant(request, response)
    const credentials = `${USER}identitytoken = "${TOKEN}x"\n`
    const { status, stdout } = await check(credentials, byToken, answer)
    expect(status).toBe(0)
    await golden('oauth2-fallback', stdout)
  })

  it.each([
    ['private-realm', bearer('https://10.0.0.1/token')],
    ['http-realm', bearer(`http://${AUTH}/token`)],
    ['odd-realm', bearer(`https://${AUTH}:99999/token`)],
    ['negotiate', 'Negotiate'],
    ['unknown-scheme', 'Xqzjvkwpfh'],
    ['no-challenge', ''],
    ['broken-challenge', 'Bearer realm="'],
    ['no-realm', 'Bearer service="x"'],
  ])('%s: %s', async (name, challenge) => {
    const { status, stdout, tokens } = await check(USER, asking(challenge))
    expect([status, tokens.requests.length]).toEqual([1, 0])
    await golden(name, stdout)
  })
})

const breakOff: Grant = (_, response) => {
  response.writeHead(200, { 'content-length': '100' })
  response.write('{', () => response.destroy())
}

describe('a token service', () => {
  const page: Grant = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>log in</html>')
  }
  it.each<[string, Grant]>([
    ['token-401', (_, response) => response.writeHead(401).end()],
    ['token-403', (_, response) => response.writeHead(403).end()],
    ['token-429', (_, response) => response.writeHead(429).end()],
    ['token-500', (_, response) => response.writeHead(500).end()],
    ['token-302', (_, response) => response.writeHead(302, { location: '/x' }).end()],
    ['token-html', page],
    ['token-hangs', () => undefined],
    ['token-drips', (_, response) => response.writeHead(200).write('{"token":')],
    ['token-hangs-up', (request) => request.socket.destroy()],
    ['token-breaks-off', breakOff],
  ])('%s', async (name, answer) => {
    const args = ['token-hangs', 'token-drips'].includes(name) ? ['--timeout=0.4'] : []
    const credentials = USER
    const { status, stdout } = await checkOnce(credentials, answer, args)
    expect(status).toBe(1)
    await golden(name, stdout)
  })

  it('that refuses to grant a token without credentials', async () => {
    const { status, stdout } = await check('', byToken)
    expect(status).toBe(1)
    await golden('token-anonymous', stdout)
  })

  it('that is not trusted', async () => {
    const server = await serve(identity, registry(byToken))
    const other = await createIdentity(await createAuthority('Cloud Root'), { host: AUTH })
    const tokens = await serve(other, grant)
    const config = folder.file('t.toml', RULE + USER)
    const { status, stdout } = await run([
      ...['check', config, `${HOST}/app:1`],
      ...['--connect', `${HOST}:443=127.0.0.1:${server.port}`],
      ...['--connect', `${AUTH}:443=127.0.0.1:${tokens.port}`],
    ])
    expect([status, tokens.requests.length]).toEqual([1, 0])
    await golden('token-untrusted', stdout)
  })
})

/** The timeout stands once on a command line. */
async function checkOnce(credentials: string, answer: Grant, args: readonly string[]) {
  if (args.length === 0) return check(credentials, byToken, answer)
  const server = await serve(identity, registry(byToken))
  const tokens = await serve(authIdentity, answer)
  const config = folder.file('o.toml', RULE + credentials)
  return run([
    ...['check', config, `${HOST}/app:1`, ...args],
    ...['--connect', `${HOST}:443=127.0.0.1:${server.port}`],
    ...['--connect', `${AUTH}:443=127.0.0.1:${tokens.port}`],
  ])
}

describe('a token', () => {
  it('without rights to the image', async () => {
    const variant: RegistryVariant = {
      ...byToken,
      instead: (path, response) => {
        if (path === '/v2/') return false
        response.writeHead(403).end('{"errors":[{"code":"DENIED"}]}')
        return true
      },
    }
    const { status, stdout } = await check(USER, variant)
    expect(status).toBe(1)
    await golden('token-without-rights', stdout)
  })

  it('that the registry refuses at the image', async () => {
    const variant: RegistryVariant = {
      isLetIn: (authorization, path) => path === '/v2/' && authorization !== undefined,
      challenge: bearer(`https://${AUTH}/token`),
    }
    const { status, stdout } = await check(USER, variant)
    expect(status).toBe(1)
    await golden('token-refused', stdout)
  })

  it.each([
    ['token-again', 200],
    ['token-again-refused', 403],
  ])('that does not suffice at the image: %s', async (name, again) => {
    const other = `${bearer(`https://${AUTH}/token`)},scope="repository:base:pull"`
    const variant: RegistryVariant = {
      isLetIn: (it, path) => it === `Bearer ${path === '/v2/' ? '' : 'another-'}${TOKEN}`,
      challenge: other,
    }
    const answer: Grant = (request, response) => {
      if (!request.url?.includes('base')) return grant(request, response)
      response.writeHead(again)
      return response.end(JSON.stringify({ token: `another-${TOKEN}` }))
    }
    const { status, stdout, tokens } = await check(USER, variant, answer)
    expect([status, tokens.requests.length]).toEqual([again === 200 ? 0 : 1, 2])
    await golden(name, stdout)
  })

  it('that is renewed by a refresh token', async () => {
    const answer: Grant = (_, response) =>
      response.end(JSON.stringify({ token: TOKEN, expires_in: 5, refresh_token: `${TOKEN}r` }))
    const { status, stdout, tokens } = await check(USER, byToken, answer)
    expect(status).toBe(0)
    expect(tokens.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST'])
    expect(stdout.match(/^ {2}ok {3}token /gm)).toHaveLength(3)
    expect(stdout).not.toContain('skip')
  })

  it('that counts at the image alone', async () => {
    const variant: RegistryVariant = {
      isLetIn: (authorization, path) => path !== '/v2/' && authorization !== undefined,
      challenge: bearer(`https://${AUTH}/token`),
    }
    const { status, stdout } = await check(USER, variant)
    expect(status).toBe(0)
    await golden('token-for-the-image', stdout)
  })
})
