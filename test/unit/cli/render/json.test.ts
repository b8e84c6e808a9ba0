import { describe, expect, it } from 'vitest'
import { jsonOf } from '../../../../src/cli/render/json.js'

describe('jsonOf', () => {
  it('is JSON that stands for the same', () => {
    const value = { a: 'x\u202e\u009b\u{e0001}\u2028\n\u0007', 'k\u200b': ['ä', 1, null] }
    const text = jsonOf(value)
    expect(JSON.parse(text)).toEqual(value)
    expect(text).toMatch(/^[\n -~ä]+$/)
  })
})
