import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import * as api from 'imagepuller-auth'
import type { RegistryFetch } from 'imagepuller-auth/fetch'
import * as fetchEntry from 'imagepuller-auth/fetch'
import * as transport from 'imagepuller-auth/transport'
import ts from 'typescript'
import * as undici from 'undici'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Authority, makeAuthority } from '../e2e/support/certificates.js'
import type { Keys } from '../support/resolve-with.js'

type RegistriesOf = (document: string) => RegistryFetch<Response>

const page = readFileSync(new URL('../../docs/handshake.md', import.meta.url), 'utf8')
const block = /```ts\n(.*?)```/s.exec(page)?.[1] ?? ''

/** The function of docs/handshake.md. */
function functionOfThePage(): RegistriesOf {
  const { outputText } = ts.transpileModule(block, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  })
  const modules: Readonly<Record<string, unknown>> = {
    'imagepuller-auth': api,
    'imagepuller-auth/fetch': fetchEntry,
    'imagepuller-auth/transport': transport,
    undici,
  }
  const exports = {}
  new Function('exports', 'require', outputText)(exports, (name: string) => modules[name])
  return Reflect.get(exports, 'registriesOf')
}

const registriesOf = functionOfThePage()

interface Request {
  readonly line: string
  readonly authorization: string | undefined
  readonly body: string
}

type Answers = (
  request: Request,
) => [status: number, headers: Record<string, string>, body?: string]

const servers: Server[] = []

async function serve(answers: Answers): Promise<{ host: string; requests: Request[] }> {
  const requests: Request[] = []
  const server = createServer(async (message: IncomingMessage, response: ServerResponse) => {
    let body = ''
    for await (const chunk of message) body += chunk
    const { authorization } = message.headers
    const request = {
      line: `${message.method} ${message.url}`,
      authorization: authorization && Buffer.from(authorization, 'latin1').toString(),
      body,
    }
    requests.push(request)
    const [status, headers, text] = answers(request)
    response.writeHead(status, headers).end(text)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

const MANIFEST = '/v2/acme/app/manifests/1'
const SCOPE = 'scope=repository%3Aacme%2Fapp%3Apull'
const PAIR: Keys = { username: 'builder', password: 's3cr3t' }
const BASIC = 'Basic YnVpbGRlcjpzM2NyM3Q='

const known = new Map<string, RegistryFetch<Response>>()
afterEach(() => {
  known.clear()
  for (const server of servers.splice(0)) server.close()
})

/** What a configuration says about registries that may speak plain HTTP. */
function documentOf(keys: Keys & { readonly 'ca-certs'?: string }): string {
  const lines = Object.entries(keys).map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
  return `[registries."."]\n${lines.join('\n')}\n`
}

/** Pulls of one configuration share what is known. */
function pullBy(document: string, host: string): Promise<Response> {
  const registryFetch = known.get(document) ?? registriesOf(document)
  known.set(document, registryFetch)
  return registryFetch(`${host}/acme/app:1`, 'manifests', { headers: { accept: '*/*' } })
}

function pull(host: string, keys: Keys = PAIR): Promise<Response> {
  return pullBy(documentOf({ ...keys, 'insecure-skip-verify': true }), host)
}

/** A registry and its token service at one origin. */
function registryThat(
  token: Answers,
  granted = 'Bearer T',
): Promise<{ host: string; requests: Request[] }> {
  let host = ''
  const started = serve((request) => {
    if (request.line.includes('/token')) return token(request)
    if (request.authorization === granted) return [200, {}, 'the manifest']
    return [401, { 'www-authenticate': `Bearer realm="http://${host}/token",service="s"` }]
  })
  return started.then((server) => {
    host = server.host
    return server
  })
}

describe('the function of docs/handshake.md', () => {
  test('is ten lines or so', () => {
    expect(block.split('\n').filter((line) => line.trim() !== '').length).toBeLessThan(12)
  })

  test('no challenge: nothing is sent', async () => {
    const { host, requests } = await serve(() => [200, {}, 'the manifest'])
    expect(await (await pull(host)).text()).toBe('the manifest')
    expect(requests).toEqual([{ line: `GET ${MANIFEST}`, authorization: undefined, body: '' }])
  })

  test('Basic', async () => {
    const { host, requests } = await serve(({ authorization }) =>
      authorization === BASIC
        ? [200, {}, 'the manifest']
        : [401, { 'www-authenticate': 'Basic realm="x"' }],
    )
    expect(await (await pull(host)).text()).toBe('the manifest')
    expect(requests.map(({ authorization }) => authorization)).toEqual([undefined, BASIC])
  })

  test('Bearer by GET, and the token is used again', async () => {
    const { host, requests } = await registryThat(() => [200, {}, '{"token":"T","expires_in":300}'])
    for (const _ of [1, 2]) expect((await pull(host)).status).toBe(200)
    expect(requests.map(({ line, authorization }) => [line, authorization])).toEqual([
      [`GET ${MANIFEST}`, undefined],
      [`GET /token?${SCOPE}&service=s`, BASIC],
      [`GET ${MANIFEST}`, 'Bearer T'],
      [`GET ${MANIFEST}`, 'Bearer T'],
    ])
  })

  test('Bearer by POST', async () => {
    const { host, requests } = await registryThat(() => [200, {}, '{"access_token":"T"}'])
    expect((await pull(host, { identitytoken: 'idt' })).status).toBe(200)
    const form = `client_id=imagepuller-auth&grant_type=refresh_token&refresh_token=idt&${SCOPE}&service=s`
    expect(requests[1]).toEqual({ line: 'POST /token', authorization: undefined, body: form })
  })

  test('Bearer by POST, which answers 404, then by GET', async () => {
    const { host, requests } = await registryThat(({ line }) =>
      line.startsWith('POST') ? [404, {}] : [200, {}, '{"token":"T"}'],
    )
    expect((await pull(host, { identitytoken: 'idt', ...PAIR })).status).toBe(200)
    expect(requests[2]).toEqual({
      line: `GET /token?${SCOPE}&service=s`,
      authorization: BASIC,
      body: '',
    })
  })

  test('a registry token beyond ASCII arrives as UTF-8', async () => {
    const { host } = await registryThat(() => [500, {}], 'Bearer tökén密')
    expect((await pull(host, { registrytoken: 'tökén密' })).status).toBe(200)
  })

  test('a token that isn’t enough: the scope of the second 401 is asked for first', async () => {
    const wanted = 'repository:acme/app:pull,push'
    let host = ''
    const server = await serve(({ line, authorization }) => {
      const all = line.includes('pull%2Cpush')
      if (line.includes('/token')) return [200, {}, `{"token":"${all ? 'all' : 'some'}"}`]
      if (authorization === 'Bearer all') return [200, {}, 'the manifest']
      return [401, { 'www-authenticate': `Bearer realm="http://${host}/token",scope="${wanted}"` }]
    })
    host = server.host
    expect((await pull(host)).status).toBe(200)
    expect(server.requests[3]?.line).toBe(
      `GET /token?scope=${encodeURIComponent(wanted)}&${SCOPE}&service=`,
    )
  })

  test('threats 1 and 3: storage gets no header, whatever it asks for', async () => {
    const storage = await serve(() => [401, { 'www-authenticate': 'Basic realm="give me"' }])
    const { host } = await serve(({ authorization }) =>
      authorization === BASIC
        ? [307, { location: `http://${storage.host}/blob` }]
        : [401, { 'www-authenticate': 'Basic realm="x"' }],
    )
    expect((await pull(host)).status).toBe(401)
    expect(storage.requests.map(({ authorization }) => authorization)).toEqual([undefined])
  })

  test('threat 2: go-containerregistry issue 2291, a token service that redirects', async () => {
    const elsewhere = await serve(() => [200, {}, '{"token":"T"}'])
    const { host } = await registryThat(() => [307, { location: `http://${elsewhere.host}/token` }])
    for (const keys of [PAIR, { identitytoken: 'idt' }])
      await expect(pull(host, keys)).rejects.toThrow()
    expect(elsewhere.requests).toEqual([])
  })

  test('threat 2: a realm at another local host gets no request', async () => {
    const elsewhere = await serve(() => [200, {}, '{"token":"T"}'])
    const realm = `http://${elsewhere.host.replace('127.0.0.1', '127.0.0.2')}/token`
    const { host } = await serve(() => [401, { 'www-authenticate': `Bearer realm="${realm}"` }])
    await expect(pull(host)).rejects.toThrow('this one means the machine itself')
    expect(elsewhere.requests).toEqual([])
  })

  test.each([
    ['an answer other than 200', [201, {}, '{"token":"T"}'], 'it answers with status 201'],
    [
      'no token',
      [200, {}, '{"errors":["s3cr3t"]}'],
      "the token service's answer: expected token or access_token",
    ],
  ] as const)('%s is an error that shows nothing', async (_, answer, message) => {
    const { host } = await registryThat(() => [...answer])
    await expect(pull(host)).rejects.toThrow(message)
  })

  test('wrong credentials are sent once, and the 401 is given', async () => {
    const { host, requests } = await serve(() => [401, { 'www-authenticate': 'Basic realm="x"' }])
    expect((await pull(host)).status).toBe(401)
    expect(requests.map(({ authorization }) => authorization)).toEqual([undefined, BASIC])
  })

  test('a token that is refused at once is not asked for again, and the 401 is given', async () => {
    const { host, requests } = await registryThat(() => [200, {}, '{"token":"wrong"}'])
    expect((await pull(host)).status).toBe(401)
    expect(requests.filter(({ line }) => line.includes('/token'))).toHaveLength(1)
  })
})

describe('issue 17, row 6: a token service that answers POST with 404', () => {
  const IDENTITY: Keys = { identitytoken: 'idt', ...PAIR }
  const byGetAlone = (token: () => string): Answers => {
    return ({ line }) => (line.startsWith('POST') ? [404, {}] : [200, {}, token()])
  }

  test('gets the refresh token once, while the token lasts', async () => {
    const answers = byGetAlone(() => '{"token":"T","expires_in":3600}')
    const { host, requests } = await registryThat(answers)
    for (const _ of [1, 2, 3]) expect((await pull(host, IDENTITY)).status).toBe(200)
    const asked = requests.filter(({ line }) => line.includes('/token'))
    expect(asked.map(({ line }) => line)).toEqual(['POST /token', `GET /token?${SCOPE}&service=s`])
    expect(requests.filter(({ body }) => body.includes('idt'))).toHaveLength(1)
  })

  test('and a token that is refused before its time is asked for anew, not replayed', async () => {
    let number = 0
    const tokens = byGetAlone(() => `{"token":"T${++number}","expires_in":3600}`)
    let valid = 'Bearer T1'
    let host = ''
    const server = await serve((request) => {
      if (request.line.includes('/token')) return tokens(request)
      if (request.authorization === valid) return [200, {}, 'the manifest']
      return [401, { 'www-authenticate': `Bearer realm="http://${host}/token",service="s"` }]
    })
    host = server.host
    expect((await pull(host, IDENTITY)).status).toBe(200)
    valid = 'Bearer T2'
    for (const _ of [1, 2]) expect((await pull(host, IDENTITY)).status).toBe(200)
    const sent = server.requests.flatMap(({ authorization = '' }) =>
      authorization.startsWith('Bearer') ? [authorization] : [],
    )
    expect(sent).toEqual(['Bearer T1', 'Bearer T1', 'Bearer T2', 'Bearer T2'])
  })
})

describe('issue 17, row 10, and threat 31: plain HTTP is for a registry that has no TLS', () => {
  let authority: Authority
  const connections: string[] = []

  /** A TLS server that counts whatever connects, plain HTTP included. */
  async function serveTls(status: number): Promise<string> {
    authority ??= await makeAuthority('Corp Root')
    const { cert, key } = await authority.issue(['127.0.0.1'])
    const server = createTlsServer({ cert, key }, (request, response) => {
      connections.push(`${request.method} ${request.headers.authorization}`)
      response.writeHead(status, { 'www-authenticate': 'Basic realm="x"' }).end()
    })
    server.on('connection', () => connections.push('connection'))
    servers.push(server as unknown as Server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  beforeEach(() => {
    connections.length = 0
  })

  test('an unknown CA without a rule: the error names it, and nothing goes out in the clear', async () => {
    const host = await serveTls(200)
    await expect(pullBy('', host)).rejects.toThrow(
      /https:\/\/127\.0\.0\.1:\d+ \((?:UNABLE_TO_\w+|\w*SELF_SIGNED_CERT\w*)\)/,
    )
    expect(connections).toEqual(['connection'])
  })

  test.each([404, 500])('an answer of %i over https is the answer', async (status) => {
    const host = await serveTls(status)
    const document = documentOf({ ...PAIR, 'insecure-skip-verify': true })
    expect((await pullBy(document, host)).status).toBe(status)
    expect(connections).toEqual(['connection', 'GET undefined'])
  })

  test('a registry without TLS is asked by plain HTTP', async () => {
    const { host, requests } = await serve(() => [200, {}, 'the manifest'])
    expect((await pull(host)).status).toBe(200)
    expect(requests).toHaveLength(1)
  })

  test('where nothing listens, the reason of https comes first', async () => {
    const { host } = await serve(() => [200, {}])
    const closed = servers.pop() as Server
    await new Promise((resolve) => closed.close(resolve))
    await expect(pull(host)).rejects.toThrow(
      `https://${host} (ECONNREFUSED), then http://${host} (ECONNREFUSED)`,
    )
  })

  test('deny-all sends nothing', async () => {
    const { host, requests } = await serve(() => [200, {}])
    await expect(pullBy(documentOf({ 'ca-certs': 'nothing is trusted' }), host)).rejects.toThrow(
      'nothing was sent',
    )
    expect(requests).toEqual([])
  })
})
