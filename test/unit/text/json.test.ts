import { expect, it } from 'vitest'
import { parseJson } from '../../../src/text/json.js'

it.each<[string, unknown, string]>([
  ['{"a":[1]}', { a: [1] }, 'an object'],
  ['null', null, 'a value, and not none'],
  [' "a" ', 'a', 'white space around it'],
  ['', undefined, 'nothing'],
  ['undefined', undefined, 'a word that JSON lacks'],
  ['{"a":1', undefined, 'one that breaks off'],
  ['\ufeff{}', undefined, 'a byte order mark'],
])('%j: %j, %s', (text, value) => {
  expect(parseJson(text)).toEqual(value)
})
