import { describe, expect, it } from 'vitest'
import { readUnicode } from '../../../src/text/unicode.js'
import { brief, findingsOf, issuesOf } from '../../support/config-issues.js'

describe('readUnicode', () => {
  const bytes = (...values: number[]) => new Uint8Array(values)
  it.each<[string | Uint8Array, number, string]>([
    [bytes(0x23, 0xef, 0xbf), 2, 'the beginning of the replacement character'],
    [bytes(0x23, 0xef, 0xbf, 0x41), 2, 'the same, and then something else'],
    [bytes(0x23, 0xef, 0xb0, 0x41), 2, 'a sequence that begins like it'],
    [bytes(0x23, 0xef, 0xbf, 0xbd, 0xff), 3, 'a replacement character of its own'],
    [bytes(0xef, 0xbb, 0xbf, 0x23, 0xff), 2, 'a byte order mark before it, which has no column'],
    [bytes(0xc3), 1, 'half a character'],
    ['\ufeff#\ud800', 2, 'half a pair after a byte order mark'],
  ])('%j is invalid at column %i: %s', (input, column) => {
    expect(readUnicode(input)).toEqual({ line: 1, column })
  })
})

describe('UTF-16', () => {
  const document = '[extra-env]\r\n'
  const littleEndian = new Uint8Array(Buffer.from(document, 'utf16le'))
  const bigEndian = new Uint8Array(Buffer.from(document, 'utf16le').swap16())
  const marked = (...bytes: Uint8Array[]) => new Uint8Array(Buffer.concat(bytes))

  it.each<[string | Uint8Array, string]>([
    [marked(new Uint8Array([0xff, 0xfe]), littleEndian), 'little-endian, as PowerShell writes it'],
    [marked(new Uint8Array([0xfe, 0xff]), bigEndian), 'big-endian'],
    [littleEndian, 'little-endian without a mark'],
    [bigEndian, 'big-endian without a mark'],
    [Buffer.from(littleEndian).toString('utf8'), 'decoded as UTF-8'],
    [
      Buffer.from(marked(new Uint8Array([0xff, 0xfe]), littleEndian)).toString('utf8'),
      'decoded as UTF-8 with its mark replaced',
    ],
    [
      Buffer.from(marked(new Uint8Array([0xff, 0xfe]), littleEndian)).toString('latin1'),
      'decoded as Latin-1',
    ],
  ])('is named: %#, %s', (input) => {
    const issues = issuesOf(input)
    expect(issues.map(brief)).toEqual([['invalid-utf8', '', 1, 1]])
    expect(issues[0]?.message).toContain('UTF-16')
    expect(issues[0]?.help).toContain('UTF-8')
  })
})

describe('a byte order mark', () => {
  it.each<[string | Uint8Array]>([['\ufeff'], [new TextEncoder().encode('\ufeff# x')]])(
    'is one that the puller refuses: %j',
    (input) => expect(findingsOf(input).map(({ code }) => code)).toEqual(['puller-refuses-toml']),
  )

  it('at most one', () => {
    expect(issuesOf('\ufeff\ufeff').map(brief)).toEqual([['invalid-toml', '', 1, 1]])
  })
})
