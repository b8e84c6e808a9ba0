import { describe, expect, it } from 'vitest'
import type { Credentials } from '../../../src/credentials.js'
import { copyCredentials } from '../../../src/handshake/given-credentials.js'
import { Secret } from '../../../src/secret.js'

const [username, password, encoded, token] = ['u', 'p', 'dTpw', 't'].map((one) => new Secret(one))
const PAIR = { kind: 'basic', username, password, encoded }
const OPAQUE = { kind: 'basic', username: undefined, password: undefined, encoded }

const GOOD = [
  { kind: 'anonymous' },
  PAIR,
  OPAQUE,
  { kind: 'identity-token', identityToken: token, basic: undefined },
  { kind: 'identity-token', identityToken: token, basic: PAIR },
  { kind: 'registry-token', registryToken: token },
]

describe('credentials that a caller gives', () => {
  it.each(GOOD)('are copied: %j', (given) => {
    const copy = copyCredentials(given)
    expect(copy).toStrictEqual(given)
    for (const [name, value] of Object.entries(given)) {
      if (value instanceof Secret) expect(Reflect.get(copy ?? {}, name)).toBe(value)
    }
    expect([copy === given, Object.isFrozen(copy)]).toEqual([false, true])
  })

  it('have a pair, or none', () => {
    for (const half of [
      { ...PAIR, username: undefined },
      { ...PAIR, password: 'p' },
    ]) {
      expect(copyCredentials(half)).toStrictEqual(OPAQUE)
    }
  })

  it('are read once', () => {
    const kinds = ['basic', 'registry-token', 'identity-token']
    const shifty = {
      get kind() {
        return kinds.shift()
      },
      encoded,
      registryToken: token,
    }
    expect(copyCredentials(shifty)).toStrictEqual(OPAQUE)
    expect(kinds).toHaveLength(2)
  })

  it.each([
    undefined,
    null,
    'basic',
    {},
    { kind: 'other' },
    { kind: 'basic' },
    { kind: 'basic', encoded: 'dTpw' },
    { kind: 'registry-token' },
    { kind: 'identity-token', basic: undefined },
    { kind: 'identity-token', identityToken: token },
    { kind: 'identity-token', identityToken: token, basic: 'basic' },
    { kind: 'identity-token', identityToken: token, basic: { ...PAIR, kind: 'anonymous' } },
    Object.create(PAIR) as Credentials,
  ])('are none: %j', (given) => {
    expect(copyCredentials(given)).toBeUndefined()
  })
})
