import { expect, it } from 'vitest'
import { isDomain } from '../../../src/certificates/domain.js'

it.each<[string, boolean, string]>([
  ['', true, 'every domain'],
  ['corp', true, 'one label'],
  ['registry.corp', true, 'two'],
  ['*.corp', true, 'any visible character'],
  ['~!', true, 'the last and the first of them'],
  ['registry.corp.', false, 'nothing behind the dot'],
  ['.corp', false, 'nothing before it'],
  ['a..corp', false, 'nothing between two'],
  ['.', false, 'nothing at all'],
  ['a corp', false, 'a blank'],
  ['a\x7f', false, 'a control character'],
  ['\u00e4.corp', false, 'more than ASCII'],
])('%j: %j: %s', (domain, expected) => {
  expect(isDomain(domain)).toBe(expected)
})
