import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asciiHost, endsInNumber, hostOfUrl } from '../../../src/net/host.js'
import {
  type IpAddress,
  type IpPrefix,
  isInPrefix,
  parseIpAddress,
  parseIpPrefix,
  unmapIpAddress,
} from '../../../src/net/ip-address.js'
import { type IpScope, scopeOf } from '../../../src/net/ip-scope.js'
import { parseUrl } from '../../../src/net/url.js'

function address(text: string): IpAddress {
  const parsed = parseIpAddress(text)
  if (parsed === undefined) throw new Error(`no address: ${text}`)
  return parsed
}

function prefix(text: string): IpPrefix {
  const parsed = parseIpPrefix(text)
  if (parsed === undefined) throw new Error(`no prefix: ${text}`)
  return parsed
}

const hex = (bytes: readonly number[]): string => Buffer.from(bytes).toString('hex')

/** Texts near the border between addresses and everything else. */
const nearAddress = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.string({ unit: fc.constantFrom(...'012569afF:.') }),
  fc
    .array(fc.constantFrom('::', ':', '0', '01', '1', 'ffff', '1.2.3.4', '256', 'g', '.', ' '))
    .map((parts) => parts.join('')),
  fc
    .tuple(
      fc.oneof(fc.ipV4(), fc.ipV6()),
      fc.nat(40),
      fc.constantFrom('', ':', '.', '0', '%a', 'x'),
    )
    .map(([text, at, extra]) => text.slice(0, at) + extra + text.slice(at)),
)

describe('parseIpAddress', () => {
  it.each<[text: string, bytes: string, reason: string]>([
    ['0.0.0.0', '00000000', 'all zeros'],
    ['192.0.2.1', 'c0000201', 'dotted decimal'],
    ['255.255.255.255', 'ffffffff', 'the largest'],
    ['::', '00000000000000000000000000000000', 'only zeros'],
    ['::1', '00000000000000000000000000000001', 'zeros first'],
    ['1::', '00010000000000000000000000000000', 'zeros last'],
    ['2001:db8::a:1', '20010db80000000000000000000a0001', 'zeros in the middle'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008', 'no zeros left out'],
    ['1:2:3:4:5:6:7::', '00010002000300040005000600070000', 'one group left out, at the end'],
    ['::2:3:4:5:6:7:8', '00000002000300040005000600070008', 'one group left out, at the start'],
    ['2001:DB8::', '20010db8000000000000000000000000', 'upper case'],
    ['0001::', '00010000000000000000000000000000', 'leading zeros of a group'],
    ['::192.0.2.1', '000000000000000000000000c0000201', 'IPv4 notation at the end'],
    ['1:2:3:4:5:6:192.0.2.1', '000100020003000400050006c0000201', 'IPv4 notation after six groups'],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201', 'mapped, kept as IPv6'],
  ])('reads %s as %s: %s', (text, bytes) => {
    expect(hex(address(text).bytes)).toBe(bytes)
  })

  it.each<[text: string, reason: string]>([
    ['', 'empty'],
    ['1.2.3', 'three numbers'],
    ['1.2.3.4.5', 'five numbers'],
    ['1.2.3.', 'an empty number'],
    ['.1.2.3', 'an empty number'],
    ['1..2.3', 'an empty number'],
    ['1.2.3.256', 'a number above 255'],
    ['1.2.3.4294967297', 'a number that overflows'],
    ['01.2.3.4', 'a leading zero: octal to some'],
    ['1.2.3.00', 'a leading zero'],
    ['0x1.2.3.4', 'hexadecimal'],
    ['1.2.3.+4', 'a sign'],
    ['1.2.3.4 ', 'white space'],
    ['１.2.3.4', 'a full width digit'],
    ['127.1', 'a short form'],
    ['2130706433', 'one number'],
    ['localhost', 'a name'],
    [':', 'one colon'],
    [':::', 'three colons'],
    ['::::', 'four colons'],
    ['1::2::3', 'two gaps'],
    [':1:2:3:4:5:6:7', 'a colon first'],
    ['1:2:3:4:5:6:7:', 'a colon last'],
    ['1:2:3:4:5:6:7', 'seven groups'],
    ['1:2:3:4:5:6:7:8:9', 'nine groups'],
    ['1:2:3:4:5:6:7:8::', 'a gap that stands for nothing'],
    ['1:2:3:4::5:6:7:8', 'a gap that stands for nothing'],
    ['::12345', 'five digits'],
    ['::00001', 'five digits'],
    ['::g', 'no hexadecimal digit'],
    ['fe80::1%eth0', 'a zone'],
    ['[::1]', 'brackets'],
    ['1.2.3.4::', 'IPv4 notation first'],
    ['1.2.3.4:80', 'a port'],
    ['::1.2.3.4:5', 'IPv4 notation before the end'],
    ['1:2:3:4:5:6:7:1.2.3.4', 'IPv4 notation with too little room'],
    ['1:2:3:4:5:1.2.3.4', 'IPv4 notation too early'],
    ['::1.2.3', 'broken IPv4 notation'],
    ['::ffff:01.2.3.4', 'a leading zero in IPv4 notation'],
  ])('refuses %s: %s', (text) => {
    expect(parseIpAddress(text)).toBeUndefined()
  })

  it('freezes what it gives', () => {
    expect(Object.isFrozen(address('::1'))).toBe(true)
    expect(Object.isFrozen(address('::1').bytes)).toBe(true)
  })

  describe('agrees with node:net, zones aside', () => {
    const agreesWithNode = (parse: typeof parseIpAddress) =>
      fc.property(nearAddress, (text) => {
        const bytes = { 0: undefined, 4: 4, 6: 16 }[text.includes('%') ? 0 : isIP(text)]
        expect(parse(text)?.bytes.length).toBe(bytes)
      })

    it('for any text', () => {
      fc.assert(agreesWithNode(parseIpAddress), { numRuns: 5000 })
    })

    it.each<[mutant: string, typeof parseIpAddress]>([
      ['takes leading zeros', (text) => parseIpAddress(text.replace(/\b0+(?=\d)/g, ''))],
      ['takes zones', (text) => parseIpAddress(text.replace(/%.*/, ''))],
      ['knows no IPv6', (text) => (text.includes(':') ? undefined : parseIpAddress(text))],
    ])('and a parser that %s is caught', (_, mutant) => {
      expect(() => fc.assert(agreesWithNode(mutant), { numRuns: 5000 })).toThrow()
    })
  })

  it('reads back the bytes that any notation was written from', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const groups = Array.from({ length: 8 }, (_, i) => hex([...bytes.slice(2 * i, 2 * i + 2)]))
        const ipv4 = [...bytes.slice(12)].join('.')
        expect([...address(groups.join(':')).bytes]).toEqual([...bytes])
        expect([...address(`${groups.slice(0, 6).join(':')}:${ipv4}`).bytes]).toEqual([...bytes])
        expect([...address(ipv4).bytes]).toEqual([...bytes.slice(12)])
        // The URL parser writes IPv6 in its shortest form (RFC 5952).
        const shortest = new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
        expect([...address(shortest).bytes]).toEqual([...bytes])
      }),
    )
  })

  it.each([':', '.', '0', '0.', ':0', '::', '1:', 'f'])(
    'takes linear time for repeated %j',
    (unit) => {
      const start = performance.now()
      expect(parseIpAddress(unit.repeat(1 << 20))).toBeUndefined()
      expect(performance.now() - start).toBeLessThan(500)
    },
  )
})

describe('parseIpPrefix and isInPrefix', () => {
  it.each<[prefix: string, inside: string, outside: string, reason: string]>([
    ['10.0.0.0/8', '10.255.255.255', '11.0.0.0', 'whole bytes'],
    ['172.16.0.0/12', '172.31.255.255', '172.32.0.0', 'half a byte'],
    ['10.1.2.3/31', '10.1.2.2', '10.1.2.4', 'bits of the address after the prefix have no meaning'],
    ['192.0.2.1/32', '192.0.2.1', '192.0.2.0', 'one address'],
    ['0.0.0.0/0', '255.255.255.255', '::', 'every IPv4 address and no IPv6 address'],
    ['::/0', 'ffff::', '1.2.3.4', 'every IPv6 address and no IPv4 address'],
    ['2001:db8::/32', '2001:db8:ffff::', '2001:db9::', 'IPv6'],
    ['2001:db8::/33', '2001:db8:7fff::', '2001:db8:8000::', 'IPv6, one bit'],
    ['10.0.0.0/08', '10.1.1.1', '11.1.1.1', 'Go takes leading zeros of the length'],
  ])('%s holds %s but not %s: %s', (text, inside, outside) => {
    expect(isInPrefix(address(inside), prefix(text))).toBe(true)
    expect(isInPrefix(address(outside), prefix(text))).toBe(false)
  })

  it.each<[text: string, reason: string]>([
    ['', 'empty'],
    ['10.0.0.0', 'no length'],
    ['10.0.0.0/', 'an empty length'],
    ['10.0.0.0/33', 'longer than IPv4'],
    ['::/129', 'longer than IPv6'],
    ['10.0.0.0/+8', 'a sign'],
    ['10.0.0.0/-8', 'a sign'],
    ['10.0.0.0/ 8', 'white space'],
    ['10.0.0.0/8/8', 'two lengths'],
    ['10.0.0.0/255.0.0.0', 'a mask'],
    ['10/8', 'a short form'],
    ['[::]/8', 'brackets'],
    ['/8', 'no address'],
    ['fe80::%eth0/10', 'a zone'],
    ['10.0.0.0/99999999999999999999', 'a number that overflows'],
  ])('refuses %s: %s', (text) => {
    expect(parseIpPrefix(text)).toBeUndefined()
  })

  const agreesWithBits = (contains: typeof isInPrefix) => {
    const bits = ({ bytes }: { bytes: readonly number[] }) =>
      [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
    const quad = fc.array(fc.constantFrom(0, 1, 127, 128, 255), { minLength: 4, maxLength: 4 })
    return fc.property(quad, quad, fc.nat(32), (a, b, length) => {
      const range = prefix(`${a.join('.')}/${length}`)
      const host = address(b.join('.'))
      expect(contains(host, range)).toBe(bits(host).startsWith(bits(range).slice(0, length)))
    })
  }

  it('compare the bits that the prefix has', () => {
    fc.assert(agreesWithBits(isInPrefix), { numRuns: 2000 })
  })

  it('and a comparison of whole bytes alone is caught', () => {
    const mutant: typeof isInPrefix = (host, { bytes, length }) =>
      isInPrefix(host, { bytes, length: length - (length % 8) })
    expect(() => fc.assert(agreesWithBits(mutant), { numRuns: 2000 })).toThrow()
  })
})

describe('unmapIpAddress', () => {
  it.each<[text: string, unmapped: string, reason: string]>([
    ['::ffff:192.0.2.1', '192.0.2.1', 'mapped'],
    ['::ffff:0:0', '0.0.0.0', 'mapped, hexadecimal'],
    ['192.0.2.1', '192.0.2.1', 'IPv4 already'],
    ['::fffe:192.0.2.1', '::fffe:192.0.2.1', 'another prefix'],
    ['::192.0.2.1', '::192.0.2.1', 'compatible, not mapped'],
    ['64:ff9b::192.0.2.1', '64:ff9b::192.0.2.1', 'NAT64, which Go takes for IPv6'],
  ])('%s is %s: %s', (text, unmapped) => {
    expect(unmapIpAddress(address(text))).toEqual(address(unmapped))
    expect(Object.isFrozen(unmapIpAddress(address(text)))).toBe(true)
  })
})

describe('scopeOf', () => {
  it.each<[text: string, scope: IpScope, reason: string]>([
    ['0.0.0.0', 'unspecified', 'this host: connects to loopback on Linux'],
    ['0.255.255.255', 'unspecified', 'this network'],
    ['1.0.0.0', 'public', 'next to it'],
    ['9.255.255.255', 'public', 'before 10/8'],
    ['10.0.0.0', 'private', 'RFC 1918'],
    ['11.0.0.0', 'public', 'after 10/8'],
    ['100.63.255.255', 'public', 'before 100.64/10'],
    ['100.64.0.0', 'private', 'RFC 6598'],
    ['100.127.255.255', 'private', 'the last of RFC 6598'],
    ['100.128.0.0', 'public', 'after 100.64/10'],
    ['126.255.255.255', 'public', 'before 127/8'],
    ['127.0.0.1', 'loopback', 'the usual one'],
    ['127.255.255.255', 'loopback', 'all of 127/8'],
    ['128.0.0.0', 'public', 'after 127/8'],
    ['169.253.255.255', 'public', 'before 169.254/16'],
    ['169.254.169.254', 'link-local', 'the metadata services of clouds'],
    ['169.255.0.0', 'public', 'after 169.254/16'],
    ['172.15.255.255', 'public', 'before 172.16/12'],
    ['172.16.0.0', 'private', 'RFC 1918'],
    ['172.31.255.255', 'private', 'the last of 172.16/12'],
    ['172.32.0.0', 'public', 'after 172.16/12'],
    ['192.0.0.8', 'reserved', 'IETF protocol assignments'],
    ['192.0.1.0', 'public', 'between the two'],
    ['192.0.2.1', 'reserved', 'documentation'],
    ['192.167.255.255', 'public', 'before 192.168/16'],
    ['192.168.0.1', 'private', 'RFC 1918'],
    ['192.169.0.0', 'public', 'after 192.168/16'],
    ['198.18.0.1', 'reserved', 'benchmarks'],
    ['198.51.100.1', 'reserved', 'documentation'],
    ['203.0.113.1', 'reserved', 'documentation'],
    ['223.255.255.255', 'public', 'before multicast'],
    ['224.0.0.1', 'reserved', 'multicast'],
    ['240.0.0.1', 'reserved', 'future use'],
    ['255.255.255.255', 'reserved', 'broadcast'],
    ['::', 'unspecified', 'this host'],
    ['::1', 'loopback', 'the only one'],
    ['::2', 'reserved', 'next to it'],
    ['::7f00:1', 'reserved', 'IPv4-compatible, which RFC 4291 deprecates'],
    ['::ffff:127.0.0.1', 'loopback', 'mapped'],
    ['::ffff:0.0.0.0', 'unspecified', 'mapped'],
    ['::ffff:10.0.0.1', 'private', 'mapped'],
    ['::ffff:169.254.169.254', 'link-local', 'mapped'],
    ['::ffff:8.8.8.8', 'public', 'mapped'],
    ['::ffff:0:127.0.0.1', 'loopback', 'translated'],
    ['64:ff9b::127.0.0.1', 'loopback', 'NAT64'],
    ['64:ff9b::169.254.169.254', 'link-local', 'NAT64'],
    ['64:ff9b::8.8.8.8', 'public', 'NAT64'],
    ['64:ff9b:1::8.8.8.8', 'private', "NAT64 of a network's own"],
    ['64:ff9c::127.0.0.1', 'reserved', 'a near miss of NAT64'],
    ['2002:7f00:1::', 'loopback', '6to4'],
    ['2002:a00:1::', 'private', '6to4'],
    ['2002:808:808::', 'public', '6to4'],
    ['2001::1', 'reserved', 'Teredo, inside the IETF protocol assignments'],
    ['2001:1ff:ffff::', 'reserved', 'the last of the IETF protocol assignments'],
    ['2001:200::', 'public', 'after them'],
    ['2001:db8::1', 'reserved', 'documentation'],
    ['2001:db9::1', 'public', 'after it'],
    ['2606:4700::1111', 'public', 'global unicast'],
    ['4000::', 'reserved', 'not assigned'],
    ['fbff::', 'reserved', 'before fc00::/7'],
    ['fc00::1', 'private', 'unique local'],
    ['fdff:ffff::', 'private', 'the last of fc00::/7'],
    ['fe7f::', 'reserved', 'before fe80::/10'],
    ['fe80::1', 'link-local', 'the usual one'],
    ['febf::1', 'link-local', 'the last of fe80::/10'],
    ['fec0::1', 'private', 'site-local'],
    ['ff02::1', 'reserved', 'multicast'],
  ])('%s is %s: %s', (text, scope) => {
    expect(scopeOf(address(text))).toBe(scope)
  })
})

describe('endsInNumber', () => {
  it.each<[host: string, answer: boolean, reason: string]>([
    ['1', true, 'one number'],
    ['1.', true, 'a trailing dot is passed over'],
    ['1..', false, 'but one only'],
    ['127.1', true, 'a short form of 127.0.0.1'],
    ['127.0.0.1', true, 'an IPv4 address'],
    ['registry.corp.1', true, 'refused by every URL parser'],
    ['registry.corp.09', true, 'digits, though not octal'],
    ['0x7f', true, 'hexadecimal'],
    ['0X7F.', true, 'hexadecimal, upper case'],
    ['0x', true, 'the parser reads it as 0'],
    ['a.0x', true, 'the same in the last label'],
    ['99999999999999999999999', true, 'too large, so refused'],
    ['', false, 'empty'],
    ['.', false, 'a dot alone'],
    ['1.a', false, 'a number in another label'],
    ['a1', false, 'a digit at the end of a name'],
    ['1a', false, 'a digit at the start of a name'],
    ['0xg', false, 'no hexadecimal digit'],
    ['x0', false, 'no prefix'],
    ['00x1', false, 'no prefix'],
    ['1.0x1-', false, 'a hyphen'],
    ['registry.corp', false, 'a domain name'],
  ])('%j: %s, %s', (host, answer) => {
    expect(endsInNumber(host)).toBe(answer)
  })

  const agreesWithUrl = (check: typeof endsInNumber) =>
    fc.property(fc.string({ unit: fc.constantFrom(...'0189afx-.'), minLength: 1 }), (host) => {
      const parsed = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
      const dialledAsName = parsed !== '' && isIP(parsed) === 0
      if (check(host)) expect(dialledAsName).toBe(false)
      else if (parsed !== '') expect(dialledAsName).toBe(true)
    })

  it('agrees with the URL parser', () => {
    fc.assert(agreesWithUrl(endsInNumber), { numRuns: 5000 })
  })

  it.each<[mutant: string, typeof endsInNumber]>([
    ['decimal numbers', (host) => /(^|\.)\d+\.?$/.test(host)],
    ['names without a trailing dot', (host) => !host.endsWith('.') && endsInNumber(host)],
    ['last characters', (host) => /\d$/.test(host)],
  ])('and a check of %s alone is caught', (_, mutant) => {
    expect(() => fc.assert(agreesWithUrl(mutant), { numRuns: 5000 })).toThrow()
  })
})

describe('hostOfUrl', () => {
  it.each<[url: string, host: string, reason: string]>([
    ['https://registry.corp:5000/v2/', 'registry.corp', 'a name'],
    ['https://REGISTRY.corp', 'registry.corp', 'lower case'],
    ['https://registry.corp.', 'registry.corp', 'the trailing dot is dropped'],
    ['https://registry.corp..', 'registry.corp.', 'one trailing dot is'],
    ['https://.', '', 'the root alone'],
    ['https://127.1', '127.0.0.1', 'a short form'],
    ['https://127.0.0.1.', '127.0.0.1', 'an address with a dot'],
    ['https://0x7f.1', '127.0.0.1', 'hexadecimal'],
    ['https://１２７.0.0.1', '127.0.0.1', 'full width digits'],
    ['https://[::FFFF:127.0.0.1]', '::ffff:7f00:1', 'no brackets'],
    ['https://registry。corp', 'registry.corp', 'an ideographic full stop'],
    ['https://BÜCHER.example', 'xn--bcher-kva.example', 'IDNA'],
    ['https://a@registry.corp', 'registry.corp', 'no user info'],
    ['https:\\\\registry.corp\\x', 'registry.corp', 'backslashes are slashes'],
    ['https://reg%69stry.corp', 'registry.corp', 'escapes'],
  ])('of %s is %j: %s', (url, host) => {
    expect(hostOfUrl(new URL(url))).toBe(host)
  })
})

describe('asciiHost', () => {
  it.each<[name: string, host: string | undefined, reason: string]>([
    ['bücher.example', 'xn--bcher-kva.example', 'IDNA'],
    ['BÜCHER.example.', 'xn--bcher-kva.example.', 'the trailing dot stays'],
    ['βόλοσ.gr', 'xn--nxasmq6b.gr', 'a sigma in the middle form'],
    ['ΒΌΛΟΣ.gr', 'xn--nxasmq6b.gr', 'capitals become that form, whatever the place'],
    ['\u200bregistry.corp', 'registry.corp', 'what IDNA ignores'],
    ['my_registry.corp', 'my_registry.corp', 'an underscore'],
    ['１０.0.0.1', '10.0.0.1', 'full width digits'],
    ['bücher.example/x', undefined, 'a path'],
    ['bücher.example:443', undefined, 'a port'],
    ['a@bücher.example', undefined, 'user info'],
    ['bücher.example?x', undefined, 'a query'],
    ['b%C3%BCcher.example', undefined, 'escapes'],
    ['bücher example', undefined, 'a space'],
    ['bücher／x', undefined, 'a full width slash'],
    ['bücher＠x', undefined, 'a full width at sign'],
    ['\ud800', undefined, 'a lone surrogate'],
    ['\u00ad', undefined, 'nothing once IDNA is done'],
    ['1.2.3.256', undefined, 'ends in a number and is no address'],
    ['', undefined, 'empty'],
  ])('of %j is %j: %s', (name, host) => {
    expect(asciiHost(name)).toBe(host)
  })
})

it('parseUrl leaves long hosts beyond ASCII to nobody', () => {
  const host = Array.from({ length: 16_000 }, (_, i) => String.fromCharCode(0x4e00 + i)).join('')
  const start = performance.now()
  expect(parseUrl(`https://${host}/`)).toBeUndefined()
  expect(performance.now() - start).toBeLessThan(50)
  expect(parseUrl(`https://bücher.example/${'a'.repeat(4000)}`)).toBeDefined()
  expect(parseUrl(`https://registry.corp/${'a'.repeat(100_000)}`)).toBeDefined()
})

it('parseUrl gives undefined for what is no URL', () => {
  expect(parseUrl('registry.corp')).toBeUndefined()
  expect(parseUrl('https://registry.corp')?.hostname).toBe('registry.corp')
})
