import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Answer,
  answerChallenge,
  type ChallengedRequest,
} from '../../../src/handshake/answer.js'
import { parseChallenges } from '../../../src/handshake/challenge.js'
import type { TokenRequest } from '../../../src/handshake/token-request.js'
import { parseTokenResponse } from '../../../src/handshake/token-response.js'
import type { Scheme } from '../../../src/resolve/schemes.js'
import { Secret } from '../../../src/secret.js'
import { type Keys, resolutionOf } from '../../support/resolution.js'
import { authCases } from '../../support/vectors.js'

type Case = (typeof authCases)[number]

/** A puller against the servers of a case: what it sends to the realm, and then to the registry. */
function pull(row: Case) {
  const resolution = resolutionOf(row.registry, row.auth, ['https'], row.repository)
  const sent: object[] = []
  const outcome = (authorization: string | null) => ({ tokenRequests: sent, authorization })
  if (row.challenge === 'none') return outcome(null)
  const answer = answerChallenge(resolution, parseChallenges(row.wwwAuthenticate), {
    url: `https://${row.registry}/v2/`,
    clientId: 'go-containerregistry',
  })
  if (answer.kind === 'none') return outcome(null)
  if (answer.kind === 'authorization') return outcome(received(answer.header.value))
  for (let next: TokenRequest | undefined = answer; next; next = next.fallback) {
    sent.push(asSent(next))
    const { status = 0, body = '' } = row.tokenServer?.[next.method] ?? {}
    if (status === 404) continue
    const token = status === 200 ? parseTokenResponse(body, 0) : undefined
    return outcome(token?.kind === 'token' ? received(token.header.value) : null)
  }
  return outcome(null)
}

function asSent({ method, url, headers, body }: TokenRequest) {
  const value = (name: string) => headers.find((header) => header.name === name)?.value.reveal()
  const form = body && { contentType: value('content-type'), body: body.reveal() }
  return { method, url, authorization: value('authorization') ?? null, ...form }
}

/** The bytes that `fetch` and `node:http` send for a header's value, read as UTF-8. */
function received(value: Secret): string {
  return Buffer.from(value.reveal(), 'latin1').toString('utf8')
}

/** Where section 5 of the specification orders something else than the reference does. */
const DEVIATIONS: Readonly<
  Record<string, { applies: (row: Case) => boolean; authorization: (row: Case) => string | null }>
> = {
  'nothing is sent to a registry that asked for neither Basic nor Bearer': {
    applies: ({ challenge, want }) =>
      (challenge === 'none' || challenge === 'other') && want.authorization !== null,
    authorization: () => null,
  },
  'a registry token needs no realm': {
    applies: ({ auth, want }) => Boolean(auth.registrytoken) && want.error === 'handshake',
    authorization: ({ auth }) => `Bearer ${auth.registrytoken}`,
  },
  'a realm with user info is refused': {
    applies: ({ auth, wwwAuthenticate }) =>
      !auth.registrytoken && wwwAuthenticate.some((line) => line.includes('@')),
    authorization: () => null,
  },
}

describe('auth-headers.json', () => {
  const deviating = (row: Case) => Object.values(DEVIATIONS).filter(({ applies }) => applies(row))

  test.each(authCases.map((row, i) => [row.category, i, row] as const))(
    '%s, row %i',
    (_, __, row) => {
      const [deviation, ...more] = deviating(row)
      expect(more).toEqual([])
      const { tokenRequests, authorization } = row.want
      const got = pull(row)
      if (deviation === undefined) return expect(got).toEqual({ tokenRequests, authorization })
      expect(got).toEqual({ tokenRequests: [], authorization: deviation.authorization(row) })
      return expect(got).not.toEqual({ tokenRequests, authorization })
    },
  )

  test.each(Object.entries(DEVIATIONS))('deviation: %s', (_, { applies }) => {
    expect(authCases.filter(applies).length).toBeGreaterThan(0)
  })

  test('every category is there', () => {
    expect(new Set(authCases.map(({ category }) => category)).size).toBe(22)
  })
})

const URL_OF_401 = 'https://registry.corp/v2/acme/app/manifests/1'
const BEARER = 'Bearer realm="https://auth.registry.corp/token",service="registry.corp"'
const PAIR: Keys = { username: 'builder', password: 's3cr3t' }

interface Options {
  readonly keys?: Keys
  readonly registry?: string
  readonly schemes?: readonly Scheme[]
}

function answer(
  header: string | readonly string[],
  request: Partial<ChallengedRequest> = {},
  { keys = PAIR, registry = 'registry.corp', schemes = ['https'] }: Options = {},
): Answer {
  const resolution = resolutionOf(registry, keys, schemes)
  return answerChallenge(resolution, parseChallenges(header), { url: URL_OF_401, ...request })
}

function tokenRequest(...parameters: Parameters<typeof answer>): TokenRequest {
  const got = answer(...parameters)
  if (got.kind !== 'token-request') throw new Error(got.kind)
  return got
}

describe('which challenge is answered', () => {
  test.each([
    ['the first, if Basic', ['Basic realm="x"', BEARER], 'authorization'],
    ['the first, if Bearer', [BEARER, 'Basic realm="x"'], 'token-request'],
    [
      'the first that is one of them',
      ['Negotiate', 'Digest realm="x"', BEARER, 'Basic'],
      'token-request',
    ],
    ['the first of one line', [`Negotiate, Basic realm="x", ${BEARER}`], 'authorization'],
    ['the first Bearer, although the second has a realm', ['Bearer service="x"', BEARER], 'none'],
    ['a second one behind a broken line', ['Basic realm="x', BEARER], 'token-request'],
  ])('%s', (_, header, kind) => {
    expect(answer(header).kind).toBe(kind)
  })
})

describe('no answer', () => {
  test.each([
    ['no header', [], {}, PAIR, 'no-challenge'],
    ['a broken header', 'Basic realm="x', {}, PAIR, 'no-challenge'],
    ['another scheme', 'Negotiate', {}, PAIR, 'unsupported-scheme'],
    [
      'another scheme for a registry token',
      'Negotiate',
      {},
      { registrytoken: 'rt' },
      'unsupported-scheme',
    ],
    ['Basic without credentials', 'Basic realm="x"', {}, {}, 'no-credentials'],
    [
      'Basic with an identity token alone',
      'Basic realm="x"',
      {},
      { identitytoken: 'idt' },
      'no-credentials',
    ],
    ['Bearer without realm', 'Bearer service="x"', {}, PAIR, 'realm-missing'],
    ['Bearer with an empty realm', 'Bearer realm=""', {}, PAIR, 'realm-missing'],
    ['a token68 in the place of the realm', 'Bearer realm', {}, PAIR, 'realm-missing'],
    [
      'threat 7: a line end in auth, for Basic',
      'Basic',
      {},
      { auth: 'YTpi\r\nX: y' },
      'unsendable-credentials',
    ],
    [
      'threat 7: a line end in auth, for Bearer',
      BEARER,
      {},
      { auth: 'YTpi\n' },
      'unsendable-credentials',
    ],
    [
      'threat 7: npm/cli 7819, a line end in a token',
      BEARER,
      {},
      { registrytoken: 'rt\r' },
      'unsendable-credentials',
    ],
    ['threat 7: DEL in a token', BEARER, {}, { registrytoken: 'rt\x7f' }, 'unsendable-credentials'],
    [
      'threat 1: CVE-2020-15157, the 401 of a foreign layer',
      BEARER,
      { url: 'https://evil.example/layer' },
      PAIR,
      'other-origin',
    ],
    [
      'threat 1: the same for Basic',
      'Basic',
      { url: 'https://evil.example/layer' },
      PAIR,
      'other-origin',
    ],
    [
      'threat 1: the same for a registry token',
      BEARER,
      { url: 'https://evil.example/layer' },
      { registrytoken: 'rt' },
      'other-origin',
    ],
    [
      'threat 3: CVE-2021-32690, an index that leads elsewhere',
      'Basic',
      { url: 'https://charts.example/' },
      PAIR,
      'other-origin',
    ],
    [
      'threat 3: CVE-2024-28849, a redirect',
      'Basic',
      { url: 'https://storage.example/' },
      PAIR,
      'other-origin',
    ],
    [
      'threat 3: another port',
      'Basic',
      { url: 'https://registry.corp:8443/v2/' },
      PAIR,
      'other-origin',
    ],
    [
      'threat 3: another scheme',
      'Basic',
      { url: 'http://registry.corp/v2/' },
      PAIR,
      'other-origin',
    ],
    [
      'threat 3: a subdomain',
      'Basic',
      { url: 'https://cdn.registry.corp/v2/' },
      PAIR,
      'other-origin',
    ],
  ] as const)('%s', (_, header, request, keys, reason) => {
    const got = answer(header, request, { keys })
    expect(got).toMatchObject({ kind: 'none', reason, refusal: undefined })
    expect(got.kind === 'none' && got.message.length).toBeGreaterThan(20)
  })

  test.each([
    ['threat 2: CVE-2026-48978, TLS taken away', 'http://registry.corp/token', 'scheme'],
    ['threat 2: issue 2284', 'https://0.0.0.0/token', 'local-host'],
    ['threat 2: CVE-2026-48978, a metadata service', 'https://169.254.169.254/token', 'local-host'],
    ['user info', 'https://a:b@auth.corp/token', 'user-info'],
    ['a path', '/token', 'not-a-url'],
    ['an escape in the host', 'https://auth%2ecorp/token', 'host'],
  ])('realm refused: %s', (_, realm, refusal) => {
    for (const keys of [{}, PAIR, { identitytoken: 'idt' }]) {
      const got = answer(`Bearer realm="${realm}"`, {}, { keys })
      expect(got).toMatchObject({ kind: 'none', reason: 'realm-refused', refusal })
    }
  })

  test('deny-all sends nothing', () => {
    expect(answer('Basic', {}, { schemes: [] })).toMatchObject({ reason: 'other-origin' })
  })
})

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
    const retry = tokenRequest(header, { retry: true })
    expect(retry.scopes).toEqual(['repository:acme/app:pull,push', 'repository:acme/app:pull'])
    expect(tokenRequest(header, { retry: true, scopes: retry.scopes }).scopes).toEqual(retry.scopes)
  })

  test('the client id is ours unless it is given', () => {
    const keys = { identitytoken: 'idt' }
    const id = (request: object) => tokenRequest(BEARER, request, { keys }).body?.reveal()
    expect(id({})).toContain('client_id=imagepuller-auth&')
    expect(id({ clientId: 'a puller/1' })).toContain('client_id=a+puller%2F1&')
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
    const broken = tokenRequest(BEARER, {}, { keys: { identitytoken: 'idt', auth: 'a\nb' } })
    expect(broken.fallback).toBeUndefined()
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

  test('threat 13: a header value is bytes, as fetch takes it', () => {
    const got = answer('Basic', {}, { keys: { registrytoken: 'tökén密' } })
    const value = got.kind === 'authorization' ? got.header.value.reveal() : ''
    expect(() => new Headers({ authorization: value })).not.toThrow()
    expect(Buffer.from(value, 'latin1').toString()).toBe('Bearer tökén密')
  })
})

describe('misuse', () => {
  const resolution = resolutionOf('registry.corp', PAIR)
  test.each([
    ['no challenges', undefined, { url: URL_OF_401 }],
    ['a header in the place of challenges', 'Basic', { url: URL_OF_401 }],
    ['no request', [], undefined],
    ['null', [], null],
    ['no URL', [], {}],
    ['a URL object', [], { url: new URL(URL_OF_401) }],
    ['a scope alone', [], { url: URL_OF_401, scopes: 'a' }],
    ['scopes that are no strings', [], { url: URL_OF_401, scopes: [1] }],
    ['a client id that is no string', [], { url: URL_OF_401, clientId: 1 }],
    ['a retry that is no boolean', [], { url: URL_OF_401, retry: 1 }],
    [
      'a refresh token in plain text',
      [],
      { url: URL_OF_401, refresh: { registry: '', origin: '', token: 'x' } },
    ],
    [
      'a refresh token without origin',
      [],
      { url: URL_OF_401, refresh: { token: new Secret('x') } },
    ],
  ])('%s', (_, challenges, request) => {
    expect(() => answerChallenge(resolution, challenges as never, request as never)).toThrow(
      TypeError,
    )
  })

  test('a parameter without value, written by hand', () => {
    const challenge = { scheme: 'bearer', parameters: { realm: undefined }, token68: undefined }
    expect(answerChallenge(resolution, [challenge], { url: URL_OF_401 })).toMatchObject({
      reason: 'realm-missing',
    })
  })
})

describe('threat 18: a polluted Object.prototype', () => {
  test('changes no answer', () => {
    const headers = [BEARER, 'Basic', 'Bearer', 'Bearer realm="https://auth.corp/t"']
    const all = () =>
      headers.flatMap((header) =>
        [{}, PAIR, { identitytoken: 'idt' }, { registrytoken: 'rt' }].map((keys) =>
          JSON.stringify(shown(answer(header, {}, { keys }))),
        ),
      )
    const before = all()
    const pollution = {
      realm: 'https://evil.example/',
      service: 'evil',
      scope: 'evil',
      scopes: ['evil'],
      retry: true,
      clientId: 'evil',
      refresh: {
        registry: 'https://registry.corp',
        origin: 'https://auth.corp',
        token: new Secret('evil'),
      },
      url: 'https://evil.example/',
      fallback: 'evil',
      foreign: false,
      username: 'evil',
      encoded: new Secret('evil'),
      kind: 'evil',
      port: 1,
    }
    Object.assign(Object.prototype, pollution)
    try {
      expect(all()).toEqual(before)
    } finally {
      for (const name of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, name)
    }
  })
})

/** An answer with its secrets revealed. */
function shown(value: unknown): unknown {
  if (value instanceof Secret) return value.reveal()
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(shown)
  return Object.keys(value).map((key) => [key, shown(Reflect.get(value, key))])
}

describe('secrets', () => {
  const CANARY = 'c4n4ry'
  const KEYS: readonly Keys[] = [
    { username: CANARY, password: CANARY },
    { auth: CANARY },
    { identitytoken: CANARY, username: CANARY, password: CANARY },
    { registrytoken: CANARY },
    { registrytoken: `${CANARY}\n` },
    { auth: `${CANARY}\n` },
  ]
  // "user equal to password" is threat 9: nothing is redacted, since nothing is ever put in.
  const ENCODED = [CANARY, Buffer.from(`${CANARY}:${CANARY}`).toString('base64')]

  test('threats 8 and 9: nothing but reveal() shows them', () => {
    for (const keys of KEYS) {
      for (const header of [BEARER, 'Basic', 'Negotiate', 'Bearer realm="http://x"']) {
        const got = answer(
          header,
          {
            refresh: {
              registry: 'https://registry.corp',
              origin: 'https://auth.registry.corp',
              token: new Secret(CANARY),
            },
          },
          { keys },
        )
        for (const text of renderings(got)) {
          for (const secret of ENCODED) expect(text).not.toContain(secret)
        }
      }
    }
  })

  test('they are in what is revealed', () => {
    const texts = KEYS.slice(0, 4).map((keys) =>
      JSON.stringify(shown(answer(BEARER, {}, { keys }))),
    )
    expect(texts.every((text) => ENCODED.some((secret) => text.includes(secret)))).toBe(true)
  })

  test('an answer is frozen all the way down', () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(frozen))
    for (const keys of [...KEYS, {}]) {
      for (const header of [BEARER, 'Basic', 'Negotiate']) {
        expect(frozen(answer(header, { scopes: ['a'], retry: true }, { keys }))).toBe(true)
      }
    }
  })

  test('scopes are copied', () => {
    const scopes = ['a']
    const got = tokenRequest(BEARER, { scopes })
    scopes.push('b')
    expect(got.scopes).toEqual(['a'])
  })
})

function renderings(value: object): string[] {
  const all = {
    depth: Number.POSITIVE_INFINITY,
    showHidden: true,
    getters: true,
    maxStringLength: null,
  } as const
  return [
    inspect(value, all),
    inspect(value, { ...all, customInspect: false }),
    inspect(structuredClone(value), all),
    JSON.stringify(value),
    String(value),
    `${Object.entries(value).join()}`,
  ]
}

describe('properties', () => {
  const HOSTS = [
    'registry.corp',
    'evil.example',
    'auth.registry.corp',
    'corp',
    '127.0.0.1',
    'localhost',
  ]
  const mostly = <T>(common: T, ...rest: T[]) =>
    fc.oneof({ arbitrary: fc.constant(common), weight: 3 }, fc.constantFrom(...rest))
  const url = fc
    .tuple(
      mostly('https', 'http'),
      mostly('', 'user:pw@', 'registry.corp@', 'registry.corp\\@'),
      mostly('registry.corp', ...HOSTS),
      mostly('', '.', ':443', ':80', ':8443', '#', '?', '\\', '@evil.example'),
    )
    .map(([scheme, user, host, tail]) => `${scheme}://${user}${host}${tail}/token`)
  const header = fc.oneof(
    url.map((realm) => `Bearer realm="${realm}",scope="x"`),
    fc.constantFrom('Basic', 'Negotiate', 'Bearer', '"'),
  )
  const keys = fc.constantFrom<Keys>(
    {},
    PAIR,
    { identitytoken: 'idt' },
    { registrytoken: 'rt' },
    { identitytoken: 'idt', ...PAIR },
  )
  const schemes = fc.constantFrom<readonly Scheme[]>(['https'], ['https', 'http'], [])

  test('an answer goes to the registry or to the realm, as a WHATWG client dials them', () => {
    let answered = 0
    fc.assert(
      fc.property(
        fc.array(header, { maxLength: 3 }),
        url,
        keys,
        schemes,
        fc.boolean(),
        (headers, at, rule, allowed, retry) => {
          const got = answer(headers, { url: at, retry }, { keys: rule, schemes: allowed })
          if (got.kind === 'none') return
          answered++
          const bound = got.kind === 'authorization' ? got.origin : got.registry
          expect(['https://registry.corp', 'http://registry.corp']).toContain(bound)
          expect(new URL(at).origin.replace('corp.', 'corp')).toBe(bound)
          expect(new URL(at).username).toBe('')
          expect(allowed).toContain(bound.split(':')[0])
          if (got.kind === 'authorization') return
          const realm = headers.map((line) => /realm="([^"]*)"/.exec(line)?.[1]).find(Boolean) ?? ''
          for (let next: TokenRequest | undefined = got; next; next = next.fallback) {
            const { origin, username, protocol } = new URL(next.url)
            expect(origin).toBe(new URL(realm).origin.replace(/\.(?=:|$)/, ''))
            expect(next.origin).toBe(origin)
            expect(username).toBe('')
            expect(allowed).toContain(protocol.slice(0, -1))
          }
        },
      ),
      { numRuns: 20_000 },
    )
    expect(answered).toBeGreaterThan(300)
  })
})
