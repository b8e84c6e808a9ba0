import { describe, expect, it } from 'vitest'
import { parseConfig } from '../src/config.js'
import { undiciDispatcher } from '../src/node.js'
import { createResolver, type TlsTrust } from '../src/resolver.js'

class Recorder {
  readonly options: unknown
  constructor(options: unknown) {
    this.options = options
  }
}
class Agent extends Recorder {}
class ProxyAgent extends Recorder {}

const proxyFor = (proxy: string) =>
  createResolver(parseConfig(`[extra-env]\nHTTPS_PROXY = "${proxy}"\n`)).proxyFor(
    'https://ghcr.io/',
  )

describe('undiciDispatcher', () => {
  const certificate = { pem: 'PEM' }
  const bundle = { trust: 'ca-bundle', certificates: [certificate] } as unknown as TlsTrust
  const trusts: [TlsTrust, unknown][] = [
    [{ trust: 'web-pki' }, { rejectUnauthorized: true }],
    [{ trust: 'skip-verify' }, { rejectUnauthorized: false }],
    [bundle, { ca: ['PEM'], rejectUnauthorized: true, allowPartialTrustChain: true }],
  ]

  it.each(trusts)('%j', (tls, connect) => {
    const direct = undiciDispatcher(tls, proxyFor(''), { Agent, ProxyAgent })
    expect(direct).toEqual(new Agent({ connect }))
    const uri = 'http://proxy.corp:3128'
    const proxyTls = { rejectUnauthorized: true }
    const proxied = undiciDispatcher(tls, proxyFor(uri), { Agent, ProxyAgent })
    expect(proxied).toMatchObject({ options: { requestTls: connect, proxyTls } })
  })

  it("gives the proxy's credentials to the proxy", () => {
    const proxy = proxyFor('http://a:b@proxy.corp:3128')
    const dispatcher = undiciDispatcher({ trust: 'web-pki' }, proxy, { Agent, ProxyAgent })
    expect(dispatcher).toMatchObject({ options: { token: 'Basic YTpi' } })
  })

  it('trusts nobody', () => {
    const denied = () =>
      undiciDispatcher({ trust: 'deny-all' }, proxyFor(''), { Agent, ProxyAgent })
    expect(denied).toThrow(expect.objectContaining({ code: 'ERR_TRUST_DENIED' }))
  })
})
