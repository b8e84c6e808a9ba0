import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { parseImageReference } from '../../../src/image/index.js'
import { decodeDocument } from '../../../src/puller/document.js'
import { compileOutcomes } from '../../../src/puller/outcome.js'
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
