import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type Certificate,
  type Credentials,
  createResolver,
  type ImagePullerConfig,
  type ImageReference,
  parseCaBundle,
  parseConfig,
  parseImageReference,
  type Resolution,
  type Resolver,
  type Route,
  requestUrls,
  Secret,
  type TlsTrust,
} from '../../../src/index.js'
import { expectProportion } from '../../support/proportion.js'

const guide = readFileSync(new URL('../../vectors/guide.txt', import.meta.url), 'utf8')

/** An example's TOML, as the guide has it: everything between its prose and the next heading. */
function example(number: number): string {
  const start = guide.indexOf(`\nExample ${number}\n`)
  const end = guide.indexOf(`\nExample ${number + 1}\n`)
  const section = guide.slice(start, end < 0 ? guide.indexOf('\nRegistry matching') : end)
  const toml = section.search(/^\[/m)
  return toml < 0 ? '' : section.slice(toml)
}

const resolverFor = (text: string): Resolver => createResolver(parseConfig(text))

function summary({ rule, tls, credentials, schemes, proxy }: Resolution): unknown[] {
  const via = proxy.kind === 'proxy' ? proxy.url : proxy.code
  return [rule?.name, rule?.coverage, tls.kind, credentials.kind, schemes.join(), via]
}

describe("the guide's examples", () => {
  it.each([
    [
      1,
      'registry.corp/app',
      ['registry.corp.', 'exact', 'ca-bundle', 'anonymous', 'https', 'no-proxy'],
    ],
    [
      1,
      'ghcr.io/acme/app',
      ['ghcr.io.', 'exact', 'web-pki', 'basic', 'https', 'https://proxy.corp'],
    ],
    [
      1,
      'quay.io/acme/app',
      [undefined, undefined, 'web-pki', 'anonymous', 'https', 'https://proxy.corp'],
    ],
    [
      2,
      'very-secure.registri.es/app',
      ['very-secure.registri.es.', 'exact', 'ca-bundle', 'basic', 'https', 'not-configured'],
    ],
    [2, 'ghcr.io/acme/app', ['.', 'catch-all', 'deny-all', 'anonymous', '', 'not-configured']],
    [2, 'registri.es/app', ['.', 'catch-all', 'deny-all', 'anonymous', '', 'not-configured']],
    [
      3,
      'registry.default.svc.cluster.local/a',
      [
        'registry.default.svc.cluster.local.',
        'exact',
        'skip-verify',
        'anonymous',
        'https,http',
        'not-configured',
      ],
    ],
    [3, 'nginx', [undefined, undefined, 'web-pki', 'anonymous', 'https', 'not-configured']],
    [4, 'nginx', [undefined, undefined, 'web-pki', 'anonymous', 'https', 'not-configured']],
  ])('example %i, %s', (number, image, want) => {
    expect(summary(resolverFor(example(number)).resolve(image))).toEqual(want)
  })

  it('have the certificates that they name', () => {
    const { tls } = resolverFor(example(2)).resolve('very-secure.registri.es/app')
    expect(tls.kind === 'ca-bundle' && tls.certificates.map((c) => c.subject)).toEqual([
      'CN=YourName',
      'CN=YourName',
    ])
  })

  it('send the credentials that they name', () => {
    const { credentials } = resolverFor(example(1)).resolve('ghcr.io/acme/app')
    expect(credentials).toMatchObject({ kind: 'basic' })
    if (credentials.kind !== 'basic') return
    expect(credentials.username?.reveal()).toBe('burgerdev')
    expect(credentials.password?.reveal()).toBe('thisisnotmypassword')
    expect(credentials.encoded.reveal()).toBe('YnVyZ2VyZGV2OnRoaXNpc25vdG15cGFzc3dvcmQ=')
  })
})

describe('resolve', () => {
  it.each(['evilregistry.corp', 'registry.corp.evil', 'registry.co'])(
    'threat 4: %s is another',
    (host) => {
      expect(resolverFor('[registries."registry.corp."]').resolve(`${host}/a`).rule).toBeUndefined()
    },
  )

  it('threat 14: gives a host without a trailing dot', () => {
    const { image, rule } = resolverFor('[registries."ghcr.io."]').resolve('ghcr.io./a')
    expect([image.host, rule?.coverage]).toEqual(['ghcr.io', 'exact'])
  })

  it('shares what belongs to a rule, and freezes everything', () => {
    const resolver = resolverFor('[registries."a.io"]\nauth = "dTpw"')
    const [first, second] = [resolver.resolve('a.io/x'), resolver.resolve('b.a.io/y')]
    expect(first.credentials).toBe(second.credentials)
    expect(first.tls).toBe(second.tls)
    for (const part of [
      first,
      first.image,
      first.rule,
      first.tls,
      first.credentials,
      first.schemes,
      first.proxy,
      resolver,
    ]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })

  it('has each property of its own, so that no prototype supplies one', () => {
    const keys = Object.keys(resolverFor('').resolve('a.io/x'))
    expect(keys).toEqual([
      'image',
      'rule',
      'bypassed',
      'tls',
      'credentials',
      'schemes',
      'endpoint',
      'proxy',
    ])
  })

  it('is not changed by a polluted Object.prototype (threat 18)', () => {
    for (const name of [
      'env',
      'rule',
      'tls',
      'credentials',
      'proxy',
      'schemes',
      'HTTPS_PROXY',
      'https_proxy',
      'auth',
    ]) {
      Object.defineProperty(Object.prototype, name, {
        value: { HTTPS_PROXY: 'http://evil' },
        configurable: true,
        writable: true,
      })
      try {
        const got = summary(resolverFor('').resolve('a.io/x'))
        expect(got).toEqual([
          undefined,
          undefined,
          'web-pki',
          'anonymous',
          'https',
          'not-configured',
        ])
      } finally {
        Reflect.deleteProperty(Object.prototype, name)
      }
    }
  })

  it('takes the environment only where it is passed, below extra-env', () => {
    const env = { https_proxy: 'http://u:hunter2hunter2@env.corp:3128' }
    const { proxy } = createResolver(parseConfig(''), { env }).resolve('a.io/x')
    expect(proxy).toMatchObject({ kind: 'proxy', url: 'http://env.corp:3128' })
    expect(inspect(proxy, { showHidden: true })).not.toContain('hunter2')
    const off = parseConfig('[extra-env]\nHTTPS_PROXY = ""')
    expect(createResolver(off, { env }).resolve('a.io/x').proxy.kind).toBe('direct')
    expect(createResolver(parseConfig(''), { env }).proxyFor('https://b.io/').kind).toBe('proxy')
  })

  it.each([
    ['a.io:8443/x', 'no-proxy', 'with the port'],
    ['a.io/x', 'https-proxy', 'without it'],
    ['1.2.3.4.5/x', 'invalid-host', 'nothing dials this host'],
    ['xn--a.io/x', 'invalid-host', 'or this'],
    ['xn--bcher-kva.example/x', 'https-proxy', 'but this'],
    ['denied.io/x', 'https-proxy', 'https where no scheme is left'],
  ])('asks for the proxy of %s: %s (%s)', (image, reason) => {
    const text =
      '[extra-env]\nHTTPS_PROXY = "p.corp"\nNO_PROXY = "a.io:8443"\n[registries."denied.io"]\nca-certs = ""'
    expect(resolverFor(text).resolve(image).proxy.code).toBe(reason)
  })

  it.each([
    ['1.2.3.4.5/x', 'undialable'],
    ['127.1/x', 'direct'],
    ['xn--a.io/x', 'undialable'],
    ['xn--bcher-kva.example/x', 'direct'],
    ['a.io/x', 'direct'],
  ])('says of %s without any proxy that it is %s', (image, kind) => {
    const resolver = resolverFor('')
    const { proxy } = resolver.resolve(image)
    expect(proxy.kind).toBe(kind)
    expect(proxy).toEqual(resolver.proxyFor(`https://${image.split('/')[0]}/v2/`))
  })
})

describe('routeTo', () => {
  const resolver = resolverFor(`
[extra-env]
HTTPS_PROXY = "http://proxy.corp:3128"
NO_PROXY = "registry.corp"
[registries."registry.corp."]
insecure-skip-verify = true
[registries."denied.corp."]
ca-certs = ""
`)

  it.each([
    ['registry.corp/x', 'https://registry.corp/v2/', 'skip-verify', 'no-proxy'],
    ['registry.corp/x', 'https://storage.corp/blob', 'skip-verify', 'https-proxy'],
    ['registry.corp/x', 'http://storage.corp/blob', 'skip-verify', 'not-configured'],
    ['ghcr.io/x', 'https://registry.corp/token', 'web-pki', 'no-proxy'],
    ['denied.corp/x', 'https://registry.corp/', 'deny-all', 'no-proxy'],
    ['ghcr.io/x', 'https://a b/', 'web-pki', 'invalid-host'],
    ['ghcr.io/x', '/relative', 'web-pki', 'not-a-url'],
  ])('of %s to %s: %s, %s', (image, url, trust, proxy) => {
    const resolution = resolver.resolve(image)
    const route = resolver.routeTo(resolution, url)
    expect(route).toEqual({ tls: resolution.tls, proxy: resolver.proxyFor(url) })
    expect([route.tls.kind, route.proxy.code]).toEqual([trust, proxy])
    expect(Object.isFrozen(route)).toBe(true)
  })

  it('is asked of a resolution, which is itself a route', () => {
    const resolution = resolver.resolve('ghcr.io/x')
    const route: Route = resolution
    expect(route.proxy).toBe(resolver.routeTo(resolution, 'https://ghcr.io/v2/').proxy)
  })

  it.each<[what: string, resolution: unknown]>([
    ['a copy', { ...resolver.resolve('ghcr.io/x') }],
    ['the like', { tls: { kind: 'skip-verify' } }],
    ['undefined', undefined],
    ['a reference', 'ghcr.io/x'],
  ])('is misused with %s', (_, resolution) => {
    const ask = () => resolver.routeTo(resolution as Resolution, 'https://ghcr.io/')
    expect(ask).toThrow(new TypeError('routeTo: expected a resolution'))
  })

  it('is misused without a URL', () => {
    const ask = () => resolver.routeTo(resolver.resolve('ghcr.io/x'), undefined as never)
    expect(ask).toThrow(TypeError)
  })
})

describe('createResolver', () => {
  const config = parseConfig('[registries."a.io"]\nregistrytoken = "t"')

  it.each<[what: string, value: unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['text', '[registries."a.io"]'],
    ['an empty object', {}],
    ['a copy', { ...config }],
    ['what went through JSON', JSON.parse(JSON.stringify(config))],
    ['what inherits from one', Object.create(config)],
    ['a proxy of one', new Proxy(config, {})],
    ['a resolver', createResolver(config)],
    [
      'row 3: the like, with a text that is no boolean',
      { rules: [{ name: 'ghcr.io.', insecureSkipVerify: 'false' }], extraEnv: {} },
    ],
    ['row 3: the like, without the key', { rules: [{ name: 'ghcr.io.' }], extraEnv: {} }],
    ['no rules', { rules: [], extraEnv: {}, findings: [] }],
  ])('takes no configuration but parseConfig’s: %s', (_, value) => {
    expect(() => createResolver(value as ImagePullerConfig)).toThrow(
      new TypeError('createResolver: expected a configuration from parseConfig, not a copy'),
    )
  })

  it.each<[options: unknown, message: string]>([
    [null, 'createResolver: expected options to be an object'],
    [
      { env: null },
      'createResolver: expected env to be an object of variables, such as process.env',
    ],
    [
      { env: 'x' },
      'createResolver: expected env to be an object of variables, such as process.env',
    ],
    [{ environment: {} }, 'createResolver: unknown option; it takes env'],
    [{ Env: {} }, 'createResolver: unknown option; did you mean env?'],
    [{ env: { HTTPS_PROXY: 7 } }, 'createResolver: expected HTTPS_PROXY of env to be a string'],
  ])('is misused with %j: %s', (options, message) => {
    expect(() => createResolver(config, options as object)).toThrow(new TypeError(message))
  })

  it('has a bad variable of the environment as the place of its issue', () => {
    try {
      createResolver(config, { env: { https_proxy: 'http:/p' } })
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({
        code: 'ERR_CONFIG_INVALID',
        issues: [
          {
            code: 'invalid-proxy-url',
            path: ['https_proxy'],
            place: { kind: 'environment', variable: 'https_proxy' },
          },
        ],
      })
    }
  })

  it('takes a text for an image alone', () => {
    expect(() => resolverFor('').resolve(1 as unknown as string)).toThrow(TypeError)
  })
})

describe('threat 23: long labels', () => {
  it('are resolved in linear time by an empty configuration', () => {
    const resolver = resolverFor('')
    const attempt = (image: string) => {
      try {
        resolver.resolve(image)
      } catch (error) {
        expect(error).toMatchObject({ issue: { part: 'registry', code: 'too-long' } })
      }
    }
    const image = (length: number) => `xn--${'a'.repeat(length)}.io/x`
    expectProportion(attempt, image(2 ** 16), image(2 ** 19))
  })

  it.each([
    ['a path', (label: string) => `/v2/${label}`],
    ['a query', (label: string) => `/v2/?${label}`],
  ])('are no matter in %s of requestUrls', (_, path) => {
    const resolution = resolverFor('').resolve('a.io/x')
    const run = (text: string) => requestUrls(resolution, text)
    expectProportion(run, path('xn--'.repeat(2 ** 13)), path('xn--'.repeat(2 ** 16)))
  })
})

describe('types', () => {
  it('are those of the contract', () => {
    expectTypeOf(parseConfig).parameter(0).toEqualTypeOf<string | Uint8Array>()
    expectTypeOf(parseConfig).returns.toEqualTypeOf<ImagePullerConfig>()
    expectTypeOf(parseImageReference).returns.toEqualTypeOf<ImageReference>()
    expectTypeOf<Resolver['resolve']>().toEqualTypeOf<(imageRef: string) => Resolution>()
    expectTypeOf<TlsTrust['kind']>().toEqualTypeOf<
      'web-pki' | 'ca-bundle' | 'deny-all' | 'skip-verify'
    >()
    expectTypeOf<Credentials['kind']>().toEqualTypeOf<
      'anonymous' | 'basic' | 'identity-token' | 'registry-token'
    >()
    expectTypeOf<
      Extract<TlsTrust, { kind: 'ca-bundle' }>['certificates'][0]
    >().toEqualTypeOf<Certificate>()
    expectTypeOf(parseCaBundle('').certificates).toEqualTypeOf<readonly Certificate[]>()
    expectTypeOf<Secret>().not.toExtend<string>()
    expectTypeOf<Resolution['tls']>().not.toExtend<undefined>()
    expect(new Secret('').reveal()).toBe('')
  })
})
