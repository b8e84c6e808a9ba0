import { describe, expect, it } from 'vitest'
import { explainToml } from '../../../src/config/toml-cause.js'
import { brief, extentOf, issuesOf } from '../../support/config-issues.js'

describe('what is not TOML, and what to write', () => {
  it.each([
    ['[registries."a.io"', 1, 2, '[header]'],
    ['username', 1, 1, 'key = "value"'],
    ['username "x"', 1, 10, 'key = "value"'],
    ['bücher = 1', 1, 2, 'in quotes'],
    ['[[a]', 1, 5, '[header]'],
    ['[a]]', 1, 4, 'begin a new line'],
    ['a = 1 b = 2', 1, 7, 'begin a new line'],
    ['auth = "abc\n', 1, 12, "between ''' and '''"],
    ['# \u0001', 1, 3, 'leave it out'],
    ['a = """abc', 1, 5, 'end it with its quotes'],
    ['a = "\\q"', 1, 7, 'single quotes'],
    ['a = [1,', 1, 5, 'end it with "]"'],
    ['a = {b = 1,', 1, 5, 'end it with "}"'],
    ['a = [1 2]', 1, 8, 'write the comma'],
    ['a = 01', 1, 5, 'between quotes'],
    ['a = 1_', 1, 5, 'between quotes'],
    ['a = 1__0', 1, 7, 'between quotes'],
    ['a = 2024-13-01', 1, 5, 'between quotes'],
    ['a = nothing', 1, 5, 'between quotes'],
    ['a = 1\na = 2', 2, 1, 'once'],
    [`a = ${'['.repeat(200)}`, 1, 105, 'nest less'],
  ])('%j at %i:%i', (text, line, column, help) => {
    const issues = issuesOf(text)
    expect(issues.map(brief)).toEqual([['invalid-toml', '', line, column]])
    expect(issues[0]?.help).toContain(help)
  })

  it('is TOML as such, where smol-toml says what it never said before', () => {
    const cause = explainToml('a = 1', { reason: 'a reason of tomorrow', line: 1, column: 5 })
    expect(cause).toEqual({ message: expect.any(String), help: expect.any(String) })
  })

  it('reaches to the end of the line', () => {
    expect(issuesOf('x = 1\na = nothing at all\n').map(extentOf)).toEqual(['2:5-2:19'])
  })
})

describe('the likely cause', () => {
  it.each([
    ['{"auths": {}}', 'JSON', 'imagepuller-auth convert'],
    ['{"apiVersion": "v1", "kind": "Secret"}', 'manifest of a Secret', 'openSecretManifest'],
    ['{"kind":"List","items":[', 'manifest of a Secret', 'contrast-imagepuller.toml'],
    ['{"kind": "Secretive"}', 'JSON', 'imagepuller-auth convert'],
    ['apiVersion: v1\nkind: Secret\n', 'manifest of a Secret', 'openSecretManifest'],
    ['apiVersion: v1\nkind: List\r\n', 'manifest of a Secret', 'openSecretManifest'],
    ['apiVersion: v1\nkind: Pod\n', 'YAML', 'key = "value"'],
    [' \n{"a": 1', 'JSON', '[registries."ghcr.io."]'],
    ['registries:\n  ghcr.io: 1', 'YAML', 'key = "value"'],
    ['- name: x', 'YAML', 'key = "value"'],
    ['a = "-----BEGIN CERTIFICATE-----\nMII', 'PEM', "'''"],
    ["a = '-----BEGIN CERTIFICATE-----\nMII", 'PEM', "'''"],
    ['a = True', 'boolean', 'write true,'],
    ['a = TRUE # c', 'boolean', 'write true,'],
    ['a = yes', 'boolean', 'write true,'],
    ['a = on', 'boolean', 'write true,'],
    ['a = False', 'boolean', 'write false,'],
    ['a = no', 'boolean', 'write false,'],
    ['a = off', 'boolean', 'write false,'],
    ['a = Off, too', 'boolean', 'write false,'],
    ['a = nope', 'no value', 'quotes'],
    ['a\u00a0= 1', 'no-break space or its like (U+00A0)', 'ordinary space'],
    ['a =\u202f1', 'no-break space or its like (U+202F)', 'ordinary space'],
    ['a\u200b = 1', 'invisible character (U+200B)', 'leave it out'],
    ['a = “b”', 'round quote (U+201C)', 'straight quotes'],
    ['a = "b”', 'round quote (U+201D)', 'straight quotes'],
    ['[registries.“ghcr.io.”]', 'round quote (U+201C)', 'straight quotes'],
    ['insecure–skip–verify = true', 'dash (U+2013)', 'hyphen'],
    ['a ＝ 1', 'full-width character (U+FF1D)', 'keyboard'],
  ])('of %j is %s', (text, message, help) => {
    const [issue] = issuesOf(text)
    expect(issue?.code).toBe('invalid-toml')
    expect(issue?.message).toContain(message)
    expect(issue?.help).toContain(help)
  })

  it.each([
    ['a = "b\u00a0”" x', 'what stands in a string is its own business'],
    ["a = 'b”' x", 'or in single quotes'],
    ['a = 1 x # a\u00a0b', 'or in a comment'],
  ])('of %j is no character of print: %s', (text) => {
    expect(issuesOf(text)[0]?.message).toContain('follows the value')
    expect(issuesOf(text)[0]?.help).toContain('stands in single ones')
  })
})
