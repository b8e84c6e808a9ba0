import { describe, expect, it } from 'vitest'
import { paintsOf } from '../../../src/text/paint.js'
import { renderRows } from '../../../src/text/rows.js'

const look = { width: 40, ...paintsOf(false) }
const painted = { width: 40, ...paintsOf(true) }

describe('renderRows', () => {
  it('begins the second column behind the longest name, and wraps within it', () => {
    const rows = [
      { name: 'a', text: 'one' },
      { name: 'longest', text: 'two three four five six seven eight' },
      { name: '', text: 'nine' },
    ]
    expect(renderRows(rows, look)).toEqual([
      '  a        one',
      '  longest  two three four five six seven',
      '           eight',
      '           nine',
    ])
  })

  it('begins it further to the right if asked to', () => {
    expect(renderRows([{ name: 'a', text: 'b' }], look, 8)).toEqual(['  a     b'])
  })

  it('paints each line of a text by itself, so that no colour is left open', () => {
    const text = 'word '.repeat(12).trim()
    for (const line of renderRows([{ name: 'n', text, paint: painted.red }], painted)) {
      expect(line.split('\u001b[31m')).toHaveLength(2)
      expect(line.endsWith('\u001b[39m')).toBe(true)
    }
  })

  it('is nothing for no rows', () => expect(renderRows([], look)).toEqual([]))
})
