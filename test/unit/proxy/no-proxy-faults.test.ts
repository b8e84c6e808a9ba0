import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseIpAddress, unmapIpAddress } from '../../../src/net/ip-address.js'
import { compileNoProxy } from '../../../src/proxy/no-proxy.js'
import { faultyEntries } from '../../../src/proxy/no-proxy-faults.js'

const dottedIn = (list: string) =>
  faultyEntries(list).flatMap(({ index, code }) => (code === 'trailing-dot' ? [index] : []))

describe('faultyEntries', () => {
  it.each<[list: string, codes: string[], reason: string]>([
    ['', [], 'no entry'],
    [
      'registry.corp,.corp,*.corp,corp:443,*,10.0.0.1,10.0.0.0/8,::1,[::1]:443,2001:db8::/32',
      [],
      'all that Go takes',
    ],
    ['a_b.corp,bücher.example,xn--bcher-kva.example,localhost', [], 'names of every kind'],
    ['\ufeffregistry.corp', [], 'a byte order mark, which Go drops'],
    ['172.17.*', ['wildcard'], 'report proxy-01'],
    ['*corp', ['wildcard'], 'a star without a dot'],
    ['a.*.corp', ['wildcard'], 'a star within'],
    ['*.*.corp', ['wildcard'], 'two stars'],
    ['*:443', ['wildcard'], 'a star with a port'],
    ['a.corp b.corp', ['separator'], 'blanks for commas'],
    ['a.corp;b.corp', ['separator'], 'semicolons for commas'],
    ['a.corp|b.corp', ['separator'], 'as Java has them'],
    ['http://registry.corp', ['scheme'], 'a URL'],
    ['registry.corp/v2', ['path'], 'a path'],
    ['10.0.0.0/33', ['invalid-range'], 'a prefix that is too long'],
    ['10.0/8', ['invalid-range'], 'a short form of a range'],
    ['10.0.0.0/255.0.0.0', ['path'], 'a mask'],
    ['[::1]', ['brackets'], 'brackets without a port'],
    ['[::1', ['brackets'], 'half of them'],
    ['"registry.corp"', ['quotes'], 'quotes'],
    ["'a.corp'", ['quotes'], 'quotes of the other kind'],
    ['registry.corp.', ['trailing-dot'], 'the dot of the root'],
    ['corp:https', ['invalid-port'], 'a name for a port'],
    ['corp:0443', ['invalid-port'], 'a leading zero'],
    ['corp:65536', ['invalid-port'], 'too large'],
    ['corp:65535', [], 'the largest port'],
    ['user@registry.corp', ['invalid-host'], 'user info'],
    ['..corp', ['invalid-host'], 'an empty label'],
    ['10.1', ['invalid-host'], 'a short form of an address'],
    [':443', ['invalid-host'], 'no host'],
    ['\ufeffmy_registry.corp', ['invalid-host'], 'a byte order mark before an underscore'],
    ['a.corp.,,b.corp,10.0.*', ['trailing-dot', 'wildcard'], 'several'],
  ])('%j: %j, %s', (list, codes) => {
    expect(faultyEntries(list).map(({ code }) => code)).toEqual(codes)
  })

  it('property: what is named covers nothing, whatever the host', () => {
    const entry = fc.string({
      unit: fc.constantFrom(...'ab.*:/[]1 ;"_-\u00ad\ufeff'),
      maxLength: 8,
    })
    const host = fc.constantFrom(
      'a',
      'b',
      'a.b',
      'a.a.b',
      'ab',
      'a_b',
      '1.b',
      'b.a1',
      '10.0.0.1',
      '::1',
    )
    const coversNothing = (names: (list: string) => boolean) =>
      fc.property(entry, host, (list, name) => {
        fc.pre(names(list))
        const address = parseIpAddress(name)
        const noProxy = compileNoProxy(list)
        expect(noProxy(name, address && unmapIpAddress(address), '443')).toBeUndefined()
      })
    fc.assert(
      coversNothing((list) => faultyEntries(list).length > 0),
      { numRuns: 5000 },
    )
    const careless = coversNothing((list) => list.includes('.'))
    expect(() => fc.assert(careless, { numRuns: 5000, endOnFailure: true })).toThrow()
  })
})

describe('trailing dots', () => {
  it.each<[list: string, entries: number[], reason: string]>([
    ['', [], 'no entry'],
    ['registry.corp', [], 'no dot'],
    ['registry.corp.', [0], 'a dot'],
    ['a,registry.corp. ,b,.corp.', [1, 3], 'places in the list'],
    [',,corp.', [2], 'empty entries count'],
    ['corp.:443', [0], 'before a port'],
    ['*.corp.', [0], 'behind a star'],
    ['10.0.0.1.', [0], 'an address with a dot is a name'],
    ['.', [0], 'the root'],
    ['*', [], 'a star'],
    ['10.0.0.0/8', [], 'a range'],
    ['corp:80.', [], 'a dot in the port'],
  ])('%j: %j, %s', (list, entries) => {
    expect(dottedIn(list)).toEqual(entries)
  })

  it('names no entry that covers the host without the dot', () => {
    const name = fc.array(fc.constantFrom('a', 'b'), { minLength: 1 }).map((x) => x.join('.'))
    fc.assert(
      fc.property(name, fc.constantFrom('', '.', '*.'), fc.boolean(), (host, prefix, dot) => {
        const list = `${prefix}${host}${dot ? '.' : ''}`
        expect(dottedIn(list)).toEqual(dot ? [0] : [])
        expect(compileNoProxy(list)(`x.${host}`, undefined, '443') === undefined).toBe(dot)
      }),
    )
  })
})
