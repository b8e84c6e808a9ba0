import { describe, expect, it } from 'vitest'
import { Lexer } from 'yaml'
import { depthOfYaml } from '../../../../src/cli/input/yaml-depth.js'
import { expectProportion } from '../../../support/proportion.js'

const exceeds = (text: string, max: number) => depthOfYaml(new Lexer().lex(text), max) !== undefined

describe('depthOfYaml', () => {
  it.each([
    ['[[a]]', 2, 'flow lists'],
    ['{a: {b: [c]}}', 3, 'flow maps and lists'],
    ['[a], [b]', 1, 'what is closed counts no more'],
    ['[[a}]', 2, 'brackets of the wrong kind close all the same'],
    ['a:\n  b:\n    c: 1', 3, 'keys'],
    ['a:\n  b: 1\nc:\n  d: 1', 2, 'keys beside each other'],
    ['- - - a', 3, 'lists on one line'],
    ['- a:\n    - b', 3, 'lists of maps of lists'],
    ['a:\n- b:\n  - c', 2, "a list at its key's own column is not told from it"],
    ['? ? a', 2, 'explicit keys'],
    ['a: b: c: d', 3, 'values on one line, which are an error'],
    ['a: "[[["', 1, 'quotes'],
    ['a: |\n  [[[\n  - - -\nb: 1', 1, 'block texts'],
    ['a: 1 # [[[', 1, 'comments'],
    ['a: x[[[y', 1, 'plain texts'],
    ['k: 1\nkk: 2\nkkk: 3', 1, 'keys of growing length'],
    ['a: [b\n, c]\nd: 1', 2, 'flow lists over lines'],
    ['', 0, 'nothing'],
  ])('%j has %i: %s', (text, depth) => {
    expect(exceeds(text, depth)).toBe(false)
    if (depth > 0) expect(exceeds(text, depth - 1)).toBe(true)
  })

  it('takes time in proportion to the length of the text', () => {
    const run = (text: string) => depthOfYaml(new Lexer().lex(text), Number.MAX_SAFE_INTEGER)
    for (const part of ['[', '- ', 'a: ', ']', 'a:\n b:\n']) {
      expectProportion(run, part.repeat(4000), part.repeat(32_000))
    }
  })
})
