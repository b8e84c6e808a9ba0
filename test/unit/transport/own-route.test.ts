import { describe, expect, it } from 'vitest'
import { ownRoute } from '../../../src/transport/own-route.js'

describe('a route of the caller', () => {
  it('has own properties alone', () => {
    const inherited = Object.create({ kind: 'skip-verify' })
    expect(ownRoute({ tls: inherited, proxy: 'direct' })).toMatchObject({
      tls: { kind: undefined },
      proxy: { kind: undefined },
    })
    for (const nothing of [undefined, null, 'route', Object.create({ tls: { kind: 'web-pki' } })]) {
      expect(ownRoute(nothing).tls.kind).toBeUndefined()
    }
  })

  it('is read once', () => {
    const reads: string[] = []
    const counted = (object: object): object =>
      new Proxy(object, {
        get(target, name, receiver) {
          if (typeof name === 'string') reads.push(name)
          return Reflect.get(target, name, receiver)
        },
      })
    const proxy = { kind: 'proxy', code: 'https-proxy', url: 'http://p', authorization: undefined }
    const route = ownRoute(
      counted({ tls: counted({ kind: 'web-pki' }), proxy: counted({ ...proxy }) }),
    )
    expect(route).toMatchObject({ tls: { kind: 'web-pki' }, proxy })
    expect(route.tls.kind).toBe(route.tls.kind)
    expect(reads.sort()).toEqual(['tls', 'proxy', 'kind', ...Object.keys(proxy)].sort())
  })

  it('keeps its certificates where the list shrinks', () => {
    const certificates = ['one']
    const { tls } = ownRoute({ tls: { kind: 'ca-bundle', certificates } })
    certificates.pop()
    expect(tls).toMatchObject({ certificates: ['one'] })
  })
})
