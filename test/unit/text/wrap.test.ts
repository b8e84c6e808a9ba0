import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsOf, wrap } from '../../../src/text/wrap.js'

describe('columnsOf', () => {
  it.each([
    ['', 0, 'nothing'],
    ['abc', 3, 'a column each'],
    ['äöü', 3, 'letters beyond ASCII too'],
    ['…λ', 2, 'and narrow ones beyond Latin'],
    ['日本', 4, 'wide characters take two'],
    ['ＡＢ', 4, 'full-width forms too'],
    ['e\u0301', 1, 'a mark combines'],
    ['🐳', 2, 'pictographs take two'],
  ])('%j takes %i: %s', (text, columns) => expect(columnsOf(text)).toBe(columns))
})

describe('wrap', () => {
  it.each([
    ['short', 10, ['short']],
    ['one two three', 7, ['one two', 'three']],
    ['exactly ten', 11, ['exactly ten']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['a bcdefgh', 3, ['a', 'bcd', 'efg', 'h']],
    ['日本語', 4, ['日本', '語']],
  ])('%j at %i', (text, width, lines) => expect(wrap(text, width)).toEqual(lines))

  it('leaves a text as it is where there is no limit', () => {
    expect(wrap(`${'word '.repeat(100)}end`, Number.POSITIVE_INFINITY)).toHaveLength(1)
  })

  it('never exceeds the width, and loses nothing but spaces', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '日', '-') }),
        fc.integer({ min: 2, max: 20 }),
        (text, width) => {
          const lines = wrap(text, width)
          for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width)
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        },
      ),
    )
  })
})
