import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/parse-config.js'
import { brief, findingsOf } from '../../support/config-issues.js'

/** As Google's key files are, reduced. */
const KEY_FILE = '{\n\t"type": "service_account",\r\n  "private_key": "-----BEGIN\\nabc\\n"\n}\n'

const documentOf = (keys: Readonly<Record<string, string>>) =>
  `[registries."gcr.io."]\n${Object.entries(keys)
    .map(([key, value]) => `${key} = ${JSON.stringify(value).replaceAll('\u007f', '\\u007f')}`)
    .join('\n')}`

describe('control characters in credentials (threat 7)', () => {
  it.each([
    ['p\n', 'line end at its end', '`printf'],
    ['p\r\n', 'line end at its end', '`printf'],
    ['p\nq', 'line end within', "'''"],
    ['CORP\builder', 'backslash in double quotes', 'single quotes'],
    ['a\tb', 'backslash in double quotes', 'single quotes'],
    ['a\fb', 'backslash in double quotes', 'single quotes'],
    ['a\u0000b', 'no HTTP header', 'leave it out'],
    ['a\u007fb', 'no HTTP header', 'leave it out'],
    ['a\u0085b', 'no HTTP header', 'leave it out'],
  ])('%j has its likely cause named: %s', (value, message, help) => {
    for (const key of ['username', 'password', 'identitytoken', 'registrytoken', 'auth']) {
      const rest = { username: { password: 'p' }, password: { username: 'u' } }[key] ?? {}
      const errors = findingsOf(documentOf({ [key]: value, ...rest })).filter(
        ({ severity }) => severity === 'error',
      )
      expect(errors.map(brief)).toEqual([['control-character', `registries gcr.io. ${key}`, 2, 1]])
      expect(errors[0]?.message).toContain(message)
      expect(errors[0]?.help).toContain(help)
    }
  })

  it.each([
    ['u:p\n', 'line end at its end'],
    ['u\n:p', 'line end at its end'],
    ['u:p\nq', 'line end within'],
    ['u:\u0000', 'no HTTP header'],
    ['u:\bp', 'backslash'],
    [`{"a":\n1}:p`, 'line end within'],
  ])('are found in what auth stands for: %j', (pair, message) => {
    const findings = findingsOf(documentOf({ auth: btoa(pair) }))
    expect(findings.map(brief)).toEqual([['control-character', 'registries gcr.io. auth', 2, 1]])
    expect(findings[0]?.message).toContain(message)
    expect(findings[0]?.help).toContain('printf')
  })
})

describe("a password that is a JSON object, as Google's key files are (issue 17, row 11)", () => {
  it('may have line ends and tabs', () => {
    const { rules, findings } = parseConfig(
      documentOf({ username: '_json_key', password: KEY_FILE }),
    )
    expect(findings).toEqual([])
    expect(rules[0]?.password?.reveal()).toBe(KEY_FILE)
  })

  it('may stand in auth', () => {
    expect(findingsOf(documentOf({ auth: btoa(`_json_key:${KEY_FILE}`) }))).toEqual([])
  })

  it.each<readonly [Readonly<Record<string, string>>, string]>([
    [{ username: KEY_FILE, password: 'p' }, 'a user name'],
    [{ identitytoken: KEY_FILE }, 'a refresh token'],
    [{ registrytoken: KEY_FILE }, 'a bearer token'],
    [{ username: 'u', password: '[\n1]' }, 'an array'],
    [{ username: 'u', password: '{\n' }, 'no JSON'],
    [{ username: 'u', password: '{"a":"b\nc"}' }, 'a line end in a string of it, as """ makes it'],
    [{ username: 'u', password: '{"a":\u0085 1}' }, 'another control character'],
    [{ username: 'u', password: '{\n"a":"\u007f"}' }, 'another one, which JSON takes'],
  ])('%j may not: %s', (keys) => {
    const codes = findingsOf(documentOf(keys)).map(({ code }) => code)
    expect(codes).toContain('control-character')
  })
})
