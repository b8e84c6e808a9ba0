import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerChallenge } from '../../../src/handshake/answer.js'
import { parseChallenges } from '../../../src/handshake/challenge.js'
import { TokenCache } from '../../../src/handshake/token-cache.js'
import type { TokenRequest } from '../../../src/handshake/token-request.js'
import { parseTokenResponse, type Token } from '../../../src/handshake/token-response.js'
import { type Keys, resolutionOf } from '../../support/resolution.js'

const NOW = Date.UTC(2026, 0, 1, 12)

function granted(body: string | Uint8Array, now = NOW): Token {
  const got = parseTokenResponse(body, now)
  if (got.kind !== 'token') throw new Error(got.code)
  return got
}

describe('what is granted', () => {
  test('every property is there, frozen', () => {
    const got = granted('{"token":"T"}')
    expect(Object.keys(got)).toEqual(['kind', 'header', 'expiresAt', 'refreshToken'])
    expect(got.header.name).toBe('authorization')
    expect(got.refreshToken).toBeUndefined()
    expect([Object.isFrozen(got), Object.isFrozen(got.header)]).toEqual([true, true])
  })

  test.each([
    ['token', '{"token":"T"}', 'T'],
    ['access_token', '{"access_token":"A"}', 'A'],
    ['both: the reference takes access_token', '{"token":"T","access_token":"A"}', 'A'],
    ['an empty token', '{"token":"","access_token":"A"}', 'A'],
    ['an empty access_token', '{"token":"T","access_token":""}', 'T'],
    [
      'null is unset',
      '{"token":"T","access_token":null,"expires_in":null,"refresh_token":null}',
      'T',
    ],
    ['odd case', '{"Access_Token":"A"}', 'A'],
    ['the last of two cases', '{"token":"T","TOKEN":"U"}', 'U'],
    ['other fields', '{"token":"T","scope":7,"__proto__":{"token":"P"},"constructor":1}', 'T'],
    ['white space', ' \n{ "token" : "T" } ', 'T'],
    ['escapes', '{"\\u0074oken":"\\u0054"}', 'T'],
    ['punctuation', '{"token":"a.b-c_d~e+f/g=:!\\"\\\\"}', 'a.b-c_d~e+f/g=:!"\\'],
  ])('%s', (_, body, token) => {
    expect(granted(body).header.value.reveal()).toBe(`Bearer ${token}`)
    expect(granted(new TextEncoder().encode(body)).header.value.reveal()).toBe(`Bearer ${token}`)
  })

  test.each([
    ['60 s by default', '', 60],
    ['as it says', '"expires_in":300', 300],
    ['0 is unset, as in Go', '"expires_in":0', 60],
    ['ended already', '"expires_in":-5', -5],
    ['from issued_at', '"expires_in":300,"issued_at":"2026-01-01T11:59:00Z"', 240],
    ['from issued_at, without expires_in', '"issued_at":"2026-01-01T11:59:00Z"', 0],
    ['with nanoseconds', '"expires_in":300,"issued_at":"2026-01-01T11:59:00.999999999Z"', 240],
    ['in another zone', '"expires_in":300,"issued_at":"2026-01-01t13:59:00+02:00"', 240],
    ['in lower case', '"expires_in":300,"issued_at":"2026-01-01t11:59:00z"', 240],
    [
      'an issued_at in the future makes nothing last longer',
      '"expires_in":300,"issued_at":"2027-01-01T00:00:00Z"',
      300,
    ],
    ['no time', '"issued_at":"yesterday"', 60],
    ['no day', '"expires_in":300,"issued_at":"2025-02-30T11:59:00Z"', 300],
    ['text as expires_in', '"expires_in":"300"', 60],
    ['a fraction as expires_in', '"expires_in":1.5', 60],
    ['more than an integer', '"expires_in":1e300', 60],
    ['a local time', '"issued_at":"2026-01-01T11:59:00"', 60],
    ['no date', '"issued_at":"2026-13-01T11:59:00Z"', 60],
    ['a number', '"issued_at":1767268740', 60],
  ])('its end: %s', (_, fields, seconds) => {
    const got = granted(`{"token":"T"${fields && ','}${fields}}`)
    expect(got.expiresAt).toBe(NOW + seconds * 1000)
  })

  test('a refresh token', () => {
    expect(granted('{"token":"T","refresh_token":"R"}').refreshToken?.reveal()).toBe('R')
    expect(granted('{"token":"T","refresh_token":""}').refreshToken).toBeUndefined()
  })
})

describe('what grants nothing', () => {
  test.each([
    ['nothing', '', 'not-json'],
    ['text', 'canary', 'not-json'],
    ['two values', '{"token":"canary"} {}', 'not-json'],
    ['a byte order mark', '\ufeff{"token":"canary"}', 'not-json'],
    ['brackets without end', '['.repeat(1 << 20), 'not-json'],
    ['null', 'null', 'not-an-object'],
    ['a string', '"canary"', 'not-an-object'],
    ['an array', '[{"token":"canary"}]', 'not-an-object'],
    ['an empty object', '{}', 'no-token'],
    ['an empty token', '{"token":""}', 'no-token'],
    ['a refresh token alone', '{"refresh_token":"canary"}', 'no-token'],
    ['a token of an error document', '{"errors":[{"token":"canary"}]}', 'no-token'],
    ['a number as token', '{"token":42}', 'wrong-type'],
    ['an array as token', '{"token":["canary"]}', 'wrong-type'],
    ['a number as access_token', '{"token":"canary","access_token":1}', 'wrong-type'],
    ['a number as refresh_token', '{"token":"canary","refresh_token":1}', 'wrong-type'],
    ['threat 7: a line end', '{"token":"canary\\r\\nX: y"}', 'unsendable-token'],
    ['threat 7: a NUL', '{"token":"canary\\u0000"}', 'unsendable-token'],
    ['threat 7: DEL', '{"token":"canary\\u007f"}', 'unsendable-token'],
    ['a space', '{"token":"canary canary"}', 'unsendable-token'],
    ['a letter beyond ASCII', '{"token":"canäry"}', 'unsendable-token'],
    [
      'a line end in a refresh token',
      '{"token":"T","refresh_token":"canary\\n"}',
      'unsendable-token',
    ],
    ['10 MB', `{"token":"canary${'a'.repeat(10_000_000)}"}`, 'too-large'],
  ])('%s', (_, body, reason) => {
    const got = parseTokenResponse(body, NOW)
    expect(got).toMatchObject({ kind: 'failure', reason })
    expect(Object.isFrozen(got)).toBe(true)
    expect(inspect(got, { depth: null, showHidden: true })).not.toContain('canary')
    expect(parseTokenResponse(new TextEncoder().encode(body), NOW)).toEqual(got)
  })

  test('bytes that are no UTF-8', () => {
    const got = parseTokenResponse(new Uint8Array([0x7b, 0xff, 0x7d]), NOW)
    expect(got).toMatchObject({ kind: 'failure', reason: 'not-utf8' })
  })

  test('threat 18: a polluted Object.prototype grants nothing', () => {
    const pollution = {
      token: 'evil',
      access_token: 'evil',
      refresh_token: 'evil',
      expires_in: 9,
      issued_at: 'x',
    }
    Object.assign(Object.prototype, pollution)
    try {
      expect(parseTokenResponse('{}', NOW)).toMatchObject({ reason: 'no-token' })
      const got = granted('{"token":"T"}')
      expect([got.header.value.reveal(), got.expiresAt, got.refreshToken]).toEqual([
        'Bearer T',
        NOW + 60_000,
        undefined,
      ])
    } finally {
      for (const name of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, name)
    }
  })

  test.each([
    ['no body', undefined, NOW],
    ['an object', { token: 'T' }, NOW],
    ['no time', '{}', undefined],
    ['a date', '{}', new Date(NOW)],
    ['not a number', '{}', Number.NaN],
  ])('misuse: %s', (_, body, now) => {
    expect(() => parseTokenResponse(body as never, now as never)).toThrow(TypeError)
  })

  test('property: any text is an answer or a failure, and a header that can be sent', () => {
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .record(
          {
            token: fc.string({ unit: 'binary' }),
            expires_in: fc.integer(),
            refresh_token: fc.string(),
          },
          { requiredKeys: [] },
        )
        .map((fields) => JSON.stringify(fields)),
    )
    fc.assert(
      fc.property(body, (text) => {
        const got = parseTokenResponse(text, NOW)
        if (got.kind === 'token') expect(got.header.value.reveal()).toMatch(/^Bearer [!-~]+$/)
      }),
      { numRuns: 5000 },
    )
  })
})

const PAIR: Keys = { username: 'builder', password: 's3cr3t' }

function request(
  registry = 'registry.corp',
  header = 'Bearer realm="https://auth.corp/t",service="s"',
  scopes: readonly string[] = ['a'],
  keys = PAIR,
): TokenRequest {
  const url = `https://${registry}/v2/`
  const got = answerChallenge(resolutionOf(registry, keys), parseChallenges(header), {
    url,
    scopes,
  })
  if (got.kind !== 'token-request') throw new Error(got.kind)
  return got
}

describe('TokenCache', () => {
  const token = granted('{"token":"T","expires_in":300}')

  test('gives a token back until it ends', () => {
    const cache = new TokenCache()
    expect(cache.get(request(), NOW)).toBeUndefined()
    cache.set(request(), token, NOW)
    expect(cache.get(request(), NOW)).toBe(token)
    expect(cache.get(request(), NOW + 299_999)).toBe(token)
    expect(cache.get(request(), NOW + 300_000)).toBeUndefined()
    cache.delete(request())
    expect(cache.get(request(), NOW)).toBeUndefined()
    cache.delete(request())
  })

  test("another account's request forgets nothing", () => {
    const cache = new TokenCache()
    cache.set(request(), token, NOW)
    const other = { username: 'other', password: 's3cr3t' }
    cache.delete(request(undefined, undefined, undefined, other))
    expect(cache.get(request(), NOW)).toBe(token)
  })

  test.each([
    ['another registry', request('registry2.corp')],
    ['a registry with the same realm and service on another port', request('registry.corp:8443')],
    ['another realm', request('registry.corp', 'Bearer realm="https://auth.corp/t2",service="s"')],
    [
      'another service',
      request('registry.corp', 'Bearer realm="https://auth.corp/t",service="s2"'),
    ],
    ['no service', request('registry.corp', 'Bearer realm="https://auth.corp/t"')],
    ['another scope', request('registry.corp', undefined, ['b'])],
    ['one more scope', request('registry.corp', undefined, ['a', 'b'])],
    ['no scope', request('registry.corp', undefined, [])],
    ['scopes that read alike when joined', request('registry.corp', undefined, ['a","b'])],
    [
      'another password',
      request('registry.corp', undefined, ['a'], { ...PAIR, password: 'other' }),
    ],
    ['nobody', request('registry.corp', undefined, ['a'], {})],
    ['an identity token', request('registry.corp', undefined, ['a'], { identitytoken: 'idt' })],
  ])('gives nothing for %s', (_, other) => {
    const cache = new TokenCache()
    cache.set(request(), token, NOW)
    expect(cache.get(other, NOW)).toBeUndefined()
    cache.set(other, granted('{"token":"other"}'), NOW)
    expect(cache.get(other, NOW)?.header.value.reveal()).toBe('Bearer other')
  })

  test('tells a scope from two that it reads like', () => {
    const cache = new TokenCache()
    cache.set(request('registry.corp', undefined, ['a', 'b']), token, NOW)
    for (const scope of ['a1:b', 'a b', 'a,b', 'ab', 'a","b']) {
      expect(cache.get(request('registry.corp', undefined, [scope]), NOW), scope).toBeUndefined()
    }
  })

  test('tells registries and accounts apart, whatever a prototype says to JSON', () => {
    const cache = new TokenCache()
    const others = [request('registry2.corp'), request(undefined, undefined, undefined, {})]
    const found: (typeof token | undefined)[] = []
    const prototypes = [Object.prototype, Array.prototype, String.prototype]
    for (const prototype of prototypes) Reflect.set(prototype, 'toJSON', () => 'the same')
    try {
      cache.set(request(), token, NOW)
      for (const other of others) found.push(cache.get(other, NOW))
      found.push(cache.get(request(), NOW))
    } finally {
      for (const prototype of prototypes) Reflect.deleteProperty(prototype, 'toJSON')
    }
    expect(found).toEqual([undefined, undefined, token])
  })

  test('keeps no token that has ended', () => {
    const cache = new TokenCache()
    cache.set(request(), granted('{"token":"T","expires_in":-1}'), NOW)
    expect(cache.size).toBe(0)
    cache.set(request(), token, NOW)
    cache.set(request('registry2.corp'), token, NOW + 299_000)
    expect(cache.size).toBe(2)
    cache.set(request('registry3.corp'), granted('{"token":"T","expires_in":900}'), NOW + 300_000)
    expect(cache.size).toBe(1)
  })

  test('holds 1000 tokens, and the oldest give way', () => {
    const cache = new TokenCache()
    for (let i = 0; i < 1100; i++)
      cache.set(request('registry.corp', undefined, [`${i}`]), token, NOW)
    expect(cache.size).toBe(1000)
    expect(cache.get(request('registry.corp', undefined, ['99']), NOW)).toBeUndefined()
    expect(cache.get(request('registry.corp', undefined, ['100']), NOW)).toBe(token)
  })

  test('misuse', () => {
    const cache = new TokenCache()
    expect(() => cache.get(request(), undefined as never)).toThrow(TypeError)
    expect(() => cache.set(request(), token, Number.NaN)).toThrow(TypeError)
  })

  test('shows no secret', () => {
    const cache = new TokenCache()
    cache.set(
      request('registry.corp', undefined, ['a'], { identitytoken: 'c4n4ry' }),
      granted('{"token":"c4n4ry"}'),
      NOW,
    )
    const all = { depth: Number.POSITIVE_INFINITY, showHidden: true, customInspect: false } as const
    for (const text of [
      inspect(cache, all),
      JSON.stringify(cache),
      String(cache),
      inspect(structuredClone(cache), all),
    ]) {
      expect(text).not.toContain('c4n4ry')
    }
  })

  test('property: no token leaves for another origin, realm, service or scope', () => {
    const asked = fc
      .tuple(
        fc.constantFrom('registry.corp', 'registry.corp:8443', 'evil.example', 'corp'),
        fc.constantFrom('https://auth.corp/t', 'https://auth.corp/t?a', 'https://evil.example/t'),
        fc.constantFrom('', 'registry.corp', 'evil'),
        fc.subarray(['a', 'b', 'a b', 'a","b']),
      )
      .map(([registry, realm, service, scopes]) =>
        request(registry, `Bearer realm="${realm}",service="${service}"`, scopes),
      )
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 12 }), asked, (all, wanted) => {
        const cache = new TokenCache()
        const owners = new Map<Token, TokenRequest>()
        for (const one of all) {
          const own = granted('{"token":"T"}')
          owners.set(own, one)
          cache.set(one, own, NOW)
        }
        const got = cache.get(wanted, NOW)
        const twin = all.findLast((one) => same(one, wanted))
        expect(got && owners.get(got)).toBe(twin)
      }),
    )
  })
})

function same(a: TokenRequest, b: TokenRequest): boolean {
  return (
    a.registry === b.registry &&
    a.realm === b.realm &&
    a.service === b.service &&
    a.scopes.length === b.scopes.length &&
    a.scopes.every((scope, i) => scope === b.scopes[i])
  )
}
