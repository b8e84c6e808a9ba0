// Whatever a document or a reference holds more and more of, reading it ends in proportion to its length.
import {
  ConfigError,
  ImageReferenceError,
  parseConfig,
  parseImageReference,
} from 'imagepuller-auth'
import { describe, expect, it } from 'vitest'
import { expectProportion } from '../support/proportion.js'

function attempt<Result>(run: () => Result): Result | Error {
  try {
    return run()
  } catch (error) {
    return error as Error
  }
}

describe('hostile input', () => {
  // An eighth of it is large enough to have its garbage collected, as the whole has.
  const MOST = 1024 * 1024
  const fill = (unit: string, size: number) => unit.repeat(Math.floor((size - 200) / unit.length))
  const numbered = (make: (i: number) => string, size: number) => {
    let text = ''
    for (let i = 0; text.length < size - 200; i++) text += make(i)
    return text
  }
  const documents: readonly (readonly [string, (size: number) => string])[] = [
    [
      'BEGIN spam',
      (n) => `[registries.a]\nca-certs = '''\n${fill('-----BEGIN CERTIFICATE-----\n', n)}'''`,
    ],
    [
      'END spam',
      (n) => `[registries.a]\nca-certs = '''\n${fill('-----END CERTIFICATE-----\n', n)}'''`,
    ],
    ['tables', (n) => numbered((i) => `[a${i}]\n`, n)],
    ['rules', (n) => numbered((i) => `[registries.a${i}]\n`, n)],
    ['rules that mean the same', (n) => numbered((i) => `[registries."${spelling(i)}"]\n`, n)],
    ['dotted keys', (n) => `${fill('a.', n)}a = 1`],
    ['a header of many parts', (n) => `[${fill('a.', n)}a]`],
    ['one string', (n) => `x = "${fill('a', n)}"`],
    ['one key', (n) => `"${fill('a', n)}" = 1`],
    ['comments', (n) => fill('#\n', n)],
    ['an inline table', (n) => `registries = { ${numbered((i) => `a${i} = {}, `, n)} b = {} }`],
    ['an array', (n) => `x = [${fill('1,', n)}]`],
    ['nesting', (n) => `x = ${fill('[', n)}`],
    ['wrong keys in one rule', (n) => `[registries.a]\n${numbered((i) => `k${i} = 1\n`, n)}`],
    [
      'wrong keys below a long name',
      (n) => `[registries."${fill('a', n / 2)}"]\n${numbered((i) => `k${i} = 1\n`, n / 2)}`,
    ],
    [
      'wrong keys below a name with user info',
      (n) => `[registries."@${fill('a', n / 2)}"]\n${numbered((i) => `k${i} = 1\n`, n / 2)}`,
    ],
    ['a proxy beyond ASCII', (n) => `[extra-env]\nHTTPS_PROXY = "http://${ideographs(n / 3)}"`],
    ['an entry of NO_PROXY beyond ASCII', (n) => `[extra-env]\nNO_PROXY = "${ideographs(n / 3)}."`],
    ['near misses', (n) => `[registries.a]\n${numbered((i) => `passwor${i} = 1\n`, n)}`],
    ['an entry of NO_PROXY', (n) => `[extra-env]\nNO_PROXY = "${fill('a.,', n)}"`],
    ['a proxy', (n) => `[extra-env]\nHTTPS_PROXY = "http://${fill('%41', n)}@h"`],
    ['auth', (n) => `[registries.a]\nauth = "${fill('AAAA', n)}"`],
  ]
  // `a.io` in all its spellings; every one but the first is an error.
  const spelling = (i: number) =>
    [...'abcdefghijklmnopqrst'].map((c, bit) => ((i >> bit) & 1 ? c.toUpperCase() : c)).join('')

  // Punycode costs the length times the number of different characters.
  const ideographs = (length: number) =>
    Array.from({ length: length - 200 }, (_, i) => String.fromCharCode(0x4e00 + (i % 20_000))).join(
      '',
    )

  it.each(documents)('%s, more and more of it, ends in proportion to its length', (_, make) => {
    const [small, large] = [make(MOST / 8), make(MOST)]
    const read = (text: string) => {
      const result = attempt(() => parseConfig(text))
      if (result instanceof Error) expect(result).toBeInstanceOf(ConfigError)
    }
    expectProportion(read, small, large)
  })

  const references = ['a', 'a/', 'a.', '.', ':', '@', 'A', '-', '1.', '[', 'é', 'a__']
  it.each(references)('image references of %j end, in proportion to their length', (unit) => {
    const textOf = (size: number) => unit.repeat(size / unit.length)
    const read = (text: string) =>
      expect(attempt(() => parseImageReference(text))).toBeInstanceOf(ImageReferenceError)
    expectProportion(read, textOf(2 ** 16), textOf(2 ** 19))
  })

  it('a quadratic program is found out', () => {
    const quadratic = (size: number) => {
      let text = ''
      for (let i = 0; i < size; i++) text = `${text.slice(1)}${i}`.split('').join('')
      return text
    }
    expect(() => expectProportion(quadratic, 800, 6400)).toThrow()
  })
})
