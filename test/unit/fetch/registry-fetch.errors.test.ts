/** What is thrown: misuse, and what an error says and doesn't. */
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { createRegistryFetch, type RegistryFetchError } from '../../../src/fetch/index.js'
import { ImageReferenceError, parseImageReference } from '../../../src/image/index.js'
import { createResolver } from '../../../src/resolve/index.js'
import { UnsupportedDecisionError } from '../../../src/transport/index.js'
import { faultOf, network } from '../../support/network.js'

const IMAGE = 'registry.corp/acme/app:1'
const CANARY = 'canary-of-s3crets'
const PAIR = `[registries."registry.corp."]\nusername = "u"\npassword = "${CANARY}"\n`

function clientOf(document: string, fetch: (...args: never[]) => Promise<Response>) {
  const resolver = createResolver(parseConfig(document))
  return createRegistryFetch<Response>(resolver, { fetch: fetch as never, now: () => 0 })
}

const errorOf = (promise: Promise<unknown>): Promise<RegistryFetchError> =>
  promise.then(
    () => expect.unreachable(),
    (thrown) => thrown,
  )

const refuse = () => Promise.reject(faultOf('ECONNREFUSED'))

describe('an error', () => {
  it('has a cause where the request carried nothing secret', async () => {
    const { code, issue, cause, message } = await errorOf(
      clientOf('', refuse)(IMAGE, 'manifests', { headers: { accept: 'a/b' } }),
    )
    expect([code, issue.code, (cause as Error).message]).toEqual([
      'ERR_REGISTRY_FETCH',
      'unreachable',
      'fetch failed',
    ])
    expect(message).toBe(
      "the registry can't be reached: tried https://registry.corp (ECONNREFUSED)",
    )
    expect(Object.keys(issue)).not.toContain('cause')
  })

  it.each<[string, string, string, object]>([
    ['a query', '', 'blobs/uploads/1?_state=canary', {}],
    ['a header of the caller', '', 'manifests', { headers: { 'x-api-key': CANARY } }],
    ['a body', '', 'x', { method: 'PUT', body: CANARY }],
    ['a proxy', `[extra-env]\nHTTPS_PROXY = "http://u:${CANARY}@proxy.corp:1"`, 'manifests', {}],
  ])('has none where there was %s', async (_, document, path, init) => {
    const error = await errorOf(clientOf(document, refuse)(IMAGE, path, init))
    expect(error.issue.code).toBe('unreachable')
    expect(Object.hasOwn(error, 'cause')).toBe(false)
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('canary')
  })

  it('has none where the request was authenticated, were it as nothing else', async () => {
    const fetch = async (_: string, { headers }: { readonly headers: Record<string, string> }) => {
      const { authorization } = headers
      if (authorization) throw new Error(authorization, { cause: faultOf('UND_ERR_SOCKET') })
      return new Response(null, { status: 401, headers: { 'www-authenticate': 'Basic' } })
    }
    const error = await errorOf(clientOf(PAIR, fetch)(IMAGE, 'manifests'))
    expect(error.message).toContain('UND_ERR_SOCKET')
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toMatch(/dTpj|canary/)
  })

  it.each([
    ['an odd code', { code: `${CANARY} in a sentence` }],
    ['a code that is no string', { code: 7 }],
    [
      'a getter that throws',
      {
        get code() {
          throw new Error(CANARY)
        },
      },
    ],
    ['no object', CANARY],
    ['nothing', undefined],
  ])('of a client that rejects with %s has no reason', async (_, thrown) => {
    const fetch = () => Promise.reject(thrown)
    const error = await errorOf(clientOf(PAIR, fetch)(IMAGE, 'manifests?x'))
    expect(error.issue).toMatchObject({ attempts: [{ reason: 'unknown' }] })
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain('canary')
  })

  it('ends where causes go in a circle', async () => {
    const error = Object.assign(new Error(), { code: 'ECONNRESET' })
    error.cause = error
    const { issue } = await errorOf(clientOf('', () => Promise.reject(error))(IMAGE, 'manifests'))
    expect(issue.code).toBe('unreachable')
  })

  it('names the rule that a port, or an address, bypasses', async () => {
    const port = await errorOf(clientOf(PAIR, refuse)('registry.corp:5000/app', 'manifests'))
    expect(port.issue.hints[0]).toMatchObject({
      code: 'bypassed',
      rule: 'registry.corp.',
      place: { line: 1 },
    })
    expect(port.message).toMatch(
      /without the port, the rule "registry\.corp\." in line 1 would apply/,
    )
    const address = await errorOf(clientOf(PAIR, refuse)('10.1.2.3/app', 'manifests'))
    expect(address.issue.hints).toMatchObject([{ code: 'bypassed', rule: undefined }])
  })

  it('names the line of the rule that a port bypasses, beside one that names the port', async () => {
    const odd = '[registries."registry.corp:5000"]\ninsecure-skip-verify = true\n'
    const { issue, message } = await errorOf(
      clientOf(odd + PAIR, refuse)('registry.corp:5000/app', 'manifests'),
    )
    expect(issue.hints[0]).toMatchObject({ rule: 'registry.corp.', place: { line: 3 } })
    expect(message).toContain('the rule "registry.corp." in line 3 would apply')
  })

  // Image references allow them, and no URL parser does.
  it.each(['1.2.3.4.5', 'registry.999', 'xn--zzzzzz.corp'])(
    'says that no client dials %s, and nothing is sent',
    async (host) => {
      const { fetch, sent } = network(() => ({}))
      const { issue } = await errorOf(clientOf(PAIR, fetch as never)(`${host}/app:1`, 'manifests'))
      expect(issue).toMatchObject({ code: 'unreachable', attempts: [{ reason: 'invalid-host' }] })
      expect(sent).toEqual([])
    },
  )

  it('names the rule that was probably meant, with its line', async () => {
    const document = '\n\n[registries."*.registry.corp"]\ninsecure-skip-verify = true'
    const { issue, message } = await errorOf(
      clientOf(document, refuse)('eu.registry.corp/app', 'manifests'),
    )
    expect(issue.hints).toMatchObject([
      { code: 'near-miss', rule: '*.registry.corp', place: { line: 3 } },
    ])
    expect(message).toContain('the rule "*.registry.corp" in line 3 doesn\'t apply')
    expect(message).toContain('".registry.corp."')
  })

  it('of a registry whose rule applies has no hints', async () => {
    const { issue } = await errorOf(clientOf(PAIR, refuse)(IMAGE, 'manifests'))
    expect(issue.hints).toEqual([])
  })

  describe('with a proxy', () => {
    const PROXY = 'http://proxy.corp:3128'
    const PROXIED = `[extra-env]\nHTTPS_PROXY = "http://u:${CANARY}@proxy.corp:3128"\n`
    const failing = (code: string) => clientOf(PROXIED, () => Promise.reject(faultOf(code)))

    it.each([
      ['ENOTFOUND', true, `the proxy ${PROXY} can't be reached: ENOTFOUND`],
      ['ECONNREFUSED', true, `the proxy ${PROXY} can't be reached: ECONNREFUSED`],
      ['ConnectionRefused', true, `the proxy ${PROXY} can't be reached: ConnectionRefused`],
      ['ERR_PROXY_STATUS_407', true, `the proxy ${PROXY} refuses: ERR_PROXY_STATUS_407`],
      ['ERR_PROXY_STATUS_502', false, `by the proxy ${PROXY}: ERR_PROXY_STATUS_502`],
      ['UND_ERR_CONNECT_TIMEOUT', false, `by the proxy ${PROXY}: UND_ERR_CONNECT_TIMEOUT`],
      ['CERT_HAS_EXPIRED', false, `by the proxy ${PROXY}: CERT_HAS_EXPIRED`],
    ])('says of %s whether the proxy is at fault: %s', async (code, isAtFault, why) => {
      const { issue, message } = await errorOf(failing(code)(IMAGE, 'manifests'))
      expect(issue).toMatchObject({
        code: 'unreachable',
        attempts: [
          { origin: 'https://registry.corp', reason: code, proxy: { url: PROXY, isAtFault } },
        ],
      })
      expect(message).toContain(`tried https://registry.corp (${why})`)
      expect(message).not.toContain('canary')
      expect(issue.hints.map((hint) => [hint.code, hint.place?.line])).toEqual(
        isAtFault ? [['proxy', 2]] : [],
      )
    })

    it.each([
      ['ERR_PROXY_STATUS_407', 'user name and password'],
      ['ERR_PROXY_STATUS_403', 'host and port'],
    ])('says after %s to check its %s', async (code, what) => {
      const { issue } = await errorOf(failing(code)(IMAGE, 'manifests'))
      expect(issue.hints[0]?.message).toBe(
        `the proxy is that of HTTPS_PROXY of extra-env in line 2: check its ${what}, or name the host of https://registry.corp in NO_PROXY`,
      )
    })

    it('names the variable of the process where that counts', async () => {
      const resolver = createResolver(parseConfig(''), { env: { https_proxy: PROXY } })
      const registryFetch = createRegistryFetch(resolver, {
        fetch: () => Promise.reject(faultOf('ENOTFOUND')),
        now: () => 0,
      })
      const { issue } = await errorOf(registryFetch(IMAGE, 'manifests'))
      expect(issue.hints).toEqual([
        {
          code: 'proxy',
          rule: undefined,
          message:
            'the proxy is that of HTTPS_PROXY of the process: check its host and port, or name the host of https://registry.corp in NO_PROXY',
          place: undefined,
        },
      ])
    })

    it('says the same of a token service, and of where a redirect leads', async () => {
      const { fetch } = network(({ url }) => {
        if (!url.startsWith('https://registry.corp')) return { fault: 'ENOTFOUND' }
        return url.includes('/blobs/')
          ? { status: 307, headers: { location: 'https://storage.corp/' } }
          : { status: 401, headers: { 'www-authenticate': 'Bearer realm="https://auth.corp/t"' } }
      })
      const client = () => clientOf(`${PROXIED}NO_PROXY = "registry.corp"\n`, fetch as never)
      const why = `can't be reached (the proxy ${PROXY} can't be reached: ENOTFOUND)`
      const token = await errorOf(client()(IMAGE, 'manifests'))
      expect([token.issue.code, token.issue.hints[0]?.code]).toEqual(['token-service', 'proxy'])
      expect(token.message).toContain(`https://auth.corp gives no token`)
      expect(token.message).toContain(`it ${why}`)
      const storage = await errorOf(client()(IMAGE, 'blobs/sha256:0'))
      expect(storage.message).toContain(`a redirect leads to https://storage.corp, which ${why}`)
      expect(storage.issue.hints[0]?.message).toContain('name the host of https://storage.corp in')
    })

    it('names the variable for plain HTTP where that proxy is at fault', async () => {
      const document = '[registries."registry.corp."]\ninsecure-skip-verify = true\n[extra-env]\n'
      const { issue } = await errorOf(
        clientOf(`${document}HTTP_PROXY = "${PROXY}"\n`, refuse)(IMAGE, 'manifests'),
      )
      expect(issue).toMatchObject({ attempts: [{ proxy: undefined }, { proxy: { url: PROXY } }] })
      expect(issue.hints[0]?.message).toContain('HTTP_PROXY of extra-env in line 4')
    })
  })

  it.each(['tokenAttempt', 'attempts', 'said', 'leavesMirror', 'isRefusal'])(
    'has nothing of the %s of a polluted prototype',
    async (name) => {
      const document = '[registries."."]\nca-certs = "none"\n'
      const proxy = { url: 'http://evil.corp', isAtFault: true }
      const evil = { cause: 'evil', origin: 'https://evil.corp', reason: 'evil', proxy }
      Object.defineProperty(Object.prototype, name, { value: evil, configurable: true })
      try {
        const error = await errorOf(clientOf(document, refuse)(IMAGE, 'manifests'))
        expect(error.issue).toMatchObject({ code: 'denied', hints: [] })
        expect(Object.hasOwn(error, 'cause')).toBe(false)
        expect(JSON.stringify(error.issue) + error.message).not.toContain('evil')
      } finally {
        Reflect.deleteProperty(Object.prototype, name)
      }
    },
  )

  it('says that a rule denies everything, and nothing was sent', async () => {
    const { fetch, sent } = network(() => ({}))
    const error = await errorOf(
      clientOf('[registries."."]\nca-certs = ""', fetch as never)(IMAGE, 'manifests'),
    )
    expect([error.issue.code, sent]).toEqual(['denied', []])
  })

  it('of an adapter is that error: it says what can’t be expressed, and what to do', async () => {
    const unsupported = new UnsupportedDecisionError('proxy-scheme', 'only http', 'write another')
    const fetch = () => Promise.reject(unsupported)
    const mirror = 'mirror = "https://mirror.corp"\nmirror-fallback = true'
    const document = `[registries."registry.corp."]\n${mirror}`
    await expect(clientOf(document, fetch)(IMAGE, 'manifests')).rejects.toBe(unsupported)
  })
})

describe('a client that gives no answer', () => {
  const EXPECTED =
    'createRegistryFetch: expected fetch to resolve to a Response, with status, headers and a body that is a WHATWG stream or null'
  const headers = new Headers()
  const rows: [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['text', CANARY],
    ['no status', { headers, body: null }],
    ['a status in words', { status: '200', headers, body: null }],
    ['a header that can not be asked', { status: 200, headers: { 'x-a': CANARY }, body: null }],
    ['no body', { status: 200, headers }],
    ['a body that is text', { status: 200, headers, body: CANARY }],
    ['a body that can not be let go of', { status: 200, headers, body: { getReader() {} } }],
  ]
  const BEARER = { 'www-authenticate': 'Bearer realm="https://registry.corp/token"' }
  const redirect = () => new Response(null, { status: 302, headers: { location: '/x' } })

  it.each(rows)('but %s is a TypeError that says what was expected', async (_, answer) => {
    const error = await errorOf(clientOf(PAIR, async () => answer as never)(IMAGE, 'manifests'))
    expect([error.name, error.message]).toEqual(['TypeError', EXPECTED])
  })

  it.each<[string, Response]>([
    ['a token service', new Response(null, { status: 401, headers: BEARER })],
    ['a redirect', redirect()],
  ])('for %s is the same', async (_, first) => {
    const answers: unknown[] = [first]
    const fetch = async () => answers.shift() as never
    const error = await errorOf(clientOf(PAIR, fetch)(IMAGE, 'manifests'))
    expect([error.name, error.message]).toEqual(['TypeError', EXPECTED])
  })
})

it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, '0', new Date(0)])(
  'a clock that gives %s is a TypeError that names it',
  async (time) => {
    const { fetch } = network(({ url }) =>
      url.includes('/token')
        ? { body: '{"token":"t"}' }
        : {
            status: 401,
            headers: { 'www-authenticate': 'Bearer realm="https://registry.corp/token"' },
          },
    )
    const resolver = createResolver(parseConfig(PAIR))
    const now = () => time as number
    const error = await errorOf(createRegistryFetch(resolver, { fetch, now })(IMAGE, 'manifests'))
    expect([error.name, error.message]).toEqual([
      'TypeError',
      'createRegistryFetch: expected now to give milliseconds since 1970, as a finite number',
    ])
  },
)

describe('misuse', () => {
  const { fetch } = network(() => ({}))
  const resolver = createResolver(parseConfig(''))

  it.each<[string, () => unknown]>([
    ['no resolver', () => createRegistryFetch({} as never, { fetch, now: () => 0 })],
    ['no fetch', () => createRegistryFetch(resolver, { now: () => 0 } as never)],
    ['no clock', () => createRegistryFetch(resolver, { fetch } as never)],
    [
      'an unknown option',
      () => createRegistryFetch(resolver, { fetch, now: () => 0, retries: 3 } as never),
    ],
    [
      'a foreignRealm',
      () => createRegistryFetch(resolver, { fetch, now: () => 0, foreignRealm: 'no' as never }),
    ],
    ['half', () => createRegistryFetch(resolver, { fetch, now: () => 0, maxRedirects: 0.5 })],
    ['less', () => createRegistryFetch(resolver, { fetch, now: () => 0, maxRedirects: -1 })],
    [
      'a keychain',
      () => createRegistryFetch(resolver, { fetch, now: () => 0, keychain: {} as never }),
    ],
  ])('%s is a TypeError', (_, run) => expect(run).toThrow(TypeError))

  it.each<[string, unknown[]]>([
    ['an image', [7, 'manifests']],
    ['an image without a name', [{}, 'manifests']],
    ['a path', [IMAGE, 7]],
    ['a path with dot segments', [IMAGE, '../../x']],
    ['a path with a space', [IMAGE, 'a b']],
    ['a path with a backslash', [IMAGE, 'a\\b']],
    ['an option', [IMAGE, 'manifests', { body: undefined, redirect: 'follow' }]],
    ['a method', [IMAGE, 'manifests', { method: 'TRACE' }]],
    ['a body of a GET', [IMAGE, 'manifests', { body: 'x' }]],
    ['a signal', [IMAGE, 'manifests', { signal: {} }]],
    ['a signal that is no object', [IMAGE, 'manifests', { signal: 7 }]],
    ['null for a signal', [IMAGE, 'manifests', { signal: null }]],
    ['scopes', [IMAGE, 'manifests', { scopes: 'a' }]],
    ['a header', [IMAGE, 'manifests', { headers: { accept: 7 } }]],
    ['a header that ends in another', [IMAGE, 'manifests', { headers: { accept: 'a\r\nb: c' } }]],
    ['a name of a header', [IMAGE, 'manifests', { headers: { 'a b': 'c' } }]],
    ['Authorization', [IMAGE, 'manifests', { headers: { Authorization: 'Basic x' } }]],
    ['Cookie', [IMAGE, 'manifests', { headers: new Headers([['cookie', 'x']]) }]],
    ['Host', [IMAGE, 'manifests', { headers: [['HOST', 'x']] }]],
  ])('%s is a TypeError, by the promise', async (_, args) => {
    const before = network(() => ({}))
    const registryFetch = createRegistryFetch(resolver, { fetch: before.fetch, now: () => 0 })
    const call = registryFetch as (...given: unknown[]) => Promise<Response>
    await expect(call(...args)).rejects.toBeInstanceOf(TypeError)
    expect(before.sent).toEqual([])
  })

  it('an image that is none is an ImageReferenceError', async () => {
    const registryFetch = clientOf('', fetch as never)
    await expect(registryFetch('https://x/y', 'manifests')).rejects.toBeInstanceOf(
      ImageReferenceError,
    )
  })

  it('of a parsed image its name counts', async () => {
    const { fetch: send, sent } = network(() => ({}))
    const registryFetch = clientOf('', send as never)
    await registryFetch(parseImageReference(IMAGE), 'manifests')
    await registryFetch({ name: 'other.corp/x:2' } as never, 'manifests', { method: 'head' })
    expect(sent.map(({ url, method }) => `${method} ${url}`)).toEqual([
      'GET https://registry.corp/v2/acme/app/manifests/1',
      'HEAD https://other.corp/v2/x/manifests/2',
    ])
  })

  it('headers come in every form, and are sent in lower case', async () => {
    for (const headers of [
      { Accept: 'a/b' },
      [['Accept', 'a/b']],
      new Map([['Accept', 'a/b']]),
      new Headers({ Accept: 'a/b' }),
    ]) {
      const { fetch: send, sent } = network(() => ({}))
      await clientOf('', send as never)(IMAGE, 'manifests', { headers: headers as never })
      expect(sent[0]?.headers).toEqual({ accept: 'a/b' })
    }
  })

  // RFC 9110, section 5.3.
  it('a field that comes twice is joined, in whichever case', async () => {
    const { fetch: send, sent } = network(() => ({}))
    const headers = [
      ['Accept', 'a/b'],
      ['x-other', 'x'],
      ['ACCEPT', 'c/d'],
    ] as const
    await clientOf('', send as never)(IMAGE, 'manifests', { headers })
    expect(sent[0]?.headers).toEqual({ accept: 'a/b, c/d', 'x-other': 'x' })
  })
})

describe('a Location of an answer', () => {
  const urlOf = async (location: string, document = PAIR) => {
    const { fetch, sent } = network(({ headers }) =>
      headers['authorization'] ? {} : { status: 401, headers: { 'www-authenticate': 'Basic' } },
    )
    await clientOf(document, fetch as never)(IMAGE, location, { method: 'PUT', body: 'x' }).catch(
      () => undefined,
    )
    const { url, headers } = sent.at(-1) ?? { url: 'nowhere', headers: {} as never }
    return [url, headers['authorization'] !== undefined]
  }

  it.each([
    [
      '/v2/acme/app/blobs/uploads/1?_state=x',
      'https://registry.corp/v2/acme/app/blobs/uploads/1?_state=x',
      true,
    ],
    ['https://registry.corp/v2/x?y', 'https://registry.corp/v2/x?y', true],
    ['HTTPS://REGISTRY.CORP./v2/x', 'https://registry.corp/v2/x', true],
    ['//registry.corp/v2/x', 'https://registry.corp/v2/x', true],
    ['/v2/x#fragment', 'https://registry.corp/v2/x', true],
    ['https://registry.corp:8443/v2/x', 'https://registry.corp:8443/v2/x', false],
    ['https://storage.corp/x?sig=1', 'https://storage.corp/x?sig=1', false],
    ['//storage.corp/x', 'https://storage.corp/x', false],
    ['http://registry.corp/v2/x', 'nowhere', false],
    ['https://u:p@registry.corp/v2/x', 'nowhere', false],
    ['file:///etc/passwd', 'nowhere', false],
  ])('%s leads to %s, with credentials: %s', async (location, ...expected) => {
    expect(await urlOf(location)).toEqual(expected)
  })
})
