import { expect, it } from 'vitest'
import { createResolver, parseConfig } from '../../../src/index.js'
import { endpointsOf } from '../../../src/resolve/index.js'

const PROXIES = '[extra-env]\nHTTPS_PROXY = "http://p.corp"\nNO_PROXY = "a.corp"\n'
const rule = (...keys: string[]) => `${PROXIES}[registries."a.corp."]\n${keys.join('\n')}\n`
const MIRROR = 'mirror = "https://m.corp/hub"'
const FALLBACK = 'mirror-fallback = true'
const SKIP = 'insecure-skip-verify = true'

it.each<[reason: string, document: string, image: string, endpoints: string[]]>([
  ['the registry', '', 'b.corp:5000/x', ['registry https://b.corp:5000 own direct']],
  ['Docker Hub', '', 'nginx', ['registry https://index.docker.io own direct']],
  ['a mirror alone', rule(MIRROR), 'a.corp/x', ['mirror https://m.corp other proxy']],
  [
    'a mirror and the registry, of which one has the proxy',
    rule(MIRROR, FALLBACK),
    'a.corp/x',
    ['mirror https://m.corp other proxy', 'registry https://a.corp own direct'],
  ],
  [
    'a mirror on the own origin',
    rule('mirror = "https://a.corp/hub"'),
    'a.corp/x',
    ['mirror https://a.corp own direct'],
  ],
  [
    'each scheme',
    `[extra-env]\nHTTP_PROXY = "http://p.corp"\n[registries."b.corp."]\n${SKIP}`,
    'b.corp/x',
    ['registry https://b.corp own direct', 'registry http://b.corp own proxy'],
  ],
  ['a denial', rule('ca-certs = "none"', MIRROR), 'a.corp/x', []],
  ['a host that is none', PROXIES, '1.2.3.4.5/x', ['registry https://1.2.3.4.5 other undialable']],
])('%s', (_, document, image, expected) => {
  const resolver = createResolver(parseConfig(document))
  const endpoints = endpointsOf(resolver.resolve(image), resolver.proxyFor)
  expect(
    endpoints.map(({ kind, origin, isOwn, proxy }) => {
      return `${kind} ${origin} ${isOwn ? 'own' : 'other'} ${proxy.kind}`
    }),
  ).toEqual(expected)
  // A resolution has the way to the first.
  if (endpoints[0]) expect(endpoints[0].proxy).toEqual(resolver.resolve(image).proxy)
})
