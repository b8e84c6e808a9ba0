import { rootCertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { type Credentials, credentialsOf } from '../../../src/credentials.js'
import { accountOf as account, basicOf, joinAccount } from '../../../src/handshake/account.js'
import type { TlsTrust } from '../../../src/resolve/index.js'
import { Secret } from '../../../src/secret.js'
import { resolveWith } from '../../support/resolve-with.js'

const ABSENT = {
  username: undefined,
  password: undefined,
  auth: undefined,
  identityToken: undefined,
  registryToken: undefined,
}

const of = (keys: Readonly<Record<string, string>>) =>
  credentialsOf({
    ...ABSENT,
    ...Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, new Secret(value)])),
  })

/** The account of credentials that are sent by the web PKI, as most are. */
const accountOf = (credentials: Credentials, tls: TlsTrust = WEB_PKI) => account(credentials, tls)

const WEB_PKI: TlsTrust = { kind: 'web-pki' }

const pinned = (...pems: readonly string[]): TlsTrust => {
  const rule = { 'ca-certs': pems.join('\n') }
  return resolveWith(rule, 'registry.corp/acme/app').tls
}

const DIFFERENT = [
  {},
  { auth: 'dTpw' },
  { auth: 'dTpx' },
  { identityToken: 't' },
  { identityToken: 'u' },
  { identityToken: 't', auth: 'dTpw' },
  { registryToken: 't' },
  { registryToken: 'u' },
]

describe('an account', () => {
  it('is the same for what authenticates in the same way, and for that alone', () => {
    for (const [i, one] of DIFFERENT.entries()) {
      for (const [j, other] of DIFFERENT.entries()) {
        expect(accountOf(of(one)).equals(accountOf(of(other)))).toBe(i === j)
      }
    }
    const pair = of({ username: 'u', password: 'p' })
    expect(accountOf(pair).equals(accountOf(of({ auth: 'dTpw' })))).toBe(true)
  })

  it('is another one by another trust, with credentials or without', () => {
    const [first = '', second = ''] = rootCertificates
    const trusts = () => [
      WEB_PKI,
      { kind: 'skip-verify' } as const,
      pinned(first),
      pinned(second),
      pinned(first, second),
    ]
    for (const keys of [{}, { auth: 'dTpw' }]) {
      for (const [i, one] of trusts().entries()) {
        for (const [j, other] of trusts().entries()) {
          expect(accountOf(of(keys), one).equals(accountOf(of(keys), other))).toBe(i === j)
        }
      }
    }
  })

  it('is another one together with a token', () => {
    const own = accountOf(of({ auth: 'dTpw' }))
    const [one, other] = ['t', 'u'].map((token) => joinAccount(own, new Secret(token)))
    expect(one?.equals(joinAccount(own, new Secret('t')))).toBe(true)
    expect(one?.equals(other as Secret)).toBe(false)
    expect(one?.equals(own)).toBe(false)
  })
})

describe('what a registry gets that asks for Basic', () => {
  it.each([
    [{}, undefined],
    [{ auth: 'dTpw' }, 'dTpw'],
    [{ identityToken: 't' }, undefined],
    [{ identityToken: 't', auth: 'dTpw' }, 'dTpw'],
    [{ registryToken: 't' }, undefined],
  ])('of %j is %s', (keys, encoded) => {
    expect(basicOf(of({ ...keys }))?.encoded.reveal()).toBe(encoded)
  })
})
