import { describe, expect, it } from 'vitest'
import { NAME_TAG } from '../../../src/certificates/index.js'
import { describeSubtree } from '../../../src/inspect/constrained-name.js'

const octets = (value: string | readonly number[]) => {
  return new Uint8Array(typeof value === 'string' ? Buffer.from(value) : value)
}

describe('a subtree as text', () => {
  it.each<[number, string | readonly number[], string, string]>([
    [NAME_TAG.dns, '.corp', 'dns', '.corp'],
    [NAME_TAG.email, 'a@corp', 'email', 'a@corp'],
    [NAME_TAG.uri, 'corp', 'uri', 'corp'],
    [NAME_TAG.ip, [192, 0, 2, 0, 255, 255, 255, 0], 'ip', '192.0.2.0/24'],
    [NAME_TAG.ip, [0, 0, 0, 0, 0, 0, 0, 0], 'ip', '0.0.0.0/0'],
    [NAME_TAG.ip, [10, 0, 0, 0, 255, 240, 0, 0], 'ip', '10.0.0.0/12'],
    [
      NAME_TAG.ip,
      [0x20, 1, 0xd, 0xb8, ...Array(12).fill(0), ...Array(4).fill(255), ...Array(12).fill(0)],
      'ip',
      '2001:db8:0:0:0:0:0:0/32',
    ],
    [0xa4, [0x30, 0], 'other', '3000'],
    [NAME_TAG.dns, [0xe9], 'other', 'e9'],
  ])('tag %i, %j: %s %s', (tag, value, type, text) => {
    const described = describeSubtree({ tag, contents: octets(value) })
    expect(described).toEqual({ type, value: text })
    expect(Object.isFrozen(described)).toBe(true)
  })
})
