import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkProxyUrl,
  describeProxyUrlFault,
  type ProxyServer,
  type ProxyUrlFault,
  parseProxyUrl,
  proxySchemeOf,
} from '../../../src/proxy/proxy-url.js'
import { expectProportion } from '../../support/proportion.js'

function server(value: string): ProxyServer {
  const parsed = parseProxyUrl(value)
  if (typeof parsed === 'string') throw new Error(`${parsed}: ${value}`)
  return parsed
}

/** The pair behind a `Basic` value. */
function pairOf({ authorization }: ProxyServer): string | undefined {
  const encoded = authorization?.reveal()
  if (encoded === undefined) return undefined
  expect(encoded).toMatch(/^Basic [\w+/]+=*$/)
  return Buffer.from(encoded.slice(6), 'base64').toString('utf8')
}

describe('parseProxyUrl', () => {
  it.each<[value: string, url: string, pair: string | undefined, reason: string]>([
    ['http://proxy.corp:3128', 'http://proxy.corp:3128', undefined, 'a URL'],
    [
      'HTTP://PROXY.corp:3128',
      'http://PROXY.corp:3128',
      undefined,
      'the scheme alone in lower case',
    ],
    ['https://proxy.corp:443', 'https://proxy.corp:443', undefined, 'a default port stays'],
    ['proxy.corp:3128', 'http://proxy.corp:3128', undefined, 'no scheme'],
    ['proxy.corp', 'http://proxy.corp', undefined, 'no scheme, no port'],
    ['proxy.corp:', 'http://proxy.corp:', undefined, 'an empty port'],
    ['proxy.corp.', 'http://proxy.corp.', undefined, 'a trailing dot'],
    ['proxy_1', 'http://proxy_1', undefined, 'an underscore'],
    ['proxy.corp:0', 'http://proxy.corp:0', undefined, 'port 0'],
    ['proxy.corp:65535', 'http://proxy.corp:65535', undefined, 'the largest port'],
    ['socks5h://proxy.corp', 'socks5h://proxy.corp', undefined, 'another scheme'],
    ['[::1]:3128', 'http://[::1]:3128', undefined, 'IPv6'],
    ['http://[::1]', 'http://[::1]', undefined, 'IPv6 without a port'],
    ['http://p.corp/a?b#c', 'http://p.corp/a?b#c', undefined, 'what follows is kept'],
    ['http://p.corp#', 'http://p.corp', undefined, 'save for an empty fragment'],
    ['http://p.corp/%7e', 'http://p.corp/%7e', undefined, 'with its escapes'],
    ['http://prüfung.example', 'http://pr%C3%BCfung.example', undefined, 'outside of ASCII'],
    ['http://user:pass@p.corp', 'http://p.corp', 'user:pass', 'user info'],
    ['user:pass@p.corp', 'http://p.corp', 'user:pass', 'user info, no scheme'],
    ['http://user@p.corp', 'http://p.corp', 'user:', 'no password'],
    ['http://user:@p.corp', 'http://p.corp', 'user:', 'an empty password'],
    ['http://:pass@p.corp', 'http://p.corp', ':pass', 'no user name'],
    ['http://@p.corp', 'http://p.corp', ':', 'empty user info, as Go sends it'],
    ['http://a:b:c@p.corp', 'http://p.corp', 'a:b:c', 'a colon in the password'],
    ['http://a:b@c@p.corp', 'http://p.corp', 'a:b@c', 'an @ in the password'],
    ['http://us%3aer:pa%2fss@p.corp', 'http://p.corp', 'us:er:pa/ss', 'escapes'],
    ['http://corp%5Cuser:%C3%A4@p.corp', 'http://p.corp', 'corp\\user:ä', 'escapes of UTF-8'],
    [
      "http://user:a+b&c=d,e;f!g$h*i'(j)@p.corp",
      'http://p.corp',
      "user:a+b&c=d,e;f!g$h*i'(j)",
      'sub-delimiters',
    ],
    ['mailto:a@p.corp', 'http://p.corp', 'mailto:a', 'no scheme: there is no //'],
  ])('%s gives %s, %j: %s', (value, url, pair) => {
    expect(checkProxyUrl(value)).toBeUndefined()
    expect(server(value).url).toBe(url)
    expect(pairOf(server(value))).toBe(pair)
    expect(Object.isFrozen(server(value))).toBe(true)
    expect(Object.keys(server(value))).toEqual(['url', 'authorization'])
  })

  it.each<[value: string, fault: ProxyUrlFault, reason: string]>([
    ['http://proxy.corp\r\n', 'control-character', 'a line end'],
    ['http://proxy.corp\0', 'control-character', 'NUL'],
    ['http://proxy.corp/\x7f', 'control-character', 'DEL'],
    ['//proxy.corp', 'invalid-scheme', 'a scheme is missing'],
    ['://proxy.corp', 'invalid-scheme', 'an empty scheme'],
    ['http//proxy.corp', 'invalid-scheme', 'a colon is missing'],
    ['http:/proxy.corp', 'invalid-scheme', 'a slash is missing'],
    ['ht_tp://proxy.corp', 'invalid-scheme', 'no scheme has an underscore'],
    ['1http://proxy.corp', 'invalid-scheme', 'or a digit first'],
    [' http://proxy.corp', 'invalid-scheme', 'or a space'],
    ['http://us er@p.corp', 'invalid-user-info', 'a space'],
    ['http://corp\\user@p.corp', 'invalid-user-info', 'a backslash'],
    ['http://üser@p.corp', 'invalid-user-info', 'not ASCII'],
    ['http://a%zz@p.corp', 'invalid-user-info', 'a broken escape'],
    ['http://a:%zz@p.corp', 'invalid-user-info', 'a broken escape in the password'],
    ['http://%ff@p.corp', 'invalid-user-info', 'escapes that are no UTF-8'],
    ['http://a:%C0%AF@p.corp', 'invalid-user-info', 'an overlong form'],
    ['http://a:%ED%A0%80@p.corp', 'invalid-user-info', 'a surrogate'],
    ['http://a:b%0d%0ax@p.corp', 'control-character', 'an escaped line end'],
    ['http://johndoe:a%2Fb%3Bc%0A@proxy.corp:8080', 'control-character', 'report proxy-09'],
    ['http://%00@p.corp', 'control-character', 'an escaped NUL'],
    ['http://a:%7F@p.corp', 'control-character', 'an escaped DEL'],
    ['http://a:b#c@p.corp', 'invalid-user-info', 'a password with a #'],
    ['http://a:b?c@p.corp', 'invalid-user-info', 'a password with a ?'],
    ['http://a:12/34@p.corp', 'invalid-user-info', 'a password with a /, which looks like a port'],
    ['a:12/34@p.corp', 'invalid-user-info', 'the same without a scheme'],
    ['http://', 'invalid-host', 'no host'],
    ['http://:3128', 'invalid-host', 'a port alone'],
    ['http://user@', 'invalid-host', 'user info alone'],
    ['file:///proxy', 'invalid-host', 'a path alone'],
    ['/proxy.corp', 'invalid-host', 'a path alone'],
    ['.', 'invalid-host', 'no label'],
    ['a..b', 'invalid-host', 'an empty label'],
    ['.corp', 'invalid-host', 'an empty label'],
    ['pro xy', 'invalid-host', 'a space'],
    ['"proxy.corp"', 'invalid-host', 'quotes'],
    ['proxy\\corp', 'invalid-host', 'a backslash'],
    ['http://%41proxy', 'invalid-host', 'an escape'],
    ['a,b', 'invalid-host', 'a list'],
    ['1.2.3.256', 'invalid-host', 'no IPv4 address'],
    ['http://[::1', 'invalid-host', 'a bracket is missing'],
    ['http://[]', 'invalid-host', 'nothing in the brackets'],
    ['http://[1.2.3.4]', 'invalid-host', 'IPv4 in brackets'],
    ['http://[fe80::1%25eth0]', 'invalid-host', 'a zone'],
    ['http://\ud800', 'invalid-host', 'a lone surrogate'],
    ['proxy.corp:65536', 'invalid-port', 'too large'],
    ['proxy.corp:80a', 'invalid-port', 'a letter'],
    ['proxy.corp:-1', 'invalid-port', 'a sign'],
    ['http://[::1]x', 'invalid-port', 'no colon'],
    ['2001:db8::9', 'invalid-port', 'IPv6 without brackets'],
    ['http:proxy.corp:3128', 'invalid-port', 'two ports, once the scheme is a host'],
    ['http://p.corp/a b', 'invalid-path', 'a space'],
    ['http://p.corp/%zz', 'invalid-path', 'a broken escape'],
    ['http://p.corp/%', 'invalid-path', 'an escape cut off'],
    ['http://p.corp/ä', 'invalid-path', 'not ASCII'],
    ['http://p.corp/#a#b', 'invalid-path', 'two fragments'],
  ])('%j: %s, %s', (value, fault) => {
    expect(parseProxyUrl(value)).toBe(fault)
    expect(checkProxyUrl(value)).toBe(fault)
    expect(describeProxyUrlFault(fault).message).toMatch(/^(has|isn't) /)
    expect(describeProxyUrlFault(fault).help).toMatch(/^(write|leave out) |^leave it out$/)
  })

  it('says of a control character that it may be percent-encoded', () => {
    expect(describeProxyUrlFault('control-character').message).toMatch(/line end.*%0A.*echo/)
  })

  it.each([
    ['p.corp:3128', 'http'],
    ['SOCKS5://p.corp', 'socks5'],
    ['htp://p.corp', 'htp'],
  ])('%s has the scheme %s', (value, scheme) => {
    expect(proxySchemeOf(value)).toBe(scheme)
  })

  it('the empty string means unset', () => {
    expect(checkProxyUrl('')).toBeUndefined()
  })

  it.each(['a', ':', '@', '/', '%', '%41', '.', '[', '://', '#', '\\', 'a.', 'ä', 'xn--a'])(
    'takes linear time for repeated %j',
    (unit) => {
      const run = (text: string) => {
        for (const value of [text, `http://${text}`, `http://${text}@p`, `http://p/${text}`]) {
          checkProxyUrl(value)
        }
      }
      expectProportion(run, unit.repeat(2 ** 12), unit.repeat(2 ** 15))
    },
  )
})

describe('what is accepted is read alike by the URL standard', () => {
  const value = fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string({ unit: fc.constantFrom(...'ab1:/@.[]%#? \\ü'), maxLength: 20 }),
    fc
      .tuple(
        fc.constantFrom('', 'http://', 'https://', 'socks5://', 'http:/', '//'),
        fc.string({ unit: fc.constantFrom(...'ab:@%4/#'), maxLength: 6 }),
        fc.constantFrom('', '@'),
        fc.constantFrom('p.corp', '10.0.0.9', '[::9]', '1.2.3', 'ü.x', ''),
        fc.constantFrom('', ':', ':3128', ':x', '/a', '#', '?@'),
      )
      .map((parts) => parts.join('')),
  )
  const agrees = (parse: typeof parseProxyUrl) =>
    fc.property(value, (text) => {
      const parsed = parse(text)
      if (typeof parsed === 'string') return
      const special = (url: string) => new URL(url.replace(/^[^:]*/, 'http'))
      const given = special(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`)
      const answer = special(parsed.url)
      expect(answer.host).toBe(given.host)
      expect([answer.username, answer.password]).toEqual(['', ''])
      const pair = `${decodeURIComponent(given.username)}:${decodeURIComponent(given.password)}`
      expect(pairOf(parsed) ?? ':').toBe(pair)
    })

  it('for any value', () => {
    fc.assert(agrees(parseProxyUrl), { numRuns: 5000 })
  })

  it.each<[mutant: string, (value: string) => string]>([
    ['takes the password for a path', (text) => text.replace(/[/#?]([^/@]*)@/, '/$1')],
    ['splits at the first @', (text) => text.replace(/@(?=.*@)/, '')],
    ['drops the user info', (text) => text.replace(/\/\/.*@/, '//')],
  ])('and a parser that %s is caught', (_, change) => {
    expect(() =>
      fc.assert(
        agrees((text) => parseProxyUrl(change(text))),
        { numRuns: 5000 },
      ),
    ).toThrow()
  })
})

it('shows nothing of the user info', () => {
  const shown = inspect(server('http://Zq7Kx9Wm2:Vb5Tn8Rc3@p.corp'), {
    depth: Infinity,
    showHidden: true,
  })
  expect(shown).not.toMatch(/Zq7Kx9Wm|Vb5Tn8Rc/)
})

it.each(['http://proxy.corp\u0085:3128', 'http://u\u009f:p@proxy.corp'])(
  '%j: control characters beyond ASCII are refused like the others',
  (value) => {
    expect(checkProxyUrl(value)).toBe('control-character')
  },
)

it('a password with an escaped control character beyond ASCII is refused', () => {
  expect(checkProxyUrl('http://u:%C2%85@proxy.corp')).toBe('control-character')
})
