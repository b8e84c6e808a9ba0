import { describe, expect, it } from 'vitest'
import { credentialsOf } from '../../../src/credentials.js'
import { accountOf, basicOf, joinAccount } from '../../../src/handshake/account.js'
import { Secret } from '../../../src/secret.js'

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

  it('is another one together with a token', () => {
    const account = accountOf(of({ auth: 'dTpw' }))
    const [one, other] = ['t', 'u'].map((token) => joinAccount(account, new Secret(token)))
    expect(one?.equals(joinAccount(account, new Secret('t')))).toBe(true)
    expect(one?.equals(other as Secret)).toBe(false)
    expect(one?.equals(account)).toBe(false)
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
