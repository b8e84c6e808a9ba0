// Threat 23: `new URL` is quadratic in an encoded label on Node 20 and 22, so no long host reaches it.
import {
  answerChallenge,
  ConfigError,
  createResolver,
  decideDestination,
  parseChallenges,
  parseConfig,
  parseImageReference,
  requestUrls,
} from 'imagepuller-auth'
import { compileProxy } from 'imagepuller-auth/proxy'
import { describe, expect, it } from 'vitest'
import { expectProportion } from '../support/proportion.js'

const resolver = createResolver(parseConfig(''))
const resolution = resolver.resolve('ghcr.io/acme/app')
const proxyFor = compileProxy({ httpsProxy: 'proxy.corp:3128', noProxy: 'corp' })
const url = 'https://ghcr.io/v2/'

/** An encoded label, and encoded labels, of so many characters. */
const HOSTS: readonly (readonly [name: string, host: (length: number) => string])[] = [
  ['one label', (length) => `xn--${'a'.repeat(length)}`],
  ['many labels', (length) => 'xn--a.'.repeat(length / 6).concat('io')],
]

/** Whatever an error of the library says, it is said in time. */
function attempt(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}

const CALLS: readonly (readonly [name: string, call: (host: string) => unknown])[] = [
  ['parseImageReference', (host) => parseImageReference(`${host}.io/app`)],
  ['resolve with an empty configuration', (host) => resolver.resolve(`${host}.io/app`)],
  ['resolve with a port', (host) => resolver.resolve(`${host}.io:5000/app`)],
  ['proxyFor', (host) => resolver.proxyFor(`https://${host}/`)],
  ['routeTo', (host) => resolver.routeTo(resolution, `https://${host}/`)],
  ['compileProxy, the URL', (host) => proxyFor(`https://${host}/`)],
  ['compileProxy, the proxy', (host) => compileProxy({ httpsProxy: `http://${host}:3128` })],
  ['compileProxy, an entry', (host) => compileProxy({ httpsProxy: 'p', noProxy: `ü.${host}` })],
  ['createResolver', (host) => createResolver(parseConfig(''), { env: { HTTPS_PROXY: host } })],
  ['requestUrls', (host) => requestUrls(resolution, `/v2/${host}`)],
  [
    'decideDestination, as registry',
    (host) => decideDestination(resolution, `https://${host}/`, 'registry'),
  ],
  [
    'decideDestination, as realm',
    (host) => decideDestination(resolution, `https://${host}/`, 'realm'),
  ],
  [
    'answerChallenge, the realm',
    (host) =>
      answerChallenge(resolution, parseChallenges(`Bearer realm="https://${host}/"`), { url }),
  ],
  [
    'answerChallenge, the URL',
    (host) =>
      answerChallenge(resolution, parseChallenges('Basic realm=""'), { url: `https://${host}/` }),
  ],
  [
    'parseConfig, a mirror',
    (host) => parseConfig(`[registries."a.io."]\nmirror = "https://${host}"`),
  ],
  ['parseConfig, a proxy', (host) => parseConfig(`[extra-env]\nHTTPS_PROXY = "http://${host}"`)],
  ['parseConfig, NO_PROXY', (host) => parseConfig(`[extra-env]\nNO_PROXY = "ü.${host}"`)],
  ['parseConfig, a name', (host) => parseConfig(`[registries."${host}."]`)],
]

describe.each(HOSTS)('threat 23: %s of half a megabyte', (_, host) => {
  it.each(CALLS)('takes linear time in %s', (_name, call) => {
    const run = (text: string) => void attempt(() => call(text))
    expectProportion(run, host(2 ** 16), host(2 ** 19))
  })
})

describe('a host that is too long', () => {
  const host = `xn--${'a'.repeat(2 ** 20)}`

  it('is an answer where a server sends it, and an error where a user writes it', () => {
    expect(resolver.proxyFor(`https://${host}/`)).toMatchObject({ code: 'invalid-host' })
    const realm = decideDestination(resolution, `https://${host}/`, 'realm')
    expect(realm).toMatchObject({ kind: 'refused', code: 'invalid-host' })
    const mirror = `[registries."a.io."]\nmirror = "https://${host}"`
    expect(attempt(() => parseConfig(mirror, { maxBytes: 2 ** 21 }))).toBeInstanceOf(ConfigError)
  })
})
