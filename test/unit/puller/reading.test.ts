import { describe, expect, it } from 'vitest'
import { readForPuller } from '../../../src/puller/reading.js'
import { releaseOf } from '../../../src/puller/version.js'
import { read } from '../../support/vectors.js'

interface TomlCase {
  readonly name: string
  readonly base64: string
  readonly want: { readonly parses: boolean; readonly intoConfig: boolean }
}

const cases = read<TomlCase>('puller-toml.json')
const release = (version: string) => {
  const found = releaseOf(version)
  if (found === undefined) throw new Error('expected a release')
  return found
}
const startsOf = (text: string | Uint8Array, version = '1.25') =>
  readForPuller(text, release(version)).starts

describe('whether the puller starts', () => {
  it('is as the vectors have it, or unknown, and never wrong', () => {
    expect(cases.length).toBeGreaterThan(380)
    let unknown = 0
    for (const { name, base64, want } of cases) {
      const starts = startsOf(Buffer.from(base64, 'base64'))
      if (starts === 'unknown') unknown += want.intoConfig ? 1 : 0
      else expect(starts, name).toBe(want.intoConfig ? 'yes' : 'no')
    }
    // smol-toml refuses what go-toml passes over.
    expect(unknown).toBe(64)
  })

  it.each([
    ['', 'yes', 'an empty document'],
    ['\n# nothing', 'yes', 'a comment'],
    ['\ufeff', 'no', 'a byte order mark, which go-toml refuses'],
    ['registries = 1', 'no', 'no table'],
    ['[[registries]]', 'no', 'an array of tables'],
    ['Registries = { "a." = { CA-CERTS = 1 } }', 'no', 'keys count in any case'],
    [
      'registries = { "a." = { "\u0130dentitytoken" = 1 } }',
      'no',
      "Go's lower case of the dotted I",
    ],
    ['registries = { "a." = { "insecure-s\u212aip-verify" = 1 } }', 'no', 'the Kelvin sign'],
    ['registries = { "a." = { nothing = 1 } }', 'yes', 'unknown keys are passed over'],
    ['registries = { "a." = { insecure-skip-verify = "true" } }', 'no', 'a string for a boolean'],
    ['registries = { "a." = 1 }', 'no', 'a rule that is no table'],
    ['extra-env = { ANY = 1 }', 'no', 'a map of strings alone'],
    ['extra-env = { https_proxy = "x" }', 'yes', 'a string, if of no use'],
    ['extra-env = 1979-05-27', 'no', 'a date'],
    ['t = 07:32', 'yes', 'a time that nothing asks for'],
    ['a = { b = 1,\n}', 'no', 'a line end and a last comma in an inline table'],
    ['a = "\\x41"', 'no', 'an escape of TOML 1.1'],
    ["a = '\\x41'", 'yes', 'no escape in a literal string'],
    ['[registries."a.".auth]', 'unknown', 'a header for a string, with nothing below it'],
    ['a = True', 'unknown', 'no TOML, which go-toml may pass over'],
  ] satisfies [string, string, string][])('%j: %s (%s)', (text, want) =>
    expect(startsOf(text)).toBe(want),
  )

  it('refuses what is no UTF-8', () => {
    expect(startsOf(Uint8Array.of(0x61, 0x3d, 0x22, 0xff, 0x22))).toBe('no')
  })

  it.each([
    ['GHCR.io.', 'unknown'],
    ['ghcr.io', 'unknown'],
    ['ghcr.io.', 'yes'],
    ['.', 'yes'],
  ])('leaves open since 1.26 whether the name %s is refused: %s', (name, want) => {
    const text = `registries = { "${name}" = {} }`
    expect(startsOf(text, '1.26')).toBe(want)
    expect(startsOf(text, '1.25')).toBe('yes')
  })

  it('points to what keeps it from starting, without user info', () => {
    const text = '[registries."alice:secret@a."]\nusername = 1'
    const [finding, ...others] = readForPuller(text, release('1.26')).findings
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      code: 'puller-does-not-start',
      severity: 'warning',
      path: ['registries', '…@a.', 'username'],
      place: { kind: 'document', line: 2, column: 1 },
    })
    expect(JSON.stringify(finding)).not.toContain('secret')
  })
})
