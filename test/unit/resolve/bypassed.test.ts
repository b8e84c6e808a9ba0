import { describe, expect, it } from 'vitest'
import { createResolver, parseConfig, type Resolver } from '../../../src/index.js'

const resolverFor = (text: string): Resolver => createResolver(parseConfig(text))

describe('a registry with a port, at an IP address, or at a name that ends in a number', () => {
  const text = '[registries."a.io"]\nauth = "dTpw"\n[registries."docker.io"]\n[registries."."]'
  it.each([
    ['a.io:443/x', '.', 'port', 'a.io'],
    ['b.a.io:443/x', '.', 'port', 'a.io'],
    ['docker.io:443/x', '.', 'port', 'docker.io'],
    ['b.io:443/x', '.', 'port', undefined],
    ['10.0.0.1/x', '.', 'ip-address', undefined],
    ['[::1]:80/x', '.', 'ip-address', undefined],
    // No address, but no client dials it by name.
    ['a.io.999/x', '.', 'ip-address', undefined],
    ['127.1/x', '.', 'ip-address', undefined],
    ['a.io/x', 'a.io', undefined, undefined],
  ])('%s is covered by %s (%s, %s)', (image, rule, reason, without) => {
    const resolution = resolverFor(text).resolve(image)
    expect(resolution.rule?.name).toBe(rule)
    expect(resolution.bypassed?.code).toBe(reason)
    const { bypassed } = resolution
    expect(bypassed?.code === 'port' ? bypassed.rule?.name : undefined).toBe(without)
    if (bypassed?.code === 'ip-address') expect(bypassed).not.toHaveProperty('rule')
  })

  it('is Docker Hub with a port as well, whichever of its names the rule has', () => {
    const { bypassed } = resolverFor('[registries."index.docker.io."]').resolve('docker.io:443/x')
    expect(bypassed?.code === 'port' && bypassed.rule).toEqual({
      name: 'index.docker.io.',
      coverage: 'exact',
    })
  })

  it('says both of what is taken for an address', () => {
    expect(resolverFor(text).resolve('a.io.999/x').bypassed?.message).toBe(
      'rules name domains; a registry at an IP address, or at a name that ends in a number, is covered by "." alone',
    )
  })

  it('gets no credentials of a domain (threat 4)', () => {
    expect(resolverFor(text).resolve('a.io:443/x').credentials.kind).toBe('anonymous')
  })
})
