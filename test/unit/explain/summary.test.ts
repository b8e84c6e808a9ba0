import { describe, expect, it } from 'vitest'
import { summaryOf } from '../../../src/explain/summary.js'
import { createResolver, parseConfig } from '../../../src/index.js'
import vectors from '../../vectors/ca-bundles.json' with { type: 'json' }

const PEM = vectors.cases.find((c) => c.category === 'single')?.text.trimEnd() ?? ''
const summarize = (document: string, image: string) =>
  summaryOf(createResolver(parseConfig(document)).resolve(image))

describe('the summary of a resolution', () => {
  it('has null where the resolution has undefined', () => {
    expect(summarize('', 'nginx')).toStrictEqual({
      image: {
        registry: 'index.docker.io',
        host: 'index.docker.io',
        port: null,
        repository: 'library/nginx',
        tag: 'latest',
        digest: null,
        identifier: 'latest',
        name: 'index.docker.io/library/nginx:latest',
      },
      rule: null,
      bypassed: null,
      tls: { kind: 'web-pki' },
      credentials: { kind: 'anonymous' },
      schemes: ['https'],
      endpoint: { kind: 'registry' },
      proxy: { kind: 'direct', code: 'not-configured' },
    })
  })

  it('has certificates by subject and fingerprint, with dates as ISO text', () => {
    const document = `[registries."."]\nca-certs = '''\n${PEM}'''`
    const resolution = createResolver(parseConfig(document)).resolve('nginx')
    const certificates = resolution.tls.kind === 'ca-bundle' ? resolution.tls.certificates : []
    expect(certificates).toHaveLength(1)
    expect(summaryOf(resolution).tls).toStrictEqual({
      kind: 'ca-bundle',
      certificates: certificates.map(({ subject, fingerprint, notBefore, notAfter }) => ({
        subject,
        fingerprint,
        notBefore: notBefore.toISOString(),
        notAfter: notAfter.toISOString(),
      })),
    })
  })

  it('says why rules are bypassed, with the rule that would apply', () => {
    const document = '[registries."a.corp."]'
    expect(summarize(document, 'a.corp:5000/x').bypassed).toStrictEqual({
      code: 'port',
      rule: { name: 'a.corp.', coverage: 'exact' },
      message: expect.any(String),
    })
    expect(summarize(document, 'b.corp:5000/x').bypassed?.rule).toBeNull()
    expect(summarize(document, '10.0.0.1/x').bypassed).toMatchObject({
      code: 'ip-address',
      rule: null,
    })
  })

  it('says that a proxy is authenticated, not with what', () => {
    const document = (user: string) => `[extra-env]\nHTTPS_PROXY = "http://${user}proxy.corp:3128"`
    const proxy = { kind: 'proxy', code: 'https-proxy', url: 'http://proxy.corp:3128' }
    expect(summarize(document('u:p@'), 'nginx').proxy).toStrictEqual({
      ...proxy,
      authenticated: true,
    })
    expect(summarize(document(''), 'nginx').proxy).toStrictEqual({ ...proxy, authenticated: false })
  })

  it('has the mirror, the rule, the port and the digest', () => {
    const digest = `sha256:${'0'.repeat(64)}`
    const document = '[registries."."]\nmirror = "https://m.corp"\nmirror-fallback = true'
    expect(summarize(document, `a.corp:5000/x@${digest}`)).toMatchObject({
      image: { port: 5000, tag: null, digest },
      rule: { name: '.', coverage: 'catch-all' },
      endpoint: { kind: 'mirror', namespace: 'a.corp:5000', fallback: true },
    })
  })
})
