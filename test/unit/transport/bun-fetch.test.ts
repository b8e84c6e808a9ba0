/**
 * What `bunFetch` makes of requests and of errors, with Node's fetch in place of Bun's and real servers.
 * What Bun makes of the options is measured by the trust matrix.
 */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bunFetch, sendBy } from '../../../src/transport/bun-fetch.js'
import type { SendInit } from '../../../src/transport/index.js'
import { DENY_ALL, proxyAt, routeOf, SKIP_VERIFY, WEB_PKI } from '../../support/routes.js'

const INIT: SendInit = { method: 'GET', headers: {}, redirect: 'manual' }
const CANARY = 'canary-of-s3crets'

const closers: (() => unknown)[] = []
beforeEach(() => {
  vi.stubGlobal('Bun', {})
})
afterEach(async () => {
  vi.unstubAllGlobals()
  for (const close of closers.splice(0)) await close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The options of one request. */
async function optionsFor(url: string, route = routeOf(WEB_PKI)): Promise<object> {
  const given: object[] = []
  const send = sendBy(async (_, init) => {
    given.push(init)
    return new Response()
  })
  await send(url, INIT, route)
  return given[0] as object
}

describe('bunFetch', () => {
  it('gives the answer as it is, a redirect too', async () => {
    const origin = await serve((_, response) => {
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    const response = await bunFetch()(`${origin}/v2/`, INIT, routeOf(SKIP_VERIFY))
    expect([response.status, response.headers.get('location')]).toEqual([307, '/elsewhere'])
  })

  it('sends the method, the header and the body', async () => {
    const asked: unknown[] = []
    const origin = await serve(async (request, response) => {
      let body = ''
      for await (const piece of request) body += piece
      const { authorization }: IncomingHttpHeaders = request.headers
      asked.push([request.method, request.url, authorization, body])
      response.end('ok')
    })
    const init = { ...INIT, method: 'PUT', headers: { authorization: 'Bearer t' }, body: 'x' }
    const response = await bunFetch<Response>()(`${origin}/v2/a?b`, init, routeOf(SKIP_VERIFY))
    expect(await response.text()).toBe('ok')
    expect(asked).toEqual([['PUT', '/v2/a?b', 'Bearer t', 'x']])
  })

  it('ends by its signal', async () => {
    const origin = await serve(() => {})
    const controller = new AbortController()
    const init = { ...INIT, signal: controller.signal }
    const request = bunFetch()(`${origin}/`, init, routeOf(SKIP_VERIFY))
    controller.abort(new RangeError('enough'))
    await expect(request).rejects.toThrow(RangeError)
  })

  it('sends nothing where the trust denies everything', async () => {
    const send = sendBy(() => expect.unreachable())
    await expect(send('https://registry.corp/', INIT, routeOf(DENY_ALL))).rejects.toMatchObject({
      code: 'ERR_TRUST_DENIED',
    })
  })

  it('sends nothing on any other runtime, whose fetch would ignore the trust', async () => {
    vi.unstubAllGlobals()
    const send = sendBy(() => expect.unreachable())
    await expect(send('https://registry.corp/', INIT, routeOf(WEB_PKI))).rejects.toMatchObject({
      issue: { code: 'not-bun' },
    })
  })
})

describe('the options of a request', () => {
  it('have the trust and the proxy of its route', async () => {
    const proxy = proxyAt('http://proxy.corp:3128')
    expect(await optionsFor('https://registry.corp/', routeOf(SKIP_VERIFY, proxy))).toMatchObject({
      redirect: 'manual',
      tls: { rejectUnauthorized: false },
      proxy: { url: 'http://proxy.corp:3128' },
    })
  })

  it.each([
    ['https://registry.corp/', 'registry.corp'],
    ['https://registry.corp.:8443/v2/', 'registry.corp'],
    ['https://127.0.0.1/', undefined],
    ['https://[::1]:8443/', undefined],
    ['no URL', undefined],
  ])('threat 14: for %s the name is %s', async (url, name) => {
    const { tls } = (await optionsFor(url)) as { readonly tls: { readonly serverName?: string } }
    expect(tls.serverName).toBe(name)
  })

  it.each(['file:', 'file:///etc/passwd', 'data:,x'])(
    'are none for %s, which has no host: nothing is sent',
    async (url) => {
      const send = sendBy(() => expect.unreachable())
      await expect(send(url, INIT, routeOf(WEB_PKI))).rejects.toThrow(
        new TypeError('bunFetchOptions: expected a host without a port'),
      )
    },
  )

  it('threat 18: have nothing of a polluted prototype', async () => {
    expect(Reflect.getPrototypeOf(await optionsFor('https://registry.corp/'))).toBe(null)
  })
})

describe('an error', () => {
  /** Bun's errors have their code themselves, where those of Node have it in their cause. */
  const failing = sendBy((url, init) =>
    fetch(url, init).catch(({ cause }) => {
      throw cause
    }),
  )

  // Bun says the same of a server that ends before TLS and behind it: plain HTTP may follow neither.
  it('that is a reset is called another thing', async () => {
    const origin = await serve(({ socket }) => socket.resetAndDestroy())
    const error = await failing(`${origin}/`, INIT, routeOf(SKIP_VERIFY)).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'ERR_CONNECTION_BROKEN' })
  })

  it('of a server that isn’t there is left as it is', async () => {
    const origin = await serve(() => {})
    await closers.pop()?.()
    const error = await failing(`${origin}/`, INIT, routeOf(SKIP_VERIFY)).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('of a proxy that refuses has its status, and nothing that the proxy said', async () => {
    const said = new Error(`Proxy refused to open a tunnel: 407 ${CANARY}`)
    const send = sendBy(() => Promise.reject(said))
    const route = routeOf(WEB_PKI, proxyAt('http://proxy.corp:3128'))
    const error = await send('https://registry.corp/', INIT, route).catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'ERR_PROXY_STATUS_407' })
    expect(`${error.stack} ${error.cause}`).not.toContain('canary')
  })

  it.each([undefined, null, 'reset'])('that is %j is left as it is', async (thrown) => {
    const send = sendBy(() => Promise.reject(thrown))
    const url = 'https://registry.corp/'
    await expect(send(url, INIT, routeOf(WEB_PKI))).rejects.toBe(thrown)
  })
})
