import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bunFetchOptions } from '../../../src/transport/bun-fetch-options.js'
import { DENYING_CA } from '../../../src/transport/denying-ca.js'
import {
  attempt,
  CANARY,
  DENY_ALL,
  proxyAt,
  routeOf,
  SKIP_VERIFY,
  trustIn,
  WEB_PKI,
} from '../../support/routes.js'

const PROXY = proxyAt('http://proxy.corp:3128')
const PINNED = trustIn(DENYING_CA)

// What Bun makes of the options is measured by the trust matrix; here it is what they are.
beforeEach(() => {
  vi.stubGlobal('Bun', {})
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('bunFetchOptions', () => {
  it('refuses every other runtime, whose fetch would ignore the trust', () => {
    vi.unstubAllGlobals()
    expect(attempt(() => bunFetchOptions(routeOf(PINNED)))).toMatchObject({
      code: 'ERR_DECISION_UNSUPPORTED',
      issue: { code: 'not-bun' },
    })
  })

  it('denies on every runtime', () => {
    const denied = { code: 'ERR_TRUST_DENIED' }
    expect(attempt(() => bunFetchOptions(routeOf(DENY_ALL)))).toMatchObject(denied)
    vi.unstubAllGlobals()
    expect(attempt(() => bunFetchOptions(routeOf(DENY_ALL)))).toMatchObject(denied)
  })

  it('leaves nothing to the environment', () => {
    expect(bunFetchOptions(routeOf(PINNED), 'registry.corp.')).toStrictEqual({
      tls: {
        rejectUnauthorized: true,
        ca: [DENYING_CA],
        allowPartialTrustChain: true,
        session: undefined,
        secureContext: undefined,
        serverName: 'registry.corp',
      },
      proxy: false,
    })
  })

  it('threat 14: sends no name for an address', () => {
    const { tls } = bunFetchOptions(routeOf(SKIP_VERIFY), '[::1]')
    expect([tls.rejectUnauthorized, Object.keys(tls).includes('serverName')]).toEqual([
      false,
      false,
    ])
  })

  it("has a proxy's credentials and doesn't show them", () => {
    const proxy = bunFetchOptions(routeOf(WEB_PKI, PROXY)).proxy || undefined
    expect(proxy?.headers).toEqual({ 'Proxy-Authorization': `Basic ${CANARY}` })
    expect(JSON.stringify(proxy)).toBe('{"url":"http://proxy.corp:3128"}')
    expect(inspect(proxy, { showHidden: true, customInspect: false })).not.toContain(CANARY)
    const open = bunFetchOptions(routeOf(WEB_PKI, { ...PROXY, authorization: undefined } as never))
    expect(Object.getOwnPropertyNames(open.proxy)).toEqual(['url'])
  })

  it.each([
    ['the web PKI', WEB_PKI],
    ['a bundle', PINNED],
  ])('leaves a proxy that is reached by TLS to %s, as the registry', (_, trust) => {
    const { proxy } = bunFetchOptions(routeOf(trust, proxyAt('https://proxy.corp')))
    expect(proxy).toMatchObject({ url: 'https://proxy.corp' })
  })

  it("refuses a proxy that Bun can't be told what to trust for", () =>
    expect(
      attempt(() => bunFetchOptions(routeOf(SKIP_VERIFY, proxyAt('https://proxy.corp')))),
    ).toMatchObject({ code: 'ERR_DECISION_UNSUPPORTED', issue: { code: 'proxy-trust' } }))

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a route without a proxy', { tls: WEB_PKI }],
    ['a trust', WEB_PKI],
  ])('refuses %s', (_, route) =>
    expect(() => bunFetchOptions(route as never)).toThrow(/^bunFetchOptions: expected a route/),
  )
})
