import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HttpUrlFault, parseHttpUrl } from '../../../src/net/http-url.js'
import { expectProportion } from '../../support/proportion.js'

describe('parseHttpUrl', () => {
  it.each<[text: string, origin: string, href: string, reason: string]>([
    ['https://a.io', 'https://a.io', 'https://a.io/', 'a URL'],
    ['HTTPS://A.io./x?y#z', 'https://a.io', 'https://a.io/x?y', 'case, the last dot, the fragment'],
    ['http://a.io:80/', 'http://a.io', 'http://a.io/', 'the port of the scheme'],
    ['http://a.io:0443', 'http://a.io:443', 'http://a.io:443/', 'the port as a number'],
    ['https://a.io:/', 'https://a.io', 'https://a.io/', 'an empty port'],
    ['https://127.1/', 'https://127.0.0.1', 'https://127.0.0.1/', 'as it is dialled'],
    ['https://[::1]:5000/', 'https://[::1]:5000', 'https://[::1]:5000/', 'IPv6'],
    [
      'https://a.io/%4F?%zz',
      'https://a.io',
      'https://a.io/%4F?%zz',
      'a query, which Go leaves as it is',
    ],
    ['https://a_b.io/%2e%2e/x', 'https://a_b.io', 'https://a_b.io/x', 'the path in its form'],
  ])('%s has the origin %s: %s', (text, origin, href) => {
    expect(parseHttpUrl(text)).toMatchObject({ origin, href })
  })

  it.each<[text: string, fault: HttpUrlFault, reason: string]>([
    ['', 'not-a-url', 'nothing'],
    ['a.io', 'not-a-url', 'no scheme'],
    ['//a.io', 'not-a-url', 'the same'],
    ['https:a.io', 'not-a-url', 'no slashes'],
    ['https:/a.io', 'not-a-url', 'one slash'],
    ['https://a.io/ ', 'not-a-url', 'a blank'],
    ['https://a.io/\n', 'not-a-url', 'a line end'],
    ['https://a.io\\@b.io', 'not-a-url', 'a backslash'],
    ['https://ä.io', 'not-a-url', 'not ASCII'],
    // Go 1.26.10 refuses these.
    ['https://a.io/%', 'not-a-url', 'an escape without digits'],
    ['https://a.io/%4', 'not-a-url', 'with one'],
    ['https://a.io/%zz/x?y', 'not-a-url', 'with letters that are none'],
    ['ftp://a.io', 'invalid-scheme', 'another scheme'],
    ['ws://a.io', 'invalid-scheme', 'another scheme'],
    ['https://u@a.io', 'user-info', 'user info'],
    ['https://u:p@a.io', 'user-info', 'with a password'],
    ['https://@a.io', 'user-info', 'an empty one'],
    ['https://', 'invalid-host', 'no host'],
    ['https:///a.io', 'invalid-host', 'no host before the path'],
    ['https://a%2eio', 'invalid-host', 'an escape'],
    ['https://a!.io', 'invalid-host', 'punctuation'],
    ['https://a..io', 'invalid-host', 'an empty label'],
    ['https://.io', 'invalid-host', 'the same'],
    ['https://1.2.3.4.5', 'invalid-host', 'no address'],
    ['https://xn--a.io', 'invalid-host', 'a label that decodes to nothing'],
    ['https://a:1:2', 'invalid-host', 'a colon in the host'],
    ['https://[::1', 'invalid-host', 'half of the brackets'],
    [`https://${'a'.repeat(1025)}`, 'invalid-host', 'longer than any host'],
    ['https://a.io:0', 'invalid-port', 'port 0'],
    ['https://a.io:65536', 'invalid-port', 'too large'],
    ['https://a.io:99999999999999999999', 'invalid-port', 'far too large'],
    ['https://a.io:http', 'invalid-port', 'letters'],
    ['https://[::1]:x', 'invalid-port', 'behind brackets'],
  ])('%j is none: %s (%s)', (text, fault) => {
    expect(parseHttpUrl(text)).toBe(fault)
  })

  it('property: what is read is what the URL parser dials', () => {
    const text = fc
      .array(
        fc.constantFrom('https://', 'a', '.', 'B', '/', '?', '#', ':', '1', '@', '[', ']', '%2e'),
      )
      .map((parts) => parts.join(''))
    const holds = (parse: (text: string) => ReturnType<typeof parseHttpUrl>) =>
      fc.property(text, (given) => {
        const url = parse(given)
        if (typeof url === 'string') return
        const parsed = new URL(given)
        expect(url.host).toBe(parsed.hostname.replace(/\.$/, ''))
        expect(new URL(url.href).port).toBe(parsed.port)
        expect(new URL(url.href).pathname).toBe(parsed.pathname)
        expect(`${parsed.username}${parsed.password}`).toBe('')
      })
    fc.assert(holds(parseHttpUrl), { numRuns: 5000 })
    const careless = holds((given) => parseHttpUrl(given.replace('@', '')))
    const found = fc.check(careless, { numRuns: 5000, examples: [['https://a@B']] })
    expect(found.failed).toBe(true)
  })

  it.each(['https://xn--', 'https://a:', 'https://', 'https://a/', ':', 'https://[', 'https://u@'])(
    'threat 23: takes linear time for %j and what follows',
    (before) => {
      for (const unit of ['a', ':', '.', ']', '1']) {
        const text = (length: number) => `${before}${unit.repeat(length)}`
        expectProportion(parseHttpUrl, text(2 ** 13), text(2 ** 16))
      }
    },
  )
})
