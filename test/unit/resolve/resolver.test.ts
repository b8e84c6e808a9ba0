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
  Secret,
  type TlsTrust,
} from '../../../src/index.js'

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

describe('credentials', () => {
  const of = (keys: string) =>
    resolverFor(`[registries."a.io"]\n${keys}`).resolve('a.io/x').credentials

  it.each([
    ['', 'anonymous'],
    ['auth = ""', 'anonymous'],
    ['username = "u"\npassword = "p"', 'basic'],
    ['auth = "dTpw"', 'basic'],
    ['identitytoken = "t"', 'identity-token'],
    ['registrytoken = "t"\nidentitytoken = "i"\nauth = "dTpw"', 'registry-token'],
  ])('%j are %s', (keys, kind) => expect(of(keys).kind).toBe(kind))

  it('prefer a user name and password to auth', () => {
    const held = of('username = "ü"\npassword = "p:q"\nauth = "dTpw"')
    expect(held.kind === 'basic' && held.encoded.reveal()).toBe(
      Buffer.from('ü:p:q').toString('base64'),
    )
  })

  it('keep an auth that is no pair as it stands', () => {
    const held = of('auth = "opaque"')
    expect(held.kind === 'basic' && [held.encoded.reveal(), held.username]).toEqual([
      'opaque',
      undefined,
    ])
  })

  it('keep what a Basic challenge takes beside an identity token', () => {
    const held = of('identitytoken = "t"\nauth = "dTpw"')
    expect(held.kind === 'identity-token' && held.basic?.username?.reveal()).toBe('u')
  })
})

describe('threat 22: trust and schemes', () => {
  it.each([
    ['', 'ghcr.io/a', 'web-pki', 'https'],
    ['', 'localhost/a', 'web-pki', 'https,http'],
    ['', 'localhost:5000/a', 'web-pki', 'https,http'],
    ['', 'sub.localhost/a', 'web-pki', 'https,http'],
    ['', '127.0.0.1:5000/a', 'web-pki', 'https,http'],
    ['', '127.1/a', 'web-pki', 'https,http'],
    ['', '[::1]/a', 'web-pki', 'https,http'],
    ['', '10.0.0.1/a', 'web-pki', 'https'],
    ['', '1.2.3.4.5/a', 'web-pki', 'https'],
    ['', 'notlocalhost.io/a', 'web-pki', 'https'],
    ['[registries.localhost]', 'localhost/a', 'web-pki', 'https'],
    ['[registries."."]', '127.0.0.1/a', 'web-pki', 'https'],
    ['[registries."."]\nca-certs = ""', 'localhost/a', 'deny-all', ''],
    [
      '[registries."."]\ninsecure-skip-verify = true\nca-certs = ""',
      'a.io/a',
      'skip-verify',
      'https,http',
    ],
    ['[registries."."]\ninsecure-skip-verify = false', 'a.io/a', 'web-pki', 'https'],
  ])('%j, %s: %s, [%s]', (text, image, trust, schemes) => {
    const resolution = resolverFor(text).resolve(image)
    expect([resolution.tls.kind, resolution.schemes.join()]).toEqual([trust, schemes])
  })
})

describe('a registry with a port or at an IP address', () => {
  const text = '[registries."a.io"]\nauth = "dTpw"\n[registries."docker.io"]\n[registries."."]'
  it.each([
    ['a.io:443/x', '.', 'port', 'a.io'],
    ['b.a.io:443/x', '.', 'port', 'a.io'],
    ['docker.io:443/x', '.', 'port', 'docker.io'],
    ['b.io:443/x', '.', 'port', undefined],
    ['10.0.0.1/x', '.', 'ip-address', undefined],
    ['[::1]:80/x', '.', 'ip-address', undefined],
    ['a.io/x', 'a.io', undefined, undefined],
  ])('%s is covered by %s (%s, %s)', (image, rule, reason, without) => {
    const resolution = resolverFor(text).resolve(image)
    expect(resolution.rule?.name).toBe(rule)
    expect(resolution.bypassed?.code).toBe(reason)
    expect(resolution.bypassed?.rule?.name).toBe(without)
  })

  it('gets no credentials of a domain (threat 4)', () => {
    expect(resolverFor(text).resolve('a.io:443/x').credentials.kind).toBe('anonymous')
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

  it('has every property of its own, so that no prototype supplies one', () => {
    const keys = Object.keys(resolverFor('').resolve('a.io/x'))
    expect(keys).toEqual([
      'image',
      'rule',
      'limitation',
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
    ['1.2.3.4.5/x', 'not-configured', 'nothing dials this host'],
    ['denied.io/x', 'https-proxy', 'https where no scheme is left'],
  ])('asks for the proxy of %s: %s (%s)', (image, reason) => {
    const text =
      '[extra-env]\nHTTPS_PROXY = "p.corp"\nNO_PROXY = "a.io:8443"\n[registries."denied.io"]\nca-certs = ""'
    expect(resolverFor(text).resolve(image).proxy.code).toBe(reason)
  })

  it('is misused without a configuration', () => {
    expect(() => createResolver(undefined as unknown as ImagePullerConfig)).toThrow(TypeError)
    const config = parseConfig('[registries."a.io"]\nregistrytoken = "t"')
    for (const wrong of [
      {},
      { rules: [] },
      { rules: [], extraEnv: null },
      { rules: [{ name: 'a.io' }, null], extraEnv: {} },
      { rules: [{}], extraEnv: {} },
      { rules: [], extraEnv: { NO_PROXY: 'a.io' } },
      JSON.parse(JSON.stringify(config)),
    ]) {
      expect(() => createResolver(wrong as ImagePullerConfig)).toThrow('from parseConfig')
    }
    expect(() => createResolver(config, { env: null as never })).toThrow('env to be an object')
    expect(() => createResolver(parseConfig(''), null as never)).toThrow(TypeError)
    expect(() => resolverFor('').resolve(1 as unknown as string)).toThrow(TypeError)
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
