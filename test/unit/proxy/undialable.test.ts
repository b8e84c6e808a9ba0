import { describe, expect, it } from 'vitest'
import type { UndialableCode } from '../../../src/proxy/decision.js'
import { compile } from '../../support/proxy.js'

describe('a URL that nothing can dial', () => {
  it.each<[url: string, code: UndialableCode, reason: string]>([
    ['', 'not-a-url', 'nothing'],
    ['ghcr.io', 'not-a-url', 'no scheme'],
    ['//ghcr.io', 'not-a-url', 'the same'],
    ['/v2/', 'not-a-url', 'a path'],
    ['see https://a.io:65536/', 'not-a-url', 'a URL within a text'],
    ['https://', 'invalid-host', 'no host'],
    ['https://a b/', 'invalid-host', 'a blank'],
    ['https://1.2.3.4.5/', 'invalid-host', 'no address, and no name'],
    ['https://registry.1/', 'invalid-host', 'the same'],
    ['https://[fe80::1%25eth0]/', 'invalid-host', 'a zone'],
    ['https://[::1', 'invalid-host', 'half of the brackets'],
    ['https://xn--a.io/', 'invalid-host', 'a label that decodes to nothing'],
    ['https://a.io:port/', 'invalid-port', 'letters'],
    ['https://a.io:65536/', 'invalid-port', 'too large'],
    ['http://a.io:65536/', 'invalid-port', 'too large, by plain HTTP'],
    ['https://a.io:1x/', 'invalid-port', 'a digit and a letter'],
    ['https://a b:65535/', 'invalid-host', 'a blank, beside the largest port'],
    ['https://a b:443@c d/', 'invalid-host', 'a blank, and no port behind user info'],
    ['https://[::1]:99999/', 'invalid-port', 'behind brackets'],
    ['https://u:p@a.io:-1/', 'invalid-port', 'behind user info'],
  ])('%j: %s, %s', (url, code) => {
    for (const variables of [{}, { HTTPS_PROXY: 'p.corp' }]) {
      const decision = compile(variables)(url)
      expect(decision).toStrictEqual({ kind: 'undialable', code, message: expect.any(String) })
      expect(Object.isFrozen(decision)).toBe(true)
    }
  })

  it('shows nothing of the URL', () => {
    const decision = compile({})('https://hunter2:hunter2@a b/?hunter2')
    expect(JSON.stringify(decision)).not.toContain('hunter2')
  })
})
