import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ConfigError,
  createResolver,
  type ImagePullerConfig,
  parseConfig,
} from '../../../src/index.js'
import { stringifyConfig, toKubernetesSecret } from '../../../src/write.js'
import { EXAMPLE, PEM, REVEAL } from '../../support/write.js'

/** Everything that decides, with the secrets, in an order of its own; names as the writer has them. */
function contentOf(config: ImagePullerConfig): unknown {
  const { httpProxy, httpsProxy, noProxy } = config.extraEnv
  const rules = config.rules.map((rule) => [
    rule.name.toLowerCase().replace(/(?<=.)\.$/, ''),
    rule.caBundle?.certificates.map(({ pem }) => pem),
    rule.insecureSkipVerify,
    ...[rule.username, rule.password, rule.auth, rule.identityToken, rule.registryToken].map(
      (secret) => secret?.reveal(),
    ),
    rule.mirror,
    rule.mirrorFallback,
  ])
  // The rule of the empty name matches nothing, and isn't written.
  const named = rules.filter(([name]) => name !== '')
  const sorted = named.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
  return [sorted, httpProxy?.reveal(), httpsProxy?.reveal(), noProxy?.reveal()]
}

describe('stringifyConfig', () => {
  it('is canonical: the same for the same rules in another order', () => {
    const a = '[registries."a.io"]\nauth = "dTpw"\n'
    const b = '[registries."b.io"]\nmirror = "https://m.io"\n'
    const texts = [a + b, b + a].map((text) => stringifyConfig(parseConfig(text), REVEAL))
    expect(texts[0]).toBe(texts[1])
    expect(texts[0]).toBe(`${a}\n${b}`.replaceAll('.io"]', '.io."]'))
  })

  it('writes certificates as they are read by people', () => {
    const text = stringifyConfig(parseConfig(EXAMPLE), REVEAL)
    expect(text).toContain(`ca-certs = '''\n${PEM}'''\n`)
    expect(text).toMatch(/\[registries\."\."\]\nca-certs = '''\n[^'-]+'''\n/)
    expect(text.startsWith('[extra-env]\nHTTPS_PROXY = ')).toBe(true)
  })

  it('keeps what denies everything, and what was there twice once', () => {
    const twice = parseConfig(`[registries."a.io"]\nca-certs = '''\n${PEM}${PEM}'''`)
    expect(stringifyConfig(twice, REVEAL).split('BEGIN')).toHaveLength(2)
    const prose = parseConfig('[registries."a.io"]\nca-certs = "no certificate"')
    const { resolve } = createResolver(parseConfig(stringifyConfig(prose, REVEAL)))
    expect(resolve('a.io/x').tls.kind).toBe('deny-all')
  })

  it('writes names in lower case with the trailing dot, as the puller wants them', () => {
    const toml = `registries = { 'GHCR.io' = {}, '.Corp.' = {}, '.' = {}, 'a.IO:5000' = {} }`
    const text = stringifyConfig(parseConfig(toml), REVEAL)
    expect(text.match(/(?<=\[registries\.")[^"]+/g)).toEqual([
      '.',
      '.corp.',
      'a.IO:5000',
      'ghcr.io.',
    ])
  })

  it('cfg-01: never writes the empty string for deny-all, which the puller takes for unset', () => {
    for (const certs of ['""', '"no PEM here means no CA certificates"']) {
      const text = stringifyConfig(parseConfig(`[registries."."]\nca-certs = ${certs}`), REVEAL)
      expect(text).not.toContain('ca-certs = ""')
      expect(createResolver(parseConfig(text)).resolve('a.io/x').tls.kind).toBe('deny-all')
    }
  })

  it('leaves out the rule of the empty name, which the puller takes for the catch-all', () => {
    expect(stringifyConfig(parseConfig('[registries.""]\nauth = "dTpw"'), REVEAL)).toBe('')
  })

  it('writes user info in a name, which is shown nowhere else', () => {
    const config = parseConfig('[registries."alice:hunter2@ghcr.io."]\nauth = "dTpw"')
    expect(stringifyConfig(config, REVEAL)).toContain('[registries."alice:hunter2@ghcr.io."]')
    expect(config.rules[0]?.name).not.toContain('hunter2')
  })

  it('knows no other option', () => {
    const options = { ...REVEAL, revealSecret: true }
    expect(() => stringifyConfig(parseConfig(''), options as never)).toThrow('did you mean')
  })

  it.each([undefined, {}, { revealSecrets: false }, { revealSecrets: 'yes' }, null])(
    '%j is no consent to secrets in the text',
    (options) => {
      expect(() => stringifyConfig(parseConfig(''), options as never)).toThrow(TypeError)
      expect(() => toKubernetesSecret(parseConfig(''), options as never)).toThrow(TypeError)
    },
  )

  it('threat 18: a polluted Object.prototype is no consent', () => {
    Object.defineProperty(Object.prototype, 'revealSecrets', { value: true, configurable: true })
    try {
      expect(() => stringifyConfig(parseConfig(''), {} as never)).toThrow(TypeError)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'revealSecrets')
    }
  })

  it('threat 18: a polluted Object.prototype sets no option of what writes', () => {
    const config = parseConfig('[registries."a.io"]\nauth = "dTpw"')
    const text = stringifyConfig(config, REVEAL)
    const names = ['maxDepth', 'numbersAsFloat', 'strictTemporal']
    for (const name of names) {
      Object.defineProperty(Object.prototype, name, { value: 0, configurable: true })
    }
    try {
      expect(stringifyConfig(config, REVEAL)).toBe(text)
    } finally {
      for (const name of names) Reflect.deleteProperty(Object.prototype, name)
    }
  })

  it('misuse is a TypeError', () => {
    for (const config of [
      {},
      null,
      { rules: [] },
      { rules: [], extraEnv: null },
      { extraEnv: {} },
    ]) {
      expect(() => stringifyConfig(config as never, REVEAL)).toThrow(
        /: expected a configuration from/,
      )
      expect(() => toKubernetesSecret(config as never, REVEAL)).toThrow(TypeError)
    }
  })

  const secret = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !/\p{Cc}|\p{Cs}/u.test(text))
  const rule = fc.record(
    {
      'ca-certs': fc.constantFrom(PEM, '', 'prose', `${PEM}\n# '"\\\n${PEM}`),
      'insecure-skip-verify': fc.boolean(),
      auth: secret,
      identitytoken: secret,
      registrytoken: secret,
      mirror: fc.constantFrom('https://mirror.corp/a', ''),
      'mirror-fallback': fc.boolean(),
    },
    { requiredKeys: [] },
  )
  const name = fc.oneof(
    fc.constantFrom(
      'a.io',
      'B.io.',
      '.c.io',
      '.',
      '__proto__',
      'constructor',
      'a b',
      '"',
      'é',
      '\u0000',
      '',
    ),
    fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Cs}/u.test(text)),
  )
  const pair = fc.option(fc.record({ username: secret, password: secret }))
  const config = fc
    .tuple(
      fc.array(fc.tuple(name, rule, pair), { maxLength: 4 }),
      fc.record(
        { HTTPS_PROXY: fc.constantFrom('http://u:p@h', ''), NO_PROXY: secret },
        { requiredKeys: [] },
      ),
    )
    .map(([rules, extraEnv]) => {
      const quote = (text: string) => JSON.stringify(text).replaceAll('\u007f', '\\u007f')
      const lines = [
        `[extra-env]`,
        ...Object.entries(extraEnv).map(([key, value]) => `${key} = ${quote(value)}`),
      ]
      for (const [key, values, both] of rules) {
        lines.push(`[registries.${quote(key)}]`)
        for (const [k, v] of Object.entries({ ...values, ...both })) {
          lines.push(`${k} = ${typeof v === 'string' ? quote(v) : v}`)
        }
      }
      try {
        return parseConfig(lines.join('\n'))
      } catch (error) {
        if (error instanceof ConfigError) return undefined
        throw error
      }
    })
    .filter((value) => value !== undefined)
  const roundTrips = (write: (config: ImagePullerConfig) => string) =>
    fc.property(config, (value) => {
      expect(contentOf(parseConfig(write(value)))).toEqual(contentOf(value))
    })

  it('property: what is read from it is the same configuration', () => {
    fc.assert(
      roundTrips((value) => stringifyConfig(value, REVEAL)),
      { numRuns: 200 },
    )
    const mutant = (value: ImagePullerConfig) =>
      stringifyConfig(value, REVEAL).replace(/^insecure-skip-verify.*$/m, '')
    expect(fc.check(roundTrips(mutant), { numRuns: 200, endOnFailure: true }).failed).toBe(true)
  })
})

it('writes no configuration that has lost its secrets', () => {
  const config = parseConfig('[registries."a.io"]\nregistrytoken = "t"')
  const copy: ImagePullerConfig = JSON.parse(JSON.stringify(config))
  expect(() => stringifyConfig(copy, REVEAL)).toThrow('from parseConfig')
  expect(() => toKubernetesSecret(copy, REVEAL)).toThrow('from parseConfig')
})
