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
        const lines = given.slice(0, offset).split('\n')
        const column = (lines.at(-1)?.length ?? 0) + 1
        expect(locate(given, offset)).toEqual({ line: lines.length, column })
      })
    fc.assert(holds((given, offset) => locateOffsets(given)(offset)))
    const careless = holds((given, offset) => locateOffsets(given.trim())(offset))
    expect(fc.check(careless, { endOnFailure: true }).failed).toBe(true)
  })
})
