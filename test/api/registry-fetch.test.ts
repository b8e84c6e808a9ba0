/** The vectors of the handshake, and threats, once more: through the requests that do it. */
import { createResolver, parseConfig, Secret } from 'imagepuller-auth'
import { createRegistryFetch, type Keychain, type RegistryFetchError } from 'imagepuller-auth/fetch'
import { describe, expect, it, test } from 'vitest'
import { linesOf, network, type Sent } from '../support/network.js'
import { authCases } from '../support/vectors.js'

type Case = (typeof authCases)[number]

const KEYS = ['username', 'password', 'auth', 'identitytoken', 'registrytoken'] as const

/** What a configuration refuses: control characters, and half of a pair. */
function isRefused({ auth }: Case): boolean {
  const lines = KEYS.flatMap((key) =>
    auth[key] === undefined ? [] : [`${key} = ${JSON.stringify(auth[key])}`],
  )
  try {
    parseConfig(`[registries."."]\n${lines.join('\n')}`)
    return false
  } catch {
    return true
  }
}

/** The servers of a case, asked for its manifest by one call. */
async function pull(row: Case) {
  const { registry, repository, auth, challenge, wwwAuthenticate, tokenServer } = row
  const lines = KEYS.flatMap((key) =>
    auth[key] === undefined ? [] : [`${key} = ${JSON.stringify(auth[key])}`],
  )
  const isRegistry = ({ url }: Sent) =>
    url.startsWith(`https://${registry}/v2/${repository}/manifests/`)
  const { fetch, sent } = network((one) => {
    if (!isRegistry(one)) return tokenServer?.[one.method as 'GET' | 'POST'] ?? { status: 404 }
    if (challenge === 'none' || one.headers['authorization'] !== undefined) return {}
    return { status: 401, headers: { 'www-authenticate': wwwAuthenticate.join(', ') } }
  })
  const resolver = createResolver(parseConfig(`[registries."."]\n${lines.join('\n')}`))
  const clientId = 'go-containerregistry'
  const registryFetch = createRegistryFetch(resolver, { fetch, now: () => 0, clientId })
  await registryFetch(`${registry}/${repository}`, 'manifests').catch(() => undefined)
  const asked = sent.filter((one) => !isRegistry(one))
  const authorization = sent.filter(isRegistry).at(-1)?.headers['authorization'] ?? null
  return {
    tokenRequests: asked.map(asSent),
    authorization: authorization && received(authorization),
  }
}

function asSent({ method, url, headers, body }: Sent) {
  const form = body === undefined ? {} : { contentType: headers['content-type'], body }
  return { method, url, authorization: headers['authorization'] ?? null, ...form }
}

/** The bytes that are sent for a header's value, read as UTF-8. */
const received = (text: string) => Buffer.from(text, 'latin1').toString('utf8')

/** What docs/deviations.md lists: nothing for registries that didn't ask, tokens without a realm, user info. */
function deviation(row: Case): { readonly authorization: string | null } | undefined {
  const { challenge, auth, want, wwwAuthenticate } = row
  if ((challenge === 'none' || challenge === 'other') && want.authorization !== null) {
    return { authorization: null }
  }
  if (auth.registrytoken && want.error === 'handshake') {
    return { authorization: `Bearer ${auth.registrytoken}` }
  }
  const hasUserInfo = !auth.registrytoken && wwwAuthenticate.some((line) => line.includes('@'))
  return hasUserInfo ? { authorization: null } : undefined
}

describe('auth-headers.json, by one call', () => {
  const rows = authCases.filter((row) => !isRefused(row))

  test.each(rows.map((row, i) => [row.category, i, row] as const))(
    '%s, row %i',
    async (_, __, row) => {
      const { tokenRequests, authorization } = row.want
      const other = deviation(row)
      const expected = other ? { tokenRequests: [], ...other } : { tokenRequests, authorization }
      expect(await pull(row)).toEqual(expected)
    },
  )

  it('are most of the rows', () => expect(rows.length).toBeGreaterThan(150))
})

const IMAGE = 'registry.corp/acme/app:1'
const PASSWORD = 'pass-canary'
const BASIC = `Basic ${Buffer.from(`u:${PASSWORD}`).toString('base64')}`
const RULE = `[registries."registry.corp."]\nusername = "u"\npassword = "${PASSWORD}"\n`

function clientOf(
  handler: Parameters<typeof network>[0],
  document = RULE,
  keychain: { readonly keychain?: Keychain } = {},
) {
  const { fetch, sent } = network(handler)
  const resolver = createResolver(parseConfig(document))
  const registryFetch = createRegistryFetch<Response>(resolver, {
    fetch,
    now: () => 0,
    ...keychain,
  })
  const carried = () => sent.filter(({ headers }) => headers['authorization'] !== undefined)
  return { registryFetch, sent, carried }
}

const asking = (challenge: string) => ({
  status: 401,
  headers: { 'www-authenticate': challenge },
})

describe('threat 1: a foreign layer URL that answers 401', () => {
  it('gets nothing', async () => {
    const { registryFetch, sent, carried } = clientOf(({ url }) =>
      url.includes('evil')
        ? asking('Basic realm="x"')
        : { status: 302, headers: { location: 'https://evil.example/blob' } },
    )
    expect((await registryFetch(IMAGE, 'blobs/sha256:0')).status).toBe(401)
    expect([sent.length, carried()]).toEqual([2, []])
    await registryFetch(IMAGE, 'https://evil.example/blob')
    expect(carried()).toEqual([])
  })
})

describe('threat 2: a realm that is no place for credentials', () => {
  it.each([
    'https://0.0.0.0/token',
    'https://127.1/token',
    'https://[::ffff:127.0.0.1]/token',
    'https://2130706433/token',
    'https://169.254.169.254/latest',
    'https://localhost/token',
    'https://host.docker.internal/token',
    'https://kubernetes.default.svc/token',
    'https://single/token',
    'http://auth.registry.corp/token',
    'https://registry.corp@evil.example/token',
    'https://evil.example\\\\@registry.corp/token',
    'https://ⓛocalhost/token',
  ])('%s', async (realm) => {
    const { registryFetch, sent } = clientOf(() => asking(`Bearer realm="${encode(realm)}"`))
    const error: RegistryFetchError = await registryFetch(IMAGE, 'manifests').then(
      () => expect.unreachable(),
      (thrown) => thrown,
    )
    expect(error.issue.code).toBe('realm-refused')
    expect(error.message).not.toContain('canary')
    expect(sent).toHaveLength(1)
  })

  /** As header values are: each character a byte. */
  const encode = (text: string) => Buffer.from(text).toString('latin1')

  it('a redirect of the token service is not followed', async () => {
    const { registryFetch, sent } = clientOf(({ url }) =>
      url.includes('/token')
        ? { status: 307, headers: { location: 'https://evil.example/' } }
        : asking('Bearer realm="https://registry.corp/token"'),
    )
    await expect(registryFetch(IMAGE, 'manifests')).rejects.toThrow('status 307')
    expect(sent).toHaveLength(2)
  })
})

describe('threat 3: credentials across origins', () => {
  it.each([
    'https://registry.corp:8443/v2/',
    'https://sub.registry.corp/v2/',
    'https://registry.corp.evil.example/v2/',
    'https://evilregistry.corp/v2/',
    'https://registry.corp/v2/elsewhere',
  ])('a redirect to %s carries none', async (location) => {
    const { registryFetch, sent, carried } = clientOf(({ url, headers }) => {
      if (url === location) return {}
      return headers['authorization']
        ? { status: 307, headers: { location } }
        : asking('Basic realm="x"')
    })
    await registryFetch(IMAGE, 'manifests')
    expect(carried()).toHaveLength(1)
    expect(sent.at(-1)?.url).toBe(location)
  })

  it('a proxy’s credentials are in no request', async () => {
    const document = `[extra-env]\nHTTPS_PROXY = "http://p:proxy-canary@proxy.corp:1"\n${RULE}`
    const { registryFetch, sent } = clientOf(() => ({}), document)
    await registryFetch(IMAGE, 'manifests')
    expect(JSON.stringify(linesOf(sent))).not.toContain('proxy-canary')
  })
})

describe('threat 4: names that are only alike', () => {
  it.each(['evilregistry.corp', 'registry.corp.evil', 'registry.co'])('%s', async (host) => {
    const { registryFetch, carried } = clientOf(() => asking('Basic realm="x"'))
    await registryFetch(`${host}/acme/app:1`, 'manifests').catch(() => undefined)
    expect(carried()).toEqual([])
  })
})

describe('threat 7: a token that would end its header', () => {
  it.each(['a\\r\\nb: c', 'a b', 'ä'])('%s is not sent', async (token) => {
    const { registryFetch, carried } = clientOf(({ url }) =>
      url.includes('/token')
        ? { body: `{"token":"${token}"}` }
        : asking('Bearer realm="https://registry.corp/token"'),
    )
    await expect(registryFetch(IMAGE, 'manifests')).rejects.toThrow('visible ASCII')
    expect(carried().map(({ url }) => new URL(url).pathname)).toEqual(['/token'])
  })
})

describe('threat 9: a user name that equals the password', () => {
  it('shows neither', async () => {
    const document = RULE.replace('"u"', `"${PASSWORD}"`)
    const { registryFetch } = clientOf(() => ({ fault: 'ECONNRESET' }), document)
    await expect(registryFetch(IMAGE, 'manifests?x')).rejects.toSatisfy(
      (error: Error) => !JSON.stringify([error.message, error.stack]).includes(PASSWORD),
    )
  })
})

describe('threat 26: a refused token, and a cache that one server fills', () => {
  it('is forgotten, whatever request got it', async () => {
    let count = 0
    const { registryFetch, carried } = clientOf(({ url, method, headers }) => {
      if (method === 'POST') return { status: 404 }
      if (url.includes('/token')) return { body: `{"token":"t${++count}"}` }
      return headers['authorization'] === `Bearer t${count}` && count > 1
        ? {}
        : asking('Bearer realm="https://registry.corp/token"')
    }, `${RULE}identitytoken = "i"\n`)
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(401)
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(200)
    const tokens = carried().map(({ headers }) => headers['authorization'])
    expect(tokens.filter((token) => token === 'Bearer t1')).toHaveLength(1)
  })

  it('another registry’s tokens stay', async () => {
    let count = 0
    const { registryFetch, sent } = clientOf(({ url, headers }) => {
      const { host, pathname } = new URL(url)
      if (pathname === '/token') return { body: `{"token":"${count++}${'x'.repeat(60_000)}"}` }
      if (host === 'registry.corp' && headers['authorization']) return {}
      return asking(`Bearer realm="https://${host}/token",service="${count++}"`)
    }, '')
    await registryFetch(IMAGE, 'manifests')
    for (let i = 0; i < 50; i++) await registryFetch(`evil.corp/a${i}:1`, 'manifests')
    const before = sent.length
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(200)
    expect(sent.slice(before).map(({ url }) => url)).toEqual([
      'https://registry.corp/v2/acme/app/manifests/1',
    ])
  })
})

describe('threat 31: the step to plain HTTP', () => {
  const skip = `${RULE}insecure-skip-verify = true\n`
  it.each([
    ['a certificate error', { fault: 'CERT_HAS_EXPIRED' }],
    ['an unknown error', { fault: 'SOMETHING_NEW' }],
    ['404', { status: 404 }],
    ['401', asking('Basic realm="x"')],
  ])('is not taken after %s', async (_, answer) => {
    const { registryFetch, sent } = clientOf(
      ({ headers }) => (headers['authorization'] ? { fault: 'ECONNRESET' } : answer),
      skip,
    )
    await registryFetch(IMAGE, 'manifests').catch(() => undefined)
    expect(sent.filter(({ url }) => url.startsWith('http:'))).toEqual([])
  })

  it('has the reason of https first', async () => {
    const { registryFetch } = clientOf(
      ({ url }) => ({ fault: url.startsWith('https:') ? 'ECONNRESET' : 'ECONNREFUSED' }),
      skip,
    )
    await expect(registryFetch(IMAGE, 'manifests')).rejects.toThrow(
      /https:\/\/registry\.corp \(ECONNRESET\), then http:\/\/registry\.corp \(ECONNREFUSED\)/,
    )
  })
})

describe('a keychain’s credentials', () => {
  const keychain: Keychain = {
    credentials: async () => ({
      kind: 'basic',
      username: undefined,
      password: undefined,
      encoded: new Secret(BASIC.slice(6)),
    }),
  }

  it('go where a rule’s would', async () => {
    const { registryFetch, carried } = clientOf(
      ({ url, headers }) => {
        if (url.includes('storage')) return {}
        return headers['authorization']
          ? { status: 307, headers: { location: 'https://storage.example/x' } }
          : asking('Basic realm="x"')
      },
      '',
      { keychain },
    )
    await registryFetch(IMAGE, 'manifests')
    expect(linesOf(carried())).toEqual([
      `GET https://registry.corp/v2/acme/app/manifests/1 ${BASIC}`,
    ])
  })
})
