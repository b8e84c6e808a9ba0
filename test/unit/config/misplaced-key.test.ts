import { describe, expect, it } from 'vitest'
import { EXTRA_ENV_ROWS, RULE_ROWS, rowsOf } from '../../../src/config/keys.js'
import { findingsOf } from '../../support/config-issues.js'

const HEADERS = { root: '', 'extra-env': '[extra-env]\n', rule: '[registries."a.io."]\n' }

const findingOf = (level: keyof typeof HEADERS, key: string) => {
  const [finding, ...others] = findingsOf(`${HEADERS[level]}${JSON.stringify(key)} = "x"`)
  expect(others).toEqual([])
  expect(finding?.code).toBe('unknown-key')
  return finding
}

const MISPLACED =
  "is a key of this format, but not in this place; Contrast's puller passes over it here without a word"

const ruleKeys = rowsOf(RULE_ROWS).map(([, { key }]) => key)
const variables = rowsOf(EXTRA_ENV_ROWS).map(([, { key }]) => key)

describe('a key in another table than its own', () => {
  it.each(ruleKeys.flatMap((key) => [['root', key] as const, ['extra-env', key] as const]))(
    '%s: %s belongs to a registry',
    (level, key) => {
      expect(findingOf(level, key)?.message).toContain(MISPLACED)
      expect(findingOf(level, key)?.help).toBe(
        `write ${key} below the header of a registry, such as [registries."ghcr.io."]`,
      )
    },
  )

  it.each(variables.flatMap((key) => [['root', key] as const, ['rule', key] as const]))(
    '%s: %s belongs to extra-env',
    (level, key) => {
      expect(findingOf(level, key)?.message).toContain(MISPLACED)
      expect(findingOf(level, key)?.help).toBe(
        `write ${key} below the header [extra-env]; it holds for all registries`,
      )
    },
  )

  it.each([
    ['rule', 'extra-env'],
    ['rule', 'registries'],
    ['extra-env', 'registries'],
    ['extra-env', 'extra-env'],
  ] as const)('%s: %s is a table of the document', (level, key) => {
    expect(findingOf(level, key)?.message).toContain(MISPLACED)
    expect(findingOf(level, key)?.help).toMatch(/^write it as a header of its own/)
  })

  it.each([
    ['root', 'no_proxy', 'write NO_PROXY below'],
    ['rule', 'httpsProxy', 'write HTTPS_PROXY below'],
    ['root', 'mirror_fallback', 'write mirror-fallback below'],
    ['extra-env', 'CA_CERTS', 'write ca-certs below'],
    ['rule', 'extra_env', 'write it as a header of its own'],
  ] as const)('%s: %s is spelled as this format spells it', (level, key, help) => {
    expect(findingOf(level, key)?.message).toContain(MISPLACED)
    expect(findingOf(level, key)?.help).toContain(help)
  })

  it.each([
    ['root', '[auth]\n"ghcr.io" = {}', MISPLACED],
    ['a name', '["ghcr.io."]\nauth = "dTpw"', "isn't a key of this format"],
    [
      'its own table, misspelt',
      '[registries."a.io."]\nca_certs = "x"',
      "isn't a key of this format",
    ],
  ])('is told from others: %s', (_, text, message) => {
    expect(findingsOf(text)[0]?.message).toContain(message)
  })
})
