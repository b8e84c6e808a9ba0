import https from 'node:https'
import { inspect } from 'node:util'
import { createResolver, parseConfig } from 'imagepuller-auth'
import {
  denyingTlsOptions,
  httpsAgent,
  proxyTlsOptions,
  type Route,
  tlsOptions,
  undiciDispatcher,
} from 'imagepuller-auth/transport'
import * as undici from 'undici'
import { describe, expect, it } from 'vitest'

const [CA = ''] = denyingTlsOptions().ca ?? []
const PROXY = 'https://puller:canary-of-the-proxy@proxy.corp'
const resolver = createResolver(
  parseConfig(`
[extra-env]
HTTPS_PROXY = "${PROXY}"
NO_PROXY = ".corp"
[registries."pinned.corp."]
ca-certs = '''
${CA}'''
[registries."pinned.example."]
ca-certs = '''
${CA}'''
[registries."open.example."]
insecure-skip-verify = true
[registries."."]
ca-certs = "nothing"
`),
)
const routeFor = (registry: string) => resolver.resolve(`${registry}/acme/app`)

describe('from a configuration to a client', () => {
  it.each([
    ['pinned.corp', { rejectUnauthorized: true, ca: [CA] }],
    ['open.example', { rejectUnauthorized: false, ca: undefined }],
  ])("%s: the rule's trust", (registry, want) =>
    expect(tlsOptions(routeFor(registry))).toMatchObject(want),
  )

  it("a TLS proxy: by the rule's certificates, and not loosened", () => {
    expect(proxyTlsOptions(routeFor('pinned.example')).ca).toEqual([CA])
    expect(proxyTlsOptions(routeFor('open.example')).rejectUnauthorized).toBe(true)
  })

  it('a redirect or a realm: the trust of the image, the proxy of the URL', () => {
    const route = resolver.routeTo(routeFor('pinned.example'), 'https://storage.corp/blob')
    expect(route.proxy.kind).toBe('direct')
    expect(httpsAgent(route, https).options.ca).toEqual([CA])
    const far = resolver.routeTo(routeFor('pinned.corp'), 'https://storage.example/blob')
    expect(() => httpsAgent(far, https)).toThrow('past the proxy')
  })

  it('a URL that nothing can dial: refused', () => {
    const route = resolver.routeTo(routeFor('pinned.corp'), 'https://storage.corp:99999/')
    expect(() => undiciDispatcher(route, undici)).toThrow('no client can dial the URL')
  })

  it('every other registry: denied before anything is dialled', () => {
    const denied = resolver.routeTo(routeFor('ghcr.io'), 'https://storage.corp/blob')
    for (const adapter of [tlsOptions, (route: Route) => undiciDispatcher(route, undici)]) {
      expect(() => adapter(denied)).toThrow('denies every TLS handshake')
    }
  })

  it("a dispatcher: nothing that prints it shows the proxy's credentials", () => {
    const dispatcher = undiciDispatcher(routeFor('pinned.example'), undici)
    const everything = { depth: 20, showHidden: true, getters: true, customInspect: false }
    const shown = inspect(dispatcher, everything)
    expect(shown).not.toContain('canary')
    expect(shown).not.toContain(btoa('puller:canary-of-the-proxy'))
  })

  it.each([{}, { tls: {} }, { tls: { kind: 'ca-bundle' } }])(
    '%j: no route, no default',
    (route) => {
      expect(() => tlsOptions(route as never)).toThrow(TypeError)
      expect(() => undiciDispatcher(route as never, undici)).toThrow(TypeError)
    },
  )
})
