import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  answerChallenge,
  type ChallengedRequest,
  type Token,
  TokenCache,
  type TokenRequest,
} from '../../../src/handshake/index.js'
import { Secret } from '../../../src/secret.js'
import { PAIR } from '../../support/answer.js'
import { granted, NOW } from '../../support/granted.js'
import { type Keys, resolutionOf } from '../../support/resolution.js'

interface Asked {
  readonly registry?: string
  readonly realm?: string
  readonly service?: string
  readonly keys?: Keys
  readonly request?: Partial<ChallengedRequest>
}

/** A token request, of the account of PAIR for one scope unless something else is asked for. */
function ask({
  registry = 'registry.corp',
  realm = 'https://auth.corp/t',
  service = 's',
  keys = PAIR,
  request = {},
}: Asked = {}): TokenRequest {
  const url = `https://${registry}/v2/`
  const header = `Bearer realm="${realm}"${service && `,service="${service}"`}`
  const all = { url, scopes: ['a'], ...request }
  const got = answerChallenge(resolutionOf(registry, keys), header, all)
  if (got.kind !== 'token-request') throw new Error(got.kind)
  return got
}

const scoped = (...scopes: string[]) => ask({ request: { scopes } })

/** Keeps a token for a request, and gives it. */
function keep(cache: TokenCache, request: TokenRequest, token = 'T', seconds = 300): Token {
  const got = granted(`{"token":"${token}","expires_in":${seconds}}`, request)
  cache.set(request, got, NOW)
  return got
}

const IDENTITY: Keys = { identitytoken: 'idt', ...PAIR }

describe('a token', () => {
  test('is found until it ends', () => {
    const cache = new TokenCache()
    expect(cache.get(ask(), NOW)).toBeUndefined()
    const token = keep(cache, ask())
    expect(cache.get(ask(), NOW)).toBe(token)
    expect(cache.get(ask(), NOW + 299_999)).toBe(token)
    expect(cache.get(ask(), NOW + 300_000)).toBeUndefined()
  })

  test('takes the place of the one that was there', () => {
    const cache = new TokenCache()
    keep(cache, ask(), 'old')
    const token = keep(cache, ask(), 'new')
    expect([cache.size, cache.get(ask(), NOW)]).toEqual([1, token])
  })

  test('that has ended takes its place too', () => {
    const cache = new TokenCache()
    keep(cache, ask())
    keep(cache, ask(), 'ended', -1)
    expect(cache.size).toBe(0)
  })

  test.each([
    ['another registry', ask({ registry: 'registry2.corp' })],
    [
      'a registry on another port, with the same token service',
      ask({ registry: 'registry.corp:8443' }),
    ],
    ['another realm', ask({ realm: 'https://auth.corp/t2' })],
    ['another service', ask({ service: 's2' })],
    ['no service', ask({ service: '' })],
    ['another scope', scoped('b')],
    ['one more scope', scoped('a', 'b')],
    ['no scope', scoped()],
    ['scopes that read alike when joined', scoped('a","b')],
    ['another password', ask({ keys: { ...PAIR, password: 'other' } })],
    ['no account', ask({ keys: {} })],
    ['an identity token beside the same password', ask({ keys: IDENTITY })],
    ['a refresh token from elsewhere', ask({ request: { refresh: madeByHand('r') } })],
  ])('isn’t found for %s, and stays beside that one’s', (_, other) => {
    const cache = new TokenCache()
    const token = keep(cache, ask())
    expect(cache.get(other, NOW)).toBeUndefined()
    const others = keep(cache, other, 'other')
    expect(cache.get(other, NOW)).toBe(others)
    expect(cache.get(ask(), NOW)).toBe(token)
  })

  test('of two scopes isn’t found for one that reads alike', () => {
    const cache = new TokenCache()
    keep(cache, scoped('a', 'b'))
    for (const scope of ['a1:b', 'a b', 'a,b', 'ab', 'a","b']) {
      expect(cache.get(scoped(scope), NOW), scope).toBeUndefined()
    }
  })

  test('is told apart by registry and account, whatever a prototype says to JSON', () => {
    const cache = new TokenCache()
    const others = [ask({ registry: 'registry2.corp' }), ask({ keys: {} })]
    const found: (Token | undefined)[] = []
    const prototypes = [Object.prototype, Array.prototype, String.prototype]
    const token = granted('{"token":"T","expires_in":300}', ask())
    for (const prototype of prototypes) Reflect.set(prototype, 'toJSON', () => 'the same')
    try {
      cache.set(ask(), token, NOW)
      for (const other of others) found.push(cache.get(other, NOW))
      found.push(cache.get(ask(), NOW))
    } finally {
      for (const prototype of prototypes) Reflect.deleteProperty(prototype, 'toJSON')
    }
    expect(found).toEqual([undefined, undefined, token])
  })
})

function madeByHand(token: string) {
  return {
    registry: 'https://registry.corp',
    origin: 'https://auth.corp',
    token: new Secret(token),
  }
}

describe('issue 17, row 6, and threat 26: an account is known by its credentials', () => {
  const post = ask({ keys: IDENTITY })
  const fallback = post.fallback as TokenRequest

  test('a POST finds the token of its fallback, and the reverse', () => {
    expect([post.method, fallback.method]).toEqual(['POST', 'GET'])
    for (const [kept, asked] of [
      [fallback, post],
      [post, fallback],
    ] as const) {
      const cache = new TokenCache()
      const token = keep(cache, kept)
      expect(cache.get(asked, NOW)).toBe(token)
      expect(cache.get(ask({ keys: IDENTITY }), NOW)).toBe(token)
      expect(cache.size).toBe(1)
    }
  })

  test('a request by a refresh token finds the token that came with it', () => {
    const cache = new TokenCache()
    const token = granted('{"token":"T","refresh_token":"R","expires_in":300}', ask())
    cache.set(ask(), token, NOW)
    const { refresh } = token
    const next = ask({ request: { refresh } })
    expect(next.method).toBe('POST')
    expect(cache.get(next, NOW)).toBe(token)
    expect(cache.get(next.fallback as TokenRequest, NOW)).toBe(token)
    const renewed = granted('{"token":"U","expires_in":900}', next)
    cache.set(next, renewed, NOW)
    expect(cache.get(ask(), NOW)).toBe(renewed)
  })

  test('a refresh token is its account’s: another one’s request doesn’t carry it', () => {
    const { refresh } = granted('{"token":"T","refresh_token":"R"}', ask())
    for (const keys of [{}, { ...PAIR, password: 'other' }]) {
      expect(ask({ keys, request: { refresh } }).method).toBe('GET')
    }
    const other = ask({ keys: { identitytoken: 'idt' }, request: { refresh } })
    expect(other.body?.reveal()).toContain('refresh_token=idt&')
  })

  test('a refused token is forgotten, whatever request got it', () => {
    for (const kept of [post, fallback, scoped('a'), scoped('b', 'a')]) {
      const cache = new TokenCache()
      const { header } = keep(cache, kept)
      const others = keep(cache, ask({ service: 'other' }), 'other')
      cache.forget(header)
      expect(cache.get(kept, NOW)).toBeUndefined()
      expect(cache.get(ask({ service: 'other' }), NOW)).toBe(others)
    }
  })

  test('it is known by its header, the header’s value or itself', () => {
    for (const by of [
      (token: Token) => token.header,
      (token: Token) => token.header.value,
      () => new Secret('T'),
    ]) {
      const cache = new TokenCache()
      const token = keep(cache, ask())
      keep(cache, scoped('b'), 'other')
      cache.forget(by(token))
      expect([cache.size, cache.get(ask(), NOW)]).toEqual([1, undefined])
    }
  })

  test('what was never kept is forgotten quietly', () => {
    const cache = new TokenCache()
    cache.forget(new Secret('T'))
    keep(cache, ask())
    cache.forget(new Secret('U'))
    expect(cache.size).toBe(1)
  })
})

describe('threat 26: limits', () => {
  test('a registry has 100 tokens, of which the oldest give way', () => {
    const cache = new TokenCache()
    for (let i = 0; i < 110; i++) keep(cache, scoped(`${i}`))
    expect(cache.size).toBe(100)
    expect(cache.get(scoped('9'), NOW)).toBeUndefined()
    expect(cache.get(scoped('10'), NOW)).toBeDefined()
  })

  test.each([
    ['long tokens', (i: number) => [scoped(`${i}`), 'T'.repeat(60_000)] as const],
    ['long scopes', (i: number) => [scoped(`${i}${'a'.repeat(60_000)}`), 'T'] as const],
    [
      'long realms',
      (i: number) => [ask({ realm: `https://auth.corp/${i}/${'a'.repeat(60_000)}` }), 'T'] as const,
    ],
    ['long services', (i: number) => [ask({ service: `${i}${'a'.repeat(60_000)}` }), 'T'] as const],
  ])('a registry has 256 Ki characters: %s', (_, make) => {
    const cache = new TokenCache()
    for (let i = 0; i < 20; i++) keep(cache, ...make(i))
    expect(cache.size).toBe(4)
    expect(cache.get(make(15)[0], NOW)).toBeUndefined()
    expect(cache.get(make(16)[0], NOW)).toBeDefined()
  })

  test('refresh tokens count as well', () => {
    const cache = new TokenCache()
    for (let i = 0; i < 20; i++) {
      const body = JSON.stringify({ token: 'T', refresh_token: 'R'.repeat(60_000) })
      cache.set(scoped(`${i}`), granted(body, scoped(`${i}`)), NOW)
    }
    expect(cache.size).toBe(4)
  })

  test('what alone is too much isn’t kept, and drives nothing out', () => {
    const cache = new TokenCache()
    keep(cache, ask())
    keep(cache, ask({ realm: `https://auth.corp/${'a'.repeat(300_000)}` }))
    expect(cache.size).toBe(1)
    expect(cache.get(ask(), NOW)).toBeDefined()
  })

  test('a registry that fills its share drives no other’s tokens out', () => {
    const cache = new TokenCache()
    const token = keep(cache, ask())
    for (let i = 0; i < 300; i++) {
      const realm = `https://auth.evil.example/${i}`
      keep(cache, ask({ registry: 'evil.example', realm }), 'T'.repeat(10_000))
    }
    expect(cache.get(ask(), NOW)).toBe(token)
    expect(cache.size).toBeLessThan(30)
  })

  test('there are 256 registries; of another nothing is kept until one’s tokens have ended', () => {
    const cache = new TokenCache()
    const at = (i: number) => ask({ registry: `r${i}.corp` })
    for (let i = 0; i < 300; i++) keep(cache, at(i), 'T', i === 7 ? 100 : 300)
    expect(cache.size).toBe(256)
    expect(cache.get(at(255), NOW)).toBeDefined()
    expect(cache.get(at(256), NOW)).toBeUndefined()
    const later = granted('{"token":"U","expires_in":900}', at(299))
    cache.set(at(299), later, NOW + 99_000)
    expect(cache.get(at(299), NOW + 99_000)).toBeUndefined()
    cache.set(at(299), later, NOW + 100_000)
    expect(cache.get(at(299), NOW + 100_000)).toBe(later)
    expect(cache.size).toBe(256)
  })

  test('tokens that have ended go when the registry gets another', () => {
    const cache = new TokenCache()
    keep(cache, scoped('a'), 'T', 100)
    keep(cache, scoped('b'), 'T', 300)
    const token = granted('{"token":"U","expires_in":900}', scoped('c'))
    cache.set(scoped('c'), token, NOW + 100_000)
    expect(cache.size).toBe(2)
  })
})

describe('misuse', () => {
  const cache = new TokenCache()
  const token = granted('{"token":"T"}', ask())
  test.each([
    [
      'get: a copy of a request',
      () => cache.get({ ...ask() }, NOW),
      "get: expected answerChallenge's token request",
    ],
    [
      'set: no request',
      () => cache.set(undefined as never, token, NOW),
      "set: expected answerChallenge's token request",
    ],
    [
      'get: no time',
      () => cache.get(ask(), undefined as never),
      'get: expected now to be a time in milliseconds since 1970',
    ],
    [
      'set: not a number',
      () => cache.set(ask(), token, Number.NaN),
      'set: expected now to be a time in milliseconds since 1970',
    ],
    [
      'set: another registry’s token',
      () => cache.set(ask({ registry: 'other.corp' }), token, NOW),
      "set: expected a token for the request's registry",
    ],
    [
      'forget: nothing',
      () => cache.forget(undefined as never),
      'forget: expected a Secret, or the header of an answer',
    ],
    [
      'forget: plain text',
      () => cache.forget('T' as never),
      'forget: expected a Secret, or the header of an answer',
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(new TypeError(`TokenCache.${message}`))
  })
})

describe('secrets', () => {
  test('are in nothing that shows a cache', () => {
    const cache = new TokenCache()
    const request = ask({ keys: { identitytoken: 'c4n4ry' } })
    cache.set(request, granted('{"token":"c4n4ry","refresh_token":"c4n4ry"}', request), NOW)
    const all = { depth: Number.POSITIVE_INFINITY, showHidden: true } as const
    for (const text of [
      inspect(cache, all),
      inspect(cache, { ...all, customInspect: false }),
      inspect(cache.get(request, NOW), { ...all, customInspect: false }),
      inspect(structuredClone(cache), all),
      JSON.stringify([cache, cache.get(request, NOW)]),
      String(cache),
    ]) {
      expect(text).not.toContain('c4n4ry')
    }
  })
})

describe('properties', () => {
  test('no token leaves for another origin, realm, service, scope or account', () => {
    const asked = fc
      .record({
        registry: fc.constantFrom('registry.corp', 'registry.corp:8443', 'evil.example'),
        realm: fc.constantFrom(
          'https://auth.corp/t',
          'https://auth.corp/t?a',
          'https://evil.example/t',
        ),
        service: fc.constantFrom('', 'registry.corp', 'evil'),
        keys: fc.constantFrom<Keys>({}, PAIR, IDENTITY),
        scopes: fc.subarray(['a', 'b', 'a b', 'a","b']),
        isFallback: fc.boolean(),
      })
      .map(({ scopes, isFallback, ...one }) => {
        const request = ask({ ...one, request: { scopes } })
        const name = JSON.stringify({ scopes, ...one })
        return { name, request: (isFallback && request.fallback) || request }
      })
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 12 }), asked, (all, wanted) => {
        const cache = new TokenCache()
        const owners = new Map<Token, string>()
        for (const { name, request } of all) {
          const own = granted('{"token":"T"}', request)
          owners.set(own, name)
          cache.set(request, own, NOW)
        }
        const got = cache.get(wanted.request, NOW)
        const twin = all.findLast(({ name }) => name === wanted.name)
        expect(got && owners.get(got)).toBe(twin?.name)
      }),
    )
  })
})
