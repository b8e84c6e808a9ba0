import { afterEach, describe, expect, it, vi } from 'vitest'
import { parseConfig } from '../../../src/config/parse-config.js'
import { createResolver } from '../../../src/resolve/resolver.js'
import type { CaBundleTrust } from '../../../src/resolve/trust.js'
import { DENYING_CA } from '../../../src/transport/denying-ca.js'
import {
  denyingTlsOptions,
  proxyTlsOptions,
  tlsOptions,
} from '../../../src/transport/tls-options.js'
import {
  attempt,
  DENY_ALL,
  proxyAt,
  routeOf,
  SKIP_VERIFY,
  trustIn,
  WEB_PKI,
} from '../../support/routes.js'

const NOTHING_ELSE = { session: undefined, secureContext: undefined, agent: false }
const PINNED = trustIn(DENYING_CA)
const ONLY_THIS = { rejectUnauthorized: true, ca: [DENYING_CA], allowPartialTrustChain: true }
const DEFAULT = { rejectUnauthorized: true, ca: undefined }

describe('tlsOptions', () => {
  it.each([
    ['the web PKI', WEB_PKI, DEFAULT],
    ['a bundle', PINNED, ONLY_THIS],
    ['no verification', SKIP_VERIFY, { rejectUnauthorized: false, ca: undefined }],
  ])('for %s gives every option that a runtime would have a default for', (_, trust, want) => {
    const options = tlsOptions(routeOf(trust))
    expect(options).toStrictEqual({ ...want, ...NOTHING_ELSE })
    expect(Object.isFrozen(options)).toBe(true)
  })

  it('takes a resolution, and what is a route by its trust alone', () => {
    const resolution = createResolver(parseConfig('')).resolve('ghcr.io/acme/app')
    expect(tlsOptions(resolution)).toEqual(tlsOptions({ tls: WEB_PKI }))
  })

  it('gives a list of its own with each call', () => {
    tlsOptions(routeOf(PINNED)).ca?.push('another')
    expect(tlsOptions(routeOf(PINNED)).ca).toEqual([DENYING_CA])
  })

  it('is never without a CA where the list of certificates shrinks while it is read', () => {
    const { certificates } = PINNED as CaBundleTrust
    for (let reads = 0; reads < 12; reads++) {
      let left = reads
      const shrinking = new Proxy(certificates, {
        get: (target, name) => (name === 'length' && left-- <= 0 ? 0 : Reflect.get(target, name)),
      })
      const options = attempt(() =>
        tlsOptions(routeOf({ kind: 'ca-bundle', certificates: shrinking })),
      )
      const expected = 'expected the trust to have certificates'
      if (options instanceof Error) expect(options.message).toContain(expected)
      else expect(options).toMatchObject(ONLY_THIS)
    }
  })

  it('threat 14: has the name of the host without its dot, and none for an address', () => {
    expect(tlsOptions(routeOf(WEB_PKI), 'registry.corp.').servername).toBe('registry.corp')
    expect(Object.keys(tlsOptions(routeOf(WEB_PKI), '10.0.0.1'))).not.toContain('servername')
    expect(() => tlsOptions(routeOf(WEB_PKI), 'a.corp:5000')).toThrow('tlsOptions: expected a host')
  })

  it.each([
    ['web-pki', WEB_PKI],
    ['skip-verify', SKIP_VERIFY],
  ])('threat 18: nothing that was there before counts beside %s', (_, trust) => {
    const before: object = { ca: 'foreign', session: 'stale', secureContext: 'foreign' }
    expect({ ...before, ...tlsOptions(routeOf(trust), 'a.corp') }).toMatchObject({
      ca: undefined,
      session: undefined,
      secureContext: undefined,
    })
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['no trust', {}],
    ['the trust in place of the route', WEB_PKI],
    ['an empty trust', { tls: {} }],
    ['an unknown trust', { tls: { kind: 'everybody' } }],
    ['the former tag', { tls: { trust: 'skip-verify' } }],
    ['a bundle without certificates', { tls: { kind: 'ca-bundle', certificates: [] } }],
    ['a bundle that has no list', { tls: { kind: 'ca-bundle' } }],
    ['an inherited trust', Object.create({ tls: SKIP_VERIFY })],
    ['a trust with an inherited kind', { tls: Object.create(SKIP_VERIFY) }],
  ])('refuses %s, since it must not become a default', (_, route) => {
    expect(() => tlsOptions(route as never)).toThrow(TypeError)
    expect(() => tlsOptions(route as never)).toThrow(/^tlsOptions: expected /)
  })
})

describe('a polluted Object.prototype', () => {
  const polluted: Record<string, unknown> = {
    tls: SKIP_VERIFY,
    kind: 'skip-verify',
    certificates: [{ pem: DENYING_CA }],
    servername: 'evil.example',
    ca: 'foreign',
  }
  const names = Object.keys(polluted)
  afterEach(() => {
    for (const name of names) Reflect.deleteProperty(Object.prototype, name)
  })
  const during = (run: () => unknown) => {
    for (const name of names) {
      const value = polluted[name]
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true })
    }
    const result = attempt(run)
    for (const name of names) Reflect.deleteProperty(Object.prototype, name)
    return result
  }

  it.each([[{}], [{ tls: {} }], [{ tls: { kind: 'ca-bundle' } }]])('gives %j no trust', (route) =>
    expect(during(() => tlsOptions(route as never))).toBeInstanceOf(TypeError),
  )

  it('changes no option', () => {
    const want = tlsOptions(routeOf(PINNED), 'a.corp')
    expect(during(() => tlsOptions(routeOf(PINNED), 'a.corp'))).toStrictEqual(want)
  })
})

describe('proxyTlsOptions', () => {
  const optionsFor = (trust: typeof WEB_PKI, url = 'https://proxy.corp.:3128') =>
    proxyTlsOptions(routeOf(trust, proxyAt(url)))

  it.each([
    ['the web PKI', WEB_PKI, DEFAULT],
    ["a rule's certificates, as in Go's net/http", PINNED, ONLY_THIS],
    ['the web PKI where the registry is not verified', SKIP_VERIFY, DEFAULT],
  ])('trusts %s', (_, trust, want) =>
    expect(optionsFor(trust)).toStrictEqual({ ...want, ...NOTHING_ELSE, servername: 'proxy.corp' }),
  )

  it('threat 14: sends no name for an address', () =>
    expect(Object.keys(optionsFor(WEB_PKI, 'https://[2001:db8::1]'))).not.toContain('servername'))

  it('denies where the rule denies', () =>
    expect(attempt(() => optionsFor(DENY_ALL))).toMatchObject({ code: 'ERR_TRUST_DENIED' }))

  it('refuses routes without such a proxy', () => {
    expect(() => optionsFor(WEB_PKI, 'http://proxy.corp')).toThrow('reached by TLS')
    expect(() => proxyTlsOptions(routeOf(WEB_PKI))).toThrow(TypeError)
  })
})

describe('denyingTlsOptions', () => {
  it('names one CA, whose key is gone', () =>
    expect(denyingTlsOptions()).toStrictEqual({ ...ONLY_THIS, ...NOTHING_ELSE }))

  it('are given on every runtime', () => {
    vi.stubGlobal('Deno', {})
    expect(denyingTlsOptions().ca).toEqual([DENYING_CA])
    vi.unstubAllGlobals()
  })
})
