import { describe, expect, it } from 'vitest'
import { hasControlCharacter } from '../../../src/text/control.js'

describe('hasControlCharacter', () => {
  it.each<[text: string, answer: boolean, reason: string]>([
    ['', false, 'nothing'],
    ['correct horse', false, 'a blank'],
    ['\0', true, 'the first'],
    ['a\nb', true, 'a line end'],
    ['\t', true, 'a tab'],
    ['\u001f', true, 'the last of C0'],
    ['~', false, 'before DEL'],
    ['\u007f', true, 'DEL'],
    ['\u0080', true, 'the first of C1'],
    ['\u0085', true, 'a line end of C1'],
    ['\u009f', true, 'the last of C1'],
    ['\u00a0', false, 'a no-break space'],
    ['\u2028', false, 'a line separator, which no header takes for a line end'],
    ['\u{1f600}', false, 'a pair of surrogates'],
  ])('%j: %s, %s', (text, answer) => {
    expect(hasControlCharacter(text)).toBe(answer)
  })
})
