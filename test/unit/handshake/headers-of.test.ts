import { describe, expect, test } from 'vitest'
import { headersOf } from '../../../src/handshake/index.js'
import { Secret } from '../../../src/secret.js'
import { answer, BEARER, tokenRequest } from '../../support/answer.js'
import { granted } from '../../support/granted.js'

describe('headersOf', () => {
  test('of a token request by GET, with and without an account', () => {
    expect(headersOf(tokenRequest(BEARER))).toEqual({
      authorization: 'Basic YnVpbGRlcjpzM2NyM3Q=',
    })
    expect(headersOf(tokenRequest(BEARER, {}, { keys: {} }))).toEqual({})
  })

  test('of a token request by POST', () => {
    const request = tokenRequest(BEARER, {}, { keys: { identitytoken: 'idt' } })
    expect(headersOf(request)).toEqual({ 'content-type': 'application/x-www-form-urlencoded' })
  })

  test('of an authorization answer, and of a token', () => {
    const got = answer('Basic')
    if (got.kind !== 'authorization') throw new Error(got.kind)
    expect(headersOf(got)).toEqual({ authorization: 'Basic YnVpbGRlcjpzM2NyM3Q=' })
    expect(headersOf(granted('{"token":"T"}'))).toEqual({ authorization: 'Bearer T' })
  })

  test('gives a new object each time', () => {
    const token = granted('{"token":"T"}')
    headersOf(token)['authorization'] = 'x'
    expect(headersOf(token)).toEqual({ authorization: 'Bearer T' })
  })

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['no answer', answer(null)],
    ['a header', { name: 'authorization', value: new Secret('x') }],
    ['a header in plain text', { header: { name: 'authorization', value: 'x' } }],
    ['headers as a record', { headers: { authorization: 'x' } }],
    ['an inherited header', Object.create(granted('{"token":"T"}'))],
  ])('misuse: %s', (_, request) => {
    expect(() => headersOf(request as never)).toThrow(
      new TypeError('headersOf: expected a token request, an authorization answer or a token'),
    )
  })

  test('threat 18: a polluted Object.prototype adds no header', () => {
    const header = { name: 'authorization', value: new Secret('evil') }
    Object.assign(Object.prototype, { headers: [header], header })
    try {
      expect(() => headersOf({} as never)).toThrow(TypeError)
      expect(headersOf(tokenRequest(BEARER, {}, { keys: {} }))).toEqual({})
    } finally {
      for (const name of ['headers', 'header']) Reflect.deleteProperty(Object.prototype, name)
    }
  })
})
