import { afterEach, describe, expect, it } from 'vitest'
import { describeProxy } from '../../../../src/cli/render/proxy.js'
import { Secret } from '../../../../src/secret.js'

const BY = { kind: 'proxy', code: 'https-proxy', url: 'http://proxy.corp:3128' } as const
const PLAIN = 'http://proxy.corp:3128 (https-proxy)'
const KNOWN = 'http://proxy.corp:3128 (https-proxy, with credentials)'

describe('a proxy in words', () => {
  afterEach(() => {
    Reflect.deleteProperty(Object.prototype, 'authenticated')
    Reflect.deleteProperty(Object.prototype, 'authorization')
  })

  it.each([
    [{ ...BY, authorization: undefined }, PLAIN],
    [{ ...BY, authorization: new Secret('Basic dTpw') }, KNOWN],
    [{ ...BY, authenticated: false }, PLAIN],
    [{ ...BY, authenticated: true }, KNOWN],
    [{ kind: 'direct', code: 'loopback' } as const, 'direct (loopback)'],
    [{ kind: 'direct', code: 'no-proxy', entry: '.corp' } as const, 'direct (no-proxy ".corp")'],
    [
      { kind: 'undialable', code: 'invalid-host', message: 'a sentence' } as const,
      'none (invalid-host: a sentence)',
    ],
  ])('%j is %s, whatever the prototype', (proxy, words) => {
    expect(describeProxy(proxy)).toBe(words)
    for (const name of ['authenticated', 'authorization']) {
      Object.defineProperty(Object.prototype, name, { value: true, configurable: true })
    }
    expect(describeProxy(proxy)).toBe(words)
  })
})
