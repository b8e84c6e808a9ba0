import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type IpAddress,
  type IpPrefix,
  isInPrefix,
  parseIpAddress,
  parseIpPrefix,
  unmapIpAddress,
} from '../../../src/net/ip-address.js'
import { expectProportion } from '../../support/proportion.js'

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
      expect(() =>
        fc.assert(agreesWithNode(mutant), { numRuns: 5000, endOnFailure: true }),
      ).toThrow()
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
      expect(parseIpAddress(unit.repeat(1 << 20))).toBeUndefined()
      expectProportion(parseIpAddress, unit.repeat(1 << 15), unit.repeat(1 << 18))
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
    expect(() => fc.assert(agreesWithBits(mutant), { numRuns: 2000, endOnFailure: true })).toThrow()
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
