import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as undici from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import {
  type CreateRegistryFetchOptions,
  createRegistryFetch,
  RegistryFetchError,
} from '../../../src/fetch/index.js'
import { createResolver } from '../../../src/resolve/index.js'
import { undiciFetch } from '../../../src/transport/index.js'

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A server on loopback, with what it was asked. */
async function serve(handler: Handler): Promise<{ host: string; asked: string[] }> {
  const asked: string[] = []
  const server: Server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const { authorization = '-' } = request.headers
    asked.push(`${request.method} ${request.url} ${authorization}`)
    handler(request, response, Buffer.concat(pieces).toString())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()))
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

function client(rule: string, options: Partial<CreateRegistryFetchOptions<undici.Response>> = {}) {
  const resolver = createResolver(
    parseConfig(`registries = { "." = { insecure-skip-verify = true, ${rule} } }`),
  )
  const fetch = undiciFetch(undici)
  closers.push(() => fetch.close())
  return createRegistryFetch<undici.Response>(resolver, { fetch, now: Date.now, ...options })
}

const PAIR = 'username = "u", password = "p"'
const BASIC = 'Basic dTpw'

/** A registry that wants a token of its own token service. */
function tokenRegistry(tokens: { count: number }, lifetime = 300): Handler {
  let host = ''
  return (request, response, body) => {
    host = request.headers.host ?? host
    if (request.url?.startsWith('/token')) {
      tokens.count++
      const token = { token: `t${tokens.count}`, expires_in: lifetime }
      response.end(JSON.stringify(token))
    } else if (request.headers.authorization === undefined) {
      const realm = `Bearer realm="http://${host}/token",service="s"`
      response.writeHead(401, { 'www-authenticate': realm }).end()
    } else response.end(body || 'content')
  }
}

describe('a request', () => {
  it('asks bare, answers the challenge, and carries the token from then on', async () => {
    const tokens = { count: 0 }
    const { host, asked } = await serve(tokenRegistry(tokens))
    const registryFetch = client(PAIR)
    const first = await registryFetch(`${host}/acme/app:1`, 'manifests')
    expect([first.status, await first.text()]).toEqual([200, 'content'])
    const second = await registryFetch(`${host}/acme/app:1`, 'tags/list')
    expect(second.status).toBe(200)
    expect(asked).toEqual([
      'GET /v2/acme/app/manifests/1 -',
      `GET /token?scope=repository%3Aacme%2Fapp%3Apull&service=s ${BASIC}`,
      'GET /v2/acme/app/manifests/1 Bearer t1',
      'GET /v2/acme/app/tags/list Bearer t1',
    ])
  })

  it('asks for one token for a hundred at once', async () => {
    const tokens = { count: 0 }
    const { host } = await serve(tokenRegistry(tokens))
    const registryFetch = client(PAIR)
    const requests = Array.from({ length: 100 }, () => registryFetch(`${host}/a/b:1`, 'manifests'))
    for (const response of await Promise.all(requests)) {
      expect(response.status).toBe(200)
      await response.text()
    }
    expect(tokens.count).toBe(1)
  })

  it('gives a last 401, a 404 and a 429 as they are', async () => {
    for (const status of [401, 404, 429, 500]) {
      const { host } = await serve((_, response) => {
        response.writeHead(status, { 'www-authenticate': 'Basic realm="x"' }).end()
      })
      expect((await client(PAIR)(`${host}/a/b:1`, 'manifests')).status).toBe(status)
    }
  })

  it('follows a redirect without credentials', async () => {
    const storage = await serve((_, response) => response.end('blob'))
    const { host } = await serve((request, response) => {
      if (request.headers.authorization === undefined) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      } else response.writeHead(307, { location: `http://${storage.host}/blob?signature=x` }).end()
    })
    const response = await client(PAIR)(`${host}/a/b:1`, 'blobs/sha256:0')
    expect(await response.text()).toBe('blob')
    expect(storage.asked).toEqual(['GET /blob?signature=x -'])
  })

  it('sends a stream once, after it has asked what the registry wants', async () => {
    const tokens = { count: 0 }
    const { host, asked } = await serve(tokenRegistry(tokens))
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('piece'))
        controller.close()
      },
    })
    const response = await client(PAIR)(`${host}/a/b:1`, 'blobs/uploads/1', { method: 'PUT', body })
    expect(await response.text()).toBe('piece')
    expect(asked).toEqual([
      'GET /v2/ -',
      `GET /token?scope=repository%3Aa%2Fb%3Apush%2Cpull&service=s ${BASIC}`,
      'PUT /v2/a/b/blobs/uploads/1 Bearer t1',
    ])
  })

  it('is refused where the rule denies everything, with nothing sent', async () => {
    const { host, asked } = await serve((_, response) => response.end())
    const resolver = createResolver(parseConfig('registries = { "." = { ca-certs = "none" } }'))
    const fetch = undiciFetch(undici)
    const registryFetch = createRegistryFetch(resolver, { fetch, now: Date.now })
    const error = await registryFetch(`${host}/a/b:1`, 'manifests').catch((thrown) => thrown)
    expect(error).toBeInstanceOf(RegistryFetchError)
    expect(error.issue).toMatchObject({ code: 'denied' })
    expect(asked).toEqual([])
  })

  it('says of each attempt why it failed, https first', async () => {
    const { host } = await serve((_, response) => response.end())
    await closers.pop()?.()
    const error = await client(PAIR)(`${host}/a/b:1`, 'manifests').catch((thrown) => thrown)
    expect(error.issue.code).toBe('unreachable')
    expect(error.issue.attempts).toEqual([
      { origin: `https://${host}`, reason: 'ECONNREFUSED' },
      { origin: `http://${host}`, reason: 'ECONNREFUSED' },
    ])
  })

  it('tells a proxy that nothing listens at from the registry behind it', async () => {
    const { host: gone } = await serve((_, response) => response.end())
    await closers.pop()?.()
    const resolver = createResolver(parseConfig(`extra-env = { HTTPS_PROXY = "http://${gone}" }`))
    const fetch = undiciFetch(undici)
    closers.push(() => fetch.close())
    const registryFetch = createRegistryFetch(resolver, { fetch, now: Date.now })
    const error = await registryFetch('registry.corp/a:1', 'manifests').catch((thrown) => thrown)
    expect(error.issue).toMatchObject({
      code: 'unreachable',
      attempts: [
        {
          origin: 'https://registry.corp',
          reason: 'ECONNREFUSED',
          proxy: { url: `http://${gone}`, isAtFault: true },
        },
      ],
    })
  })

  it.each([{ authorization: 'x' }, { Cookie: 'x' }, { HOST: 'x' }, [['Authorization', 'x']]])(
    'may not bring %j',
    async (headers) => {
      await expect(client(PAIR)('a.corp/b', 'manifests', { headers } as never)).rejects.toThrow(
        TypeError,
      )
    },
  )

  it('ends with the reason of its signal', async () => {
    const { host } = await serve(() => {})
    const controller = new AbortController()
    const request = client(PAIR)(`${host}/a/b:1`, 'manifests', { signal: controller.signal })
    setTimeout(() => controller.abort('enough'), 50)
    await expect(request).rejects.toBe('enough')
  })
})
