import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../src/config/parse-config.js'
import { ConfigError } from '../../src/findings.js'
import { makeSchema } from '../support/json-schema.js'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const EXAMPLE = read('docs/examples/contrast-imagepuller.toml')

describe('the JSON Schema', () => {
  const schema = read('docs/contrast-imagepuller.schema.json')
  const validate = new Ajv().compile(JSON.parse(schema))
  const guide = read('test/vectors/guide.txt')
  const examples = guide
    .split(/\nExample \d\n/)
    .slice(1)
    .map((section) => {
      const body = section.split('\nRegistry matching')[0] ?? ''
      const start = body.search(/^\[/m)
      return start < 0 ? '' : body.slice(start)
    })

  it('is current: `npm run schema` writes it', async () => {
    await expect(makeSchema()).toMatchFileSnapshot('../../docs/contrast-imagepuller.schema.json')
  })

  it("takes the guide's four examples, and ours", () => {
    expect(examples).toHaveLength(4)
    for (const toml of [...examples, EXAMPLE, '']) {
      expect(validate(parse(toml)), JSON.stringify(validate.errors)).toBe(true)
    }
  })

  it.each([
    ['[registry."ghcr.io."]'],
    ['[registries."ghcr.io."]\nca-cert = ""'],
    ['[registries."ghcr.io."]\nCA-certs = ""'],
    ['[registries."ghcr.io."]\ninsecure-skip-verify = "true"'],
    ['[registries."ghcr.io."]\nusername = "u"'],
    ['[registries."ghcr.io."]\npassword = "p"'],
    ['[registries."ghcr.io."]\nauth = 1'],
    ['[registries.ghcr.io]\nauth = "dTpw"'],
    ['registries = 1'],
    ['[extra-env]\nHTTP_PROXY = 1'],
    ['[extra-env]\nhttp_proxy = ""'],
  ])('refuses %j, as the parser does', (toml) => {
    expect(validate(parse(toml))).toBe(false)
    expect(() => parseConfig(toml)).toThrow(ConfigError)
  })

  it.each([
    ['username = ""\nauth = "dTpw"', true],
    ['username = ""\npassword = ""', true],
    ['username = "u"\npassword = "p"', true],
    ['username = "u"\npassword = ""', false],
    ['password = "p"\nusername = ""', false],
    ['password = "p"\nauth = "dTpw"', false],
  ])('takes %j as the parser does: %s', (keys, isValid) => {
    const toml = `[registries."a.io"]\n${keys}`
    expect(validate(parse(toml))).toBe(isValid)
    const parsing = expect(() => parseConfig(toml))
    if (isValid) parsing.not.toThrow()
    else parsing.toThrow(ConfigError)
  })

  it('describes every key', () => {
    const { properties } = JSON.parse(schema)
    const tables = [properties['extra-env'], properties.registries.additionalProperties]
    for (const table of tables) {
      for (const [key, value] of Object.entries<{ description: string }>(table.properties)) {
        expect(value.description, key).toBeTruthy()
      }
    }
  })
})
