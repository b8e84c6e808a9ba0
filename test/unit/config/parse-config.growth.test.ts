import { describe, it } from 'vitest'
import { parseConfig } from '../../../src/config/parse-config.js'
import { ConfigError } from '../../../src/findings.js'
import { expectProportion } from '../../support/proportion.js'

const RULE = '[registries."a.io."]\n'

/** Documents of any size; each would cost more than its length if something in it were quadratic. */
const documents: Readonly<Record<string, (length: number) => string>> = {
  'a mirror with an endless label (threat 23)': (n) =>
    `${RULE}mirror = "https://xn--${'a'.repeat(n)}.corp"`,
  'a mirror with a label of many characters': (n) =>
    `${RULE}mirror = "https://${'ü'.repeat(n / 2)}.corp"`,
  'a proxy with an endless label': (n) =>
    `[extra-env]\nHTTPS_PROXY = "http://xn--${'a'.repeat(n)}"`,
  'a list of entries that never match': (n) => `[extra-env]\nNO_PROXY = "${'a.,'.repeat(n / 3)}"`,
  'a list of blanks': (n) => `[extra-env]\nNO_PROXY = "${' '.repeat(n)}x"`,
  'an entry of many labels': (n) => `[extra-env]\nNO_PROXY = "${'a.'.repeat(n / 2)}b"`,
  'a list of endless labels': (n) => `[extra-env]\nNO_PROXY = "xn--${'ü'.repeat(n / 2)}"`,
  'many rules with findings': (n) =>
    Array.from({ length: n / 40 }, (_, i) => `[registries."a${i}.io:1"]\nx = 1\n`).join(''),
  'keys below an endless name': (n) =>
    `[registries."${'a'.repeat(n / 2)}"]\n${Array.from({ length: n / 20 }, (_, i) => `x${i} = 1\n`).join('')}`,
  'a name of many labels': (n) => `[registries."${'a.'.repeat(n / 2)}"]`,
  'a name of colons': (n) => `[registries."${':'.repeat(n)}"]`,
  'a name of many "@"': (n) => `[registries."${'@'.repeat(n)}"]`,
  'an endless key': (n) => `${RULE}${'no-'.repeat(n / 3)} = 1`,
  'an endless key with capitals': (n) => `${RULE}${'aB'.repeat(n / 2)} = 1`,
  'beginnings of placeholders': (n) => `${RULE}registrytoken = '${'${x'.repeat(n / 3)}'`,
  'beginnings of other placeholders': (n) => `${RULE}registrytoken = '${'{{'.repeat(n / 2)}'`,
  'a password that begins like JSON': (n) =>
    `${RULE}username = "u"\npassword = '''{${'\n'.repeat(n)}'''`,
  'JSON with many line ends': (n) => `${RULE}username = "u"\npassword = '''{${'\n'.repeat(n)}}'''`,
  'line ends at the end': (n) => `${RULE}registrytoken = '''x${'\n'.repeat(n)}'''`,
  'broken certificates': (n) =>
    `${RULE}ca-certs = '''\n${'-----BEGIN CERTIFICATE-----\n'.repeat(n / 28)}'''`,
  'blocks that are left out': (n) =>
    `${RULE}ca-certs = '''\n${'-----BEGIN X-----\n-----END X-----\n'.repeat(n / 34)}'''`,
  'prose for certificates': (n) => `${RULE}ca-certs = '''${'CERTIFICATE -'.repeat(n / 13)}'''`,
  'BEGIN without an end': (n) => `${RULE}ca-certs = '''${'BEGIN A'.repeat(n / 7)}'''`,
  'base64 for certificates': (n) => `${RULE}ca-certs = '${'A'.repeat(n)}'`,
  'a path for certificates': (n) => `${RULE}ca-certs = '/${'a'.repeat(n)}.pem'`,
  'an endless line that is no TOML': (n) => `a = "b" ${'x"'.repeat(n / 2)}`,
  'many lines before a fault': (n) => `${'#\n'.repeat(n / 2)}a = True`,
  'brackets that never close': (n) => `a = ${'['.repeat(n)}`,
  'a key of YAML': (n) => `${'a-'.repeat(n / 2)}: 1`,
  'inline tables': (n) => `a = [${'{b = 1, },'.repeat(n / 10)}]`,
  escapes: (n) => `${RULE}registrytoken = "${'\\x41'.repeat(n / 4)}"`,
}

describe('a document of eight times the size takes no more than its share', () => {
  const read = (text: string) => {
    try {
      parseConfig(text, { maxBytes: 2 ** 22 })
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
    }
  }
  it.each(Object.entries(documents))('%s', (_, make) => {
    expectProportion(read, make(2 ** 14), make(2 ** 17))
  })
})
