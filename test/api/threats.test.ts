import { ConfigError, createResolver, parseConfig } from 'imagepuller-auth'
import { describe, expect, it } from 'vitest'
import packageLock from '../../package-lock.json' with { type: 'json' }

/** The rows that belong to no single module; the others stand beside theirs, by their number. */

function attempt<Result>(run: () => Result): Result | Error {
  try {
    return run()
  } catch (error) {
    return error as Error
  }
}

describe('threat 5: a fault of a rule never leads to another rule', () => {
  const OTHERS =
    '[registries.".corp."]\nca-certs = ""\n[registries."."]\ninsecure-skip-verify = true\n'
  it.each([
    ['a typo', 'ca-cert = ""'],
    ['a wrong type', 'insecure-skip-verify = "false"'],
    ['half of the credentials', 'username = "puller"'],
    ['a broken certificate', 'ca-certs = "-----BEGIN CERTIFICATE-----\\n"'],
    ['a line end in a token', 'registrytoken = "a\\nb"'],
    ['a mirror that is no URL', 'mirror = "mirror.corp"'],
  ])('%s throws, whatever other rules there are', (_, line) => {
    const document = `${OTHERS}[registries."registry.corp."]\n${line}\n`
    expect(attempt(() => parseConfig(document))).toBeInstanceOf(ConfigError)
  })

  it('a name that never matches is left out, and a warning says so', () => {
    const { findings } = parseConfig('[registries."registry.corp:5000"]\nca-certs = ""')
    expect(findings.map(({ code }) => code)).toEqual(['unmatchable-name', 'no-certificates'])
  })
})

describe('threat 12: the host is judged as it is dialled', () => {
  const { proxyFor } = createResolver(parseConfig(''), {
    env: { HTTPS_PROXY: 'http://proxy.corp:3128', NO_PROXY: 'registry.corp,10.0.0.0/8' },
  })
  it.each([
    ['CVE-2025-62718: a trailing dot', 'https://registry.corp./v2/', 'direct'],
    ['upper case', 'https://REGISTRY.corp/v2/', 'direct'],
    ['CVE-2026-42043: a range of addresses', 'https://10.1.2.3/v2/', 'direct'],
    ['a decimal address', 'https://167837955/v2/', 'direct'],
    ['a mapped address', 'https://[::ffff:10.1.2.3]/v2/', 'direct'],
    ['CVE-2026-42038: loopback in short', 'https://127.1/v2/', 'direct'],
    ['a name that only ends alike', 'https://evilregistry.corp/v2/', 'proxy'],
    ['user info that looks like a host', 'https://registry.corp@evil.example/v2/', 'proxy'],
  ])('%s', (_, url, kind) => expect(proxyFor(url).kind).toBe(kind))
})

describe('threat 19: smol-toml', () => {
  it('is at least 1.9.1', () => {
    const { version } = packageLock.packages['node_modules/smol-toml']
    expect(version.localeCompare('1.9.1', 'en', { numeric: true })).toBeGreaterThanOrEqual(0)
  })

  it.each([
    'x = [ 1 # endless',
    'x = { a = 1 # endless',
    'x = [ # endless',
    'x = [ "a", # endless',
  ])('CVE-2026-85730: %j, a comment that no line end ends, is an error', (document) =>
    expect(attempt(() => parseConfig(document))).toBeInstanceOf(ConfigError),
  )

  it('GHSA-v3rj-xjv7-4jmq: 100,000 lines of comments overflow no stack', () => {
    expect(parseConfig('# comment\n'.repeat(100_000)).rules).toEqual([])
    const inArray = `x = [\n${'# comment\n'.repeat(100_000)}]`
    expect(attempt(() => parseConfig(inArray))).toBeInstanceOf(ConfigError)
  })
})

describe('threat 20: valibot', () => {
  it('is at least 1.5.0, also where a user has an older one', () => {
    expect(packageLock.packages[''].dependencies.valibot).toBe('^1.5.0')
  })

  it.each(['toString', 'valueOf', 'hasOwnProperty', '__proto__', 'constructor'])(
    'GHSA-5qjj-4xww-7phc: a rule named %s denies what it is for, and is nothing to others',
    (name) => {
      const document = `[registries.${JSON.stringify(name)}]\nca-certs = "none"\n`
      const resolver = createResolver(parseConfig(document))
      expect(resolver.resolve(`a.${name}/x`).tls.kind).toBe('deny-all')
      expect(resolver.resolve('ghcr.io/x').tls.kind).toBe('web-pki')
    },
  )
})

describe('threat 10: CVE-2026-9697, undici from 7.23 to 7.28', () => {
  it('is out of the range that the adapters ask for', () => {
    expect(packageLock.packages[''].peerDependencies.undici).toBe('^7.29.0')
  })
})
