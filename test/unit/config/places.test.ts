import { describe, expect, it } from 'vitest'
import { placesIn, type Spot } from '../../../src/config/places.js'
import { skim } from '../../../src/config/skimmer.js'

const placesOf = (toml: string) => placesIn(toml, skim(toml, JSON.parse).root)

const extent = (toml: string, path: readonly string[], spot: Spot) => {
  const { line, column, endLine, endColumn } = placesOf(toml).placeOf(path, spot)
  return `${line}:${column}-${endLine}:${endColumn}`
}

describe('the place of a key', () => {
  it.each([
    ['a = 1', ['a'], '1:1-1:2', 'a key'],
    ['[x]\r\n  a = 1', ['x', 'a'], '2:3-2:4', 'a key of a table, after a Windows line end'],
    ['[ "x.y" . z ]', ['x.y', 'z'], '1:11-1:12', 'a header with blanks'],
    ['[ "x.y" . z ]', ['x.y'], '1:3-1:8', 'its first part, quotes included'],
    ['[[x]]\n[[x]]', ['x'], '1:3-1:4', 'the first of an array of tables'],
    ['x.y = 1\nx.z = 1', ['x'], '1:1-1:2', 'where it is first mentioned'],
    ['x = { # c\n y = 1,\n}', ['x', 'y'], '2:2-2:3', 'an inline table of TOML 1.1'],
    ['x = """a\\"""b"""\ny = 1', ['y'], '2:1-2:2', 'an escaped quote in a multi-line string'],
    ["x = ''''a'''''\ny = 1", ['y'], '2:1-2:2', 'quotes beside the delimiter'],
    ['a = 1', ['b'], '1:1-1:1', 'the document, for a key that is not there'],
    ['[x]\na = 1', ['x', 'b'], '1:2-1:3', 'the table of a key that is not there'],
    ['a = 1', [], '1:1-1:1', 'the document'],
    ['a.b.c.d.e = 1\na.b.x = 1', ['a', 'b', 'x'], '2:5-2:6', 'beside a deeper key'],
    ['"\\u0061" = 1', ['a'], '1:1-1:9', 'an escaped key'],
  ])('%j: %j is at %s (%s)', (toml, path, want) => {
    expect(extent(toml, path, { kind: 'key' })).toBe(want)
  })

  it('is exact where it is asked to be', () => {
    const { exactPlaceOf } = placesOf('[x]\na = 1')
    expect(exactPlaceOf(['x', 'a'])).toMatchObject({ line: 2, column: 1, endColumn: 2 })
    expect(exactPlaceOf(['x', 'b'])).toBeUndefined()
    expect(exactPlaceOf(['y', 'a'])).toBeUndefined()
  })
})

describe('the place of a value', () => {
  it.each([
    ['a = 1  # c', '1:1-1:6', 'a number'],
    ['a = true\r\n', '1:1-1:9', 'a boolean before a Windows line end'],
    ['a = "b"', '1:1-1:8', 'a string'],
    ["a = '''\nb\n'''\nc = 1", '1:1-3:4', 'a multi-line string'],
    ['a = [\n1,\n]', '1:1-3:2', 'an array'],
    ['a = { b = 1 }', '1:1-1:14', 'an inline table'],
    ['a = 1979-05-27 07:32:00', '1:1-1:24', 'a date with a blank'],
    ['[a]\nb = 1', '1:2-1:3', 'the key, for a table with a header'],
  ])('%j: %s (%s)', (toml, want) => expect(extent(toml, ['a'], { kind: 'value' })).toBe(want))
})

describe('the place of a line of a text', () => {
  it.each([
    ["a = '''\nb\ncd'''", 2, '3:1-3:3', 'the last one, up to the quotes'],
    ["a = '''b\ncd\n'''", 1, '1:8-1:9', 'the first one, behind the quotes'],
    ["a = '''\nb\n'''", 9, '3:1-3:1', 'one that is not there: the end'],
    ['a = """\nb\\n\n"""', 1, '1:1-3:4', 'a text with escapes: the value'],
    ['a = 1', 1, '1:1-1:6', 'no text: the value'],
    ['[a]\nb = 1', 1, '1:2-1:3', 'no value: the key'],
  ])('%j, line %i: %s (%s)', (toml, line, want) => {
    expect(extent(toml, ['a'], { kind: 'line', line })).toBe(want)
  })
})

describe('a text that is no TOML', () => {
  it.each(['x = "', 'x = {', 'x = [', '[x', 'x', "'", 'x = { y', "x = '''", 'x = ]', 'x = [ } ]'])(
    'ends for %j',
    (toml) => {
      expect(extent(toml, ['x'], { kind: 'key' })).toMatch(/^1:/)
    },
  )
})
