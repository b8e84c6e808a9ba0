import { describe, expect, it } from 'vitest'
import { encodePem } from '../../../src/certificates/pem-encode.js'

describe('encodePem', () => {
  it.each([
    [0, [], 'no bytes, no body'],
    [48, [64], 'a full line'],
    [49, [64, 4], 'one byte more'],
    [96, [64, 64], 'two full lines'],
  ])('%i bytes give lines of %j: %s', (length, columns) => {
    const lines = encodePem('X', new Uint8Array(length)).split('\n')
    expect(lines.at(0)).toBe('-----BEGIN X-----')
    expect(lines.slice(1, -2).map((line) => line.length)).toEqual(columns)
    expect(lines.slice(-2)).toEqual(['-----END X-----', ''])
  })
})
