import { expect, it } from 'vitest'
import { describeRule } from '../../../../src/cli/check/decision.js'
import { decideEndpoints } from '../../../../src/explain.js'
import { createResolver, parseConfig } from '../../../../src/index.js'

const PROXIES = '[extra-env]\nHTTPS_PROXY = "http://p.corp"\nNO_PROXY = "a.corp"\n'
const rule = (...keys: string[]) => `[registries."a.corp."]\n${keys.join('\n')}\n`
const MIRROR = 'mirror = "https://m.corp"'
const FALLBACK = 'mirror-fallback = true'
const AUTH = 'auth = "dTpw"'

it.each([
  ['one endpoint', PROXIES + rule(AUTH), 'credentials basic, proxy direct (no-proxy "a.corp")'],
  [
    'a mirror and the registry that get the same',
    rule(MIRROR, FALLBACK),
    'credentials anonymous, endpoint the mirror https://m.corp (ns=a.corp), then the registry, proxy direct (not-configured)',
  ],
  [
    'a mirror and the registry that get different things',
    PROXIES + rule(AUTH, MIRROR, FALLBACK),
    'credentials for the mirror at https://m.corp: anonymous and for the registry at https://a.corp: basic, endpoint the mirror https://m.corp (ns=a.corp), then the registry, proxy for the mirror at https://m.corp: http://p.corp (https-proxy) and for the registry at https://a.corp: direct (no-proxy "a.corp")',
  ],
])('the rule says what is for %s', (_, document, words) => {
  const resolver = createResolver(parseConfig(document))
  const resolution = resolver.resolve('a.corp/x')
  const { message } = describeRule(resolution, decideEndpoints(resolver, resolution))
  expect(message.slice(message.indexOf('credentials '))).toBe(words)
})
