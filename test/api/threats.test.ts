import {
  ConfigError,
  createResolver,
  ImageReferenceError,
  parseConfig,
  parseImageReference,
} from 'imagepuller-auth'
import { describe, expect, it } from 'vitest'
import packageLock from '../../package-lock.json' with { type: 'json' }
import { expectProportion } from '../support/proportion.js'

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

describe('hostile input', () => {
  // What grows faster than its input shows in half a mebibyte already.
  const MOST = 512 * 1024
  const fill = (unit: string, size: number) => unit.repeat(Math.floor((size - 200) / unit.length))
  const numbered = (make: (i: number) => string, size: number) => {
    let text = ''
    for (let i = 0; text.length < size - 200; i++) text += make(i)
    return text
  }
  const documents: readonly (readonly [string, (size: number) => string])[] = [
    [
      'BEGIN spam',
      (n) => `[registries.a]\nca-certs = '''\n${fill('-----BEGIN CERTIFICATE-----\n', n)}'''`,
    ],
    [
      'END spam',
      (n) => `[registries.a]\nca-certs = '''\n${fill('-----END CERTIFICATE-----\n', n)}'''`,
    ],
    ['tables', (n) => numbered((i) => `[a${i}]\n`, n)],
    ['rules', (n) => numbered((i) => `[registries.a${i}]\n`, n)],
    ['rules that mean the same', (n) => numbered((i) => `[registries."${spelling(i)}"]\n`, n)],
    ['dotted keys', (n) => `${fill('a.', n)}a = 1`],
    ['a header of many parts', (n) => `[${fill('a.', n)}a]`],
    ['one string', (n) => `x = "${fill('a', n)}"`],
    ['one key', (n) => `"${fill('a', n)}" = 1`],
    ['comments', (n) => fill('#\n', n)],
    ['an inline table', (n) => `registries = { ${numbered((i) => `a${i} = {}, `, n)} b = {} }`],
    ['an array', (n) => `x = [${fill('1,', n)}]`],
    ['nesting', (n) => `x = ${fill('[', n)}`],
    ['wrong keys in one rule', (n) => `[registries.a]\n${numbered((i) => `k${i} = 1\n`, n)}`],
    [
      'wrong keys below a long name',
      (n) => `[registries."${fill('a', n / 2)}"]\n${numbered((i) => `k${i} = 1\n`, n / 2)}`,
    ],
    [
      'wrong keys below a name with user info',
      (n) => `[registries."@${fill('a', n / 2)}"]\n${numbered((i) => `k${i} = 1\n`, n / 2)}`,
    ],
    ['a proxy beyond ASCII', (n) => `[extra-env]\nHTTPS_PROXY = "http://${ideographs(n / 3)}"`],
    ['an entry of NO_PROXY beyond ASCII', (n) => `[extra-env]\nNO_PROXY = "${ideographs(n / 3)}."`],
    ['near misses', (n) => `[registries.a]\n${numbered((i) => `passwor${i} = 1\n`, n)}`],
    ['an entry of NO_PROXY', (n) => `[extra-env]\nNO_PROXY = "${fill('a.,', n)}"`],
    ['a proxy', (n) => `[extra-env]\nHTTPS_PROXY = "http://${fill('%41', n)}@h"`],
    ['auth', (n) => `[registries.a]\nauth = "${fill('AAAA', n)}"`],
  ]
  // `a.io` in all its spellings; every one but the first is an error.
  const spelling = (i: number) =>
    [...'abcdefghijklmnopqrst'].map((c, bit) => ((i >> bit) & 1 ? c.toUpperCase() : c)).join('')

  // Punycode costs the length times the number of different characters.
  const ideographs = (length: number) =>
    Array.from({ length: length - 200 }, (_, i) => String.fromCharCode(0x4e00 + (i % 20_000))).join(
      '',
    )

  it.each(documents)('%s, more and more of it, ends in proportion to its length', (_, make) => {
    const [small, large] = [make(MOST / 8), make(MOST)]
    const read = (text: string) => {
      const result = attempt(() => parseConfig(text))
      if (result instanceof Error) expect(result).toBeInstanceOf(ConfigError)
    }
    expectProportion(read, small, large)
  })

  const references = ['a', 'a/', 'a.', '.', ':', '@', 'A', '-', '1.', '[', 'é', 'a__']
  it.each(references)('image references of %j end, in proportion to their length', (unit) => {
    const textOf = (size: number) => unit.repeat(size / unit.length)
    const read = (text: string) =>
      expect(attempt(() => parseImageReference(text))).toBeInstanceOf(ImageReferenceError)
    expectProportion(read, textOf(2 ** 16), textOf(2 ** 19))
  })

  it('a quadratic program is found out', () => {
    const quadratic = (size: number) => {
      let text = ''
      for (let i = 0; i < size; i++) text = `${text.slice(1)}${i}`.split('').join('')
      return text
    }
    expect(() => expectProportion(quadratic, 400, 3200)).toThrow()
  })
})
