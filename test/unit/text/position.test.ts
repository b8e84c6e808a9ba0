import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { locateOffsets, type Position } from '../../../src/text/position.js'

describe('locateOffsets', () => {
  it.each([
    ['', 0, 1, 1],
    ['ab', 1, 1, 2],
    ['ab', 2, 1, 3],
    ['a\nb', 1, 1, 2],
    ['a\nb', 2, 2, 1],
    ['\n\n', 2, 3, 1],
    ['a\r\nb', 2, 1, 3],
    ['\u{1f600}a', 2, 1, 3],
  ])('%j, %i is %i:%i', (text, offset, line, column) => {
    expect(locateOffsets(text)(offset)).toEqual({ line, column })
  })

  it('property: counts what stands before', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', 'é') })
    const holds = (locate: (text: string, offset: number) => Position) =>
      fc.property(text, fc.nat(12), (given, at) => {
        const offset = Math.min(at, given.length)
        expect(locate(given, offset)).toEqual(counted(given, offset))
      })
    fc.assert(holds((given, offset) => locateOffsets(given)(offset)))
    const careless = holds((given, offset) => locateOffsets(given.trim())(offset))
    expect(fc.check(careless, { endOnFailure: true }).failed).toBe(true)
  })

  it('property: finds each offset, whichever was asked for before', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\n\n') })
    const holds = fc.property(text, fc.array(fc.nat(12)), (given, offsets) => {
      const locate = locateOffsets(given)
      for (const at of offsets) {
        const offset = Math.min(at, given.length)
        expect(locate(offset)).toEqual(counted(given, offset))
      }
    })
    fc.assert(holds)
  })
})

/** What stands before an offset, counted. */
function counted(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
