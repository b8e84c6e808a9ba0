import { describe, expect, it } from 'vitest'
import { createResolver, parseConfig } from '../../../src/index.js'
import { differencesOf } from '../../../src/puller/differences.js'
import { type PullerOutcome, predictPuller } from '../../../src/puller/index.js'

const PLACE = { kind: 'image', index: 3, image: 'a.b/x' } as const
const resolutionOf = (toml: string, image: string) =>
  createResolver(parseConfig(toml)).resolve(image)
const outcomesOf = (toml: string, image: string) => predictPuller(toml).resolve(image).outcomes

/** What differs between what the first document means here, and the second one there. */
function codes(here: string, there: string, image = 'a.b/x'): readonly string[] {
  const found = differencesOf(resolutionOf(here, image), outcomesOf(there, image), PLACE)
  return found.map(({ code }) => code)
}

const rule = (keys = '') => `[registries."a.b."]\n${keys}\n`

const proxied = (scheme: string, noProxy = '') =>
  `[extra-env]\nHTTPS_PROXY = "${scheme}://u:p@proxy.corp"\nNO_PROXY = "${noProxy}"\n`

describe('the differences', () => {
  it.each([
    ['none', '', '', []],
    ['none of rules that are the same', rule('auth = "dTpw"'), rule('auth = "dTpw"'), []],
    ['another rule', rule(), '', ['puller-other-rule']],
    ['more trust', rule(), rule('insecure-skip-verify = true'), ['puller-trusts-more']],
    [
      'a proxy that is not verified',
      proxied('https') + rule('insecure-skip-verify = true'),
      proxied('https') + rule('insecure-skip-verify = true'),
      ['puller-trusts-more', 'puller-no-plain-http'],
    ],
    [
      'none in a proxy without TLS',
      proxied('http') + rule('insecure-skip-verify = true'),
      proxied('http') + rule('insecure-skip-verify = true'),
      ['puller-no-plain-http'],
    ],
    [
      'none in a proxy that NO_PROXY passes by',
      proxied('https', 'b') + rule('insecure-skip-verify = true'),
      proxied('https', 'b') + rule('insecure-skip-verify = true'),
      ['puller-no-plain-http'],
    ],
    [
      'none in a proxy under another trust',
      proxied('https') + rule(),
      proxied('https') + rule(),
      [],
    ],
    [
      'less trust, and no plain HTTP',
      rule('insecure-skip-verify = true'),
      rule(),
      ['puller-trusts-less', 'puller-no-plain-http'],
    ],
    ['credentials', rule(), rule('auth = "dTpw"'), ['puller-sends-credentials']],
    [
      'other credentials',
      rule('auth = "dTpw"'),
      rule('auth = "dTpx"'),
      ['puller-sends-credentials'],
    ],
    ['no credentials', rule('auth = "dTpw"'), rule(), ['puller-sends-no-credentials']],
    [
      'a mirror there',
      rule(),
      rule('mirror = "https://m"'),
      ['puller-mirror-requests', 'puller-other-endpoint'],
    ],
    ['a mirror here', rule('mirror = "https://m"'), rule(), ['puller-other-endpoint']],
    [
      'another mirror',
      rule('mirror = "https://m"'),
      rule('mirror = "https://n"'),
      ['puller-mirror-requests', 'puller-other-endpoint'],
    ],
    [
      'credentials for the mirror',
      rule('mirror = "https://m"\nauth = "dTpw"'),
      rule('mirror = "https://m"\nauth = "dTpw"'),
      ['puller-mirror-credentials', 'puller-mirror-requests'],
    ],
    [
      "the registry's own origin as a mirror, which may know them",
      rule('mirror = "https://a.b/m"\nauth = "dTpw"'),
      rule('mirror = "https://a.b/m"\nauth = "dTpw"'),
      ['puller-mirror-requests'],
    ],
    [
      'no credentials where no handshake may succeed',
      rule('ca-certs = "none"\nauth = "dTpw"'),
      rule('ca-certs = "none"\nauth = "dTpw"'),
      [],
    ],
    [
      'nor for a mirror by https',
      rule('ca-certs = "none"\nauth = "dTpw"\nmirror = "https://m"'),
      rule('ca-certs = "none"\nauth = "dTpw"\nmirror = "https://m"'),
      ['puller-mirror-requests'],
    ],
    [
      'but for one by plain HTTP',
      rule('ca-certs = "none"\nauth = "dTpw"'),
      rule('ca-certs = "none"\nauth = "dTpw"\nmirror = "http://m"'),
      [
        'puller-sends-credentials',
        'puller-mirror-credentials',
        'puller-mirror-requests',
        'puller-other-endpoint',
      ],
    ],
    [
      'and for one that parsers read in two ways',
      rule('ca-certs = "none"\nauth = "dTpw"'),
      rule('ca-certs = "none"\nauth = "dTpw"\nmirror = "::"'),
      ['puller-sends-credentials', 'puller-mirror-credentials', 'puller-other-endpoint'],
    ],
    ['a proxy', '', 'extra-env.HTTPS_PROXY = "http://p"', ['puller-other-proxy']],
    ['a value that is no proxy', '', 'extra-env.HTTPS_PROXY = "::"', ['puller-other-proxy']],
  ] satisfies [string, string, string, string[]][])('%s', (_, here, there, expected) => {
    expect(codes(here, there)).toEqual(expected)
  })

  it.each([
    ["another port of the registry's host", 'https://a.b', 'a.b:5000/x', true],
    ["the registry's own port", 'https://a.b:5000', 'a.b:5000/x', false],
    ["a port that the registry hasn't", 'https://a.b:5000', 'a.b/x', true],
    ['the port of https', 'https://a.b:443', 'a.b/x', false],
    ['the port of https, in the image', 'https://a.b', 'a.b:443/x', false],
    ["plain HTTP, which the registry isn't asked by", 'http://a.b', 'a.b/x', true],
  ])('name credentials that a mirror gets by its origin: %s', (_, mirror, image, isNamed) => {
    const there = `[registries."."]\nauth = "dTpw"\nmirror = "${mirror}"\n`
    const here = there.replace('http:', 'https:')
    expect(codes(here, there, image).includes('puller-mirror-credentials')).toBe(isNamed)
  })

  it.each([
    ['mirror = "https://m"\nmirror-fallback = true', 'mirror = "https://m"', true],
    ['mirror = "https://m"\nmirror-fallback = true', 'mirror = "https://n"', false],
    ['mirror = "https://m"', '', false],
    ['', 'mirror = "https://m"', false],
  ])('say that a mirror is asked alone: %j, and there %j', (here, there, isAlone) => {
    const outcomes = outcomesOf(rule(there), 'a.b/x')
    const found = differencesOf(resolutionOf(rule(here), 'a.b/x'), outcomes, PLACE)
    const { message = '' } = found.find(({ code }) => code === 'puller-other-endpoint') ?? {}
    const said = "Contrast's puller asks another endpoint than this library"
    expect(message).toBe(isAlone ? `${said}: the mirror alone, without mirror-fallback` : said)
  })

  it('are those of each rule that chance may pick, each once', () => {
    const both = '[registries."a.b."]\nauth = "dTpw"\n[registries.".b."]\nauth = "dTpw"\n'
    const found = differencesOf(resolutionOf(both, 'a.b/x'), outcomesOf(both, 'a.b/x'), PLACE)
    expect(found.map(({ code }) => code)).toEqual(['puller-left-to-chance', 'puller-other-rule'])
    for (const { message, place } of found) {
      expect(message).toMatch(/: "a\.b\." or "\.b\."$/)
      expect(place).toEqual(PLACE)
    }
  })

  it('have credentials by plain HTTP, whatever is trusted in TLS', () => {
    const denied = '[registries."a.localhost."]\nca-certs = "none"\nauth = "dTpw"'
    expect(codes(denied, denied, 'a.localhost/x')).toEqual([
      'puller-sends-credentials',
      'puller-plain-http',
    ])
  })

  it("say how to write an image whose registry has upper case, which isn't the rule's fault", () => {
    const keys = 'ca-certs = "none"'
    const found = differencesOf(
      resolutionOf(rule(keys), 'A.b:5000/x:1'),
      outcomesOf('[registries."."]\ninsecure-skip-verify = true', 'A.b:5000/x:1'),
      PLACE,
    )
    const near = differencesOf(
      resolutionOf(rule(keys), 'A.b/x:1'),
      outcomesOf('', 'A.b/x:1'),
      PLACE,
    )
    expect(near.map(({ code, help }) => [code, help])).toEqual([
      ['puller-other-rule', undefined],
      ['puller-trusts-more', 'write the image with its registry in lower case: a.b/x:1'],
    ])
    expect(near[0]?.message).toMatch(
      /: none; it takes upper case in the image's registry for another name than lower case$/,
    )
    expect(found.find(({ code }) => code === 'puller-trusts-more')?.help).toBe(
      'write the image with its registry in lower case: a.b:5000/x:1',
    )
  })

  it('name the proxy that is not verified, where nothing else is trusted more', () => {
    const here = proxied('https') + rule('insecure-skip-verify = true')
    const moreOf = (other: string) =>
      differencesOf(resolutionOf(other, 'a.b/x'), outcomesOf(here, 'a.b/x'), PLACE).find(
        ({ code }) => code === 'puller-trusts-more',
      )
    expect(moreOf(here)?.message).toMatch(
      /: the proxy's certificate isn't verified either, since the rule has insecure-skip-verify$/,
    )
    expect(moreOf(here)?.help).toContain('ca-certs')
    expect(moreOf(here)?.help).not.toContain('upper')
    expect(moreOf(proxied('https') + rule())?.message).toMatch(/than this library$/)
    expect(JSON.stringify(moreOf(here))).not.toContain('u:p')
  })

  it('name none where no rule is picked', () => {
    const [found] = differencesOf(resolutionOf(rule(), 'a.b/x'), outcomesOf('', 'a.b/x'), PLACE)
    expect(found?.message).toMatch(/: none$/)
  })

  it('are none where the puller does not start', () => {
    const outcomes: readonly PullerOutcome[] = []
    expect(differencesOf(resolutionOf('', 'a.b/x'), outcomes, undefined)).toEqual([])
  })
})
