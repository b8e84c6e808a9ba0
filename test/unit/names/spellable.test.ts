import { describe, expect, it } from 'vitest'
import { isSpellable } from '../../../src/names/spellable.js'
import { read } from '../../support/vectors.js'

interface Vector {
  readonly ref: string
  readonly want: { readonly ok: boolean; readonly registry?: string }
}

const vectors = read<Vector>('image-refs.json')

describe('go-containerregistry, by its vectors,', () => {
  it('takes each registry that is spellable', () => {
    const registries = vectors.flatMap(({ want }) => want.registry ?? [])
    const odd = registries.filter((registry) => !/^[\w.-]+(?::\d+)?$/.test(registry))
    expect(odd.length).toBeGreaterThan(60)
    expect(odd.filter((registry) => !isSpellable(registry))).toEqual([])
  })

  it('takes none that is not', () => {
    // Whatever is refused of these is refused for its registry.
    const refused = vectors.flatMap(({ ref, want }) => {
      const [, registry] = /^([^/]*[.:][^/]*)\/app(?::v1)?$/.exec(ref) ?? []
      return want.ok ? [] : (registry ?? [])
    })
    expect(refused.length).toBeGreaterThan(40)
    expect(refused.filter(isSpellable)).toEqual([])
  })
})

describe('the name of a rule', () => {
  it.each([
    ['', true, 'which every registry ends in'],
    ['.corp.', true, 'with dots around it'],
    ['ghcr.io:443.', true, 'with a dot behind the port'],
    ['b\u00fccher.example', true, 'outside of ASCII'],
    ['a b', false, 'with a blank'],
    ['a\\b', false, 'with a backslash'],
    ['ghcr.io:https', false, 'with a word for a port'],
    ['u:p@ghcr.io', false, 'with user info'],
    ['ghcr.io/v2', false, 'with a path'],
    ['ghcr.io?a', false, 'with a query'],
    ['ghcr.io#a', false, 'with a fragment'],
    ['a%40b', false, 'with an escape'],
    ['[', false, 'a bracket alone'],
    ['[]', false, 'brackets alone'],
    ['[::1', false, 'a bracket that stays open'],
    ['[::1].', true, 'an IPv6 address'],
    ['[fe80::1%eth0]', false, 'with a zone'],
    ['[::1]x', false, 'with something behind it'],
    ['[10.0.0.5]', false, 'an IPv4 address in brackets'],
    ['[a:b]', false, 'a colon in brackets'],
  ])('%j: %s, %s', (name, expected) => expect(isSpellable(name)).toBe(expected))
})
