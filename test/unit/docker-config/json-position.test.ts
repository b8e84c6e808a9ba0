import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { skimJson } from '../../../src/docker-config/json-position.js'
import { parseDockerConfig } from '../../../src/docker-config.js'
import { fileOf } from '../../support/docker-config.js'
import { expectProportion } from '../../support/proportion.js'

describe('places in JSON', () => {
  const anyText = fc.oneof(
    fc.json(),
    fc
      .json()
      .chain((text) =>
        fc
          .tuple(
            fc.nat(text.length),
            fc.constantFrom('', '"', '{', ']', ',', ':', '\\', '0', '.', 'e'),
          )
          .map(([at, character]) => text.slice(0, at) + character + text.slice(at + 1)),
      ),
  )
  const agrees = (fault: (text: string) => boolean) =>
    fc.property(anyText, (text) => {
      let isJson = true
      try {
        JSON.parse(text)
      } catch {
        isJson = false
      }
      return fault(text) !== isJson
    })

  it('has a fault where JSON.parse fails, and only there', () => {
    fc.assert(
      agrees((text) => skimJson(text).fault !== undefined),
      { numRuns: 10_000 },
    )
    expect(
      fc.check(
        agrees((text) => !text.startsWith('{')),
        { numRuns: 500 },
      ).failed,
    ).toBe(true)
  })

  it.each([
    '01',
    '-',
    '1.',
    '.5',
    '1e',
    '+1',
    'nul',
    'truee',
    '"\\x"',
    '"\\u12g4"',
    '"',
    '"\\',
    '{"a" 1}',
    '[1 2]',
    '[1}',
    '{]',
    '{"a":}',
    '{,}',
    '[,]',
    '}',
    '1 2',
    '{"a":1,}',
    '[1,]',
    '"\u0001"',
  ])('%j is none', (text) => expect(skimJson(text).fault).toBeDefined())

  it('finds members by their path, the nearest around for others', () => {
    const places = skimJson('{ "a": { "b": [ { "c": 1 } ],\n "d": {} } }')
    expect(places.fault).toBeUndefined()
    expect(places.locate(['a'])).toMatchObject({ line: 1, column: 3 })
    expect(places.locate(['a', 'd'])).toMatchObject({ line: 2, column: 2 })
    expect(places.locate(['a', 'x'])).toMatchObject({ line: 1, column: 3 })
    expect(places.locate(['y'])).toMatchObject({ line: 1, column: 1 })
  })

  it('says how far the name of a member reaches', () => {
    const { line, column, endLine, endColumn } = skimJson('{\n "a\\u0062": 1 }').locate(['ab'])
    expect([line, column, endLine, endColumn]).toEqual([2, 2, 2, 11])
  })

  it('keeps the last of members with one name, and its own members', () => {
    const places = skimJson('{"a": {"b": 1, "c": 2},\n "a": {"b": 3}}')
    expect(places.locate(['a', 'b'])).toMatchObject({ line: 2, column: 8 })
    expect(places.locate(['a', 'c'])).toMatchObject({ line: 2, column: 2 })
    expect(skimJson('[{"a": {"b": 1}}]').locate(['a'])).toMatchObject({ line: 1, column: 1 })
  })

  it('ends in time where a long name has many members', () => {
    const textOf = (count: number) => {
      const members = Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, 0]))
      return fileOf({ ['k'.repeat(10 * count)]: members })
    }
    const read = (text: string) => expect(parseDockerConfig(text).contrast.entries).toHaveLength(1)
    expectProportion(read, textOf(1000), textOf(8000))
  })

  it('ends in time on a long text, however deep', () => {
    for (const unit of ['[', '{"a":', '"\\u0041', '1', '{}']) {
      const textOf = (size: number) => unit.repeat(size / unit.length)
      expectProportion(skimJson, textOf(2 ** 14), textOf(2 ** 17))
    }
  })
})
