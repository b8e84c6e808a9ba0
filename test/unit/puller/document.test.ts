import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { decodeDocument, type PullerDocument } from '../../../src/puller/document.js'

function decoded(toml: string): PullerDocument {
  const document = decodeDocument(parse(toml))
  if ('expected' in document) throw new Error(`${document.path.join('.')}: ${document.expected}`)
  return document
}

const ruleOf = (toml: string, name: string) => decoded(toml).rules.get(name)

describe('a document as the puller has it', () => {
  it('has a rule for each table, by its name as it is written', () => {
    const { rules } = decoded('[registries."A.b"]\n[registries."a.b."]\n[registries.""]\n')
    expect([...rules.keys()]).toEqual(['A.b', 'a.b.', ''])
  })

  it('is empty where nothing is written', () => {
    expect(decoded('').rules.size).toBe(0)
    expect(decoded('other = 1\n[unknown.table]\n').extraEnv.size).toBe(0)
  })

  it('has every key', () => {
    const rule = ruleOf(
      `[registries.a]
      ca-certs = "none"
      insecure-skip-verify = true
      mirror = "https://m"
      username = "u"
      password = "p"
      auth = "x"
      identitytoken = "i"
      registrytoken = "r"`,
      'a',
    )
    expect(rule).toMatchObject({
      caCerts: 'none',
      insecureSkipVerify: true,
      mirror: 'https://m',
    })
    const secrets = [
      rule?.username,
      rule?.password,
      rule?.auth,
      rule?.identityToken,
      rule?.registryToken,
    ]
    expect(secrets.map((secret) => secret?.reveal())).toEqual(['u', 'p', 'x', 'i', 'r'])
  })

  it.each([
    ['in any case', '[REGISTRIES.a]\nMirror = "https://m"', 'https://m'],
    ['the last of several spellings', '[registries.a]\nmirror = "x"\nMIRROR = "y"', 'y'],
    ['of two tables of one name', '[registries.a]\nmirror = "x"\n[Registries.a]\nauth = "y"', 'x'],
    ['unset where it is empty', '[registries.a]\nmirror = ""', ''],
    ['and no key of another name', '[registries.a]\nmirror-fallback = 1\nmirrors = 1', ''],
  ])('takes a key %s', (_, toml, mirror) => expect(ruleOf(toml, 'a')?.mirror).toBe(mirror))

  it("takes variables by their names as they are written: a Go map's keys have a case", () => {
    const { extraEnv } = decoded('[Extra-Env]\nHTTPS_PROXY = "x"\nhttps_proxy = "y"\n')
    expect([...extraEnv]).toEqual([
      ['HTTPS_PROXY', 'x'],
      ['https_proxy', 'y'],
    ])
  })

  it('has names that other objects have', () => {
    const toml = '[registries."__proto__"]\nmirror = "x"\n[registries.constructor]\n'
    expect(ruleOf(toml, '__proto__')?.mirror).toBe('x')
    expect(ruleOf(toml, 'constructor')?.mirror).toBe('')
    expect(ruleOf('', 'constructor')).toBeUndefined()
  })
})

describe('a wrong type', () => {
  it.each([
    ['registries = "x"', ['registries'], 'a table'],
    ['registries = [{}]', ['registries'], 'a table'],
    ['registries.a = 1979-05-27', ['registries', 'a'], 'a table'],
    ['registries.a.Auth = 1', ['registries', 'a', 'Auth'], 'a string'],
    ['registries.a.mirror = ["https://m"]', ['registries', 'a', 'mirror'], 'a string'],
    [
      'registries.a.insecure-skip-verify = "true"',
      ['registries', 'a', 'insecure-skip-verify'],
      'a boolean',
    ],
    ['extra-env = 1', ['extra-env'], 'a table'],
    ['extra-env.ANY = true', ['extra-env', 'ANY'], 'a string'],
  ] as const)('%s', (toml, path, expected) => {
    expect(decodeDocument(parse(toml))).toEqual({ path, expected, isEmptyTable: false })
  })

  it.each(['[registries.a.username]', '[registries.a.insecure-skip-verify]', '[extra-env.ANY]'])(
    'may be none in %s, a header with nothing below it',
    (toml) => expect(decodeDocument(parse(toml))).toMatchObject({ isEmptyTable: true }),
  )

  it('is one where the header has something below it', () => {
    const document = decodeDocument(parse('[registries.a.username]\nx = 1'))
    expect(document).toMatchObject({ isEmptyTable: false })
  })
})
