import { describe, expect, it } from 'vitest'
import {
  type AlternativeNames,
  NAME_TAG,
  type NameConstraints,
} from '../../../src/certificates/index.js'
import { arePermitted } from '../../../src/inspect/permitted-names.js'

/** The names of one certificate. */
const arePermittedAll = (names: AlternativeNames, constraints: NameConstraints) => {
  return arePermitted([names], constraints)
}
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
    expect(arePermittedAll(names, { permitted: dns(constraint), excluded: [] })).toBe(expected)
    expect(arePermittedAll(names, { permitted: [], excluded: dns(constraint) })).toBe(!expected)
  })

  it('have to be permitted one by one', () => {
    const constraints = { permitted: dns('a.corp', 'b.corp'), excluded: dns('x.a.corp') }
    expect(arePermittedAll({ ...none, dns: ['a.corp', 'b.corp'] }, constraints)).toBe(true)
    expect(arePermittedAll({ ...none, dns: ['a.corp', 'c.corp'] }, constraints)).toBe(false)
    expect(arePermittedAll({ ...none, dns: ['x.a.corp'] }, constraints)).toBe(false)
  })

  it.each<[string, string, boolean, string]>([
    ['*.corp', 'registry.corp', false, 'it stands for that name as well'],
    ['*.CORP', 'Registry.Corp', false, 'the case'],
    ['*.a.corp', 'registry.a.corp', false, 'further down'],
    ['*.corp', '*.corp', false, 'the same wildcard'],
    ['*x.corp', 'registry.corp', false, 'what Go takes for a wildcard, too'],
    ['*.corp', 'x.registry.corp', true, 'a wildcard is one label'],
    ['*.corp', '.registry.corp', true, 'subdomains alone'],
    ['*.corp', 'registry.corp.example', true, 'another domain'],
    ['*.corp', 'example', true, 'a label has no siblings'],
    ['*', 'corp', true, 'nor has a wildcard alone, in Go'],
    ['a.corp', 'registry.corp', true, 'no wildcard'],
  ])('%s where %s is excluded: %j: %s', (name, constraint, expected) => {
    const excluded = { permitted: [], excluded: dns(constraint) }
    expect(arePermittedAll({ ...none, dns: [name] }, excluded)).toBe(expected)
  })

  it('a wildcard is not permitted for one of its names', () => {
    const permitted = { permitted: dns('registry.corp'), excluded: [] }
    expect(arePermittedAll({ ...none, dns: ['*.corp'] }, permitted)).toBe(false)
  })

  it.each(['registry.corp.', '.corp', 'a..corp', 'a corp', '.'])(
    '%j, which is no domain, is refused under any constraint',
    (name) => {
      const names = { ...none, dns: ['a.example', name] }
      expect(arePermittedAll(names, { permitted: [], excluded: dns('corp') })).toBe(false)
      expect(arePermittedAll(names, { permitted: [], excluded: [tree('email', 'a')] })).toBe(false)
    },
  )
})

describe('addresses', () => {
  const network = (...octets: readonly number[]) => [tree('ip', octets)]
  it.each<[readonly number[], readonly number[], boolean]>([
    [[192, 0, 2, 7], [192, 0, 2, 0, 255, 255, 255, 0], true],
    [[192, 0, 3, 7], [192, 0, 2, 0, 255, 255, 255, 0], false],
    [[192, 0, 3, 7], [192, 0, 2, 0, 255, 255, 254, 0], true],
    [[1, 2, 3, 4], [0, 0, 0, 0, 0, 0, 0, 0], true],
    // Bits behind the mask, for which Go 1.26 doesn't find the first of both; Go 1.27 does.
    [[192, 0, 2, 1], [192, 0, 2, 7, 255, 255, 255, 0], true],
    [[192, 0, 2, 9], [192, 0, 2, 7, 255, 255, 255, 0], true],
    [Array(16).fill(0), [0, 0, 0, 0, 0, 0, 0, 0], false],
  ])('%j in %j: %j', (address, octets, expected) => {
    const names = { ...none, ip: [Uint8Array.from(address)] }
    expect(arePermittedAll(names, { permitted: network(...octets), excluded: [] })).toBe(expected)
    expect(arePermittedAll(names, { permitted: [], excluded: network(...octets) })).toBe(!expected)
  })
})

describe('other names', () => {
  it.each(['email', 'uri'] as const)('%s: never under a constraint of their kind', (kind) => {
    const names = { ...none, [kind]: ['a'] }
    expect(arePermittedAll(names, { permitted: [tree(kind, 'a')], excluded: [] })).toBe(false)
    expect(arePermittedAll(names, { permitted: [], excluded: [tree(kind, 'b')] })).toBe(false)
    expect(arePermittedAll(names, { permitted: dns('corp'), excluded: [] })).toBe(true)
  })

  it('no names are always permitted', () => {
    expect(arePermittedAll(none, { permitted: dns('corp'), excluded: [] })).toBe(true)
  })

  it('of several certificates have to be permitted, each of them', () => {
    const constraints = { permitted: dns('corp'), excluded: [] }
    const [good, bad] = [
      { ...none, dns: ['a.corp'] },
      { ...none, dns: ['a.example'] },
    ]
    expect(arePermitted([], constraints)).toBe(true)
    expect(arePermitted([good, good], constraints)).toBe(true)
    expect(arePermitted([good, bad], constraints)).toBe(false)
    expect(arePermitted([bad, good], constraints)).toBe(false)
  })

  it('too many comparisons are refused, whatever certificates they are of', () => {
    const list = Array.from({ length: 501 }, () => 'a.corp')
    const names = { ...none, dns: list }
    expect(arePermittedAll(names, { permitted: dns(...list.slice(2)), excluded: [] })).toBe(true)
    expect(arePermittedAll(names, { permitted: dns(...list), excluded: [] })).toBe(false)
    const halves = [names, names]
    expect(arePermitted(halves, { permitted: dns(...list.slice(252)), excluded: [] })).toBe(true)
    expect(arePermitted(halves, { permitted: dns(...list.slice(251)), excluded: [] })).toBe(false)
  })
})
