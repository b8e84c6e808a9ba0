import { describe, expect, it } from 'vitest'
import { NAME_TAG } from '../../../src/certificates/index.js'
import { arePermitted } from '../../../src/inspect/permitted-names.js'

const none = { dns: [], ip: [], email: [], uri: [] }
const tree = (kind: keyof typeof NAME_TAG, value: string | readonly number[]) => {
  const contents = typeof value === 'string' ? Buffer.from(value) : Uint8Array.from(value)
  return { tag: NAME_TAG[kind], contents: new Uint8Array(contents) }
}
const dns = (...list: readonly string[]) => list.map((value) => tree('dns', value))

describe('domains', () => {
  it.each<[string, string, boolean, string]>([
    ['a.corp', 'corp', true, 'a subdomain'],
    ['corp', 'corp', true, 'the domain itself'],
    ['A.CORP', 'corp', true, 'the case'],
    ['evilcorp', 'corp', false, 'no label boundary'],
    ['corp.evil', 'corp', false, 'a prefix'],
    ['a.corp', '.corp', true, 'subdomains only'],
    ['corp', '.corp', false, 'not the domain itself then'],
    ['anything', '', true, 'the empty constraint'],
    ['*.corp', 'corp', true, 'a wildcard is a label'],
  ])('%s under %s: %j: %s', (name, constraint, expected) => {
    const names = { ...none, dns: [name] }
    expect(arePermitted(names, { permitted: dns(constraint), excluded: [] })).toBe(expected)
    expect(arePermitted(names, { permitted: [], excluded: dns(constraint) })).toBe(!expected)
  })

  it('have to be permitted one by one', () => {
    const constraints = { permitted: dns('a.corp', 'b.corp'), excluded: dns('x.a.corp') }
    expect(arePermitted({ ...none, dns: ['a.corp', 'b.corp'] }, constraints)).toBe(true)
    expect(arePermitted({ ...none, dns: ['a.corp', 'c.corp'] }, constraints)).toBe(false)
    expect(arePermitted({ ...none, dns: ['x.a.corp'] }, constraints)).toBe(false)
  })
})

describe('addresses', () => {
  const network = (...octets: readonly number[]) => [tree('ip', octets)]
  it.each<[readonly number[], readonly number[], boolean]>([
    [[192, 0, 2, 7], [192, 0, 2, 0, 255, 255, 255, 0], true],
    [[192, 0, 3, 7], [192, 0, 2, 0, 255, 255, 255, 0], false],
    [[192, 0, 3, 7], [192, 0, 2, 0, 255, 255, 254, 0], true],
    [[1, 2, 3, 4], [0, 0, 0, 0, 0, 0, 0, 0], true],
    [Array(16).fill(0), [0, 0, 0, 0, 0, 0, 0, 0], false],
  ])('%j in %j: %j', (address, octets, expected) => {
    const names = { ...none, ip: [Uint8Array.from(address)] }
    expect(arePermitted(names, { permitted: network(...octets), excluded: [] })).toBe(expected)
    expect(arePermitted(names, { permitted: [], excluded: network(...octets) })).toBe(!expected)
  })
})

describe('other names', () => {
  it.each(['email', 'uri'] as const)('%s: never under a constraint of their kind', (kind) => {
    const names = { ...none, [kind]: ['a'] }
    expect(arePermitted(names, { permitted: [tree(kind, 'a')], excluded: [] })).toBe(false)
    expect(arePermitted(names, { permitted: [], excluded: [tree(kind, 'b')] })).toBe(false)
    expect(arePermitted(names, { permitted: dns('corp'), excluded: [] })).toBe(true)
  })

  it('no names are always permitted', () => {
    expect(arePermitted(none, { permitted: dns('corp'), excluded: [] })).toBe(true)
  })

  it('too many comparisons are refused, as in Go', () => {
    const list = Array.from({ length: 501 }, () => 'a.corp')
    const names = { ...none, dns: list }
    expect(arePermitted(names, { permitted: dns(...list.slice(2)), excluded: [] })).toBe(true)
    expect(arePermitted(names, { permitted: dns(...list), excluded: [] })).toBe(false)
  })
})
