import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  answerChallenge,
  ConfigError,
  type ConfigFinding,
  createResolver,
  decideDestination,
  parseChallenges,
  parseConfig,
  type Resolution,
  requestUrls,
  Secret,
} from '../../../src/index.js'

const PULLER = 'username = "puller"\npassword = "correct horse"\n'

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

describe('a mirror’s 401', () => {
  const BEARER = parseChallenges('Bearer realm="https://m.corp/token",service="m"')
  const BASIC = parseChallenges('Basic realm="m"')
  const resolution = mirrored('https://m.corp/hub', 'a.io/x', PULLER)
  const url = 'https://m.corp/hub/v2/x/manifests/1?ns=a.io'

  it('gets no Basic credentials', () => {
    const answer = answerChallenge(resolution, BASIC, { url })
    expect(answer).toMatchObject({ kind: 'none', code: 'no-credentials' })
  })

  it('gets an anonymous token request, for a token that is bound to the mirror', () => {
    const answer = answerChallenge(resolution, BEARER, { url })
    expect(answer).toMatchObject({
      kind: 'token-request',
      url: 'https://m.corp/token?scope=repository%3Ax%3Apull&service=m',
      headers: [],
      registry: 'https://m.corp',
      foreign: false,
    })
  })

  it.each(['identitytoken = "secret-token"', 'registrytoken = "secret-token"'])(
    'gets nothing of %s',
    (line) => {
      const other = mirrored('https://m.corp', 'a.io/x', line)
      const answer = answerChallenge(other, BEARER, { url: 'https://m.corp/v2/' })
      expect(answer).toMatchObject({ kind: 'token-request', method: 'GET', headers: [] })
      expect(answerChallenge(other, BASIC, { url: 'https://m.corp/v2/' }).kind).toBe('none')
    },
  )

  it('gets no token for a refresh token of the registry, whose token service it names', () => {
    const challenges = parseChallenges('Bearer realm="https://auth.a.io/token",service="a.io"')
    const token = new Secret('r3fr3sh')
    const refresh = { registry: 'https://a.io', origin: 'https://auth.a.io', token }
    const own = answerChallenge(resolution, challenges, { url: 'https://a.io/v2/', refresh })
    expect(own).toMatchObject({ kind: 'token-request', method: 'POST' })
    const mirrors = answerChallenge(resolution, challenges, { url, refresh })
    expect(mirrors).toMatchObject({ kind: 'token-request', method: 'GET', headers: [] })
  })

  it.each([
    ['another port', 'https://m.corp:8443/v2/'],
    ['plain HTTP', 'http://m.corp/v2/'],
    ['a subdomain', 'https://x.m.corp/v2/'],
    ['elsewhere', 'https://evil.example/v2/'],
    ['no URL', 'm.corp'],
  ])('from %s gets nothing', (_, elsewhere) => {
    const answer = answerChallenge(resolution, BEARER, { url: elsewhere })
    expect(answer).toMatchObject({ kind: 'none', code: 'other-origin' })
  })

  it('and the registry itself still gets the credentials', () => {
    const answer = answerChallenge(resolution, BASIC, { url: 'https://a.io/v2/' })
    expect(answer).toMatchObject({ kind: 'authorization', origin: 'https://a.io' })
  })

  it('on the registry’s own origin gets them too', () => {
    const same = mirrored('https://a.io/cache', 'a.io/x', PULLER)
    const answer = answerChallenge(same, BASIC, { url: 'https://a.io/cache/v2/?ns=a.io' })
    expect(answer).toMatchObject({ kind: 'authorization', origin: 'https://a.io' })
  })

  it.each([
    ['http://m.corp:5000', 'https://auth.corp/token'],
    ['http://m.corp:5000', 'http://auth.corp/token'],
    ['https://m.corp', 'http://auth.corp/token'],
  ])('at %s may name %s where nothing is verified', (mirror, realm) => {
    const resolution = mirrored(mirror, 'a.io/app', 'insecure-skip-verify = true\n')
    const challenges = parseChallenges(`Bearer realm="${realm}",service="m"`)
    const answer = answerChallenge(resolution, challenges, { url: `${mirror}/v2/` })
    expect(answer).toMatchObject({ kind: 'token-request', realm, headers: [] })
  })

  it('may name no realm of plain HTTP elsewhere', () => {
    const challenges = parseChallenges('Bearer realm="http://auth.corp/token",service="m"')
    const url = 'https://m.corp/v2/'
    const answer = answerChallenge(mirrored('https://m.corp', 'a.io/app'), challenges, { url })
    expect(answer).toMatchObject({ code: 'realm-refused', refusal: 'invalid-scheme' })
  })

  it('may name no realm within its network', () => {
    const challenges = parseChallenges('Bearer realm="https://10.0.0.1/token"')
    const answer = answerChallenge(resolution, challenges, { url })
    expect(answer).toMatchObject({ code: 'realm-refused', refusal: 'local-host' })
  })

  it('with a port is answered at that port', () => {
    const other = mirrored('https://m.corp:8443', 'a.io/x', PULLER)
    const answer = answerChallenge(other, BEARER, { url: 'https://m.corp:8443/v2/' })
    expect(answer).toMatchObject({ kind: 'token-request', registry: 'https://m.corp:8443' })
  })

  it('is no place for credentials, says decideDestination', () => {
    expect(decideDestination(resolution, url, 'registry')).toMatchObject({ kind: 'refused' })
  })
})

describe('mirror in a configuration', () => {
  const issuesOf = (lines: string, name = 'a.io.'): readonly ConfigFinding[] => {
    try {
      return parseConfig(`[registries."${name}"]\n${lines}`).findings
    } catch (error) {
      if (error instanceof ConfigError) return error.issues
      throw error
    }
  }

  it.each([
    ['mirror.corp', 'not-a-url', 'a URL such as https://mirror.corp'],
    ['//mirror.corp', 'no scheme', 'a URL such as https://mirror.corp'],
    ['https://mirror。corp', 'a full stop that is none', 'a URL such as https://mirror.corp'],
    ['ftp://mirror.corp', 'a scheme', 'begins with https://'],
    ['http://mirror.corp', 'plain HTTP', 'insecure-skip-verify'],
    ['https://puller:hunter2@mirror.corp', 'user info', 'without user info'],
    ['https://mirror.corp:0', 'a port', 'a port from 1 to 65535'],
    ['https://mirror..corp', 'an empty label', 'a domain name or an IP address'],
    ['https://mirror.corp?x=1', 'a query', 'without query and fragment'],
    ['https://mirror.corp#x', 'a fragment', 'without query and fragment'],
  ])('%s is an error (%s)', (value, _, expectation) => {
    const [issue, ...others] = issuesOf(`mirror = "${value}"`)
    expect(issue).toMatchObject({ code: 'invalid-mirror-url', line: 2, column: 1 })
    expect(issue?.message).toContain(expectation)
    expect(issue?.message).not.toContain('hunter2')
    expect(others).toEqual([])
  })

  it.each([
    ['credentials', PULLER, 'https://m.corp', ['mirror-without-credentials']],
    ['none', '', 'https://m.corp', []],
    ['credentials, on the registry’s own origin', PULLER, 'https://a.io/cache', []],
    ['credentials, on another port', PULLER, 'https://a.io:8443', ['mirror-without-credentials']],
  ])('a warning beside %s', (_, lines, mirror, codes) => {
    expect(issuesOf(`${lines}mirror = "${mirror}"`).map(({ code }) => code)).toEqual(codes)
  })

  it('a configuration that no parser gave is refused', () => {
    const config = parseConfig('[registries."a.io"]')
    const [rule] = config.rules
    const broken = { ...config, rules: [{ ...rule, mirror: 'nonsense' }] } as typeof config
    expect(() => createResolver(broken)).toThrow(TypeError)
  })
})
