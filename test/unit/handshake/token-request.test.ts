import { describe, expect, test } from 'vitest'
import { tokenRequestKey } from '../../../src/handshake/index.js'
import { Secret } from '../../../src/secret.js'
import { answer, BEARER, PAIR, tokenRequest } from '../../support/answer.js'
import { expectProportion } from '../../support/proportion.js'

describe('token requests', () => {
  test('every property is there', () => {
    const { headers, ...rest } = tokenRequest(BEARER)
    expect(rest).toStrictEqual({
      kind: 'token-request',
      method: 'GET',
      url: 'https://auth.registry.corp/token?scope=repository%3Aacme%2Fapp%3Apull&service=registry.corp',
      body: undefined,
      registry: 'https://registry.corp',
      origin: 'https://auth.registry.corp',
      realm: 'https://auth.registry.corp/token',
      service: 'registry.corp',
      scopes: ['repository:acme/app:pull'],
      foreign: false,
      fallback: undefined,
    })
    expect(headers.map(({ name }) => name)).toEqual(['authorization'])
  })

  test.each([
    ['none', [], 'https://auth.registry.corp/token?service=registry.corp', 'scope='],
    [
      'one',
      ['a b'],
      'https://auth.registry.corp/token?scope=a+b&service=registry.corp',
      'scope=a+b',
    ],
    [
      'several',
      ['b', 'a'],
      'https://auth.registry.corp/token?scope=b&scope=a&service=registry.corp',
      'scope=b+a',
    ],
    [
      'odd ones',
      ["~*'()!é\ud800"],
      'https://auth.registry.corp/token?scope=~%2A%27%28%29%21%C3%A9%EF%BF%BD&service=registry.corp',
      'scope=~%2A%27%28%29%21%C3%A9%EF%BF%BD',
    ],
  ])('scopes: %s', (_, scopes, url, field) => {
    expect(tokenRequest(BEARER, { scopes }).url).toBe(url)
    const post = tokenRequest(BEARER, { scopes }, { keys: { identitytoken: 'idt' } })
    expect(post.body?.reveal().split('&')).toContain(field)
  })

  test.each([
    ['fields with a semicolon go', 'a=1;b=2&c=3', 'c=3'],
    ['broken escapes go', 'a=%zz&b%=1&c=%4&d=%41', 'd=A'],
    ['empty fields go', '&&a=1&', 'a=1'],
    ['a name without value', 'a', 'a='],
    ['several values stay in order, names are sorted', 'b=2&a=2&b=1&a=1', 'a=2&a=1&b=2&b=1'],
    ['bytes that are no UTF-8', 'a=%ff%FE', 'a=%FF%FE'],
    ['question marks', 'a=?&b=??', 'a=%3F&b=%3F%3F'],
    ['the realm’s own scope and service are replaced', 'scope=x&service=y&scope=z', ''],
  ])('the realm’s query: %s', (_, query, want) => {
    const { url } = tokenRequest(`Bearer realm="https://auth.corp/t?${query}"`, { scopes: [] })
    expect(url).toBe(`https://auth.corp/t?${want}${want && '&'}service=`)
  })

  test('what a 401 with a token in the request names is asked for first, once', () => {
    const header = [
      'Bearer realm="https://auth.corp/t",scope="repository:acme/app:pull,push",error="insufficient_scope"',
      'Bearer scope="repository:acme/app:pull,push"',
      'Bearer scope="repository:acme/app:pull"',
      'Bearer scope=""',
      'Basic realm="x"',
    ]
    expect(tokenRequest(header).scopes).toEqual(['repository:acme/app:pull'])
    const retry = tokenRequest(header, { rejected: new Secret('T') })
    expect(retry.scopes).toEqual(['repository:acme/app:pull,push', 'repository:acme/app:pull'])
    expect(
      tokenRequest(header, { rejected: new Secret('T'), scopes: retry.scopes }).scopes,
    ).toEqual(retry.scopes)
  })

  test('the client id is ours unless it is given', () => {
    const keys = { identitytoken: 'idt' }
    const id = (request: object) => tokenRequest(BEARER, request, { keys }).body?.reveal()
    expect(id({})).toContain('client_id=imagepuller-auth&')
    expect(id({ clientId: 'a puller/1' })).toContain('client_id=a+puller%2F1&')
  })

  test('a POST has these fields, and a service only where the challenge names one', () => {
    const options = { keys: { identitytoken: 'i d' } }
    const fields = (header: string) =>
      tokenRequest(header, { scopes: ['s'] }, options)
        .body?.reveal()
        .split('&')
    const always = [
      'client_id=imagepuller-auth',
      'grant_type=refresh_token',
      'refresh_token=i+d',
      'scope=s',
    ]
    expect(fields(BEARER)).toEqual([...always, 'service=registry.corp'])
    expect(fields('Bearer realm="https://auth.registry.corp/token"')).toEqual(always)
  })

  test('a POST falls back to the GET, with the Basic header where the rule has one', () => {
    const post = tokenRequest(BEARER, {}, { keys: { identitytoken: 'idt', ...PAIR } })
    expect(post.fallback).toMatchObject({
      method: 'GET',
      registry: post.registry,
      fallback: undefined,
    })
    expect(post.fallback?.headers[0]?.value.reveal()).toBe('Basic YnVpbGRlcjpzM2NyM3Q=')
    const bare = tokenRequest(BEARER, {}, { keys: { identitytoken: 'idt' } })
    expect(bare.fallback?.headers).toEqual([])
  })

  test('a refresh token goes to the origin that it came from, and to no other', () => {
    const token = new Secret('r3fr3sh')
    const at = (origin: string, registry = 'https://registry.corp') =>
      tokenRequest(BEARER, { refresh: { registry, origin, token } })
    expect(at('https://auth.registry.corp')).toMatchObject({ method: 'POST' })
    expect(at('https://auth.registry.corp').body?.reveal()).toContain('refresh_token=r3fr3sh')
    for (const origin of [
      'https://auth.registry.corp:8443',
      'http://auth.registry.corp',
      'https://registry.corp',
      '',
    ]) {
      expect(at(origin)).toMatchObject({ method: 'GET', body: undefined })
    }
  })

  test('and for no other registry, which may name the same token service to get a token by it', () => {
    const token = new Secret('r3fr3sh')
    const origin = 'https://auth.registry.corp'
    for (const registry of ['https://evil.example', 'http://registry.corp', '']) {
      const got = tokenRequest(BEARER, { refresh: { registry, origin, token } })
      expect(got).toMatchObject({ method: 'GET', body: undefined })
    }
  })

  test('a realm outside of the registry’s domain is marked, in the fallback too', () => {
    const keys = { identitytoken: 'idt' }
    const foreign = tokenRequest('Bearer realm="https://auth.corp/t"', {}, { keys })
    expect([foreign.foreign, foreign.fallback?.foreign]).toEqual([true, true])
    expect(tokenRequest(BEARER, {}, { keys }).foreign).toBe(false)
  })

  test('http where the resolution allows it', () => {
    const got = answer(
      'Bearer realm="http://auth.registry.corp/t"',
      {},
      { schemes: ['https', 'http'] },
    )
    expect(got).toMatchObject({ origin: 'http://auth.registry.corp' })
  })

  test('white space at the end of a token is no part of the field, that within it is', () => {
    const value = (registrytoken: string) => {
      const got = answer('Basic', {}, { keys: { registrytoken } })
      return got.kind === 'authorization' ? got.header.value.reveal() : got.kind
    }
    expect(value('rt  ')).toBe('Bearer rt')
    expect(value('a b')).toBe('Bearer a b')
  })

  test('threat 13: a header value is bytes, as fetch takes it', () => {
    const got = answer('Basic', {}, { keys: { registrytoken: 'tökén密' } })
    const value = got.kind === 'authorization' ? got.header.value.reveal() : ''
    expect(() => new Headers({ authorization: value })).not.toThrow()
    expect(Buffer.from(value, 'latin1').toString()).toBe('Bearer tökén密')
  })
})

describe('time grows with the size alone', () => {
  const fill = (unit: string, size: number) => unit.repeat(Math.floor(size / unit.length))
  test.each<[string, (size: number) => string]>([
    ['fields of the realm’s query', (n) => `Bearer realm="https://auth.corp/t?${fill('a=b&', n)}"`],
    ['escapes', (n) => `Bearer realm="https://auth.corp/t?a=${fill('%41', n)}"`],
    ['question marks', (n) => `Bearer realm="https://auth.corp/t${fill('?', n)}"`],
    ['a long path', (n) => `Bearer realm="https://auth.corp/${fill('../a/', n)}"`],
    ['a long service', (n) => `Bearer realm="https://auth.corp/t",service="${fill('é ', n)}"`],
    ['a long scope', (n) => `Bearer realm="https://auth.corp/t",scope="${fill('a:b:c ', n)}"`],
    ['scopes', (n) => `Bearer realm="https://auth.corp/t"${numbered((i) => `,A scope=${i}`, n)}`],
  ])('%s', (_, header) => {
    const rejected = new Secret('T')
    const keys = { identitytoken: 'idt' }
    const ask = (text: string) => tokenRequest(text, { rejected }, { keys })
    expectProportion(ask, header(1 << 15), header(1 << 18))
  })

  function numbered(make: (i: number) => string, size: number): string {
    const parts: string[] = []
    for (let i = 0, length = 0; length < size; i++) {
      const part = make(i)
      parts.push(part)
      length += part.length
    }
    return parts.join('')
  }
})

describe('the key of a token request', () => {
  test('is one for the same account, registry, realm, service and scopes', () => {
    const key = tokenRequestKey(tokenRequest(BEARER))
    expect(tokenRequestKey(tokenRequest(BEARER))).toBe(key)
    const others = [
      tokenRequest(BEARER, { scopes: ['repository:acme/app:push'] }),
      tokenRequest(BEARER.replace('service="registry.corp"', 'service="other"')),
      tokenRequest(BEARER.replace('/token"', '/token2"')),
      tokenRequest(BEARER, {}, { keys: { ...PAIR, password: 'another' } }),
      tokenRequest(BEARER, { url: 'https://other.corp/v2/' }, { registry: 'other.corp' }),
    ]
    const keys = new Set([key, ...others.map(tokenRequestKey)])
    expect(keys.size).toBe(1 + others.length)
  })

  test('a copy has none, since its account is not known', () => {
    expect(() => tokenRequestKey({ ...tokenRequest(BEARER) })).toThrow(
      "tokenRequestKey: expected answerChallenge's token request",
    )
  })
})
