/** Which URL is asked after which: https and http, a mirror and the registry, redirects. */
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import {
  type CreateRegistryFetchOptions,
  createRegistryFetch,
  RegistryFetchError,
} from '../../../src/fetch/index.js'
import { createResolver } from '../../../src/resolve/index.js'
import { type Answer, linesOf, network, type Sent } from '../../support/network.js'

const IMAGE = 'registry.corp/acme/app:1'
const SKIP = '[registries."registry.corp."]\ninsecure-skip-verify = true\n'

function clientOf(
  document: string,
  handler: (sent: Sent, index: number) => Answer,
  options: Partial<CreateRegistryFetchOptions<Response>> = {},
) {
  const { fetch, sent } = network(handler)
  const resolver = createResolver(parseConfig(document))
  const registryFetch = createRegistryFetch<Response>(resolver, { fetch, now: () => 0, ...options })
  return { registryFetch, sent, lines: () => linesOf(sent) }
}

const issueOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(RegistryFetchError)
  return (error as RegistryFetchError).issue
}

const isHttps = ({ url }: Sent) => url.startsWith('https:')

describe('plain HTTP', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'EPROTO'])(
    'is tried after %s, and remembered',
    async (fault) => {
      const { registryFetch, lines } = clientOf(SKIP, (sent) => (isHttps(sent) ? { fault } : {}))
      await registryFetch(IMAGE, 'manifests')
      await registryFetch('registry.corp/other:2', 'manifests')
      expect(lines()).toEqual([
        'GET https://registry.corp/v2/acme/app/manifests/1 -',
        'GET http://registry.corp/v2/acme/app/manifests/1 -',
        'GET http://registry.corp/v2/other/manifests/2 -',
      ])
    },
  )

  it.each([
    'CERT_HAS_EXPIRED',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    'UND_ERR_SOCKET',
    'UND_ERR_HEADERS_TIMEOUT',
    'ENOTFOUND',
    'ERR_CONNECTION_BROKEN',
    'a sentence with ECONNREFUSED',
  ])('is not tried after %s', async (fault) => {
    const { registryFetch, sent } = clientOf(SKIP, () => ({ fault }))
    const { code } = await issueOf(registryFetch(IMAGE, 'manifests'))
    expect([code, sent.length]).toEqual(['unreachable', 1])
  })

  it('is not tried where one code along the cause is another', async () => {
    const cause = Object.assign(new Error(), { code: 'ECONNRESET' })
    const outer = Object.assign(new Error('', { cause }), { code: 'CERT_HAS_EXPIRED' })
    let asked = 0
    const fetch = () => {
      asked++
      return Promise.reject(outer)
    }
    const resolver = createResolver(parseConfig(SKIP))
    const registryFetch = createRegistryFetch(resolver, { fetch, now: () => 0 })
    await issueOf(registryFetch(IMAGE, 'manifests'))
    expect(asked).toBe(1)
  })

  it.each([200, 401, 404, 500])('is not tried after an answer with %i', async (status) => {
    const { registryFetch, sent } = clientOf(SKIP, (_, i) =>
      i === 0 ? { status, headers: { 'www-authenticate': 'Basic' } } : { fault: 'ECONNRESET' },
    )
    await registryFetch(IMAGE, 'manifests').catch(() => undefined)
    await registryFetch(IMAGE, 'manifests').catch(() => undefined)
    expect(sent.filter((one) => !isHttps(one))).toEqual([])
    expect(sent).toHaveLength(2)
  })

  it('is not tried where the rule does not allow it', async () => {
    const { registryFetch, sent } = clientOf('', () => ({ fault: 'ECONNREFUSED' }))
    await issueOf(registryFetch(IMAGE, 'manifests'))
    expect(sent).toHaveLength(1)
  })

  it('is not tried since a proxy refused the connection, which says nothing of the registry', async () => {
    const document = `[extra-env]\nHTTPS_PROXY = "http://proxy.corp:3128"\n${SKIP}`
    const refusing = clientOf(document, () => ({ fault: 'ECONNREFUSED' }))
    await issueOf(refusing.registryFetch(IMAGE, 'manifests'))
    expect(refusing.sent).toHaveLength(1)
    const reporting = clientOf(document, (sent) =>
      isHttps(sent) ? { fault: 'ERR_PROXY_STATUS_503' } : {},
    )
    expect((await reporting.registryFetch(IMAGE, 'manifests')).status).toBe(200)
  })

  it('is left for https again once it no longer answers', async () => {
    let hasTls = false
    const { registryFetch, lines } = clientOf(SKIP, (sent) =>
      isHttps(sent) === hasTls ? {} : { fault: 'ECONNREFUSED' },
    )
    await registryFetch(IMAGE, 'manifests')
    hasTls = true
    await issueOf(registryFetch(IMAGE, 'manifests'))
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(200)
    expect(lines().at(-1)).toContain('https://')
  })

  it('gets no credentials by a Location once https has answered', async () => {
    const rule = `${SKIP}username = "u"\npassword = "p"\n`
    const { registryFetch, lines } = clientOf(rule, ({ headers }) =>
      headers['authorization'] ? {} : { status: 401, headers: { 'www-authenticate': 'Basic' } },
    )
    await registryFetch(IMAGE, 'blobs/uploads/', { method: 'POST' })
    await registryFetch(IMAGE, 'http://registry.corp/v2/x', { method: 'PUT', body: 'x' })
    expect(lines().at(-1)).toBe('PUT http://registry.corp/v2/x - x')
    await registryFetch(IMAGE, 'https://registry.corp/v2/x', { method: 'PUT', body: 'x' })
    expect(lines().at(-1)).toBe('PUT https://registry.corp/v2/x Basic dTpw x')
  })
})

describe('a mirror', () => {
  const rule = (more = 'mirror-fallback = true') =>
    `[registries."registry.corp."]\nmirror = "https://mirror.corp/hub"\n${more}\n`
  const isMirror = ({ url }: Sent) => url.startsWith('https://mirror.corp/')

  it.each<[string, Answer]>([
    ['404', { status: 404 }],
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['a refused connection', { fault: 'ECONNREFUSED' }],
    ['a certificate error', { fault: 'CERT_HAS_EXPIRED' }],
    ['an error without a code', { fault: '' }],
    ['a redirect to nowhere', { status: 307, headers: { location: 'https://[' } }],
    ['redirects without end', { status: 302, headers: { location: 'https://mirror.corp/on' } }],
    [
      'a redirect to a server that is not there',
      { status: 307, headers: { location: 'https://gone.corp/x' } },
    ],
    [
      'a token service that is out of order',
      { status: 401, headers: { 'www-authenticate': 'Bearer realm="https://busy.mirror.corp/t"' } },
    ],
    [
      'a token service that is not there',
      { status: 401, headers: { 'www-authenticate': 'Bearer realm="https://auth.mirror.corp/t"' } },
    ],
  ])('is left after %s', async (_, fault) => {
    const { registryFetch, lines } = clientOf(rule(), (sent) => {
      if (/^https:\/\/(?:auth|gone)\./.test(sent.url)) return { fault: 'ENOTFOUND' }
      if (sent.url.startsWith('https://busy.')) return { status: 500 }
      return isMirror(sent) ? fault : { body: 'the registry' }
    })
    for (const method of ['GET', 'HEAD']) {
      const response = await registryFetch(IMAGE, 'manifests', { method })
      expect(await response.text()).toBe('the registry')
      expect(lines().at(-1)).toBe(`${method} https://registry.corp/v2/acme/app/manifests/1 -`)
    }
  })

  it.each([200, 206, 400, 403, 429])('is not left after %i', async (status) => {
    const { registryFetch, sent } = clientOf(rule(), () => ({ status }))
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(status)
    expect(sent.map(({ url }) => url)).toEqual([
      'https://mirror.corp/hub/v2/acme/app/manifests/1?ns=registry.corp',
    ])
  })

  it.each([400, 403, 429])(
    'is not left where its token service answers with %i',
    async (status) => {
      const field = 'Bearer realm="https://auth.mirror.corp/t"'
      const { registryFetch, sent } = clientOf(rule(), (one) =>
        isMirror(one) ? { status: 401, headers: { 'www-authenticate': field } } : { status },
      )
      expect((await issueOf(registryFetch(IMAGE, 'manifests'))).code).toBe('token-service')
      expect(sent.map(({ url }) => new URL(url).host)).toEqual(['mirror.corp', 'auth.mirror.corp'])
    },
  )

  it.each<[string, Answer]>([
    ['404', { status: 404 }],
    ['a refused connection', { fault: 'ECONNREFUSED' }],
  ])('is not left after %s for other methods, or without the key', async (_, fault) => {
    for (const [document, method] of [
      [rule(), 'PUT'],
      [rule(), 'DELETE'],
      [rule(''), 'GET'],
    ] as const) {
      const { registryFetch, sent } = clientOf(document, () => fault)
      await registryFetch(IMAGE, 'manifests', { method }).catch(() => undefined)
      expect(sent.filter((one) => !isMirror(one))).toEqual([])
    }
  })

  it('is asked by its own URL as it is by a path, without the credentials of the rule', async () => {
    const document = rule('username = "u"\npassword = "canary"')
    const realm = 'https://auth.mirror.corp/t'
    const { registryFetch, lines } = clientOf(document, ({ url, headers }) => {
      if (url.startsWith(realm)) return { body: '{"token":"t"}' }
      if (headers['authorization'] === 'Bearer t') return {}
      return { status: 401, headers: { 'www-authenticate': `Bearer realm="${realm}"` } }
    })
    const url = 'https://mirror.corp/v2/acme/app/blobs/sha256:0'
    expect((await registryFetch(IMAGE, url)).status).toBe(200)
    expect(lines()).toEqual([
      `GET ${url} -`,
      `GET ${realm}?scope=repository%3Aacme%2Fapp%3Apull&service= -`,
      `GET ${url} Bearer t`,
    ])
  })

  it('on the origin of the registry is told from it', async () => {
    const same =
      '[registries."registry.corp."]\nmirror = "https://registry.corp"\nmirror-fallback = true'
    const { registryFetch, lines } = clientOf(same, ({ url }) =>
      url.includes('ns=') ? { status: 404 } : {},
    )
    expect((await registryFetch(IMAGE, 'manifests')).status).toBe(200)
    expect(lines()).toHaveLength(2)
  })

  it('on the origin of the registry shows that it has TLS: nothing goes there in the clear', async () => {
    const document = `${SKIP}mirror = "https://registry.corp/cache"\nmirror-fallback = true\n`
    const { registryFetch, sent } = clientOf(document, ({ url }) =>
      url.startsWith('https://registry.corp/cache/') ? { status: 404 } : { fault: 'ECONNRESET' },
    )
    expect((await issueOf(registryFetch(IMAGE, 'manifests'))).code).toBe('unreachable')
    expect(sent.map(isHttps)).toEqual([true, true])
  })

  it('by plain HTTP on the origin of the registry says nothing of its TLS', async () => {
    const document = `${SKIP}mirror = "http://registry.corp/cache"\nmirror-fallback = true\n`
    const { registryFetch, sent } = clientOf(document, (one) =>
      isHttps(one) ? {} : { status: 404 },
    )
    await registryFetch(IMAGE, 'manifests')
    expect(sent.map(isHttps)).toEqual([false, true])
  })

  it('is among the attempts of an error, and its scheme says nothing of the registry', async () => {
    const { registryFetch } = clientOf(`${rule()}insecure-skip-verify = true\n`, (sent) =>
      isMirror(sent) ? { status: 502 } : { fault: 'ECONNREFUSED' },
    )
    expect(await issueOf(registryFetch(IMAGE, 'manifests'))).toMatchObject({
      code: 'unreachable',
      attempts: [
        { origin: 'https://mirror.corp', reason: 'status 502' },
        { origin: 'https://registry.corp', reason: 'ECONNREFUSED' },
        { origin: 'http://registry.corp', reason: 'ECONNREFUSED' },
      ],
    })
  })
})

describe('redirects', () => {
  const PAIR = '[registries."registry.corp."]\nusername = "u"\npassword = "p"\n'
  const redirecting = (location: string, status = 307) =>
    clientOf(PAIR, ({ url, headers }) => {
      if (!url.startsWith('https://registry.corp/v2/')) return { body: 'storage' }
      if (!headers['authorization'])
        return { status: 401, headers: { 'www-authenticate': 'Basic' } }
      return { status, headers: { location } }
    })

  it.each([301, 302, 303, 307, 308])('%i is followed without credentials', async (status) => {
    const { registryFetch, lines } = redirecting('https://storage.corp/x?sig=1', status)
    const response = await registryFetch(IMAGE, 'blobs/sha256:0', { headers: { accept: 'a/b' } })
    expect(await response.text()).toBe('storage')
    expect(lines()[2]).toBe('GET https://storage.corp/x?sig=1 -')
  })

  it.each([
    ['/other', 'https://registry.corp/other'],
    ['//storage.corp/x', 'https://storage.corp/x'],
    ['https://registry.corp/elsewhere', 'https://registry.corp/elsewhere'],
    ['HTTPS://STORAGE.corp', 'https://storage.corp/'],
    ['../../../other#fragment', 'https://registry.corp/v2/other'],
  ])('%s leads to %s, the registry itself without credentials too', async (location, url) => {
    const { registryFetch, lines } = redirecting(location)
    await registryFetch(IMAGE, 'blobs/sha256:0').catch(() => undefined)
    expect(lines()[2]).toBe(`GET ${url} -`)
  })

  it.each(['http://storage.corp/x', 'ftp://x/', 'https://u:p@x/', 'https://[', 'https://x\\y/'])(
    '%s is refused',
    async (location) => {
      const { registryFetch, sent } = redirecting(location)
      const { code, message } = await issueOf(registryFetch(IMAGE, 'blobs/sha256:0'))
      expect([code, sent.length]).toEqual(['redirect', 2])
      expect(message).not.toContain(location)
    },
  )

  it('of other methods are given as they are', async () => {
    const { registryFetch, sent } = redirecting('https://storage.corp/x')
    const response = await registryFetch(IMAGE, 'blobs/uploads/', { method: 'POST' })
    expect([response.status, response.headers.get('location')]).toEqual([
      307,
      'https://storage.corp/x',
    ])
    expect(sent).toHaveLength(2)
  })

  it.each([
    [{}, 6],
    [{ maxRedirects: 2 }, 3],
    [{ maxRedirects: 0 }, 1],
  ])('are followed as often as %j says', async (options, count) => {
    const { registryFetch, sent } = clientOf(
      '',
      () => ({ status: 307, headers: { location: '/again' } }),
      options,
    )
    expect((await issueOf(registryFetch(IMAGE, 'manifests'))).code).toBe('redirect')
    expect(sent).toHaveLength(count)
  })

  it('go by the proxy of their own URL, under the trust of the rule', async () => {
    const document = `[extra-env]
HTTPS_PROXY = "http://proxy.corp:3128"
NO_PROXY = "storage.corp"
${PAIR}`
    const { registryFetch, sent } = clientOf(document, ({ url }) =>
      url.includes('storage')
        ? {}
        : { status: 307, headers: { location: 'https://storage.corp/' } },
    )
    await registryFetch(IMAGE, 'blobs/sha256:0')
    expect(sent.map(({ route }) => route.proxy.kind)).toEqual(['proxy', 'direct'])
    expect(sent[1]?.route.tls).toBe(sent[0]?.route.tls)
  })

  it('that lead to a server that is not there say so, with no query and no cause', async () => {
    const { registryFetch } = clientOf('', ({ url }) =>
      url.includes('storage')
        ? { fault: 'ECONNREFUSED' }
        : { status: 307, headers: { location: 'https://storage.corp/?sig=canary' } },
    )
    const error = await registryFetch(IMAGE, 'blobs/sha256:0').catch((thrown) => thrown)
    expect(error.issue).toMatchObject({
      code: 'unreachable',
      attempts: [{ origin: 'https://storage.corp', reason: 'ECONNREFUSED' }],
    })
    expect(error.message).not.toContain('canary')
    expect(error.cause).toBeUndefined()
  })
})
