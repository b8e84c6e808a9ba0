import fc from 'fast-check'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/parse-config.js'
import { ConfigError } from '../../../src/findings.js'
import { createResolver } from '../../../src/resolve/index.js'

const parsed = (document: string) => {
  try {
    return parseConfig(document)
  } catch {
    return undefined
  }
}

describe('any document', () => {
  const fragment = fc.constantFrom(
    '[registries."a.io."]',
    '[extra-env]',
    'auth = "YTpi"',
    'ca-certs = """',
    '"""',
    'username = "u"',
    '{',
    '}',
    '=',
    "'",
    '\n',
    '\u0000',
    'HTTP_PROXY = "http://u:p@h"',
    'HTTPS_PROXY = "$(X)"',
    'NO_PROXY = "$(X), 10.0.*"',
    'mirror = "https://m.io"',
    'é',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(fragment, { maxLength: 10 }).map((f) => f.join('\n')),
  )
  const parsesOrThrows = (read: (text: string) => unknown) =>
    fc.property(text, (document) => {
      try {
        read(document)
      } catch (error) {
        return error instanceof ConfigError
      }
      return true
    })

  it('parses, or throws exactly ConfigError', () =>
    fc.assert(parsesOrThrows(parseConfig), { numRuns: 3000 }))
  it('that parses is one that a resolver takes', () =>
    fc.assert(
      parsesOrThrows((document) => {
        const config = parsed(document)
        if (config) expect(() => createResolver(config).resolve('a.io/x')).not.toThrow()
      }),
      { numRuns: 3000 },
    ))
  it('would show another error', () =>
    expect(fc.check(parsesOrThrows(parse), { endOnFailure: true }).failed).toBe(true))
})
