/** References of `Location` fields, with the platform's URL parser as the oracle. */
import { describe, expect, it } from 'vitest'
import { isAbsolute, resolveReference } from '../../../src/fetch/location.js'

const BASES = [
  'https://registry.corp',
  'https://registry.corp/',
  'https://registry.corp:8443/v2/a/b/blobs/x',
  'https://registry.corp/v2/a/?digest=a/b',
  'https://registry.corp?digest=a/b',
  'http://registry.corp/v2/x?y#z',
  'http://[::1]:5000/v2',
]

const REFERENCES = [
  'https://storage.corp/x?y',
  'HTTP://storage.corp/x',
  '//storage.corp:8443/x',
  '/x',
  '/x?y=/z',
  'x',
  'x/',
  'x/y?z',
  './x',
  '../x',
  '../../../x',
  '?y',
  '?y#z',
  '',
  '#z',
  'x#z',
  'x:y/z',
  './x:y',
]

describe.each(BASES)('from %s', (base) => {
  it.each(REFERENCES)('%j leads where RFC 3986 says', (reference) => {
    const resolved = new URL(resolveReference(reference, base))
    expect(resolved.href.split('#')[0]).toBe(new URL(reference, base).href.split('#')[0])
  })
})

it.each([
  ['https://a', true],
  ['x:y', true],
  ['//a', true],
  ['/a', false],
  ['a', false],
  ['', false],
  ['1x:y', false],
])('%j is absolute: %s', (location, expected) => expect(isAbsolute(location)).toBe(expected))
