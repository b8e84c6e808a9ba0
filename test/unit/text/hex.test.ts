import { describe, expect, it } from 'vitest'
import { encodeHex } from '../../../src/text/hex.js'

describe('encodeHex', () => {
  it.each([
    [[], ''],
    [[0, 1, 9, 10, 15], '0001090a0f'],
    [[16, 127, 128, 255], '107f80ff'],
  ])('%j is %j', (bytes, hex) => {
    expect(encodeHex(Uint8Array.from(bytes))).toBe(hex)
  })
})
