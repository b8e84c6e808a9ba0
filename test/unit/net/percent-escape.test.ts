import { describe, expect, it } from 'vitest'
import { hasBrokenEscape } from '../../../src/net/percent-escape.js'

describe('hasBrokenEscape', () => {
  it.each([
    ['', false],
    ['/v2/', false],
    ['/%2f%2F%aA', false],
    ['/%', true],
    ['/%2', true],
    ['/%zz', true],
    ['/%2g', true],
    ['/%%20', true],
    ['/%25zz', false],
  ])('of %j is %s', (text, want) => expect(hasBrokenEscape(text)).toBe(want))
})
