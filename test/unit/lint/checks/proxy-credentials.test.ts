import { expect, it } from 'vitest'
import { linesOf } from '../../../support/lint.js'

it.each<[string, readonly string[]]>([
  ['HTTPS_PROXY = "http://u:p@proxy.corp"', ['2 warning proxy-credentials']],
  ['HTTPS_PROXY = "u:p@proxy.corp:3128"', ['2 warning proxy-credentials']],
  ['HTTPS_PROXY = "socks5://u:p@proxy.corp"', ['2 warning proxy-credentials']],
  ['HTTP_PROXY = "http://u@proxy.corp"', ['2 warning proxy-credentials']],
  ['HTTPS_PROXY = "https://u:p@proxy.corp"', ['2 info proxy-credentials']],
  ['HTTPS_PROXY = "http://proxy.corp"', []],
  ['HTTPS_PROXY = ""', []],
  // An error already, which is all that is said.
  ['HTTPS_PROXY = "http://u:p\\u0001@proxy.corp"', []],
  ['NO_PROXY = "u:p@proxy.corp"', []],
])('%s', (line, expected) => {
  expect(linesOf(`[extra-env]\n${line}\n`, ['proxy-credentials'])).toEqual(expected)
})

it('tells lower-case keys as the unknown keys that they are', () => {
  const text = '[extra-env]\nhttps_proxy = "http://proxy.corp"\n'
  expect(linesOf(text, ['unknown-key', 'proxy-credentials'])).toEqual(['2 error unknown-key'])
})
