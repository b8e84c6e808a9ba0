import { BlockList } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIpAddress, unmapIpAddress } from '../../../src/net/ip-address.js'
import { compileNoProxy } from '../../../src/proxy/no-proxy.js'

type Find = (list: string, host: string, port: string) => string | undefined

const find: Find = (list, host, port) => {
  const address = parseIpAddress(host)
  return compileNoProxy(list)(host, address && unmapIpAddress(address), port)
}

describe('compileNoProxy', () => {
  it.each<[list: string, host: string, port: string, entry: string | undefined, reason: string]>([
    ['', 'registry.corp', '443', undefined, 'no entry'],
    [' , ,', 'registry.corp', '443', undefined, 'empty entries'],
    ['registry.corp', 'registry.corp', '443', 'registry.corp', 'the name itself'],
    ['registry.corp', 'a.b.registry.corp', '443', 'registry.corp', 'below it'],
    ['registry.corp', 'evilregistry.corp', '443', undefined, 'not at a label boundary'],
    ['registry.corp', 'registry.corp.evil', '443', undefined, 'not at the end'],
    ['registry.corp', 'corp', '443', undefined, 'above it'],
    ['.registry.corp', 'a.registry.corp', '443', '.registry.corp', 'below it'],
    ['.registry.corp', 'registry.corp', '443', undefined, 'not the name itself'],
    ['*.registry.corp', 'a.registry.corp', '443', '*.registry.corp', 'a star for the first label'],
    ['*.registry.corp', 'registry.corp', '443', undefined, 'not the name itself'],
    ['*.*.corp', 'a.b.corp', '443', undefined, 'one star only'],
    ['a.*.corp', 'a.b.corp', '443', undefined, 'and in front'],
    ['..corp', 'a.corp', '443', undefined, 'an empty label is a label'],
    ['..corp', 'a..corp', '443', '..corp', 'which a URL may have'],
    ['*', 'registry.corp', '443', '*', 'everything'],
    ['*', '10.0.0.1', '443', '*', 'every IPv4 address'],
    ['*', '2001:db8::1', '443', '*', 'every IPv6 address'],
    ['*', '', '443', '*', 'even the root'],
    ['*:443', 'registry.corp', '443', undefined, 'with a port, a star is a name'],
    ['*.', 'registry.corp', '443', undefined, 'or with a dot'],
    ['\ufeff*', 'registry.corp', '443', undefined, 'a byte order mark is no white space'],
    ['\u0085*\u3000', 'registry.corp', '443', '*', 'but this is'],
    [' Registry.CORP ', 'registry.corp', '443', 'Registry.CORP', 'case and white space'],
    ['a,registry.corp', 'registry.corp', '443', 'registry.corp', 'the second entry'],
    ['a registry.corp', 'registry.corp', '443', undefined, 'white space separates nothing'],
    ['corp,registry.corp', 'registry.corp', '443', 'corp', 'the first that covers'],
    ['registry.corp,corp', 'registry.corp', '443', 'registry.corp', 'the first that covers'],
    ['*,corp', 'registry.corp', '443', '*', 'the first that covers'],
    ['corp,*', 'registry.corp', '443', 'corp', 'the first that covers'],
    ['CORP,corp', 'registry.corp', '443', 'CORP', 'the first of equals'],
    ['.corp,corp', 'corp', '443', 'corp', 'the first that covers, not the first of the name'],
    ['corp:80,.corp:443,corp', 'a.corp', '443', '.corp:443', 'the first with this port or none'],
    ['corp:80,corp,corp:443', 'a.corp', '443', 'corp', 'the first with this port or none'],
    ['registry.corp:443', 'registry.corp', '443', 'registry.corp:443', 'the port'],
    ['registry.corp:443', 'registry.corp', '80', undefined, 'another port'],
    ['registry.corp:', 'registry.corp', '80', 'registry.corp:', 'an empty port is any'],
    ['registry.corp:0443', 'registry.corp', '443', undefined, 'ports are compared as text'],
    ['registry.corp:443:80', 'registry.corp', '80', undefined, 'two ports'],
    [':443', 'registry.corp', '443', undefined, 'no host'],
    ['[]:443', 'registry.corp', '443', undefined, 'no host'],
    ['[registry.corp]:443', 'registry.corp', '443', '[registry.corp]:443', 'Go drops any brackets'],
    ['registry.corp.', 'registry.corp', '443', undefined, 'a trailing dot'],
    ['.', 'registry.corp', '443', undefined, 'a dot alone'],
    ['registry.corp.:443', 'registry.corp', '443', undefined, 'a trailing dot before the port'],
    ['user@registry.corp', 'registry.corp', '443', undefined, 'user info'],
    ['http://registry.corp', 'registry.corp', '443', undefined, 'a URL'],
    ['bücher.example', 'a.xn--bcher-kva.example', '443', 'bücher.example', 'IDN'],
    ['.BÜCHER.example:443', 'a.xn--bcher-kva.example', '443', '.BÜCHER.example:443', 'IDN in full'],
    ['ΒΌΛΟΣ.gr', 'xn--nxasmq6b.gr', '443', 'ΒΌΛΟΣ.gr', 'a capital sigma at the end of a label'],
    ['STRAẞE.corp', 'xn--strae-oqa.corp', '443', 'STRAẞE.corp', 'a capital sharp s'],
    ['STRAẞE.corp', 'strasse.corp', '443', undefined, 'which is no ss, by Go 1.26.10'],
    ['straße.corp', 'xn--strae-oqa.corp', '443', 'straße.corp', 'as a small one is none'],
    ['DİKİLİ.corp', 'dikili.corp', '443', 'DİKİLİ.corp', 'a dotted capital I'],
    [
      'DİKİLİ.corp',
      'xn--dikili-qydcc.corp',
      '443',
      undefined,
      'which loses its dot, by Go 1.26.10',
    ],
    ['\u212a8s_a.corp', 'k8s_a.corp', '443', '\u212a8s_a.corp', 'the Kelvin sign'],
    ['bücher.example/x', 'xn--bcher-kva.example', '443', undefined, 'a path'],
    ['bücher.example。', 'xn--bcher-kva.example', '443', undefined, 'an ideographic trailing dot'],
    // Row 8: Go's idna.Lookup refuses what the URL standard takes, and leaves such an entry as it is.
    ['\ufeffregistry.corp', 'registry.corp', '443', '\ufeffregistry.corp', 'Go drops the mark'],
    ['reg\u00adistry.corp', 'registry.corp', '443', 'reg\u00adistry.corp', 'or a soft hyphen'],
    ['\ufeffmy_registry.corp', 'my_registry.corp', '443', undefined, 'but no underscore beside it'],
    ['my\u00ad_registry.corp', 'my_registry.corp', '443', undefined, 'the same'],
    ['\ufeff-a.corp', '-a.corp', '443', undefined, 'nor a hyphen at the start of a label'],
    ['a-\u00ad.corp', 'a-.corp', '443', undefined, 'or at its end'],
    ['b.\u00ad-a.corp', 'b.-a.corp', '443', undefined, 'of any label'],
    ['\ufeffab--c.corp', 'ab--c.corp', '443', undefined, 'or in third and fourth place'],
    ['\ufeffa--b.corp', 'a--b.corp', '443', '\ufeffa--b.corp', 'but elsewhere'],
    ['\ufeffab--.corp', 'ab--.corp', '443', undefined, 'at the end they are at the end'],
    [
      '\ufeffxn--bcher-kva.corp',
      'xn--bcher-kva.corp',
      '443',
      '\ufeffxn--bcher-kva.corp',
      'a prefix',
    ],
    ['a\u208d.corp', 'a(.corp', '443', undefined, 'nor a parenthesis'],
    ['ａ_b.corp', 'a_b.corp', '443', undefined, 'a full-width letter, the same'],
    [
      'a_b.bücher.example',
      'a_b.xn--bcher-kva.example',
      '443',
      'a_b.bücher.example',
      'as Go compares the texts',
    ],
    [
      '\ufeffa_b.bücher.example',
      'a_b.xn--bcher-kva.example',
      '443',
      undefined,
      'which differ here',
    ],
    ['\ufeff.registry.corp', 'a.registry.corp', '443', undefined, 'a mark before the dot'],
    ['\ufeff*', 'registry.corp', '443', undefined, 'or the star'],
    ['\ufeff10.0.0.0/8', '10.0.0.1', '443', undefined, 'or a range'],
    ['\ufeff10.0.0.1', '10.0.0.1', '443', undefined, 'or an address, which Go compares as a name'],
    [
      'my_registry.corp',
      'my_registry.corp',
      '443',
      'my_registry.corp',
      'ASCII is compared as it is',
    ],
    ['-a.corp', '-a.corp', '443', '-a.corp', 'the same'],
    ['[registry.corp:443]:', 'registry.corp', '443', undefined, 'a colon within a name'],
    ['１０.0.0.1', '10.0.0.1', '443', undefined, 'full width digits make a name, as in Go'],
    ['10.0.0.1', '10.0.0.1', '443', '10.0.0.1', 'an address'],
    ['10.0.0.1', '10.0.0.11', '443', undefined, 'another that begins alike'],
    ['10.0.0.1:443', '10.0.0.1', '443', '10.0.0.1:443', 'an address and a port'],
    ['10.0.0.1:443', '10.0.0.1', '80', undefined, 'another port'],
    ['10.0.0.01', '10.0.0.1', '443', undefined, 'a leading zero'],
    ['.0.0.1', '10.0.0.1', '443', undefined, 'an address has no labels'],
    ['10.0.0.0/8', '10.9.9.9', '443', '10.0.0.0/8', 'a range'],
    ['10.0.0.0/8', '11.0.0.0', '443', undefined, 'outside'],
    ['10.0.0.0/8:443', '10.9.9.9', '443', undefined, 'ranges have no port'],
    ['10.0.0.0/33', '10.0.0.0', '443', undefined, 'too long'],
    ['0.0.0.0/0', 'registry.corp', '443', undefined, 'a name is no address'],
    ['::1', '::1', '443', '::1', 'IPv6'],
    ['::1:443', '::1', '443', undefined, 'that is another address'],
    ['[::1]:443', '::1', '443', '[::1]:443', 'IPv6 and a port'],
    ['[::1]', '::1', '443', undefined, 'brackets without a port'],
    ['[fe80::1%eth0]:443', 'fe80::1', '443', undefined, 'a zone'],
    ['2001:DB8::/32', '2001:db8:1::', '443', '2001:DB8::/32', 'IPv6 range'],
    ['::ffff:10.0.0.1', '10.0.0.1', '443', '::ffff:10.0.0.1', 'mapped entry'],
    ['10.0.0.1', '::ffff:a00:1', '443', '10.0.0.1', 'mapped host'],
    ['::ffff:10.0.0.0/104', '10.9.9.9', '443', '::ffff:10.0.0.0/104', 'mapped range'],
    ['::ffff:10.0.0.0/104', '11.0.0.0', '443', undefined, 'outside'],
    [
      '::ffff:10.0.0.0/95',
      '10.0.0.1',
      '443',
      undefined,
      'a range of more than the mapped addresses',
    ],
    ['::/0', '::ffff:a00:1', '443', undefined, 'the same'],
    ['::ffff:0:0/80', '::1', '443', '::ffff:0:0/80', 'which is one of IPv6'],
    ['toString', 'tostring', '443', 'toString', 'a name like any other'],
    ['__proto__', 'a.__proto__', '443', '__proto__', 'a name like any other'],
    ['a', '__proto__', '443', undefined, 'a host like any other'],
  ])('%j: %s:%s is covered by %j: %s', (list, host, port, entry) => {
    expect(find(list, host, port)).toBe(entry)
  })
})

describe('agrees with a naive model', () => {
  const label = fc.constantFrom('b', 'ab')
  const name = fc.array(label, { minLength: 1, maxLength: 2 }).map((labels) => labels.join('.'))
  const ipv4 = fc
    .tuple(fc.constantFrom(10, 11), fc.constantFrom(0, 128), fc.constantFrom(0, 1, 255))
    .map(([a, b, c]) => `${a}.${b}.0.${c}`)
  const ipv6 = fc.constantFrom('2001:db8::1', '2001:db8::2', '2001:db9::1')
  const port = fc.constantFrom('80', '443')
  const entry = fc.oneof(
    fc.constantFrom('*', '', '*.', '.', ':80'),
    fc
      .tuple(fc.constantFrom('', '.', '*.'), name, fc.constantFrom('', ':80', '.'))
      .map((x) => x.join('')),
    fc.tuple(ipv4, fc.constantFrom('', ':80', '/8', '/9', '/31')).map((x) => x.join('')),
    fc.tuple(ipv6, fc.constantFrom('', '/32', '/31', '/127')).map((x) => x.join('')),
    ipv6.map((address) => `[${address}]:80`),
  )
  const list = fc.array(entry, { maxLength: 5 })
  const host = fc.oneof(name, ipv4, ipv6)

  /** Go's rules once more, for one entry, with string comparison and Node's own CIDR ranges. */
  function covers(text: string, target: string, targetPort: string): boolean {
    if (text === '*') return true
    const type = target.includes(':') ? 'ipv6' : 'ipv4'
    const isAddress = /^[\d.]+$|:/.test(target)
    const [network, bits] = text.split('/')
    if (network !== undefined && bits !== undefined) {
      const ranges = new BlockList()
      ranges.addSubnet(network, Number(bits), network.includes(':') ? 'ipv6' : 'ipv4')
      return isAddress && ranges.check(target, type)
    }
    const bare = text.replace(/:80$/, '').replace(/[[\]]/g, '')
    if (bare !== text && targetPort !== '80') return false
    if (isAddress) return target === bare
    if (/^(\*?\.)?$/.test(bare) || bare.endsWith('.')) return false
    if (bare.startsWith('*.')) return target.endsWith(bare.slice(1))
    if (bare.startsWith('.')) return target.endsWith(bare)
    return target === bare || target.endsWith(`.${bare}`)
  }

  const agrees = (search: Find) =>
    fc.property(list, host, port, (entries, target, targetPort) => {
      const first = entries.find((text) => covers(text, target, targetPort))
      expect(search(entries.join(' ,'), target, targetPort)).toBe(first)
    })

  it('for any list and host', () => {
    fc.assert(agrees(find), { numRuns: 5000 })
  })

  it.each<[mutant: string, Find]>([
    [
      'ignores label boundaries',
      (l, h, p) => find(l, h, p) ?? l.split(' ,').find((e) => e !== '' && h.endsWith(e)),
    ],
    ['ignores ports', (l, h) => find(l, h, '80')],
    ['covers the name behind a leading dot', (l, h, p) => find(l.replace(/(^|,)\./g, '$1'), h, p)],
    ['forgets the first entry', (l, h, p) => find(l.replace(/^[^,]*,/, ''), h, p)],
    [
      'rounds prefixes down',
      (l, h, p) => find(l.replace('/9', '/8').replace('/127', '/112'), h, p),
    ],
    ['drops trailing dots', (l, h, p) => find(l.replace(/\.( |$)/g, '$1'), h, p)],
    ['reports another entry', (l, h, p) => find(l.split(' ,').reverse().join(','), h, p)],
  ])('and a search that %s is caught', (_, mutant) => {
    expect(() => fc.assert(agrees(mutant), { numRuns: 5000, endOnFailure: true })).toThrow()
  })
})

it('never throws, whatever the list and the host', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'a.:[]/*,1 \u3002ü') }),
      fc.string(),
      (noise, list, host) => {
        for (const text of [noise, list]) {
          const entry = find(text, host, '443')
          if (entry !== undefined) expect(text).toContain(entry)
        }
      },
    ),
    { numRuns: 2000 },
  )
})
