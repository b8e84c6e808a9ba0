import { describe, expect, it } from 'vitest'
import { lazyPattern } from '../../../src/text/pattern.js'

describe('lazyPattern', () => {
  it('is made once, when it is first asked for', () => {
    const broken = lazyPattern('(', 'u')
    expect(broken).toThrow(SyntaxError)
    const word = lazyPattern(String.raw`\p{L}`, 'u')
    expect(word().test('ü')).toBe(true)
    expect(word()).toBe(word())
  })
})
