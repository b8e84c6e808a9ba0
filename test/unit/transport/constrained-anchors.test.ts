import https from 'node:https'
import * as undici from 'undici'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { httpsAgent } from '../../../src/transport/https-agent.js'
import { tlsOptions } from '../../../src/transport/tls-options.js'
import { undiciDispatcher } from '../../../src/transport/undici-dispatcher.js'
import {
  type AuthorityVariant,
  createAuthority,
  createIdentity,
  KeyUsageFlags,
} from '../../support/pki.js'
import { attempt, routeOf, trustIn } from '../../support/routes.js'

// What Deno makes of these certificates by itself is measured by the trust matrix.

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const ANY = '2.5.29.37.0'

async function bundleWith(variant: AuthorityVariant) {
  const plain = await createAuthority('Plain Root')
  const odd = await createAuthority('Odd Root', undefined, variant)
  return trustIn(...[plain, odd].map(({ certificate }) => certificate.toString('pem')))
}

beforeEach(() => {
  vi.stubGlobal('Deno', {})
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('threat 27: on Deno, a bundle', () => {
  it.each<[string, AuthorityVariant, string]>([
    ['CA:FALSE', { isCA: false }, 'is no CA'],
    ['no basic constraints in version 3', { isCA: null }, 'is no CA'],
    ['a path length of 0', { pathLength: 0 }, 'allows 0 intermediate CAs below it'],
    ['a path length of 1', { pathLength: 1 }, 'allows 1 intermediate CAs below it'],
    [
      'a key usage without keyCertSign',
      { keyUsage: KeyUsageFlags.digitalSignature },
      'may not sign certificates',
    ],
    [
      'an extended key usage without serverAuth',
      { extendedKeyUsage: [CLIENT_AUTH] },
      'is not for servers',
    ],
  ])('with %s is refused by every adapter, with what to do', async (_, variant, limit) => {
    const route = routeOf(await bundleWith(variant))
    const adapters = [
      () => tlsOptions(route),
      () => httpsAgent(route, https),
      () => undiciDispatcher(route, undici),
    ]
    for (const adapter of adapters) {
      expect(attempt(adapter)).toMatchObject({
        code: 'ERR_DECISION_UNSUPPORTED',
        issue: {
          code: 'constrained-anchor',
          message: expect.stringContaining(`certificate 2 of the rule ${limit}`),
          help: expect.stringContaining('run on Node or Bun'),
        },
      })
    }
  })

  it("with a server's own certificate is refused", async () => {
    const { cert } = await createIdentity(await createAuthority('Unknown Root'))
    expect(attempt(() => tlsOptions(routeOf(trustIn(cert))))).toMatchObject({
      issue: { code: 'constrained-anchor' },
    })
  })

  it.each<[string, AuthorityVariant]>([
    ['no limits', {}],
    ['serverAuth among others', { extendedKeyUsage: [CLIENT_AUTH, SERVER_AUTH] }],
    ['any extended key usage', { extendedKeyUsage: [ANY] }],
  ])('with %s is taken', async (_, variant) => {
    expect(tlsOptions(routeOf(await bundleWith(variant))).ca).toHaveLength(2)
  })

  it('is taken on every other runtime, which knows these limits', async () => {
    vi.unstubAllGlobals()
    expect(tlsOptions(routeOf(await bundleWith({ isCA: false }))).ca).toHaveLength(2)
  })
})

describe('a certificate that this library has not read', () => {
  it.each<[string, () => void]>([
    ['Node', () => vi.unstubAllGlobals()],
    ['Deno', () => {}],
  ])('is refused on %s', async (_, prepare) => {
    prepare()
    const { certificate } = await createAuthority('A Root')
    const pem = certificate.toString('pem')
    const route = { tls: { kind: 'ca-bundle', certificates: [{ pem }] } }
    expect(() => tlsOptions(route as never)).toThrow(
      'tlsOptions: expected certificates that this library has read',
    )
  })
})
