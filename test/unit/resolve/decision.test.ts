import { inspect } from 'node:util'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  createResolver,
  type DeniedResolution,
  type PermittedResolution,
  parseConfig,
  type Resolution,
  type Resolver,
} from '../../../src/index.js'

const resolverFor = (text: string): Resolver => createResolver(parseConfig(text))

describe('credentials', () => {
  const of = (keys: string) =>
    resolverFor(`[registries."a.io"]\n${keys}`).resolve('a.io/x').credentials

  it.each([
    ['', 'anonymous'],
    ['auth = ""', 'anonymous'],
    ['username = "u"\npassword = "p"', 'basic'],
    ['auth = "dTpw"', 'basic'],
    ['identitytoken = "t"', 'identity-token'],
    ['registrytoken = "t"\nidentitytoken = "i"\nauth = "dTpw"', 'registry-token'],
  ])('%j are %s', (keys, kind) => expect(of(keys).kind).toBe(kind))

  it('prefer a user name and password to auth', () => {
    const held = of('username = "ü"\npassword = "p:q"\nauth = "dTpw"')
    expect(held.kind === 'basic' && held.encoded.reveal()).toBe(
      Buffer.from('ü:p:q').toString('base64'),
    )
  })

  it('keep an auth that is no pair as it stands', () => {
    const held = of('auth = "opaque"')
    expect(held.kind === 'basic' && [held.encoded.reveal(), held.username]).toEqual([
      'opaque',
      undefined,
    ])
  })

  it('keep what a Basic challenge takes beside an identity token', () => {
    const held = of('identitytoken = "t"\nauth = "dTpw"')
    expect(held.kind === 'identity-token' && held.basic?.username?.reveal()).toBe('u')
  })
})

describe('threat 22: trust and schemes', () => {
  it.each([
    ['', 'ghcr.io/a', 'web-pki', 'https'],
    ['', 'localhost/a', 'web-pki', 'https,http'],
    ['', 'localhost:5000/a', 'web-pki', 'https,http'],
    ['', 'sub.localhost/a', 'web-pki', 'https,http'],
    ['', '127.0.0.1:5000/a', 'web-pki', 'https,http'],
    ['', '127.1/a', 'web-pki', 'https,http'],
    ['', '[::1]/a', 'web-pki', 'https,http'],
    ['', '10.0.0.1/a', 'web-pki', 'https'],
    ['', '1.2.3.4.5/a', 'web-pki', 'https'],
    ['', 'notlocalhost.io/a', 'web-pki', 'https'],
    ['[registries.localhost]', 'localhost/a', 'web-pki', 'https'],
    ['[registries."."]', '127.0.0.1/a', 'web-pki', 'https'],
    ['[registries."."]\nca-certs = ""', 'localhost/a', 'deny-all', ''],
    [
      '[registries."."]\ninsecure-skip-verify = true\nca-certs = ""',
      'a.io/a',
      'skip-verify',
      'https,http',
    ],
    ['[registries."."]\ninsecure-skip-verify = false', 'a.io/a', 'web-pki', 'https'],
  ])('%j, %s: %s, [%s]', (text, image, trust, schemes) => {
    const resolution = resolverFor(text).resolve(image)
    expect([resolution.tls.kind, resolution.schemes.join()]).toEqual([trust, schemes])
  })
})

describe('a denied registry', () => {
  const text = (keys: string) => `[registries."."]\nca-certs = ""\n${keys}`

  it.each([
    'username = "u"\npassword = "p"',
    'auth = "dTpw"',
    'identitytoken = "t"',
    'registrytoken = "t"',
  ])('carries no credentials, whatever the rule holds: %s', (keys) => {
    const resolution = resolverFor(text(keys)).resolve('a.io/x')
    expect(resolution.tls.kind).toBe('deny-all')
    expect(resolution.credentials).toEqual({ kind: 'anonymous' })
    expect(resolution.schemes).toEqual([])
    expect(inspect(resolution, { depth: 9, showHidden: true })).not.toContain('dTpw')
  })

  it('is a variant of its own in the types', () => {
    expectTypeOf<DeniedResolution['tls']['kind']>().toEqualTypeOf<'deny-all'>()
    expectTypeOf<DeniedResolution['credentials']['kind']>().toEqualTypeOf<'anonymous'>()
    expectTypeOf<PermittedResolution['tls']['kind']>().not.toExtend<'deny-all'>()
    expectTypeOf<Resolution>().toEqualTypeOf<PermittedResolution | DeniedResolution>()
  })

  it('but skip-verify wins over it, and keeps them', () => {
    const keys = 'insecure-skip-verify = true\nauth = "dTpw"'
    expect(resolverFor(text(keys)).resolve('a.io/x').credentials.kind).toBe('basic')
  })
})
