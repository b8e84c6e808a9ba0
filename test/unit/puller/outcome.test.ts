import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { parseImageReference } from '../../../src/image/index.js'
import { decodeDocument } from '../../../src/puller/document.js'
import { compileOutcomes, type PullerOutcome } from '../../../src/puller/outcome.js'
import { releaseOf } from '../../../src/puller/version.js'

/** What the rule named `a` does for an image, or none does. */
function outcomeOf(toml: string, image = 'r.corp/x', name: string | undefined = 'a') {
  const document = decodeDocument(parse(toml))
  const release = releaseOf('1.26')
  if ('expected' in document || release === undefined) throw new Error('expected a document')
  return compileOutcomes(
    document,
    release,
    (shown) => `<${shown}>`,
  )(parseImageReference(image), name === '' ? undefined : name)
}

const proxyOf = (toml: string, image?: string): PullerOutcome['proxy'] =>
  outcomeOf(toml, image, '').proxy

describe('what the puller does under a rule', () => {
  it('names the rule as it is to be shown', () => {
    expect(outcomeOf('[registries.a]').rule).toBe('<a>')
    expect(outcomeOf('[registries.a]', 'r.corp/x', '').rule).toBeUndefined()
  })

  it('without one, trusts the web PKI and sends nothing', () => {
    expect(outcomeOf('', 'r.corp/x', '')).toMatchObject({
      tls: { kind: 'web-pki' },
      credentials: { kind: 'anonymous' },
      endpoint: { kind: 'registry' },
      schemes: ['https'],
    })
  })

  it.each([
    ['', 'web-pki'],
    ['ca-certs = ""', 'web-pki'],
    ['ca-certs = " "', 'deny-all'],
    ['insecure-skip-verify = true\nca-certs = "none"', 'skip-verify'],
    ['insecure-skip-verify = false', 'web-pki'],
  ])('%j: trust is %s', (keys, kind) => {
    expect(outcomeOf(`[registries.a]\n${keys}`).tls.kind).toBe(kind)
  })

  it.each([
    ['registrytoken = "r"\nidentitytoken = "i"\nauth = "dTpw"', 'registry-token'],
    ['identitytoken = "i"\nusername = "u"\npassword = "p"', 'identity-token'],
    ['username = "u"\npassword = "p"\nauth = "x"', 'basic'],
    ['username = "u"', 'anonymous'],
    ['auth = ""', 'anonymous'],
  ])('%j: credentials are %s', (keys, kind) => {
    expect(outcomeOf(`[registries.a]\n${keys}`).credentials.kind).toBe(kind)
  })

  it('prefers the user name and the password to auth', () => {
    const { credentials } = outcomeOf('registries.a = {username = "u",password = "p",auth = "x"}')
    expect(credentials.kind === 'basic' && credentials.encoded.reveal()).toBe('dTpw')
  })

  it('sends what has a line end as it is', () => {
    const { credentials } = outcomeOf('[registries.a]\nauth = "dTpwCg=="')
    expect(credentials.kind === 'basic' && credentials.encoded.reveal()).toBe('dTpwCg==')
  })

  it.each([
    ['', 'registry'],
    ['https://m.corp', 'mirror'],
    ['http://m.corp/v', 'mirror'],
    ['m.corp', 'unclear-mirror'],
    ['ftp://m.corp', 'unclear-mirror'],
    // Go 1.26.10 reads none of these as the URL standard does, or asks for another path.
    ['https://m.corp/%zz', 'unclear-mirror'],
    ['https://m.corp//v', 'unclear-mirror'],
    ['https://m.corp/a%2Fb', 'unclear-mirror'],
    ['https://m.corp/a//../b', 'unclear-mirror'],
    ['https://127.1/v', 'unclear-mirror'],
    ['https://10.0.0.1.', 'unclear-mirror'],
    ['https://010.0.0.1:5000', 'unclear-mirror'],
    ['https://10.0.0.1:5000/v', 'mirror'],
    ['https://[::1]:5000/%2e%2e/v', 'mirror'],
    ['https://m.corp//', 'mirror'],
  ])('the mirror %j: asks %s', (mirror, kind) => {
    expect(outcomeOf(`[registries.a]\nmirror = "${mirror}"`).endpoint.kind).toBe(kind)
  })

  it('tells the mirror whose content is meant, and never falls back', () => {
    const { endpoint } = outcomeOf('[registries.a]\nmirror = "https://m.corp"', 'nginx')
    expect(endpoint).toMatchObject({ namespace: 'docker.io', fallback: false })
  })
})

describe('the way of the puller', () => {
  it.each([
    ['', 'direct'],
    ['HTTPS_PROXY = "http://p"', 'proxy'],
    ['HTTPS_PROXY = ""', 'direct'],
    ['HTTP_PROXY = "http://p"', 'direct'],
    ['https_proxy = "http://p"', 'direct'],
    ['HTTPS_PROXY = "http://p"\nNO_PROXY = ".corp"', 'direct'],
    ['HTTPS_PROXY = "::"', 'unclear'],
  ])('%j: %s', (keys, kind) => expect(proxyOf(`[extra-env]\n${keys}`).kind).toBe(kind))

  it.each([
    ['a.corp/x', 'direct'],
    ['A.corp/x', 'direct'],
    ['a.corp:5000/x', 'direct'],
    ['a.corp./x', 'unclear'],
    ['a.corp.:5000/x', 'unclear'],
    ['b.io./x', 'proxy'],
    ['127.0.0.1/x', 'direct'],
    ['[::1]/x', 'direct'],
    ['127.1/x', 'unclear'],
    ['1.2.3.4.5/x', 'undialable'],
  ])('past a proxy is certain only where httpproxy reads the host alike: %s: %s', (image, kind) => {
    const toml = '[extra-env]\nHTTPS_PROXY = "http://p"\nNO_PROXY = "a.corp"'
    expect(proxyOf(toml, image).kind).toBe(kind)
    expect(proxyOf('', image).kind).toBe(kind === 'undialable' ? kind : 'direct')
  })

  it.each([
    ['m.corp', 'direct'],
    ['M.corp:443/v', 'direct'],
    ['m.corp.', 'unclear'],
    ['m.corp.:5000/v', 'unclear'],
    ['localhost.', 'unclear'],
    ['n.io.', 'proxy'],
  ])('to a mirror is certain by the same rule: %s: %s', (mirror, kind) => {
    const rule = `[registries.a]\nmirror = "https://${mirror}"`
    const proxies = '[extra-env]\nHTTPS_PROXY = "http://p"\nNO_PROXY = "m.corp"'
    expect(outcomeOf(`${proxies}\n${rule}`).proxy.kind).toBe(kind)
    expect(outcomeOf(rule).proxy.kind).toBe('direct')
  })

  it("is that of the mirror's URL, where there is one", () => {
    const toml = '[extra-env]\nHTTP_PROXY = "http://p"\n[registries.a]\nmirror = "http://m.corp"'
    expect(outcomeOf(toml).proxy.kind).toBe('proxy')
    expect(outcomeOf(toml.replace('http://m.corp', 'm.corp')).proxy.kind).toBe('unclear')
  })
})
