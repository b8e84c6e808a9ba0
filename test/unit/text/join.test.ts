import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinParts } from '../../../src/text/join.js'

describe('joinParts', () => {
  it.each([
    [['a', 'b'], ['ab']],
    [
      ['', 'a'],
      ['a', ''],
    ],
    [['1:a'], ['a']],
    [[], ['']],
  ])('tells %j from %j', (one, other) => {
    expect(joinParts(one)).not.toBe(joinParts(other))
  })

  it('property: gives one text for one list alone', () => {
    const parts = fc.array(fc.string({ unit: fc.constantFrom('1', ':', 'a'), maxLength: 3 }), {
      maxLength: 3,
    })
    const tellsApart = (join: (parts: readonly string[]) => string) =>
      fc.property(
        parts,
        parts,
        (a, b) => (join(a) === join(b)) === (a.join('|') === b.join('|') && a.length === b.length),
      )
    fc.assert(tellsApart(joinParts), { numRuns: 3000 })
    expect(
      fc.check(
        tellsApart((list) => list.join(':')),
        { numRuns: 3000 },
      ).failed,
    ).toBe(true)
  })

  it('asks no prototype (threat 18)', () => {
    Object.defineProperty(Object.prototype, 'toJSON', { value: () => 'x', configurable: true })
    const joined = joinParts(['a', 'b'])
    Reflect.deleteProperty(Object.prototype, 'toJSON')
    expect(joined).toBe('1:a1:b')
  })
})
