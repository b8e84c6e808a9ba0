import { expect, it } from 'vitest'
import { endpointsOf } from '../../../src/cli/endpoints.js'
import { createResolver, parseConfig } from '../../../src/index.js'

const MIRROR = '[registries."a.corp."]\nmirror = "https://m.corp/hub"\nmirror-fallback = true\n'

it.each([
  [
    'a mirror and the registry',
    MIRROR,
    'a.corp/x',
    ['mirror https://m.corp', 'registry https://a.corp'],
  ],
  ['the registry', MIRROR, 'b.corp:443/x', ['registry https://b.corp']],
  ['a host that no URL has', '', '1.2.3.4.5/x', ['registry https://1.2.3.4.5']],
])('%s', (_, document, image, expected) => {
  const resolution = createResolver(parseConfig(document)).resolve(image)
  const endpoints = endpointsOf(resolution, '/v2/x/tags/list')
  expect(endpoints.map(({ kind, origin }) => `${kind} ${origin}`)).toEqual(expected)
})
