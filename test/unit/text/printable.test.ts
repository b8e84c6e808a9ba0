import { describe, expect, it } from 'vitest'
import { printable } from '../../../src/text/printable.js'

describe('printable', () => {
  it.each([
    ['registry.corp', 'registry.corp', 'nothing to replace'],
    ['日本 ä', '日本 ä', 'letters of any script'],
    ['a\u001b[2Jb', 'a?[2Jb', 'an escape sequence'],
    ['a\r\nb', 'a??b', 'line ends'],
    ['a\u009bb', 'a?b', 'a control of C1'],
    ['a\u202eb', 'a?b', 'a mark that turns the direction round'],
    ['a\u2028\u2029b', 'a??b', 'separators of lines and paragraphs'],
    ['a\ud800b', 'a?b', 'half of a surrogate pair'],
  ])('%j is printed as %j: %s', (text, shown) => {
    expect(printable(text)).toBe(shown)
  })
})
