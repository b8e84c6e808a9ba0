import * as undici from 'undici'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Route } from '../../../src/resolve/route.js'
import { DENYING_CA } from '../../../src/transport/denying-ca.js'
import {
  type UndiciAgentOptions,
  type UndiciProxyAgentOptions,
  undiciDispatcher,
} from '../../../src/transport/undici-dispatcher.js'
import { type LoopbackServer, startProxy, startRegistry } from '../../support/loopback.js'
import { type Authority, createAuthority, createIdentity } from '../../support/pki.js'
import {
  attempt,
  CANARY,
  DENY_ALL,
  DIRECT,
  proxyAt,
  routeOf,
  SKIP_VERIFY,
  trustIn,
  WEB_PKI,
} from '../../support/routes.js'

const NOTHING_ELSE = { session: undefined, secureContext: undefined, maxCachedSessions: 0 }
const DEFAULT = { rejectUnauthorized: true, ca: undefined, ...NOTHING_ELSE }
const ONLY_THIS = {
  rejectUnauthorized: true,
  ca: [DENYING_CA],
  allowPartialTrustChain: true,
  ...NOTHING_ELSE,
}
const UNVERIFIED = { ...DEFAULT, rejectUnauthorized: false }
const PINNED = trustIn(DENYING_CA)
const PROXY = proxyAt('http://proxy.corp:3128')

const NOT_VOUCHED_FOR = /^UNABLE_TO_(?:GET_ISSUER_CERT_LOCALLY|VERIFY_LEAF_SIGNATURE)$/

/** undici's own classes, which write down what they are given. */
function recording() {
  const given: (UndiciAgentOptions | UndiciProxyAgentOptions)[] = []
  class Agent extends undici.Agent {
    constructor(options: UndiciAgentOptions) {
      super(options)
      given.push(options)
    }
  }
  class ProxyAgent extends undici.ProxyAgent {
    constructor(options: UndiciProxyAgentOptions) {
      super(options)
      given.push(options)
    }
  }
  return { given, Agent, ProxyAgent, Dispatcher: undici.Dispatcher }
}

function optionsFor(route: Route) {
  const classes = recording()
  undiciDispatcher(route, classes)
  return classes.given[0]
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('undiciDispatcher', () => {
  it.each([
    ['web-pki', WEB_PKI, DEFAULT, DEFAULT],
    ['ca-bundle', PINNED, ONLY_THIS, ONLY_THIS],
    ['skip-verify', SKIP_VERIFY, UNVERIFIED, DEFAULT],
  ])('threat 10: hands %s over where undici looks for it', (_, trust, connect, proxyTls) => {
    expect(optionsFor(routeOf(trust))).toStrictEqual({ connect })
    expect(optionsFor(routeOf(trust, PROXY))).toStrictEqual({
      uri: 'http://proxy.corp:3128',
      token: `Basic ${CANARY}`,
      requestTls: connect,
      proxyTls: { ...proxyTls, servername: 'proxy.corp' },
      proxyTunnel: false,
    })
  })

  it.each([
    ['https://proxy.corp.:3128', 'proxy.corp'],
    ['https://10.0.0.1:3128', undefined],
    ['https://[2001:db8::1]', undefined],
  ])('threat 14: %s is greeted as %j', (url, servername) => {
    const options = optionsFor(routeOf(WEB_PKI, proxyAt(url))) as UndiciProxyAgentOptions
    expect(Object.hasOwn(options.proxyTls, 'servername')).toBe(servername !== undefined)
    expect(options.proxyTls.servername).toBe(servername)
  })

  it('gives a proxy without user info no token', () => {
    const open = { ...PROXY, authorization: undefined } as typeof PROXY
    expect(Object.keys(optionsFor(routeOf(WEB_PKI, open)) ?? {})).not.toContain('token')
  })

  it('makes a new dispatcher each time', () => {
    const dispatcher = undiciDispatcher(routeOf(WEB_PKI), undici)
    expect(dispatcher).toBeInstanceOf(undici.Dispatcher)
    expect(undiciDispatcher(routeOf(WEB_PKI), undici)).not.toBe(dispatcher)
  })

  it('denies before anything is dialled, on every runtime', () => {
    const run = () => attempt(() => undiciDispatcher(routeOf(DENY_ALL, DIRECT), undici))
    expect(run()).toMatchObject({ name: 'TrustDeniedError', code: 'ERR_TRUST_DENIED' })
    vi.stubGlobal('Bun', {})
    expect(run()).toMatchObject({ code: 'ERR_TRUST_DENIED' })
  })

  it('refuses Bun, whose own undici ignores the trust', () => {
    vi.stubGlobal('Bun', {})
    expect(attempt(() => undiciDispatcher(routeOf(PINNED), undici))).toMatchObject({
      code: 'ERR_DECISION_UNSUPPORTED',
      issue: { code: 'undici-on-bun' },
    })
  })

  it.each([undefined, {}, { Agent: undici.Agent, ProxyAgent: undici.ProxyAgent }])(
    'refuses what lacks a class of undici (%#)',
    (module) =>
      expect(() => undiciDispatcher(routeOf(WEB_PKI), module as never)).toThrow(
        'undiciDispatcher: expected the module undici',
      ),
  )
})

describe('a proxy that is reached by TLS', () => {
  let corp: Authority
  let web: Authority
  let registry: LoopbackServer
  let proxy: LoopbackServer
  const pemOf = ({ certificate }: Authority) => certificate.toString('pem')

  beforeAll(async () => {
    corp = await createAuthority('Corporate Root')
    web = await createAuthority('Another Root')
    registry = await startRegistry(await createIdentity(web))
    proxy = await startProxy('canary', await createIdentity(corp))
  })
  afterAll(() => Promise.all([registry.close(), proxy.close()]))

  async function ask(trust: typeof WEB_PKI): Promise<string> {
    const route = routeOf(trust, proxyAt(`https://localhost:${proxy.port}`))
    const dispatcher = undiciDispatcher(route, undici)
    const url = `https://localhost:${registry.port}/v2/`
    const asked = undici.request(url, { dispatcher }).then(
      async ({ body }) => body.text(),
      ({ code, cause }) => String(code ?? cause?.code),
    )
    return asked.finally(() => dispatcher.destroy())
  }

  it("is trusted by the rule's certificates, as by Go's net/http", async () => {
    expect(await ask(trustIn(pemOf(corp), pemOf(web)))).toBe('ok')
    expect([...proxy.requests]).toEqual([['puller', `localhost:${registry.port}`]])
  })

  it.each([
    ['certificates that vouch for the registry alone', () => trustIn(pemOf(web))],
    ['the web PKI', () => WEB_PKI],
    ['skip-verify, which speaks of the registry', () => SKIP_VERIFY],
  ])('is refused by %s, and learns no credentials', async (_, trust) => {
    const requests = proxy.requests as Map<string, string>
    requests.clear()
    expect(await ask(trust())).toMatch(NOT_VOUCHED_FOR)
    expect(requests.size).toBe(0)
  })

  it('is no way round the trust in the registry', async () => {
    expect(await ask(trustIn(pemOf(corp)))).toMatch(NOT_VOUCHED_FOR)
  })
})
