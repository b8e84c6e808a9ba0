import { describe, expect, it } from 'vitest'
import { findBrokenLine } from '../../../src/certificates/broken-line.js'
import { expectProportion } from '../../support/proportion.js'

const find = (text: string) => findBrokenLine(text, { from: 0, to: text.length })
const line = (length: number) => 'A'.repeat(length)
const text = (...lengths: readonly number[]) => lengths.map(line).join('\n')

describe('the broken line', () => {
  it.each<[string, [string, number] | undefined, string]>([
    [text(64, 64, 64, 20), undefined, 'a shorter last line is as it should be'],
    [text(64, 64, 64, 64), undefined, 'a full last line'],
    [text(64, 60, 64, 20), ['shorter-line', 65], 'a short one in the middle'],
    [text(60, 64, 64, 64), ['shorter-line', 0], 'the first'],
    [text(64, 64, 65, 64, 3), ['longer-line', 130], 'a long one'],
    [text(64, 64, 64, 65), ['longer-line', 195], 'a long last line'],
    [text(76, 76, 76, 20), undefined, 'another width'],
    [text(64, 60, 20), undefined, 'three lines, of which none can be told to be the odd one'],
    [text(64), undefined, 'one line'],
    ['', undefined, 'nothing'],
    [`${text(64, 64, 64)}\n\n${text(64, 2)}`, undefined, 'an empty line'],
    [`${text(64, 64)} \t\r\n ${text(64, 2)}`, undefined, 'blanks and CR'],
    [`${line(64)}\n${line(63)}*\n${text(64, 60)}`, ['foreign-character', 65], 'a character'],
    [`${line(64)}\n${line(63)}é`, ['foreign-character', 65], 'a character, in two lines'],
    [`${line(63)}=\n${line(64)}`, ['foreign-character', 65], 'a line behind the padding'],
    [`${line(62)}==`, undefined, 'padding at the end'],
    [`${line(4)}==${line(4)}`, ['foreign-character', 0], 'padding in a line'],
    [`${text(64, 63, 64)}\n*`, ['foreign-character', 194], 'the alphabet comes first'],
  ])('%#: %j', (input, expected) => {
    const found = find(input)
    expect(found && [found.fault, found.at]).toEqual(expected)
  })

  it('is looked for in the stretch alone', () => {
    const around = `***\n${text(64, 64, 64)}\n***`
    expect(findBrokenLine(around, { from: 4, to: around.length - 4 })).toBeUndefined()
  })

  it('threat 15: is found in time that is in proportion to the length', () => {
    const small = `${line(10)}\n`.repeat(500)
    expectProportion(find, small, small.repeat(8))
    const varied = (lines: number) =>
      Array.from({ length: lines }, (_, i) => line(i % 300)).join('\n')
    expectProportion(find, varied(300), varied(2400))
  })
})
