import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type CredentialKeys,
  credentialsOf,
  type PairCredentials,
  revealAuth,
} from '../../src/credentials.js'
import { Secret } from '../../src/secret.js'

type Texts = { readonly [Name in keyof CredentialKeys]?: string }

function keys(texts: Texts): CredentialKeys {
  const secret = (name: keyof CredentialKeys) => {
    const text = texts[name]
    return text === undefined ? undefined : new Secret(text)
  }
  return {
    username: secret('username'),
    password: secret('password'),
    auth: secret('auth'),
    identityToken: secret('identityToken'),
    registryToken: secret('registryToken'),
  }
}

describe('credentialsOf', () => {
  it.each<[texts: Texts, kind: string, reason: string]>([
    [{}, 'anonymous', 'nothing'],
    [{ username: 'u' }, 'anonymous', 'half a pair'],
    [{ username: 'u', password: 'p' }, 'basic', 'a pair'],
    [{ auth: 'dTpw' }, 'basic', 'auth'],
    [{ identityToken: 'i', auth: 'dTpw' }, 'identity-token', 'before auth'],
    [{ registryToken: 'r', identityToken: 'i', auth: 'dTpw' }, 'registry-token', 'before all'],
  ])('%j are %s: %s', (texts, kind) => {
    const credentials = credentialsOf(keys(texts))
    expect(credentials.kind).toBe(kind)
    expect(Object.isFrozen(credentials)).toBe(true)
  })

  it('are a pair, or an opaque auth', () => {
    const held = [keys({ auth: 'dTpw' }), keys({ auth: 'opaque' })].map(credentialsOf)
    const shown = held.map((one) => {
      if (one.kind !== 'basic') throw new Error(one.kind)
      expect(Object.keys(one)).toEqual(['kind', 'username', 'password', 'encoded'])
      if (one.username === undefined) return [one.encoded.reveal()]
      expectTypeOf(one).toEqualTypeOf<PairCredentials>()
      return [one.encoded.reveal(), one.username.reveal(), one.password.reveal()]
    })
    expect(shown).toEqual([['dTpw', 'u', 'p'], ['opaque']])
  })

  it('are shared where there are none', () => {
    expect(credentialsOf(keys({}))).toBe(credentialsOf(keys({})))
  })
})

describe('revealAuth', () => {
  it.each<[auth: string, pair: readonly [string, string] | undefined, reason: string]>([
    ['dTpw', ['u', 'p'], 'a pair'],
    ['dTpwOnE=', ['u', 'p:q'], 'a colon in the password'],
    ['Og==', ['', ''], 'an empty pair'],
    ['dTpw\n', ['u', 'p'], 'a line end, which Go passes over'],
    ['dXA=', undefined, 'no colon'],
    ['/zpw', undefined, 'no UTF-8'],
    ['dTpw=', undefined, 'wrong padding'],
    ['u:p', undefined, 'no base64'],
  ])('%j: %j, %s', (auth, pair) => {
    const decoded = revealAuth(new Secret(auth))
    expect(decoded && [decoded.username, decoded.password]).toEqual(pair)
  })

  it('property: reads back what a pair is encoded to', () => {
    const name = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes(':'))
    const password = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(name, password, (username, text) => {
        fc.pre(username !== '' && text !== '')
        const credentials = credentialsOf(keys({ username, password: text }))
        if (credentials.kind !== 'basic') throw new Error(credentials.kind)
        const pair = revealAuth(credentials.encoded)
        expect([pair?.username, pair?.password]).toEqual([username, text])
      }),
    )
  })
})
