import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RegistryRule } from '../../../src/config/index.js'
import {
  createResolver,
  parseConfig,
  parseImageReference,
  type Resolution,
  requestUrls,
} from '../../../src/index.js'
import { indexRules } from '../../../src/names/index.js'
import { compileProxy } from '../../../src/proxy/index.js'
import { applyRule, compileRule } from '../../../src/resolve/decision.js'
import { resolve as resolveImage } from '../../../src/resolve/resolve.js'

function resolve(registries: string, image: string): Resolution {
  return createResolver(parseConfig(registries)).resolve(image)
}

const mirrored = (mirror: string, image: string, more = '') =>
  resolve(`[registries."."]\nmirror = "${mirror}"\n${more}`, image)

describe('requestUrls at a registry', () => {
  it.each([
    ['the registry', '', 'registry.corp/app', ['https://registry.corp/v2/']],
    ['Docker Hub', '', 'nginx', ['https://index.docker.io/v2/']],
    ['a port', '', 'registry.corp:5000/app', ['https://registry.corp:5000/v2/']],
    ['IPv6', '', '[2001:db8::1]:5000/app', ['https://[2001:db8::1]:5000/v2/']],
    ['this machine', '', 'localhost/app', ['https://localhost/v2/', 'http://localhost/v2/']],
    [
      'no verification',
      '[registries."a.io"]\ninsecure-skip-verify = true',
      'a.io/app',
      ['https://a.io/v2/', 'http://a.io/v2/'],
    ],
    ['everything denied', '[registries."a.io"]\nca-certs = ""', 'a.io/app', []],
    ['an empty mirror', '[registries."a.io"]\nmirror = ""', 'a.io/app', ['https://a.io/v2/']],
  ])('%s', (_, registries, image, urls) => {
    const resolution = resolve(registries, image)
    expect(resolution.endpoint).toEqual({ kind: 'registry' })
    expect(requestUrls(resolution, '/v2/')).toEqual(urls)
  })
})

describe('requestUrls at a mirror', () => {
  it.each([
    ['the registry’s name', 'https://m.corp', 'a.io/app', '/v2/', 'https://m.corp/v2/?ns=a.io'],
    ['Docker Hub', 'https://m.corp', 'nginx', '/v2/', 'https://m.corp/v2/?ns=docker.io'],
    ['a port', 'https://m.corp', 'a.io:5000/app', '/v2/', 'https://m.corp/v2/?ns=a.io:5000'],
    ['the mirror’s port', 'https://m.corp:5', 'a.io/app', '/v2/', 'https://m.corp:5/v2/?ns=a.io'],
    [
      'the mirror’s path',
      'https://m.corp/a/b/',
      'a.io/x',
      '/v2/',
      'https://m.corp/a/b/v2/?ns=a.io',
    ],
    ['its own query', 'https://m.corp', 'a.io/x', '/v2/?n=1', 'https://m.corp/v2/?n=1&ns=a.io'],
    ['the name’s normal form', 'https://M.Corp.', 'A.IO./x', '/v2/', 'https://m.corp/v2/?ns=a.io'],
  ])('%s', (_, mirror, image, path, url) => {
    expect(requestUrls(mirrored(mirror, image), path)).toEqual([url])
  })

  it('is http beside insecure-skip-verify alone', () => {
    const resolution = mirrored('http://m.corp', 'a.io/x', 'insecure-skip-verify = true')
    expect(requestUrls(resolution, '/v2/')).toEqual(['http://m.corp/v2/?ns=a.io'])
  })

  it('is denied where everything is', () => {
    expect(requestUrls(mirrored('https://m.corp', 'a.io/x', 'ca-certs = ""'), '/v2/')).toEqual([])
  })

  it('is reached through the proxy that is for the mirror', () => {
    const config = parseConfig('[registries."a.io"]\nmirror = "https://m.corp"')
    const env = { HTTPS_PROXY: 'http://proxy.corp', NO_PROXY: 'm.corp' }
    const { resolve } = createResolver(config, { env })
    expect(resolve('a.io/x').proxy).toMatchObject({ kind: 'direct', entry: 'm.corp' })
    expect(resolve('b.io/x').proxy).toMatchObject({ kind: 'proxy' })
  })

  it('is frozen', () => {
    const resolution = mirrored('https://m.corp', 'a.io/x')
    expect(Object.isFrozen(resolution.endpoint)).toBe(true)
    expect(Object.isFrozen(requestUrls(resolution, '/v2/'))).toBe(true)
  })
})

describe('threat 30: requestUrls with a fallback', () => {
  const { rules } = parseConfig('[registries."docker.io."]\nmirror = "https://m.corp"')
  const urlsOf = (keys: Partial<RegistryRule>, image: string, path: string) => {
    const index = indexRules(
      rules.map((rule) => compileRule({ ...rule, mirrorFallback: true, ...keys })),
      applyRule,
    )
    const compiled = { index, proxyFor: compileProxy({}), isProxied: false }
    return requestUrls(resolveImage(parseImageReference(image), compiled), path)
  }
  const own = 'https://index.docker.io/v2/?n=1'
  const mirrors = 'https://m.corp/v2/?n=1&ns=docker.io'

  it.each<[keys: Partial<RegistryRule>, urls: string[], reason: string]>([
    [{}, [mirrors, own], 'the mirror, then the registry itself'],
    [{ mirrorFallback: false }, [mirrors], 'without it the mirror alone'],
    [
      { insecureSkipVerify: true },
      [mirrors, own, own.replace('https', 'http')],
      'the registry by each of its schemes',
    ],
    [{ mirror: undefined }, [own], 'without a mirror the registry alone'],
    [{ caBundle: { certificates: [], skipped: [] } }, [], 'nothing where everything is denied'],
  ])('%j: %j, %s', (keys, urls) => {
    expect(urlsOf(keys, 'nginx', '/v2/?n=1')).toEqual(urls)
  })
})

describe('the path of a request', () => {
  const resolution = mirrored('https://m.corp/hub', 'a.io/x')

  it.each([
    '',
    'v2/',
    '//evil.example/v2/',
    '/v2/../../x',
    '/v2/%2e%2e/x',
    '/v2/./x',
    '/v2\\x',
    '/v2/#ns=b.io',
    '/v2/ä',
    '/v2/ x',
    '/v2/\n',
    'https://evil.example/',
    '@evil.example/',
    '.evil.example/',
    ':80/',
  ])('%j is none', (path) => {
    if (path === '//evil.example/v2/') {
      // It stays a path: it stands behind the host.
      expect(requestUrls(resolution, path)[0]).toBe('https://m.corp/hub//evil.example/v2/?ns=a.io')
    } else {
      expect(() => requestUrls(resolution, path)).toThrow(TypeError)
    }
  })

  it('misuse is a TypeError', () => {
    expect(() => requestUrls(resolution, 1 as never)).toThrow(TypeError)
  })

  it.each<[what: string, value: unknown]>([
    ['a copy', { ...resolution }],
    ['the like', { endpoint: { kind: 'registry' }, image: { host: 'a.io' }, schemes: ['http'] }],
    ['undefined', undefined],
    ['an image', 'a.io/x'],
  ])('takes no resolution but a resolver’s: %s', (_, value) => {
    expect(() => requestUrls(value as Resolution, '/v2/')).toThrow(
      new TypeError("requestUrls: expected a resolver's resolution, not a copy"),
    )
  })

  it('property: whatever the path, requests go to the mirror', () => {
    const path = fc.string().map((text) => `/${text}`)
    const staysThere = (urls: (path: string) => readonly string[]) =>
      fc.property(path, (text) => {
        try {
          return urls(text).every((url) => new URL(url).href.startsWith('https://m.corp/hub/'))
        } catch (error) {
          return error instanceof TypeError && error.message.startsWith('requestUrls')
        }
      })
    fc.assert(
      staysThere((text) => requestUrls(resolution, text)),
      { numRuns: 3000 },
    )
    const naive = staysThere((text) => [`https://m.corp/hub${text}?ns=a.io`])
    const found = fc.check(naive, { examples: [['/../x']] })
    expect(found.failed).toBe(true)
  })
})
