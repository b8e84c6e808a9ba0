import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  answerChallenge,
  parseChallenges,
  parseTokenResponse,
  type Resolution,
  TokenCache,
} from 'imagepuller-auth'
import ts from 'typescript'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Keys, resolveWith } from '../support/resolve-with.js'

type Get = (resolution: Resolution, url: string, accept: string) => Promise<Response>

/** The loop of docs/handshake.md, with a cache of its own. */
function loopOfThePage(): Get {
  const page = readFileSync(new URL('../../docs/handshake.md', import.meta.url), 'utf8')
  const block = /```ts\n(.*?)```/s.exec(page)?.[1] ?? ''
  const { outputText } = ts.transpileModule(block, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  })
  const exports = {}
  const api = { answerChallenge, parseChallenges, parseTokenResponse, TokenCache }
  new Function('exports', 'require', outputText)(exports, () => api)
  return Reflect.get(exports, 'get')
}

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

let get: Get
beforeEach(() => {
  get = loopOfThePage()
})
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

function pull(host: string, keys: Keys = PAIR, path = MANIFEST): Promise<Response> {
  return get(
    resolveWith({ ...keys, 'insecure-skip-verify': true }, `${host}/acme/app:1`),
    `http://${host}${path}`,
    '*/*',
  )
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

describe('the loop of docs/handshake.md', () => {
  test('is about 30 lines', () => {
    const page = readFileSync(new URL('../../docs/handshake.md', import.meta.url), 'utf8')
    const lines = /```ts\n(.*?)```/s
      .exec(page)?.[1]
      ?.split('\n')
      .filter((line) => line.trim() !== '')
    expect(lines?.length).toBeLessThan(36)
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
      [`GET ${MANIFEST}`, undefined],
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
    await expect(pull(host)).rejects.toThrow('no place for credentials')
    expect(elsewhere.requests).toEqual([])
  })

  test.each([
    ['an answer other than 200', [201, {}, '{"token":"T"}'], 'the token service answered 201'],
    ['no token', [200, {}, '{"errors":["s3cr3t"]}'], 'expected token or access_token'],
  ] as const)('%s is an error that shows nothing', async (_, answer, message) => {
    const { host } = await registryThat(() => [...answer])
    await expect(pull(host)).rejects.toThrow(new Error(message))
  })

  test('wrong credentials are sent twice at most', async () => {
    const { host, requests } = await serve(() => [401, { 'www-authenticate': 'Basic realm="x"' }])
    expect((await pull(host)).status).toBe(401)
    expect(requests).toHaveLength(3)
  })
})
