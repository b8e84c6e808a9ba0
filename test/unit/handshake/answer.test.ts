import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Credentials } from '../../../src/credentials.js'
import {
  answerChallenge,
  headersOf,
  parseChallenges,
  type TokenRequest,
} from '../../../src/handshake/index.js'
import type { Scheme } from '../../../src/resolve/index.js'
import { Secret } from '../../../src/secret.js'
import { answer, BEARER, PAIR, tokenRequest, URL_OF_401 } from '../../support/answer.js'
import { type Keys, resolutionOf, resolutionWithoutRule } from '../../support/resolution.js'

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
    ['a second one behind a broken line', ['Bearer realm="x', BEARER], 'token-request'],
    ['issue 17, row 12: a Basic one that is broken', ['Basic realm=/', BEARER], 'authorization'],
  ])('%s', (_, header, kind) => {
    expect(answer(header).kind).toBe(kind)
  })
})

describe('no answer', () => {
  test.each([
    ['no header', [], {}, PAIR, 'no-challenge'],
    ['an empty header', '', {}, PAIR, 'no-challenge'],
    ['null, as Headers.get gives it', null, {}, PAIR, 'no-challenge'],
    ['undefined, as node:http gives it', undefined, {}, PAIR, 'no-challenge'],
    ['a broken header', 'Bearer realm="x', {}, PAIR, 'unreadable-challenge'],
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
  ] as const)('%s', (_, header, request, keys, code) => {
    const got = answer(header, request, { keys })
    expect(got).toMatchObject({ kind: 'none', code })
    expect(Object.keys(got)).toEqual(['kind', 'code', 'message'])
    expect(got.kind === 'none' && got.message.length).toBeGreaterThan(20)
  })

  test.each([
    ['threat 2: CVE-2026-48978, TLS taken away', 'http://registry.corp/token', 'invalid-scheme'],
    ['threat 2: issue 2284', 'https://0.0.0.0/token', 'local-host'],
    ['threat 2: CVE-2026-48978, a metadata service', 'https://169.254.169.254/token', 'local-host'],
    ['user info', 'https://a:b@auth.corp/token', 'user-info'],
    ['a path', '/token', 'not-a-url'],
    ['an escape in the host', 'https://auth%2ecorp/token', 'invalid-host'],
  ])('realm refused: %s', (_, realm, refusal) => {
    for (const keys of [{}, PAIR, { identitytoken: 'idt' }]) {
      const got = answer(`Bearer realm="${realm}"`, {}, { keys })
      expect(got).toMatchObject({ kind: 'none', code: 'realm-refused', refusal })
    }
  })

  test('deny-all sends nothing', () => {
    expect(answer('Basic', {}, { schemes: [] })).toMatchObject({ code: 'other-origin' })
  })
})

describe('each code has its sentence', () => {
  test.each([
    [
      "the 401 didn't come from the registry's own scheme, host and port; credentials go nowhere else",
      answer(BEARER, { url: 'https://evil.example/' }),
    ],
    ['the 401 has no WWW-Authenticate header that names an authentication scheme', answer(null)],
    [
      "the 401's WWW-Authenticate header can't be read: header line 2, column 19: expected a comma, a parameter or the end of the header; a value with other characters than a token has belongs in double quotes",
      answer(['', 'Bearer realm=https://auth.corp/token']),
    ],
    ['the registry asks for neither Basic nor Bearer', answer('Negotiate')],
    [
      'the registry asks for Basic, for which a username and password, auth or a registrytoken is needed',
      answer('Basic', {}, { keys: {} }),
    ],
    [
      'the registry refused these credentials already',
      answer('Basic', { rejected: new Secret('YnVpbGRlcjpzM2NyM3Q=') }),
    ],
    ['the Bearer challenge names no realm to get a token from', answer('Bearer')],
    [
      "the realm of the registry's Bearer challenge is refused: expected a URL without user info",
      answer('Bearer realm="https://a@auth.corp/t"'),
    ],
  ])('%s', (sentence, got) => {
    expect(got.kind === 'none' && got.message).toBe(sentence)
  })
})

describe('what a keychain has', () => {
  const keychain = (credentials: Credentials, header = 'Basic', image = 'registry.corp/acme/app') =>
    answerChallenge(resolutionWithoutRule(image), header, { url: URL_OF_401, credentials })
  const basic = {
    kind: 'basic',
    username: undefined,
    password: undefined,
    encoded: new Secret('YTpi'),
  } as const

  test('is answered with, where no rule applies', () => {
    const got = keychain(basic)
    expect(got.kind === 'authorization' && headersOf(got)).toEqual({ authorization: 'Basic YTpi' })
    const identity = keychain(
      { kind: 'identity-token', identityToken: new Secret('idt'), basic },
      BEARER,
    )
    expect(identity).toMatchObject({ kind: 'token-request', method: 'POST' })
    expect(keychain({ kind: 'anonymous' }).kind).toBe('none')
    const token = keychain({ kind: 'registry-token', registryToken: new Secret('rt') })
    expect(token.kind === 'authorization' && headersOf(token)).toEqual({
      authorization: 'Bearer rt',
    })
  })

  test('may hold tabs, of which those at the end are no part of the field', () => {
    const token = keychain({ kind: 'registry-token', registryToken: new Secret('a\tb\t \t') })
    expect(token.kind === 'authorization' && headersOf(token)).toEqual({
      authorization: 'Bearer a\tb',
    })
    for (const broken of ['a\nb', 'a\u0000', 'a\u007f']) {
      const registryToken = new Secret(broken)
      expect(keychain({ kind: 'registry-token', registryToken }).kind).toBe('none')
    }
  })

  test('is misuse where a rule applies, an anonymous one too', () => {
    for (const keys of [{}, PAIR]) {
      expect(() => answer('Basic', { credentials: basic }, { keys })).toThrow(
        'answerChallenge: expected no credentials, since a rule applies',
      )
    }
  })

  test.each([
    ['a failure of the keychain', { kind: 'failure', code: 'x', helper: 'y', message: 'z' }],
    ['plain text', { kind: 'basic', encoded: 'YTpi' }],
    ['a registry token in plain text', { kind: 'registry-token', registryToken: 'rt' }],
    ['an identity token alone', { kind: 'identity-token', identityToken: new Secret('idt') }],
    [
      'an identity token with a broken pair',
      { kind: 'identity-token', identityToken: new Secret('idt'), basic: { kind: 'basic' } },
    ],
    ['inherited members', Object.create({ kind: 'basic', encoded: new Secret('YTpi') })],
    ['null', null],
    ['a header', 'Basic YTpi'],
  ])('misuse: %s', (_, credentials) => {
    expect(() => keychain(credentials as never)).toThrow(
      'answerChallenge: expected credentials to be credentials as a resolution has them',
    )
  })

  test.each([
    ['a line end in auth, for Basic', 'Basic', { ...basic, encoded: new Secret('YTpi\r\nX: y') }],
    ['a line end in auth, for Bearer', BEARER, { ...basic, encoded: new Secret('YTpi\n') }],
    [
      'npm/cli 7819, a line end in a token',
      BEARER,
      { kind: 'registry-token', registryToken: new Secret('rt\r') },
    ],
    ['DEL in a token', BEARER, { kind: 'registry-token', registryToken: new Secret('rt\x7f') }],
    ['NUL in a token', BEARER, { kind: 'registry-token', registryToken: new Secret('\0') }],
  ] as const)('threat 7: %s', (_, header, credentials) => {
    expect(keychain(credentials, header)).toEqual({
      kind: 'none',
      code: 'unsendable-credentials',
      message: 'the credentials hold a control character, which no header can',
    })
  })

  test('threat 7: a POST has no fallback that can’t be sent', () => {
    const identityToken = new Secret('idt')
    const broken = { ...basic, encoded: new Secret('a\nb') }
    const got = keychain({ kind: 'identity-token', identityToken, basic: broken }, BEARER)
    expect(got).toMatchObject({ method: 'POST', fallback: undefined })
  })
})

describe('what was rejected', () => {
  const sent = (keys: Keys, header = 'Basic') => {
    const got = answer(header, {}, { keys })
    if (got.kind !== 'authorization') throw new Error(got.kind)
    return got.header
  }

  test.each<[string, Keys, string, string]>([
    ['a pair', PAIR, 'Basic', 'YnVpbGRlcjpzM2NyM3Q='],
    ['auth', { auth: 'YTpi' }, 'Basic', 'YTpi'],
    ['a registry token', { registrytoken: 'rt' }, 'Basic', 'rt'],
    ['a registry token, for Bearer', { registrytoken: 'rt' }, BEARER, 'rt'],
    ['a token beyond ASCII', { registrytoken: 'tökén密' }, BEARER, 'tökén密'],
    ['a token with white space at its end', { registrytoken: 'rt  ' }, BEARER, 'rt  '],
  ])('%s is not given again, known by its header or by itself', (_, keys, header, token) => {
    for (const rejected of [sent(keys, header), sent(keys, header).value, new Secret(token)]) {
      expect(answer(header, { rejected }, { keys })).toMatchObject({
        kind: 'none',
        code: 'rejected-credentials',
      })
    }
    const others = [new Secret('other'), new Secret(''), new Secret(token.slice(1))]
    for (const rejected of [...others, sent({ registrytoken: 'x' })]) {
      expect(answer(header, { rejected }, { keys }).kind).toBe('authorization')
    }
  })

  test('credentials for the token service are sent again, for more scopes', () => {
    const rejected = sent(PAIR)
    expect(answer(BEARER, { rejected }).kind).toBe('token-request')
  })
})

describe('misuse', () => {
  const resolution = resolutionOf('registry.corp', PAIR)
  const request = { url: URL_OF_401 }
  const challenge = parseChallenges(BEARER)
  test.each([
    ['issue 17, row 3: no resolution', undefined, [], request, "a resolver's resolution"],
    ['issue 17, row 3: a copy', { ...resolution }, [], request, "a resolver's resolution"],
    [
      'issue 17, row 3: challenges alone',
      resolution,
      challenge.challenges,
      request,
      'parseChallenges',
    ],
    [
      'a copy of what parseChallenges gave',
      resolution,
      { ...challenge },
      request,
      'parseChallenges',
    ],
    ['a number', resolution, 1, request, 'parseChallenges'],
    ['lines that are no strings', resolution, [1], request, 'parseChallenges'],
    ['no request', resolution, [], undefined, 'url to be the URL that answered 401'],
    ['null', resolution, [], null, 'options to be an object'],
    ['no URL', resolution, [], {}, 'url to be the URL that answered 401'],
    ['a URL object', resolution, [], { url: new URL(URL_OF_401) }, 'url to be'],
    ['an inherited URL', resolution, [], Object.create(request), 'url to be'],
    ['a scope alone', resolution, [], { ...request, scopes: 'a' }, 'scopes to be an array'],
    ['scopes that are no strings', resolution, [], { ...request, scopes: [1] }, 'scopes to be'],
    [
      'a client id that is no string',
      resolution,
      [],
      { ...request, clientId: 1 },
      'clientId to be',
    ],
    [
      'a rejected header in plain text',
      resolution,
      [],
      { ...request, rejected: 'T' },
      'rejected to',
    ],
    [
      'true for rejected',
      resolution,
      [],
      { ...request, rejected: true },
      'rejected to be a Secret',
    ],
    [
      'a refresh token in plain text',
      resolution,
      [],
      { ...request, refresh: { registry: '', origin: '', token: 'x' } },
      'refresh to be a refresh token',
    ],
    [
      'a refresh token without origin',
      resolution,
      [],
      { ...request, refresh: { registry: '', token: new Secret('x') } },
      'refresh to be a refresh token',
    ],
    ['null as a refresh token', resolution, [], { ...request, refresh: null }, 'refresh to be'],
  ])('%s', (_, given, challenges, options, expectation) => {
    const call = () => answerChallenge(given as never, challenges as never, options as never)
    expect(call).toThrow(TypeError)
    expect(call).toThrow(new RegExp(`^answerChallenge: expected .*${expectation}`))
  })

  test('an unknown option, such as retry of version 0.1.0', () => {
    const call = () => answerChallenge(resolution, [], { ...request, retry: true } as never)
    expect(call).toThrow(
      new TypeError(
        'answerChallenge: unknown option; it takes url, scopes, rejected, clientId, refresh, credentials',
      ),
    )
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
      rejected: new Secret('evil'),
      credentials: { kind: 'registry-token', registryToken: new Secret('evil') },
      challenges: [],
      value: new Secret('evil'),
      basic: { kind: 'basic', encoded: new Secret('evil') },
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
    let polluted: string[] = []
    Object.assign(Object.prototype, pollution)
    try {
      polluted = all()
    } finally {
      for (const name of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, name)
    }
    expect(polluted).toEqual(before)
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

  test('nor those of a keychain that can’t be sent', () => {
    const registryToken = new Secret(`${CANARY}\n`)
    const resolution = resolutionWithoutRule('registry.corp/acme/app')
    const credentials = { kind: 'registry-token', registryToken } as const
    const got = answerChallenge(resolution, 'Basic', { url: URL_OF_401, credentials })
    for (const text of renderings(got)) expect(text).not.toContain(CANARY)
  })

  test('they are in what is revealed', () => {
    const texts = KEYS.map((keys) => JSON.stringify(shown(answer(BEARER, {}, { keys }))))
    expect(texts.every((text) => ENCODED.some((secret) => text.includes(secret)))).toBe(true)
  })

  test('an answer is frozen all the way down', () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(frozen))
    for (const keys of [...KEYS, {}]) {
      for (const header of [BEARER, 'Basic', 'Negotiate']) {
        expect(frozen(answer(header, { scopes: ['a'], rejected: new Secret('T') }, { keys }))).toBe(
          true,
        )
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
        fc.constantFrom(undefined, new Secret('T')),
        (headers, at, rule, allowed, rejected) => {
          const got = answer(headers, { url: at, rejected }, { keys: rule, schemes: allowed })
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
      { numRuns: 6000 },
    )
    expect(answered).toBeGreaterThan(100)
  })
})
