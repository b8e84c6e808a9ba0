import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net'
import * as undici from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { createResolver } from '../../../src/resolve/index.js'
import { bunFetch, undiciFetch } from '../../../src/transport/index.js'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => server.close())
  return (server.address() as AddressInfo).port
}

const SKIP = '[registries."."]\ninsecure-skip-verify = true\n'

/** Sends as `createRegistryFetch` does. */
function sending(options: object = {}, document = SKIP) {
  const resolver = createResolver(parseConfig(document))
  const send = undiciFetch(undici, options)
  closers.push(() => send.destroy())
  const get = (url: string, method = 'GET', body?: string, signal?: AbortSignal) => {
    const { host } = new URL(url)
    const route = resolver.routeTo(resolver.resolve(`${host}/a/b:1`), url)
    const init = { method, headers: {}, redirect: 'manual' as const }
    return send(
      url,
      { ...init, ...(body === undefined ? {} : { body }), ...(signal ? { signal } : {}) },
      route,
    )
  }
  return { send, get }
}

const serve = async (listener: RequestListener) =>
  `http://127.0.0.1:${await listen(createServer(listener))}`

describe('undiciFetch', () => {
  it('gives redirects as they are, and keeps a connection for a trust', async () => {
    const sockets = new Set<Socket>()
    const origin = await serve(({ socket }, response) => {
      sockets.add(socket)
      response.writeHead(307, { location: '/x' }).end()
    })
    const { get } = sending()
    for (let i = 0; i < 3; i++) {
      const response = await get(`${origin}/`)
      expect([response.status, response.headers.get('location')]).toEqual([307, '/x'])
      await response.text()
    }
    expect(sockets.size).toBeLessThan(3)
  })

  it('retries only where it is told to, GET and HEAD alone, and gives the last answer', async () => {
    const asked: string[] = []
    const origin = await serve(({ method }, response) => {
      asked.push(`${method}`)
      response.writeHead(503).end()
    })
    expect((await sending().get(`${origin}/`)).status).toBe(503)
    expect(asked).toHaveLength(1)
    const retry = { maxRetries: 2, minTimeout: 1, methods: ['PUT'], throwOnError: true }
    const { get } = sending({ retry })
    expect((await get(`${origin}/`)).status).toBe(503)
    expect(asked).toHaveLength(4)
    expect((await get(`${origin}/`, 'PUT', 'x')).status).toBe(503)
    expect(asked).toEqual(['GET', 'GET', 'GET', 'GET', 'PUT'])
  })

  it('takes limits of time', async () => {
    const origin = await serve(() => {})
    const { get } = sending({ headersTimeout: 200 })
    await expect(get(`${origin}/`)).rejects.toMatchObject({
      cause: { code: 'UND_ERR_HEADERS_TIMEOUT' },
    })
  })

  it('ends by its signal, and by destroy()', async () => {
    const origin = await serve(() => {})
    const { get, send } = sending()
    const reason = new Error('enough')
    const controller = new AbortController()
    const request = get(`${origin}/`, 'GET', undefined, controller.signal)
    setTimeout(() => controller.abort(reason), 20)
    await expect(request).rejects.toBe(reason)
    const another = get(`${origin}/`)
    setTimeout(() => send.destroy(), 20)
    await expect(another).rejects.toThrow()
  })

  it.each([
    [403, 'HTTPS_PROXY', 'https'],
    [407, 'HTTPS_PROXY', 'https'],
    [503, 'HTTPS_PROXY', 'https'],
    [407, 'HTTP_PROXY', 'http'],
  ])('says that a proxy answered with %i to %s', async (status, variable, scheme) => {
    const proxy = createServer((_, response) => response.writeHead(status).end())
    proxy.on('connect', (_, socket) => {
      socket.on('error', () => undefined)
      socket.end(`HTTP/1.1 ${status} canary\r\ncontent-length: 0\r\n\r\n`)
    })
    const port = await listen(proxy)
    const document = `[extra-env]\n${variable} = "http://u:canary@127.0.0.1:${port}"\n${SKIP}`
    const error = await sending({}, document)
      .get(`${scheme}://registry.example/`)
      .catch((thrown) => thrown)
    expect(error).toMatchObject({ code: `ERR_PROXY_STATUS_${status}` })
    expect(Object.hasOwn(error, 'cause')).toBe(false)
    expect(String(error.stack)).not.toContain('canary')
  })

  it('leaves a reset before any connection as it is', async () => {
    const port = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => undefined)
        socket.once('data', () => socket.resetAndDestroy())
      }),
    )
    await expect(sending().get(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({
      cause: { code: 'ECONNRESET' },
    })
  })

  it('calls a reset behind a connection another thing', async () => {
    let count = 0
    const server = createServer((request, response) => {
      if (count++ === 0) response.end('x')
      else request.socket.resetAndDestroy()
    })
    const origin = `http://127.0.0.1:${await listen(server)}`
    const { get } = sending()
    await (await get(`${origin}/`)).text()
    await expect(get(`${origin}/`)).rejects.toMatchObject({ code: 'ERR_CONNECTION_BROKEN' })
  })

  it.each([
    [{}, {}],
    [undici, { retries: 3 }],
    [undici, { retry: 3 }],
    [undici, { connectTimeout: 0 }],
    [undici, { headersTimeout: 1.5 }],
  ])('misuse is a TypeError', (module, options) => {
    expect(() => undiciFetch(module as never, options as never)).toThrow(TypeError)
  })
})

describe('bunFetch', () => {
  it('is refused elsewhere', async () => {
    const resolution = createResolver(parseConfig('')).resolve('ghcr.io/a/b')
    const init = { method: 'GET', headers: {}, redirect: 'manual' } as const
    await expect(bunFetch()('https://ghcr.io/v2/', init, resolution)).rejects.toMatchObject({
      issue: { code: 'not-bun' },
    })
  })
})
