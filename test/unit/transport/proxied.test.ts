import { describe, expect, it } from 'vitest'
import { proxyOf } from '../../../src/transport/proxied.js'
import { attempt, DIRECT, proxyAt, WEB_PKI } from '../../support/routes.js'

const proxyIn = (proxy: unknown) => proxyOf('f', { tls: WEB_PKI, proxy })

describe('proxyOf', () => {
  it('is none where the route is direct', () => expect(proxyIn(DIRECT)).toBeUndefined())

  it.each(['http://proxy.corp:3128', 'https://proxy.corp'])('is the proxy %s', (url) =>
    expect(proxyIn(proxyAt(url))?.url).toBe(url),
  )

  it.each(['socks5://proxy.corp:1080', 'ftp://proxy.corp', 'httpx://proxy.corp'])(
    'refuses %s: undici has dropped pins behind such a proxy',
    (url) =>
      expect(attempt(() => proxyIn(proxyAt(url)))).toMatchObject({
        code: 'ERR_DECISION_UNSUPPORTED',
        issue: { code: 'proxy-scheme' },
      }),
  )

  it('refuses a URL that no client can dial', () => {
    const undialable = { kind: 'undialable', code: 'invalid-host', message: 'no host' }
    expect(attempt(() => proxyIn(undialable))).toMatchObject({
      issue: { code: 'undialable', message: 'no client can dial the URL: no host' },
    })
  })

  it.each([undefined, null, {}, { kind: 'tunnel' }, Object.create(DIRECT)])(
    'refuses %j, which is no decision',
    (proxy) => expect(() => proxyIn(proxy)).toThrow('f: expected a route'),
  )
})
