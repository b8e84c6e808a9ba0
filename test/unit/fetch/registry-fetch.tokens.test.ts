/** The handshake around a request: what is asked once, remembered, renewed, and asked anew. */
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import {
  type CreateRegistryFetchOptions,
  createRegistryFetch,
  type RegistryFetchError,
} from '../../../src/fetch/index.js'
import type { Keychain } from '../../../src/keychain/keychain.js'
import { createResolver } from '../../../src/resolve/index.js'
import { Secret } from '../../../src/secret.js'
import { type Answer, linesOf, network, type Sent } from '../../support/network.js'

const IMAGE = 'registry.corp/acme/app:1'
const PAIR = '[registries."registry.corp."]\nusername = "u"\npassword = "canary"\n'
const BASIC = 'Basic dTpjYW5hcnk='
const REALM = 'https://auth.registry.corp/token'
const BEARER = `Bearer realm="${REALM}",service="s"`
const ASKED = { status: 401, headers: { 'www-authenticate': BEARER } }
const PULL = `GET ${REALM}?scope=repository%3Aacme%2Fapp%3Apull&service=s`

type Handler = (sent: Sent, index: number) => Answer | Promise<Answer>

function clientOf(
  document: string,
  handler: Handler,
  options: Partial<CreateRegistryFetchOptions<Response>> = {},
) {
  const { fetch, sent } = network(handler)
  const resolver = createResolver(parseConfig(document))
  const registryFetch = createRegistryFetch<Response>(resolver, { fetch, now: () => 0, ...options })
  const asked = () => sent.filter(({ url }) => url.startsWith(REALM))
  return { registryFetch, sent, asked, lines: () => linesOf(sent) }
}

/** A registry that takes any token but those that are listed, and its token service. */
function registry(refused: readonly string[] = [], more: object = {}, challenge = BEARER): Handler {
  let count = 0
  return ({ url, headers }) => {
    if (url.startsWith(REALM)) {
      return { body: JSON.stringify({ token: `t${++count}`, expires_in: 300, ...more }) }
    }
    const { authorization = '' } = headers
    const isGood = authorization.startsWith('Bearer ') && !refused.includes(authorization.slice(7))
    return isGood ? {} : { status: 401, headers: { 'www-authenticate': challenge } }
  }
}

const errorOf = (promise: Promise<unknown>): Promise<RegistryFetchError> =>
  promise.then(
    () => expect.unreachable(),
    (thrown) => thrown,
  )

describe('a token', () => {
  it('is asked for once, and carried from then on', async () => {
    const { registryFetch, lines } = clientOf(PAIR, registry())
    await registryFetch(IMAGE, 'manifests')
    await registryFetch(IMAGE, 'tags/list')
    expect(lines()).toEqual([
      'GET https://registry.corp/v2/acme/app/manifests/1 -',
      `${PULL} ${BASIC}`,
      'GET https://registry.corp/v2/acme/app/manifests/1 Bearer t1',
      'GET https://registry.corp/v2/acme/app/tags/list Bearer t1',
    ])
  })

  it('is renewed before it ends, once for all', async () => {
    let now = 0
    const { registryFetch, asked } = clientOf(PAIR, registry(), { now: () => now })
    await registryFetch(IMAGE, 'manifests')
    now = 289_999
    await registryFetch(IMAGE, 'manifests')
    expect(asked()).toHaveLength(1)
    now = 290_000
    await Promise.all(Array.from({ length: 100 }, () => registryFetch(IMAGE, 'manifests')))
    expect(asked()).toHaveLength(2)
  })

  it('of one hundred at once, from nothing, is one', async () => {
    const { registryFetch, asked } = clientOf(PAIR, registry())
    await Promise.all(Array.from({ length: 100 }, () => registryFetch(IMAGE, 'manifests')))
    expect(asked()).toHaveLength(1)
  })

  it('that was kept and is refused is asked for once more, for all that wait', async () => {
    const refused: string[] = []
    const { registryFetch, asked } = clientOf(PAIR, registry(refused))
    await registryFetch(IMAGE, 'manifests')
    refused.push('t1')
    const all = Array.from({ length: 50 }, () => registryFetch(IMAGE, 'manifests'))
    for (const { status } of await Promise.all(all)) expect(status).toBe(200)
    expect(asked()).toHaveLength(2)
  })

  it('that was kept, with every other one refused: the last 401 is the answer', async () => {
    const refused: string[] = []
    const { registryFetch, asked } = clientOf(PAIR, registry(refused))
    await registryFetch(IMAGE, 'manifests')
    refused.push('t1', 't2', 't3')
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(401)
    expect(asked()).toHaveLength(2)
  })

  it('that is fresh and refused is not asked for again with the same scopes', async () => {
    const { registryFetch, asked, sent } = clientOf(PAIR, registry(['t1', 't2']))
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(401)
    expect([asked().length, sent.length]).toEqual([1, 3])
  })

  it('that lacks a scope is asked for with those of the challenge and the request, and then kept', async () => {
    const scope = 'repository:acme/base:pull'
    const { registryFetch, asked } = clientOf(
      PAIR,
      registry(['t1'], {}, `${BEARER},scope="${scope}"`),
    )
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(200)
    const scopes = asked().map(({ url }) => new URL(url).searchParams.getAll('scope'))
    expect(scopes).toEqual([['repository:acme/app:pull'], [scope, 'repository:acme/app:pull']])
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(200)
    expect(asked()).toHaveLength(2)
  })

  it('for another repository has none of the scopes that this one lacked', async () => {
    const { registryFetch, asked } = clientOf(
      PAIR,
      registry(['t1'], {}, `${BEARER},scope="repository:acme/base:pull"`),
    )
    await registryFetch(IMAGE, 'manifests')
    await registryFetch('registry.corp/acme/other:1', 'manifests')
    const scopes = asked().map(({ url }) => new URL(url).searchParams.getAll('scope'))
    expect(scopes[2]).toEqual(['repository:acme/other:pull'])
  })

  it('that comes back the same is not sent again', async () => {
    const challenge = `${BEARER},scope="repository:acme/base:pull"`
    const { registryFetch, sent } = clientOf(PAIR, registry(['same'], { token: 'same' }, challenge))
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(401)
    expect(sent.filter(({ headers }) => headers['authorization'] === 'Bearer same')).toHaveLength(1)
  })

  it('of a hostile registry that names another scope each time is asked for twice at most', async () => {
    let count = 0
    const { registryFetch, asked } = clientOf(PAIR, ({ url }) => {
      if (url.startsWith(REALM)) return { body: `{"token":"t${++count}"}` }
      const field = `${BEARER},scope="repository:x${++count}:pull"`
      return { status: 401, headers: { 'www-authenticate': field } }
    })
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(401)
    expect(asked()).toHaveLength(2)
  })

  it.each([
    ['GET', ['pull']],
    ['HEAD', ['pull']],
    ['POST', ['push,pull']],
    ['PUT', ['push,pull']],
    ['PATCH', ['push,pull']],
    ['DELETE', ['delete,pull']],
  ])('for %s has %j', async (method, actions) => {
    const { registryFetch, asked } = clientOf(PAIR, registry())
    await registryFetch(IMAGE, 'manifests', { method })
    const scopes = asked().flatMap(({ url }) => new URL(url).searchParams.getAll('scope'))
    expect(scopes).toEqual(actions.map((action) => `repository:acme/app:${action}`))
  })

  it.each([
    ['?mount=sha256:0&from=acme/base', ['repository:acme/base:pull']],
    ['?from=acme%2Fbase&mount=sha256:0', ['repository:acme/base:pull']],
    ['?mount=sha256:0&from=acme/app', []],
    ['?from=acme/base', []],
    ['?mount=sha256:0&from=a:push%20repository:b', []],
    ['?mount=sha256:0&from=%ff', []],
    ['?mount=sha256:0', []],
  ])('for a mount by %s has the other repository', async (query, more) => {
    const { registryFetch, asked } = clientOf(PAIR, registry())
    await registryFetch(IMAGE, `blobs/uploads/${query}`, { method: 'POST' })
    const scopes = asked().flatMap(({ url }) => new URL(url).searchParams.getAll('scope'))
    expect(scopes).toEqual(['repository:acme/app:push,pull', ...more])
  })

  it('has the scopes of the request where these are given', async () => {
    const { registryFetch, asked } = clientOf(PAIR, registry())
    await registryFetch(IMAGE, '/v2/_catalog', { scopes: ['registry:catalog:*'] })
    expect(new URL(asked()[0]?.url ?? '').searchParams.getAll('scope')).toEqual([
      'registry:catalog:*',
    ])
  })

  it('of one registry is sent to no other that names the same token service', async () => {
    const two = `${PAIR}[registries."other.registry.corp."]\nusername = "v"\npassword = "w"\n`
    const { registryFetch, lines } = clientOf(two, registry())
    await registryFetch(IMAGE, 'manifests')
    await registryFetch('other.registry.corp/acme/app:1', 'manifests')
    expect(lines().slice(3)).toEqual([
      'GET https://other.registry.corp/v2/acme/app/manifests/1 -',
      `${PULL} Basic djp3`,
      'GET https://other.registry.corp/v2/acme/app/manifests/1 Bearer t2',
    ])
  })
})

describe('Basic', () => {
  it.each([`Basic realm="x", ${BEARER}`, `Negotiate, Basic, ${BEARER}`])(
    'that is refused stands, though %j offers Bearer too: the token service sees nothing',
    async (challenge) => {
      const refusing = { status: 401, headers: { 'www-authenticate': challenge } }
      const { registryFetch, lines, asked } = clientOf(PAIR, () => refusing)
      expect((await registryFetch(IMAGE, 'manifests')).status).toBe(401)
      const url = 'GET https://registry.corp/v2/acme/app/manifests/1'
      expect([lines(), asked()]).toEqual([[`${url} -`, `${url} ${BASIC}`], []])
    },
  )

  it('that is refused gives way to Bearer where that alone is asked for then', async () => {
    const { registryFetch, asked } = clientOf(PAIR, (sent, i) =>
      i === 0
        ? { status: 401, headers: { 'www-authenticate': `Basic, ${BEARER}` } }
        : registry()(sent, i),
    )
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(200)
    expect(asked()).toHaveLength(1)
  })

  it('is sent once where it is refused, and the 401 is the answer', async () => {
    const { registryFetch, sent } = clientOf(PAIR, () => ({
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="x"' },
    }))
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(401)
    expect(linesOf(sent).map((line) => line.split(' ').slice(2).join(' '))).toEqual(['-', BASIC])
  })

  it('after Bearer, and the reverse, is answered as it is asked for', async () => {
    const tokens = registry()
    const { registryFetch, lines } = clientOf(PAIR, (sent, i) => {
      const { url, headers } = sent
      if (!url.includes('/blobs/')) return tokens(sent, i)
      const isGood = headers['authorization'] === BASIC
      return isGood ? {} : { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } }
    })
    for (const path of ['manifests', 'blobs/sha256:0', 'manifests']) {
      expect((await registryFetch(IMAGE, path)).status).toBe(200)
    }
    expect(lines()).toHaveLength(8)
  })
})

describe('a refresh token', () => {
  const IDENTITY = '[registries."registry.corp."]\nidentitytoken = "identity-canary"\n'

  it('of an answer is used for the same registry and token service, and forgotten if refused', async () => {
    let now = 0
    const refused: string[] = []
    const tokens = registry([], { refresh_token: 'r1' })
    const { registryFetch, asked } = clientOf(
      IDENTITY,
      (sent, i) =>
        refused.some((token) => sent.body?.includes(token)) ? { status: 401 } : tokens(sent, i),
      { now: () => now },
    )
    await registryFetch(IMAGE, 'manifests')
    now += 300_000
    await registryFetch(IMAGE, 'manifests')
    now += 300_000
    refused.push('refresh_token=r1')
    await registryFetch(IMAGE, 'manifests')
    const grants = asked().map(({ body = '' }) => new URLSearchParams(body).get('refresh_token'))
    expect(grants).toEqual(['identity-canary', 'r1', 'r1', 'identity-canary'])
  })

  it('is not replaced where the token service is only out of order', async () => {
    let now = 0
    let isDown = false
    const tokens = registry([], { refresh_token: 'r1' })
    const { registryFetch, asked } = clientOf(
      IDENTITY,
      (sent, i) => (isDown && sent.url.startsWith(REALM) ? { status: 503 } : tokens(sent, i)),
      { now: () => now },
    )
    await registryFetch(IMAGE, 'manifests')
    now += 300_000
    isDown = true
    expect((await errorOf(registryFetch(IMAGE, 'manifests'))).issue.code).toBe('token-service')
    expect(asked()).toHaveLength(2)
  })

  it('404 to the POST: the GET follows, and its token is kept for both', async () => {
    const rule = `${IDENTITY}username = "u"\npassword = "canary"\n`
    const tokens = registry()
    const { registryFetch, lines } = clientOf(rule, (sent, i) =>
      sent.method === 'POST' ? { status: 404 } : tokens(sent, i),
    )
    await registryFetch(IMAGE, 'manifests')
    await registryFetch(IMAGE, 'manifests')
    expect(lines().map((line) => line.split(' ')[0])).toEqual(['GET', 'POST', 'GET', 'GET', 'GET'])
    expect(lines()[2]).toBe(`${PULL} ${BASIC}`)
  })
})

describe('a token service', () => {
  const failing = (answer: Answer): Handler => {
    return ({ url }) => (url.startsWith(REALM) ? answer : ASKED)
  }

  it.each<[string, Answer, string]>([
    ['401', { status: 401 }, 'refuses the credentials'],
    ['403', { status: 403 }, 'refuses the credentials'],
    ['500', { status: 500 }, 'status 500'],
    ['a redirect', { status: 307, headers: { location: 'https://evil.corp/' } }, 'status 307'],
    ['HTML', { body: '<html>canary' }, 'expected JSON'],
    ['no token', { body: '{}' }, 'expected token'],
    ['too much', { body: `{"token":"${'x'.repeat(1024 * 1024)}"}` }, 'longer than 1 MiB'],
    ['no connection', { fault: 'ECONNREFUSED' }, "can't be reached (ECONNREFUSED)"],
  ])('that answers with %s', async (_, answer, message) => {
    const { registryFetch, sent } = clientOf(PAIR, failing(answer))
    const error = await errorOf(registryFetch(IMAGE, 'manifests'))
    expect([error.code, error.issue.code]).toEqual(['ERR_REGISTRY_FETCH', 'token-service'])
    expect(error.message).toContain(message)
    expect(error.message).not.toContain('canary')
    expect(error.cause).toBeUndefined()
    expect(sent).toHaveLength(2)
  })

  const foreign = 'Bearer realm="https://auth.example/token"'
  const leading: Handler = ({ url, headers }) => {
    if (url.startsWith('https://auth.example')) return { body: '{"token":"t"}' }
    return headers['authorization'] ? {} : { status: 401, headers: { 'www-authenticate': foreign } }
  }

  it.each([
    ['allow', 200],
    [undefined, 200],
    [(): boolean => true, 200],
    ['refuse', 'realm-refused'],
    [(): boolean => false, 'realm-refused'],
    [(): boolean => 'yes' as never, 'realm-refused'],
  ] as const)('of another domain, with foreignRealm %o: %s', async (foreignRealm, expected) => {
    const options = foreignRealm === undefined ? {} : { foreignRealm }
    const { registryFetch, sent } = clientOf(PAIR, leading, options)
    const outcome = await registryFetch(IMAGE, 'manifests').then(
      ({ status }) => status,
      ({ issue }) => issue.code,
    )
    expect(outcome).toBe(expected)
    expect(sent).toHaveLength(expected === 200 ? 3 : 1)
  })

  it('in the own domain is none of foreignRealm’s business', async () => {
    const { registryFetch } = clientOf(PAIR, registry(), { foreignRealm: 'refuse' })
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(200)
  })

  it.each([
    ['Bearer realm="https://127.0.0.1/t"', 'realm-refused'],
    ['Bearer realm="http://auth.registry.corp/t"', 'realm-refused'],
    ['Bearer service="s"', 'challenge'],
    ['Negotiate', 'challenge'],
    ['', 'challenge'],
    ['Bearer realm="', 'challenge'],
  ])('that is none: %s', async (challenge, code) => {
    const { registryFetch, sent } = clientOf(PAIR, () => ({
      status: 401,
      headers: { 'www-authenticate': challenge },
    }))
    expect((await errorOf(registryFetch(IMAGE, 'manifests'))).issue.code).toBe(code)
    expect(sent).toHaveLength(1)
  })
})

describe('a body that is a stream', () => {
  const stream = () => new Blob(['piece']).stream()

  it('is sent once, after /v2/ where nothing is known', async () => {
    const { registryFetch, lines } = clientOf(PAIR, registry())
    await registryFetch(IMAGE, 'blobs/uploads/1', { method: 'PUT', body: stream() })
    await registryFetch(IMAGE, 'blobs/uploads/2', { method: 'PUT', body: stream() })
    expect(lines().map((line) => line.replace(/scope=\S+/, ''))).toEqual([
      'GET https://registry.corp/v2/ -',
      `GET ${REALM}? ${BASIC}`,
      'PUT https://registry.corp/v2/acme/app/blobs/uploads/1 Bearer t1',
      'PUT https://registry.corp/v2/acme/app/blobs/uploads/2 Bearer t1',
    ])
  })

  it('asks /v2/ where an answer without a challenge is all that is known', async () => {
    const { registryFetch, lines } = clientOf(PAIR, () => ({}))
    await registryFetch(IMAGE, 'manifests')
    await registryFetch(IMAGE, 'x', { method: 'PUT', body: stream() })
    await registryFetch(IMAGE, 'y', { method: 'PUT', body: stream() })
    expect(lines().map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'GET https://registry.corp/v2/acme/app/manifests/1',
      'GET https://registry.corp/v2/',
      'PUT https://registry.corp/v2/acme/app/x',
      'PUT https://registry.corp/v2/acme/app/y',
    ])
  })

  it('is not sent again after a 401, nor by the other scheme', async () => {
    const skip = `${PAIR}insecure-skip-verify = true\n`
    for (const refusal of [ASKED, { fault: 'ECONNRESET' }]) {
      const { registryFetch, sent } = clientOf(skip, ({ method }) =>
        method === 'PUT' ? refusal : {},
      )
      const body = stream()
      await registryFetch(IMAGE, 'x', { method: 'PUT', body }).catch(() => undefined)
      expect(sent.filter(({ method }) => method === 'PUT')).toHaveLength(1)
    }
  })

  it('goes by plain HTTP where /v2/ found no TLS', async () => {
    const skip = `${PAIR}insecure-skip-verify = true\n`
    const { registryFetch, lines } = clientOf(skip, ({ url }) =>
      url.startsWith('https:') ? { fault: 'ECONNREFUSED' } : {},
    )
    await registryFetch(IMAGE, 'x', { method: 'PUT', body: stream() })
    expect(lines()).toEqual([
      'GET https://registry.corp/v2/ -',
      'GET http://registry.corp/v2/ -',
      'PUT http://registry.corp/v2/acme/app/x -',
    ])
  })

  it.each<[string, unknown, boolean]>([
    ['a stream', stream(), true],
    ['an async generator', (async function* () {})(), true],
    ['a generator', (function* () {})(), true],
    ['a string', 'x', false],
    ['bytes', new Uint8Array(1), false],
    ['a Blob', new Blob(['x']), false],
    ['a form', new URLSearchParams('a=b'), false],
  ])('%s is one: %o', async (_, body, isStream) => {
    const { registryFetch, sent } = clientOf('', () => ({}))
    await registryFetch(IMAGE, 'x', { method: 'PUT', body })
    expect(sent).toHaveLength(isStream ? 2 : 1)
  })
})

describe('a keychain', () => {
  const credentials = (encoded: string) =>
    ({
      kind: 'basic',
      username: undefined,
      password: undefined,
      encoded: new Secret(encoded),
    }) as const
  const keychainOf = (answer: () => ReturnType<Keychain['credentials']>) => {
    const servers: string[] = []
    const keychain: Keychain = {
      credentials: (server) => {
        servers.push(server)
        return answer()
      },
    }
    return { keychain, servers }
  }

  it('is asked where no rule applies, once for all that wait and for a while', async () => {
    let now = 0
    const { keychain, servers } = keychainOf(async () => credentials('eDp5'))
    const { registryFetch, lines } = clientOf('', registry(), { keychain, now: () => now })
    await Promise.all(Array.from({ length: 20 }, () => registryFetch(IMAGE, 'manifests')))
    await registryFetch(IMAGE, 'manifests')
    expect(servers).toEqual(['registry.corp'])
    expect(lines()).toContain(`${PULL} Basic eDp5`)
    now = 60_000
    await registryFetch(IMAGE, 'manifests')
    expect(servers).toHaveLength(2)
  })

  it('is asked for the registry with its port', async () => {
    const { keychain, servers } = keychainOf(async () => ({ kind: 'anonymous' }))
    const { registryFetch } = clientOf('', () => ASKED, { keychain })
    await registryFetch('registry.corp:8443/acme/app:1', 'manifests').catch(() => undefined)
    await registryFetch('nginx', 'manifests').catch(() => undefined)
    expect(servers).toEqual(['registry.corp:8443', 'index.docker.io'])
  })

  it('is not asked where a rule applies, an empty one too, or nothing is asked for', async () => {
    const { keychain, servers } = keychainOf(async () => credentials('eDp5'))
    for (const document of [PAIR, '[registries."."]\n']) {
      await clientOf(document, registry(), { keychain }).registryFetch(IMAGE, 'manifests')
    }
    await clientOf('', () => ({}), { keychain }).registryFetch(IMAGE, 'manifests')
    expect(servers).toEqual([])
  })

  it('is asked again after its credentials were refused', async () => {
    let count = 0
    const { keychain, servers } = keychainOf(async () => credentials(`bm8${count++}`))
    const { registryFetch } = clientOf(
      '',
      () => ({ status: 401, headers: { 'www-authenticate': 'Basic' } }),
      { keychain },
    )
    await registryFetch(IMAGE, 'manifests')
    const before = servers.length
    await registryFetch(IMAGE, 'manifests')
    expect(servers.length).toBeGreaterThan(before)
  })

  it('that has one object for all answers has none of them sent to another registry', async () => {
    const answer = { ...credentials('') }
    const keychain: Keychain = {
      credentials: async (server) =>
        Object.assign(answer, { encoded: new Secret(`for-${server}`) }),
    }
    const asks = { status: 401, headers: { 'www-authenticate': 'Basic' } }
    const { registryFetch, sent } = clientOf(
      '',
      ({ headers }) => (headers['authorization'] === undefined ? asks : {}),
      { keychain },
    )
    for (const registry of ['a.corp', 'b.corp', 'a.corp']) {
      await registryFetch(`${registry}/app`, 'manifests')
    }
    const told = sent.filter(({ headers }) => headers['authorization'] !== undefined)
    expect(told.map(({ url, headers }) => [new URL(url).host, headers['authorization']])).toEqual([
      ['a.corp', 'Basic for-a.corp'],
      ['b.corp', 'Basic for-b.corp'],
      ['a.corp', 'Basic for-a.corp'],
    ])
  })

  it.each([undefined, null, {}, { kind: 'basic', encoded: 'canary' }])(
    'that answers %j is misused',
    async (answer) => {
      const { keychain } = keychainOf(async () => answer as never)
      const { registryFetch } = clientOf('', registry(), { keychain })
      await expect(registryFetch(IMAGE, 'manifests')).rejects.toThrow(
        new TypeError(
          'createRegistryFetch: expected the keychain to give credentials as a resolution has them, each value a Secret, or a failure',
        ),
      )
    },
  )

  it('that fails ends the request, and what it threw is not shown', async () => {
    const failure = {
      kind: 'failure',
      code: 'helper-timeout',
      helper: 'pass',
      message: 'the helper took too long',
    } as const
    const failing = clientOf('', registry(), {
      keychain: keychainOf(async () => failure).keychain,
    })
    const error = await errorOf(failing.registryFetch(IMAGE, 'manifests'))
    expect([error.issue.code, error.message]).toEqual([
      'challenge',
      'the keychain has no credentials for registry.corp: the helper took too long',
    ])
    const throwing = clientOf('', registry(), {
      keychain: keychainOf(() => Promise.reject(new Error('canary'))).keychain,
    })
    const thrown = await errorOf(throwing.registryFetch(IMAGE, 'manifests'))
    expect([thrown.issue.code, thrown.message, thrown.cause]).toEqual([
      'challenge',
      'the keychain failed for registry.corp',
      undefined,
    ])
  })
})
