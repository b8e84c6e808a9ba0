import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ImagePullerConfig } from '../../../src/config/config.js'
import { EXTRA_ENV_ROWS, RULE_ROWS, rowsOf } from '../../../src/config/keys.js'
import { parseConfig } from '../../../src/config/parse-config.js'
import { writeExtraEnvKeys, writeRuleKeys } from '../../../src/config/write-keys.js'
import { Secret } from '../../../src/secret.js'
import { stringifyConfig } from '../../../src/write.js'
import vectors from '../../vectors/ca-bundles.json' with { type: 'json' }

const PEM = vectors.cases.find((c) => c.category === 'single')?.text ?? ''

/** Values that mean something, by key; keys that only count together stand beside each other. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'ca-certs': [`ca-certs = '''\n${PEM}'''`, "ca-certs = 'nothing is trusted'"],
  'insecure-skip-verify': ['insecure-skip-verify = true'],
  username: ['username = "ü"\npassword = "b\\"c"'],
  password: ["username = 'a'\npassword = '''{\"key\":\n1}'''"],
  auth: ['auth = "YTpi"'],
  identitytoken: ['identitytoken = "i"'],
  registrytoken: ['registrytoken = "r"'],
  mirror: ['mirror = "https://m.corp/v"'],
  'mirror-fallback': ['mirror = "https://m.corp"\nmirror-fallback = true'],
  HTTP_PROXY: ['HTTP_PROXY = "http://p.corp"', 'HTTP_PROXY = ""'],
  HTTPS_PROXY: ['HTTPS_PROXY = "http://u:p@p.corp"', 'HTTPS_PROXY = ""'],
  NO_PROXY: ['NO_PROXY = ".corp"', 'NO_PROXY = ""'],
}

const ruleKeys = rowsOf(RULE_ROWS).map(([, { key }]) => key)
const envKeys = rowsOf(EXTRA_ENV_ROWS).map(([, { key }]) => key)

const documentOf = (env: readonly string[], rule: readonly string[]) =>
  `[extra-env]\n${env.join('\n')}\n[registries."a.io."]\n${rule.join('\n')}\n`

/** All that a configuration says, secrets revealed. */
function contentOf({ rules, extraEnv }: ImagePullerConfig): unknown {
  const reveal = (_: string, value: unknown) =>
    value instanceof Secret ? { secret: value.reveal() } : value
  const plain = rules.map(({ caBundle, ...rule }) => ({
    ...rule,
    certificates: caBundle?.certificates.map(({ pem }) => pem),
  }))
  const entries = [...plain, extraEnv].map((part) =>
    Object.entries(part).map(([name, value]) => [name, reveal('', value)]),
  )
  return entries
}

const rewritten = (config: ImagePullerConfig) =>
  parseConfig(stringifyConfig(config, { revealSecrets: true }))

describe('the key table', () => {
  it('has a value of each key in this test', () => {
    expect(Object.keys(VALUES)).toEqual([...ruleKeys, ...envKeys])
  })

  it.each(
    [...ruleKeys, ...envKeys].flatMap((key) => (VALUES[key] ?? []).map((value) => [key, value])),
  )('%s changes the configuration, and survives stringifyConfig: %j', (key, value) => {
    const isRule = ruleKeys.includes(key as string)
    const config = parseConfig(
      documentOf(isRule ? [] : [value as string], isRule ? [value as string] : []),
    )
    const without = documentOf(
      isRule ? [] : withoutKey(value, key),
      isRule ? withoutKey(value, key) : [],
    )
    if (!['username', 'password'].includes(key as string)) {
      expect(contentOf(config)).not.toEqual(contentOf(parseConfig(without)))
    }
    expect(contentOf(config)).not.toEqual(contentOf(parseConfig(documentOf([], []))))
    expect(contentOf(rewritten(config))).toEqual(contentOf(config))
  })

  it('writes what it read, whatever keys a document has', () => {
    const values = (keys: readonly string[]) =>
      fc
        .subarray([...keys])
        .chain((chosen) =>
          fc.tuple(...chosen.map((key) => fc.constantFrom(...(VALUES[key] ?? [])))),
        )
    const property = fc.property(values(envKeys), values(ruleKeys), (env, rule) => {
      const lines = new Map(rule.flatMap((text) => pairsOf(text)))
      const config = parseConfig(documentOf(env, [...lines.values()]))
      expect(contentOf(rewritten(config))).toEqual(contentOf(config))
    })
    fc.assert(property, { numRuns: 300 })
  })

  it('keeps every secret value in a Secret', () => {
    for (const [property, { secrecy, key }] of [...rowsOf(RULE_ROWS), ...rowsOf(EXTRA_ENV_ROWS)]) {
      const isRule = ruleKeys.includes(key)
      const [value = ''] = VALUES[key] ?? []
      const config = parseConfig(documentOf(isRule ? [] : [value], isRule ? [value] : []))
      const part = isRule ? config.rules[0] : config.extraEnv
      const read: unknown = part && Object.entries(part).find(([name]) => name === property)?.[1]
      expect(read instanceof Secret, key).toBe(secrecy !== 'public')
    }
  })

  it('writes deny-all as a text, since the puller takes the empty string for unset', () => {
    const [rule] = parseConfig(documentOf([], ['ca-certs = ""'])).rules
    expect(rule && writeRuleKeys(rule).get('ca-certs')).toMatch(/^[A-Z][^-]+\n$/)
  })

  it('writes nothing for what is absent', () => {
    const { rules, extraEnv } = parseConfig(documentOf([], []))
    expect(rules[0] && writeRuleKeys(rules[0]).size).toBe(0)
    expect(writeExtraEnvKeys(extraEnv).size).toBe(0)
  })
})

/** The pairs of a text by key; a multi-line string goes on until its end. */
function pairsOf(text: string): [string, string][] {
  return text.split(/\n(?=[a-zA-Z_-]+ = )/).map((pair) => [pair.slice(0, pair.indexOf(' =')), pair])
}

function withoutKey(value: string | undefined, key: string | undefined): string[] {
  return pairsOf(value ?? '').flatMap(([name, pair]) => (name === key ? [] : [pair]))
}
