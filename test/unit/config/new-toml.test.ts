import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { extentOf, findingsOf } from '../../support/config-issues.js'
import vectors from '../../vectors/puller-toml.json' with { type: 'json' }

const refusals = (text: string | Uint8Array) =>
  findingsOf(text, { unknownKeys: 'warn' }).filter(({ code }) => code === 'puller-refuses-toml')

describe("TOML that Contrast's parser refuses", () => {
  it.each([
    ['\ufeff[extra-env]', 'byte order mark', '1:1-1:1'],
    ['extra-env = {\n}', 'line end', '1:14-1:14'],
    ['extra-env = { # c\n}', 'line end', '1:15-1:15'],
    ['extra-env = { NO_PROXY = "a", }', 'comma', '1:29-1:30'],
    ['[extra-env]\nNO_PROXY = "\\x61"', 'escape', '2:13-2:15'],
    ['a = 07:32', 'time', '1:5-1:10'],
    ['a = 1979-05-27 07:32', 'time', '1:5-1:21'],
    ['a = 1979-05-27T07:32Z # c', 'time', '1:5-1:22'],
    ['a = 2023-02-29', 'date', '1:5-1:15'],
    ['a = 2100-02-29T00:00:00Z', 'date', '1:5-1:25'],
    ['a = [{ b = 1, }]', 'comma', '1:13-1:14'],
    ['a = [[2023-04-31]]', 'date', '1:7-1:17'],
  ])('%j: %s', (text, what, extent) => {
    const [finding, ...others] = refusals(text)
    expect(others).toEqual([])
    expect(finding?.message).toContain(what)
    expect(finding?.help).toBeTypeOf('string')
    expect(finding && extentOf(finding)).toBe(extent)
  })

  it.each([
    'extra-env = {}',
    'extra-env = { NO_PROXY = "{,}" }',
    '[extra-env]\nNO_PROXY = "a\\\\x"',
    "[extra-env]\nNO_PROXY = 'a\\x'",
    '[extra-env]\nNO_PROXY = "a\\e"',
    "[extra-env]\nNO_PROXY = '''{\n,}'''",
    'a = [\n1,\n]',
    'a = { b = [\n1, ] }',
    'a = 07:32:00',
    'a = 1979-05-27 07:32:00.5',
    'a = 2024-02-29',
    'a = 2000-02-29',
    '# \\x { ,}',
  ])('%j is none', (text) => expect(refusals(text)).toEqual([]))

  it('is reported once a kind, at its first place', () => {
    const text = 'a = { b = 1, }\nc = { d = 1,\n}\n'
    expect(refusals(text).map(extentOf)).toEqual(['1:12-1:13', '2:13-2:13'])
  })

  it('is found wherever smol-toml and go-toml differ, by the vectors', () => {
    let refused = 0
    for (const { name, base64, want } of vectors.cases) {
      const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
      try {
        parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
      } catch {
        continue
      }
      // A second byte order mark is an error here.
      const isError = findingsOf(bytes, { unknownKeys: 'warn' }).some(
        ({ code }) => code === 'invalid-toml' || code === 'invalid-utf8',
      )
      // go-toml takes a byte order mark before a comment, and nothing but that.
      if (want.parses) expect(refusals(bytes), name).toEqual([])
      else {
        expect(refusals(bytes).length > 0 || isError, name).toBe(true)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(15)
  })
})
