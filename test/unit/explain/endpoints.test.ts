import { describe, expect, it } from 'vitest'
import { decideEndpoints, explain } from '../../../src/explain.js'
import { createResolver, parseConfig } from '../../../src/index.js'
import { show } from '../../support/canary.js'

const DOCUMENT = `
[extra-env]
HTTPS_PROXY = "http://u:hunter2@p.corp"
NO_PROXY = "m.corp"
[registries."a.corp."]
registrytoken = "hunter2"
mirror = "https://m.corp"
mirror-fallback = true
`
const resolver = createResolver(parseConfig(DOCUMENT))

describe('the endpoints of an image', () => {
  const endpoints = decideEndpoints(resolver, resolver.resolve('a.corp/x'))

  it('are what a mirror and a registry get, in the order in which they are asked', () => {
    expect(endpoints).toStrictEqual([
      {
        kind: 'mirror',
        origin: 'https://m.corp',
        credentials: { kind: 'anonymous' },
        proxy: { kind: 'direct', code: 'no-proxy', entry: 'm.corp' },
      },
      {
        kind: 'registry',
        origin: 'https://a.corp',
        credentials: { kind: 'registry-token' },
        proxy: { kind: 'proxy', code: 'https-proxy', url: 'http://p.corp', authenticated: true },
      },
    ])
  })

  it('are frozen data without a secret, and part of an explanation', () => {
    expect(JSON.parse(JSON.stringify(endpoints))).toEqual(endpoints)
    expect(show(endpoints)).not.toContain('hunter2')
    for (const one of [endpoints, ...endpoints, ...endpoints.map(({ proxy }) => proxy)]) {
      expect(Object.isFrozen(one)).toBe(true)
    }
    expect(explain(resolver, 'a.corp/x').endpoints).toEqual(endpoints)
  })

  it('are asked of a resolver, for its resolution', () => {
    const resolution = resolver.resolve('a.corp/x')
    for (const other of [undefined, null, {}, 'resolver']) {
      expect(() => decideEndpoints(other as never, resolution)).toThrow(
        new TypeError('decideEndpoints: expected a resolver from createResolver'),
      )
    }
    for (const other of [undefined, null, { ...resolution }]) {
      expect(() => decideEndpoints(resolver, other as never)).toThrow(TypeError)
    }
  })
})
