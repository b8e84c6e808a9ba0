import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOneEdit } from '../../../src/text/one-edit.js'

describe('isOneEdit', () => {
  it.each([
    ['ghcr', 'ghhcr', 'an insertion'],
    ['ghcr', 'hcr', 'a deletion at the start'],
    ['ghcr', 'ghc', 'a deletion at the end'],
    ['ghcr', 'gucr', 'a substitution'],
    ['ghcr', 'ghct', 'a substitution at the end'],
    ['ghcr', 'gchr', 'a swap'],
    ['', 'a', 'an insertion into nothing'],
  ])('%s and %s: %s', (a, b) => {
    expect([isOneEdit(a, b), isOneEdit(b, a)]).toEqual([true, true])
  })

  it.each([
    ['ghcr', 'ghcr', 'the same'],
    ['', '', 'nothing twice'],
    ['ghcr', 'hgrc', 'two swaps'],
    ['ghcr', 'grhc', 'neighbours of neighbours'],
    ['ghcr', 'xhcx', 'two substitutions'],
    ['ghcr', 'ghcrab', 'two insertions'],
    ['abc', 'bcd', 'a deletion and an insertion'],
    ['abcd', 'bcx', 'a deletion and a substitution'],
    ['ab12', 'ba21', 'a swap and something else'],
  ])('not %s and %s: %s', (a, b) => {
    expect([isOneEdit(a, b), isOneEdit(b, a)]).toEqual([false, false])
  })

  it('is what all single edits give, and nothing else', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(isOneEdit(a, b)).toBe(a !== b && edits(a).has(b))
      }),
      { numRuns: 5000 },
    )
  })
})

/** Everything that one edit makes of a word. */
function edits(word: string): Set<string> {
  const made = new Set<string>()
  for (let i = 0; i <= word.length; i++) {
    const [before, after] = [word.slice(0, i), word.slice(i)]
    made.add(before + after.slice(1))
    made.add(before + after.charAt(1) + after.charAt(0) + after.slice(2))
    for (const letter of 'abc') {
      made.add(before + letter + after)
      made.add(before + letter + after.slice(1))
    }
  }
  return made
}
