import { describe, expect, it } from 'vitest'
import { locateKeys } from '../../../src/config/positions.js'
import { readUnicode } from '../../../src/text/unicode.js'

const located = (toml: string, ...path: string[]) => {
  const { line, column } = locateKeys(toml, JSON.parse)(path)
  return `${line}:${column}`
}

describe('locateKeys', () => {
  it.each([
    ['a = 1', ['a'], '1:1', 'a key'],
    ['[x]\r\n  a = 1', ['x', 'a'], '2:3', 'a key of a table, after a Windows line end'],
    ['[ "x.y" . z ]', ['x.y', 'z'], '1:11', 'a header with blanks'],
    ['[[x]]\n[[x]]', ['x'], '1:3', 'the first of an array of tables'],
    ['x.y = 1\nx.z = 1', ['x'], '1:1', 'where it is first mentioned'],
    ['x = { # c\n y = 1,\n}', ['x', 'y'], '2:2', 'an inline table of TOML 1.1'],
    ['x = """a\\"""b"""\ny = 1', ['y'], '2:1', 'an escaped quote in a multi-line string'],
    ["x = ''''a'''''\ny = 1", ['y'], '2:1', 'quotes beside the delimiter'],
    ['a = 1', ['b'], '1:1', 'the table of a key that is not there'],
    ['a = 1', [], '1:1', 'the document'],
    ['a.b.c.d.e = 1\na.b.x = 1', ['a', 'b', 'x'], '2:5', 'beside a deeper key than is asked for'],
  ])('%j: %j is at %s (%s)', (toml, path, want) => expect(located(toml, ...path)).toBe(want))

  it.each(['x = "', 'x = {', 'x = [', '[x', 'x', "'", 'x = { y', "x = '''"])(
    'ends for %j',
    (toml) => {
      expect(located(toml, 'x')).toMatch(/^1:/)
    },
  )
})

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
