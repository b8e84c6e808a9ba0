import { EventEmitter, once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net'
import { inspect } from 'node:util'
import * as undici from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { createResolver } from '../../../src/resolve/index.js'
import { undiciFetch } from '../../../src/transport/index.js'
import { startProxy, startRegistry } from '../../support/loopback.js'
import { createAuthority, createIdentity } from '../../support/pki.js'

/** undici's clock, which goes by half a second, and which its own tests put forward. */
const timers: { tick(milliseconds: number): void } = createRequire(import.meta.url)(
  'undici/lib/util/timers.js',
)

const NO_LIMITS = { connectTimeout: 2 ** 40, headersTimeout: 2 ** 40, bodyTimeout: 2 ** 40 }

function putClockForward(): void {
  const clock = setInterval(() => timers.tick(10_000), 10)
  closers.push(() => clearInterval(clock))
}

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
  const send = undiciFetch(undici, options)
  closers.push(() => send.destroy())
  return { send, get: getting(send, document) }
}

/** Requests by the routes of a document. */
function getting(send: ReturnType<typeof undiciFetch>, document: string) {
  const resolver = createResolver(parseConfig(document))
  return (url: string, method = 'GET', body?: string, signal?: AbortSignal) => {
    const { host } = new URL(url)
    const route = resolver.routeTo(resolver.resolve(`${host}/a/b:1`), url)
    const init = { method, headers: {}, redirect: 'manual' as const }
    return send(
      url,
      { ...init, ...(body === undefined ? {} : { body }), ...(signal ? { signal } : {}) },
      route,
    ) as Promise<undici.Response>
  }
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

  it.each([
    ['headersTimeout', 'http', 'UND_ERR_HEADERS_TIMEOUT'],
    ['connectTimeout', 'https', 'UND_ERR_CONNECT_TIMEOUT'],
  ])('takes a limit of time: %s', async (name, scheme, code) => {
    putClockForward()
    const silent = await listen(createTcpServer((socket) => socket.on('error', () => undefined)))
    const { get } = sending({ ...NO_LIMITS, [name]: 5000 })
    const request = get(`${scheme}://127.0.0.1:${silent}/`)
    await expect(request).rejects.toMatchObject({ cause: { code } })
  })

  it('takes a limit of time: bodyTimeout', async () => {
    putClockForward()
    const origin = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 2 }).write('x')
    })
    const response = await sending({ ...NO_LIMITS, bodyTimeout: 5000 }).get(`${origin}/`)
    await expect(response.text()).rejects.toMatchObject({
      cause: { code: 'UND_ERR_BODY_TIMEOUT' },
    })
  })

  it('closes its connections, once their requests have ended', async () => {
    const sockets = new Set<Socket>()
    const origin = await serve(({ socket }, response) => {
      sockets.add(socket)
      response.end('x')
    })
    const { get, send } = sending()
    const asked = get(`${origin}/`)
    const closing = send.close()
    expect(await (await asked).text()).toBe('x')
    await closing
    const [socket] = sockets
    if (socket?.destroyed === false) await once(socket, 'close')
    expect(sockets.size).toBe(1)
    expect(await (await get(`${origin}/`)).text()).toBe('x')
    expect(sockets.size).toBe(2)
  })

  it('threat 11: shares no connection between two trusts', async () => {
    const [right, wrong] = await Promise.all([createAuthority('Right'), createAuthority('Wrong')])
    const registry = await startRegistry(await createIdentity(right))
    closers.push(() => registry.close())
    const pinned = ({ certificate }: typeof right) =>
      `[registries."."]\nca-certs = '''\n${certificate.toString('pem')}\n'''\n`
    const { send, get } = sending({}, pinned(right))
    const url = `https://localhost:${registry.port}/`
    expect(await (await get(`${url}first`)).text()).toBe('ok')
    await expect(getting(send, pinned(wrong))(`${url}second`)).rejects.toThrow()
    expect(await (await getting(send, SKIP)(`${url}third`)).text()).toBe('ok')
    await expect(getting(send, '')(`${url}fourth`)).rejects.toThrow()
    expect([...registry.requests.keys()]).toEqual(['/first', '/third'])
  })

  it('keeps no connection for a trust that is another one when it is read again', async () => {
    const registry = await startRegistry(await createIdentity(await createAuthority('Root')))
    closers.push(() => registry.close())
    const url = `https://localhost:${registry.port}/`
    const init = { method: 'GET', headers: {}, redirect: 'manual' as const }
    const proxy = { kind: 'direct', code: 'not-configured' } as const
    for (let reads = 0; reads < 6; reads++) {
      const { send, get } = sending({}, '')
      let left = reads
      const route = {
        proxy,
        get tls() {
          return left-- > 0 ? ({ kind: 'web-pki' } as const) : ({ kind: 'skip-verify' } as const)
        },
      }
      await send(`${url}${reads}`, init, route).then(
        ({ body }) => body?.cancel(),
        () => undefined,
      )
      await expect(get(url)).rejects.toThrow()
    }
    expect([...registry.requests.keys()]).toEqual(['/0'])
  })

  it('shares no tunnel between two accounts of a proxy', async () => {
    const registry = await startRegistry(await createIdentity(await createAuthority('Root')))
    const proxy = await startProxy('p')
    closers.push(registry.close, proxy.close)
    const { send } = sending()
    const ask = async (account: string) => {
      const url = `http://${account}127.0.0.1:${proxy.port}`
      const get = getting(send, `[extra-env]\nHTTPS_PROXY = "${url}"\n${SKIP}`)
      return (await get(`https://registry.example:${registry.port}/`)).text()
    }
    expect([await ask('u:p@'), await ask('v:p@')]).toEqual(['ok', 'ok'])
    expect([...proxy.requests.keys()]).toEqual(['u', 'v'])
    await expect(ask('')).rejects.toMatchObject({ code: 'ERR_PROXY_STATUS_407' })
  })

  it('refuses to retry with an undici that composes no interceptors, before it sends', async () => {
    let count = 0
    const origin = await serve((_, response) => {
      count++
      response.end()
    })
    const old = { ...undici, Dispatcher: EventEmitter }
    const send = undiciFetch(old as never, { retry: { maxRetries: 1 } })
    await expect(getting(send, SKIP)(`${origin}/`)).rejects.toThrow(
      'undiciFetch: expected dispatchers that compose interceptors',
    )
    expect(count).toBe(0)
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

  it.each([
    ['at once', 0],
    ['with the first bytes of an answer', 1],
  ])('asks a proxy but once that hangs up %s', async (_, length) => {
    let count = 0
    const port = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => undefined)
        socket.once('data', () => {
          count++
          // A proxy that is asked without end would hold up the test.
          if (count < 10) socket.end('HTTP/1.1'.slice(0, length * 8))
          else socket.end('HTTP/1.1 500 No\r\n\r\n')
        })
      }),
    )
    const document = `[extra-env]\nHTTPS_PROXY = "http://u:canary@127.0.0.1:${port}"\n${SKIP}`
    const error = await sending({}, document)
      .get('https://registry.example/')
      .catch((thrown) => thrown)
    expect(count).toBe(1)
    expect(error).toMatchObject({ cause: { code: 'UND_ERR_PRX_CONN' } })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('canary')
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
