import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import * as undici from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { undiciDispatcher } from '../../../src/transport/undici-dispatcher.js'
import { CANARY, proxyAt, routeOf, SKIP_VERIFY, WEB_PKI } from '../../support/routes.js'

/** Everything that shows more of an object. */
const EVERYTHING = {
  depth: Number.POSITIVE_INFINITY,
  showHidden: true,
  getters: true,
  showProxy: true,
  customInspect: false,
  maxArrayLength: null,
  maxStringLength: null,
} as const

const shown = (value: object) => [
  inspect(value, EVERYTHING),
  inspect({ value }, { ...EVERYTHING, customInspect: true }),
  inspect(value),
  JSON.stringify(value),
  ...Reflect.ownKeys(value).map((key) => inspect(Reflect.get(value, key), EVERYTHING)),
]

let server: Server
let port: number
let seen: (string | undefined)[][]
/** Lets the server answer. */
let answer: () => void

beforeEach(async () => {
  seen = []
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  server = createServer(async ({ method, url, headers }, response) => {
    seen.push([method, url, headers.host, headers['proxy-authorization']])
    server.emit('asked')
    await held
    response.end('ok')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const proxied = () =>
  undiciDispatcher(routeOf(SKIP_VERIFY, proxyAt(`http://127.0.0.1:${port}`)), undici)

describe("threat 8: a proxy's credentials", () => {
  it.each(['http', 'https'])(
    'are shown by nothing, while a request by %s is under way too',
    async (scheme) => {
      const dispatcher = proxied()
      for (const text of shown(dispatcher)) expect(text).not.toContain(CANARY)
      const asked = once(server, scheme === 'http' ? 'asked' : 'connect')
      const request = undici.request(`${scheme}://registry.corp/v2/`, { dispatcher })
      request.catch(() => {})
      await asked
      for (const text of shown(dispatcher)) expect(text).not.toContain(CANARY)
      answer()
      await dispatcher.destroy()
    },
  )

  it("stand in undici's own ProxyAgent, so that this test can fail", () => {
    const bare = new undici.ProxyAgent({ uri: 'http://proxy.corp', token: `Basic ${CANARY}` })
    expect(shown(bare).join()).toContain(CANARY)
  })

  it('go to the proxy alone, which is asked for plain HTTP without a tunnel', async () => {
    const dispatcher = proxied()
    answer()
    const { body } = await undici.request('http://registry.corp./v2/', { dispatcher })
    expect(await body.text()).toBe('ok')
    expect(seen).toEqual([['GET', 'http://registry.corp/v2/', 'registry.corp', `Basic ${CANARY}`]])
    await dispatcher.close()
  })
})

describe('threat 14: a host with a trailing dot', () => {
  it.each([
    ['as a string', (url: string) => url],
    ['as a URL', (url: string) => new URL(url)],
  ])('%s is sent without it', async (_, make) => {
    // Plain HTTP by a proxy shows what origin undici was given.
    const dispatcher = proxied()
    answer()
    const { body } = await undici.request(make('http://a.corp.:5000/v2/'), { dispatcher })
    await body.dump()
    expect(seen[0]?.slice(0, 3)).toEqual(['GET', 'http://a.corp:5000/v2/', 'a.corp:5000'])
    await dispatcher.destroy()
  })
})

describe('the dispatcher', () => {
  const direct = () => undiciDispatcher(routeOf(WEB_PKI), undici)
  const url = () => `http://127.0.0.1:${port}/v2/`

  it("works with undici's fetch, and tells of its connections", async () => {
    const dispatcher = direct()
    const events: string[] = []
    dispatcher.on('connect', () => events.push('connect'))
    dispatcher.on('disconnect', () => events.push('disconnect'))
    answer()
    expect(await (await undici.fetch(url(), { dispatcher })).text()).toBe('ok')
    expect(events).toEqual(['connect'])
    await dispatcher.destroy()
    expect(events).toEqual(['connect', 'disconnect'])
  })

  it('can be composed with interceptors, and closed through them', async () => {
    const dispatcher = direct().compose(undici.interceptors.retry({ maxRetries: 1 }))
    answer()
    const { statusCode, body } = await undici.request(url(), { dispatcher })
    expect([statusCode, await body.text()]).toEqual([200, 'ok'])
    await dispatcher.close()
    await expect(undici.request(url(), { dispatcher })).rejects.toThrow(/closed|destroyed/)
  })

  it('waits for its requests when it is closed', async () => {
    const dispatcher = direct()
    const request = undici.request(url(), { dispatcher })
    await once(server, 'asked')
    const closed = dispatcher.close()
    answer()
    expect(await (await request).body.text()).toBe('ok')
    await closed
  })

  it('leaves what is no URL to undici', () =>
    expect(() => direct().dispatch({ origin: 'no url', path: '/', method: 'GET' }, {})).toThrow(
      'Invalid URL',
    ))

  it('leaves the classes as they are', () => {
    const before = Object.getOwnPropertyNames(undici.Dispatcher.prototype)
    const { dispatch } = undici.Agent.prototype
    direct()
    expect(Object.getOwnPropertyNames(undici.Dispatcher.prototype)).toEqual(before)
    expect(undici.Agent.prototype.dispatch).toBe(dispatch)
  })
})
