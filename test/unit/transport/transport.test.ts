import { createServer } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import * as undici from 'undici'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseCaBundle } from '../../../src/certificates/bundle.js'
import { parseConfig } from '../../../src/config/parse-config.js'
import type { ProxyDecision } from '../../../src/proxy/decision.js'
import { createResolver } from '../../../src/resolve/resolver.js'
import type { TlsTrust } from '../../../src/resolve/trust.js'
import { Secret } from '../../../src/secret.js'
import { DENYING_CA } from '../../../src/transport/denying-ca.js'
import {
  bunFetchOptions,
  denoClientOptions,
  denyingTlsOptions,
  type HttpsAgentOptions,
  httpsAgent,
  TrustDeniedError,
  tlsOptions,
  type UndiciAgentOptions,
  type UndiciProxyAgentOptions,
  UnsupportedDecisionError,
  undiciDispatcher,
} from '../../../src/transport.js'

const [certificate] = parseCaBundle(DENYING_CA).certificates
if (certificate === undefined) throw new Error('the denying CA is no certificate')

const WEB_PKI: TlsTrust = { kind: 'web-pki' }
const PINNED: TlsTrust = { kind: 'ca-bundle', certificates: [certificate, certificate] }
const DENY_ALL: TlsTrust = { kind: 'deny-all' }
const SKIP_VERIFY: TlsTrust = { kind: 'skip-verify' }
const ONLY_THESE = [certificate.pem, certificate.pem]

const DIRECT: ProxyDecision = { kind: 'direct', code: 'not-configured', entry: undefined }
const PROXY: ProxyDecision = {
  kind: 'proxy',
  code: 'https-proxy',
  url: 'http://proxy.corp:3128',
  authorization: new Secret('Basic cHVsbGVyOmNhbmFyeQ=='),
}
const CANARY = 'cHVsbGVyOmNhbmFyeQ=='

/** As if on another runtime, until the test's end. */
const runOn = (name: 'Bun' | 'Deno') => vi.stubGlobal(name, {})
afterEach(() => vi.unstubAllGlobals())

function attempt(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}

/** Stand-ins that keep what they are given. */
class FakeAgent {
  readonly dispatched: object[] = []
  readonly connected: object[] = []
  readonly options: HttpsAgentOptions | UndiciAgentOptions | UndiciProxyAgentOptions
  constructor(options: HttpsAgentOptions | UndiciAgentOptions | UndiciProxyAgentOptions) {
    this.options = options
  }
  dispatch(options: object, handler: unknown): unknown {
    this.dispatched.push(options)
    return handler
  }
  createConnection(options: object, callback: unknown): unknown {
    this.connected.push(options)
    return callback
  }
}
const NOTHING_ELSE = { session: undefined, secureContext: undefined }
const fakes = { Agent: FakeAgent, ProxyAgent: FakeAgent }

describe('tlsOptions', () => {
  it.each([
    ['web PKI', WEB_PKI, { rejectUnauthorized: true, ca: undefined }],
    [
      'a bundle',
      PINNED,
      { rejectUnauthorized: true, ca: ONLY_THESE, allowPartialTrustChain: true },
    ],
    ['anybody', SKIP_VERIFY, { rejectUnauthorized: false, ca: undefined }],
  ])('for %s gives every option that a runtime would have a default for', (_, trust, want) => {
    const options = tlsOptions(trust)
    expect(options).toStrictEqual({ ...want, ...NOTHING_ELSE, agent: false })
    expect(Object.keys(options)).toContain('ca')
    expect(Object.isFrozen(options)).toBe(true)
  })

  it('gives a list of its own with each call', () => {
    tlsOptions(PINNED).ca?.push('another')
    expect(tlsOptions(PINNED).ca).toEqual(ONLY_THESE)
  })

  it.each([
    ['registry.corp', 'registry.corp'],
    ['registry.corp.', 'registry.corp'],
    ['10.0.0.1', undefined],
    ['10.0.0.1.', undefined],
    ['127.1', undefined],
    ['0x7f.1', undefined],
    ['[2001:db8::1]', undefined],
    ['2001:db8::1', undefined],
    ['10.0.0.1.example', '10.0.0.1.example'],
  ])('threat 14: for the host %j the server name is %j', (host, servername) => {
    const options = tlsOptions(WEB_PKI, host)
    expect(Object.hasOwn(options, 'servername')).toBe(servername !== undefined)
    expect(options.servername).toBe(servername)
  })

  it.each(['', '.', 'registry.corp..', 'registry.corp:5000', '[::1]:5000'])(
    'refuses the host %j',
    (host) => expect(() => tlsOptions(WEB_PKI, host)).toThrow(TypeError),
  )

  it.each([
    ['nothing', undefined],
    ['an unknown trust', { kind: 'everybody' }],
    ['a bundle without certificates', { kind: 'ca-bundle', certificates: [] }],
  ])('refuses %s, since it must not become a default', (_, trust) =>
    expect(() => tlsOptions(trust as unknown as TlsTrust)).toThrow(TypeError),
  )

  it('refuses a host that is no string', () =>
    expect(() => tlsOptions(WEB_PKI, 1 as unknown as string)).toThrow(TypeError))
})

describe('denyingTlsOptions', () => {
  it('names one valid CA, since an empty list means the default CAs', () => {
    const { notBefore, notAfter, isCA, pem } = certificate
    expect(denyingTlsOptions()).toEqual({
      rejectUnauthorized: true,
      ca: [DENYING_CA],
      allowPartialTrustChain: true,
      session: undefined,
      agent: false,
    })
    expect([isCA, pem]).toEqual([true, DENYING_CA])
    expect([notBefore.getUTCFullYear(), notAfter.getUTCFullYear()]).toEqual([2025, 9999])
  })
})

describe('deny-all', () => {
  it.each([
    ['tlsOptions', () => tlsOptions(DENY_ALL)],
    ['httpsAgent', () => httpsAgent(DENY_ALL, https)],
    ['undiciDispatcher', () => undiciDispatcher(DENY_ALL, DIRECT, undici)],
    ['bunFetchOptions', () => bunFetchOptions(DENY_ALL, DIRECT)],
    ['denoClientOptions', () => denoClientOptions(DENY_ALL, DIRECT)],
  ])('%s refuses before anything is dialled, on every runtime', (_, run) => {
    const here = attempt(run)
    runOn('Bun')
    const onBun = attempt(run)
    expect(here).toBeInstanceOf(TrustDeniedError)
    expect(here).toMatchObject({ name: 'TrustDeniedError', code: 'ERR_TRUST_DENIED' })
    expect(onBun).toBeInstanceOf(TrustDeniedError)
  })

  it('is what a configuration without certificates leads to', () => {
    const config = parseConfig('[registries."."]\nca-certs = ""')
    const { tls, proxy } = createResolver(config).resolve('ghcr.io/acme/app')
    expect(() => undiciDispatcher(tls, proxy, undici)).toThrow(TrustDeniedError)
  })
})

describe('httpsAgent', () => {
  it('makes an agent that resumes no session', () => {
    const agent = httpsAgent(PINNED, https)
    expect(agent).toBeInstanceOf(https.Agent)
    expect(agent.options).toMatchObject({
      rejectUnauthorized: true,
      ca: ONLY_THESE,
      maxCachedSessions: 0,
    })
    expect(httpsAgent(PINNED, https)).not.toBe(agent)
  })

  it.each([
    ['web-pki', WEB_PKI, { rejectUnauthorized: true, ca: undefined }],
    ['ca-bundle', PINNED, { rejectUnauthorized: true, ca: ONLY_THESE }],
    ['skip-verify', SKIP_VERIFY, { rejectUnauthorized: false, ca: undefined }],
  ])('threat 11: %s has the last word when it connects', (_, trust, want) => {
    const agent = httpsAgent(trust, { Agent: FakeAgent })
    const request = {
      host: 'a.corp.',
      servername: 'a.corp.',
      session: 'stale',
      ca: 'foreign',
      secureContext: 'foreign',
    }
    agent.createConnection({ ...request, rejectUnauthorized: !want.rejectUnauthorized }, undefined)
    const names = { host: 'a.corp', servername: 'a.corp' }
    expect(agent.connected).toMatchObject([{ ...want, ...names, ...NOTHING_ELSE }])
  })

  it('leaves addresses and missing names as they are', () => {
    const agent = httpsAgent(WEB_PKI, { Agent: FakeAgent })
    expect(agent.createConnection({ host: '10.0.0.1', servername: '' }, 'callback')).toBe(
      'callback',
    )
    agent.createConnection({}, undefined)
    expect(agent.connected).toMatchObject([
      { host: '10.0.0.1', servername: '' },
      { host: undefined, servername: undefined },
    ])
  })

  it('refuses a class that is no agent', () =>
    expect(() => httpsAgent(WEB_PKI, { Agent: Boolean })).toThrow('createConnection'))
})

describe('the default CAs', () => {
  it.each([
    ['web-pki', WEB_PKI],
    ['skip-verify', SKIP_VERIFY],
  ])('threat 18: are no others, whatever was there before: %s', (_, trust) => {
    const before: object = { ca: 'foreign', session: 'stale', secureContext: 'foreign' }
    expect({ ...before, ...tlsOptions(trust, 'a.corp') }).toMatchObject({
      ca: undefined,
      session: undefined,
    })
    expect(Object.hasOwn(tlsOptions(trust), 'ca')).toBe(true)
  })
})

describe('undiciDispatcher', () => {
  const optionsOf = (trust: TlsTrust, proxy: ProxyDecision) =>
    undiciDispatcher(trust, proxy, fakes).options

  it.each([
    ['web-pki', WEB_PKI, { rejectUnauthorized: true, ca: undefined }],
    [
      'ca-bundle',
      PINNED,
      { rejectUnauthorized: true, ca: ONLY_THESE, allowPartialTrustChain: true },
    ],
    ['skip-verify', SKIP_VERIFY, { rejectUnauthorized: false, ca: undefined }],
  ])(
    'threat 10: hands %s over where undici looks for it, directly and by proxy',
    (_, trust, want) => {
      const connect = { ...want, ...NOTHING_ELSE, maxCachedSessions: 0 }
      expect(optionsOf(trust, DIRECT)).toStrictEqual({ connect })
      expect(optionsOf(trust, PROXY)).toStrictEqual({
        uri: 'http://proxy.corp:3128',
        token: 'Basic cHVsbGVyOmNhbmFyeQ==',
        requestTls: connect,
        proxyTls: {
          rejectUnauthorized: true,
          ca: undefined,
          ...NOTHING_ELSE,
          maxCachedSessions: 0,
          servername: 'proxy.corp',
        },
        proxyTunnel: false,
      })
    },
  )

  it.each([
    ['https://proxy.corp.:3128', 'proxy.corp'],
    ['https://10.0.0.1:3128', undefined],
    ['https://[2001:db8::1]', undefined],
  ])('threat 14: %s is greeted as %j', (url, servername) => {
    const { proxyTls } = optionsOf(WEB_PKI, { ...PROXY, url }) as { proxyTls: object }
    expect(Object.entries(proxyTls).filter(([name]) => name === 'servername')).toEqual(
      servername === undefined ? [] : [['servername', servername]],
    )
  })

  it('gives a proxy without user info no token', () => {
    const proxy = { ...PROXY, url: 'https://proxy.corp', authorization: undefined }
    expect(Object.keys(optionsOf(WEB_PKI, proxy))).not.toContain('token')
  })

  it("makes undici's own dispatchers, each a new one", () => {
    const agent = undiciDispatcher(WEB_PKI, DIRECT, undici)
    expect(agent).toBeInstanceOf(undici.Agent)
    expect(undiciDispatcher(WEB_PKI, DIRECT, undici)).not.toBe(agent)
    expect(undiciDispatcher(WEB_PKI, PROXY, undici)).toBeInstanceOf(undici.ProxyAgent)
  })

  it.each([
    ['https://a.corp.:5000', 'https://a.corp:5000'],
    ['https://a.corp.', 'https://a.corp'],
    [new URL('https://a.corp./v2/'), 'https://a.corp'],
    ['https://a.corp', 'https://a.corp'],
    ['no url', 'no url'],
    [undefined, undefined],
  ])('threat 14: dispatches to %s as %s', (origin, want) => {
    const dispatcher = undiciDispatcher(WEB_PKI, DIRECT, fakes)
    expect(dispatcher.dispatch({ origin, path: '/' }, 'handler')).toBe('handler')
    expect(dispatcher.dispatched).toEqual([{ origin: want, path: '/' }])
  })

  it('asks a proxy for plain HTTP without a tunnel, and it alone for its credentials', async () => {
    const seen: (string | undefined)[][] = []
    const server = createServer(({ method, url, headers }, response) => {
      seen.push([method, url, headers.host, headers['proxy-authorization']])
      response.end('ok')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const dispatcher = undiciDispatcher(
      SKIP_VERIFY,
      { ...PROXY, url: `http://127.0.0.1:${port}` },
      undici,
    )
    const { body } = await undici.request('http://registry.corp./v2/', { dispatcher })
    expect(await body.text()).toBe('ok')
    expect(seen).toEqual([['GET', 'http://registry.corp/v2/', 'registry.corp', `Basic ${CANARY}`]])
    await dispatcher.destroy()
    server.close()
  })

  it("threat 8: doesn't show the proxy's credentials when it is printed", () => {
    const dispatcher = undiciDispatcher(WEB_PKI, PROXY, undici)
    expect(inspect(dispatcher, { depth: 9, showHidden: true })).not.toContain(CANARY)
    expect(inspect({ dispatcher }, { depth: 9 })).toContain('[undici dispatcher]')
    expect(JSON.stringify(dispatcher)).not.toContain(CANARY)
  })

  it('refuses a proxy that is reached by other protocols: undici has dropped pins there', () => {
    const error = attempt(() => optionsOf(PINNED, { ...PROXY, url: 'socks5://proxy.corp:1080' }))
    expect(error).toBeInstanceOf(UnsupportedDecisionError)
    expect(error).toMatchObject({
      name: 'UnsupportedDecisionError',
      code: 'ERR_DECISION_UNSUPPORTED',
      part: 'proxy',
    })
    expect(inspect(error)).not.toContain(CANARY)
  })

  it('refuses Bun, whose own undici ignores the trust', () => {
    runOn('Bun')
    const error = attempt(() => optionsOf(PINNED, DIRECT))
    expect(error).toMatchObject({ code: 'ERR_DECISION_UNSUPPORTED', part: 'runtime' })
  })

  it.each([undefined, { kind: 'tunnel' }])('refuses the proxy decision %j', (proxy) =>
    expect(() => optionsOf(WEB_PKI, proxy as unknown as ProxyDecision)).toThrow(TypeError),
  )

  it('refuses classes that are not of undici', () => {
    const others = { Agent: FakeAgent, ProxyAgent: Boolean }
    expect(() => undiciDispatcher(WEB_PKI, PROXY, others)).toThrow('dispatch')
  })
})

describe('bunFetchOptions', () => {
  it('refuses every other runtime, whose fetch would ignore the trust', () => {
    const error = attempt(() => bunFetchOptions(PINNED, DIRECT))
    expect(error).toMatchObject({ code: 'ERR_DECISION_UNSUPPORTED', part: 'runtime' })
  })

  it('leaves nothing to the environment', () => {
    runOn('Bun')
    expect(bunFetchOptions(PINNED, DIRECT, 'registry.corp.')).toStrictEqual({
      tls: {
        rejectUnauthorized: true,
        ca: ONLY_THESE,
        allowPartialTrustChain: true,
        ...NOTHING_ELSE,
        serverName: 'registry.corp',
      },
      proxy: false,
    })
    expect(Object.keys(bunFetchOptions(SKIP_VERIFY, DIRECT, '[::1]').tls)).toEqual([
      'rejectUnauthorized',
      'ca',
      'session',
      'secureContext',
    ])
  })

  it("has a proxy's credentials and doesn't show them", () => {
    runOn('Bun')
    const proxy = bunFetchOptions(WEB_PKI, PROXY).proxy || undefined
    expect(proxy?.headers).toEqual({ 'Proxy-Authorization': `Basic ${CANARY}` })
    expect(JSON.stringify(proxy)).toBe('{"url":"http://proxy.corp:3128"}')
    expect(inspect(proxy, { showHidden: true })).not.toContain(CANARY)
    const open = bunFetchOptions(WEB_PKI, { ...PROXY, authorization: undefined }).proxy
    expect(Object.getOwnPropertyNames(open)).toEqual(['url'])
  })
})

describe("bunFetchOptions, with a proxy that Bun can't be told whom to trust for", () => {
  it.each(['https://proxy.corp', 'socks5://proxy.corp:1080'])('refuses %s', (url) => {
    runOn('Bun')
    const error = attempt(() => bunFetchOptions(SKIP_VERIFY, { ...PROXY, url }))
    expect(error).toMatchObject({ code: 'ERR_DECISION_UNSUPPORTED', part: 'proxy' })
  })
})

describe('denoClientOptions', () => {
  it('has none, for the web PKI alone', () => {
    runOn('Deno')
    expect(denoClientOptions(WEB_PKI, DIRECT)).toStrictEqual({})
  })

  it.each([
    ['a bundle', PINNED, DIRECT, 'trust'],
    ['anybody', SKIP_VERIFY, DIRECT, 'trust'],
    ['a proxy', WEB_PKI, PROXY, 'proxy'],
  ])('refuses %s', (_, trust, proxy, part) => {
    runOn('Deno')
    expect(attempt(() => denoClientOptions(trust, proxy))).toMatchObject({ part })
  })

  it('refuses every other runtime', () => {
    const error = attempt(() => denoClientOptions(WEB_PKI, DIRECT))
    expect(error).toMatchObject({ part: 'runtime' })
  })
})
