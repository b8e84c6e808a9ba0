import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeForm, type FormField, parseQuery } from '../../../src/text/form.js'
import { expectProportion } from '../../support/proportion.js'

describe('parseQuery', () => {
  it.each<[query: string, fields: FormField[], reason: string]>([
    ['', [], 'nothing'],
    [
      'a=b&c=d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      'fields in their order',
    ],
    ['a=b&&', [['a', 'b']], 'empty ones are none'],
    ['a', [['a', '']], 'no value'],
    ['a=b=c', [['a', 'b=c']], 'the first equals sign counts'],
    ['=b', [['', 'b']], 'no name'],
    ['a+b=c+d', [['a b', 'c d']], 'plus signs'],
    ['%61=%2b', [['a', '+']], 'escapes'],
    ['a=%zz&b=1', [['b', '1']], 'a broken escape'],
    ['a=%&b=1', [['b', '1']], 'one cut off'],
    ['a=1;b=2&c=3', [['c', '3']], 'a semicolon, which Go refuses'],
    ['a=%ff', [['a', '\u00ff']], 'a byte that is no UTF-8'],
  ])('%j: %j, %s', (query, fields) => {
    expect(parseQuery(query)).toEqual(fields)
  })
})

describe('encodeForm', () => {
  it.each<[fields: FormField[], text: string, reason: string]>([
    [[], '', 'nothing'],
    [
      [
        ['b', '2'],
        ['a', '1'],
      ],
      'a=1&b=2',
      'sorted by name',
    ],
    [
      [
        ['a', '2'],
        ['a', '1'],
      ],
      'a=2&a=1',
      'and by nothing else',
    ],
    [[['a b', 'c&d=e']], 'a+b=c%26d%3De', 'what is escaped'],
    [[['a', '\u00ff~-_.']], 'a=%FF~-_.', 'bytes, in upper case'],
  ])('%j: %s, %s', (fields, text) => {
    expect(encodeForm(fields)).toBe(text)
  })

  it('property: is read back', () => {
    const bytes = fc.array(fc.nat(255)).map((codes) => String.fromCharCode(...codes))
    fc.assert(
      fc.property(bytes, bytes, (name, value) => {
        expect(parseQuery(encodeForm([[name, value]]))).toEqual([[name, value]])
      }),
    )
  })

  it.each(['%', '+', '&', '=', '%41', ';'])('takes linear time for repeated %j', (unit) => {
    expectProportion(
      (text) => encodeForm(parseQuery(text)),
      unit.repeat(2 ** 12),
      unit.repeat(2 ** 15),
    )
  })
})
