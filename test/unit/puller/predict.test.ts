import { describe, expect, it } from 'vitest'
import { ImageReferenceError } from '../../../src/image/index.js'
import { predictPuller } from '../../../src/puller/predict.js'

const DIGEST = `@sha256:${'0'.repeat(64)}`

function outcomesOf(text: string, image: string, version?: string) {
  const prediction = predictPuller(text, version === undefined ? {} : { version })
  return prediction.resolve(image).outcomes
}

describe('an outcome', () => {
  it('takes the empty string in ca-certs for unset', () => {
    const [outcome] = outcomesOf('registries = { "." = { ca-certs = "" } }', 'nginx')
    expect(outcome?.tls.kind).toBe('web-pki')
  })

  it('denies TLS for any other text without a certificate, and still may use plain HTTP', () => {
    const text = 'registries = { "." = { ca-certs = "none" } }'
    const [outcome] = outcomesOf(text, 'localhost:5000/app')
    expect(outcome).toMatchObject({ rule: '.', tls: { kind: 'deny-all' } })
    expect(outcome?.schemes).toEqual(['https', 'http'])
  })

  it('passes over a broken block silently', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
    const [outcome] = outcomesOf(`registries = { "." = { ca-certs = '''${pem}''' } }`, 'nginx')
    expect(outcome?.tls.kind).toBe('deny-all')
  })

  it('is one for each rule that is equally specific', () => {
    const text = 'registries = { "a.b." = { auth = "dTpw" }, ".b." = {} }'
    expect(outcomesOf(text, 'a.b/app').map(({ rule }) => rule)).toEqual(['a.b.', '.b.'])
    expect(outcomesOf(text, 'a.b/app').map(({ credentials }) => credentials.kind)).toEqual([
      'basic',
      'anonymous',
    ])
  })

  it('applies a rule with a port or an address', () => {
    const text = 'registries = { "a.b:5000." = {}, "10.0.0.1." = {} }'
    expect(outcomesOf(text, 'a.b:5000/app')[0]?.rule).toBe('a.b:5000.')
    expect(outcomesOf(text, '10.0.0.1/app')[0]?.rule).toBe('10.0.0.1.')
  })

  it.each([
    ['1.15', 'evilghcr.io/app', 'ghcr.io.'],
    ['1.20', 'evilghcr.io/app', 'ghcr.io.'],
    ['1.21', 'evilghcr.io/app', undefined],
    ['1.26', 'evilghcr.io/app', undefined],
  ])('%s: %s is under %s', (version, image, rule) => {
    expect(outcomesOf('registries = { "ghcr.io." = {} }', image, version)[0]?.rule).toBe(rule)
  })

  it('goes to the mirror with the credentials, an http one too', () => {
    const text = 'registries = { "docker.io." = { auth = "dTpw", mirror = "http://m.corp/x/" } }'
    const [outcome] = outcomesOf(text, 'nginx')
    expect(outcome?.endpoint).toMatchObject({ kind: 'mirror', namespace: 'docker.io' })
    expect(outcome?.credentials.kind).toBe('basic')
    const unclear = text.replace('http://m.corp/x/', 'm.corp')
    expect(outcomesOf(unclear, 'nginx')[0]?.endpoint.kind).toBe('unclear-mirror')
  })

  it('has a proxy by the three upper-case names alone', () => {
    const proxied = 'extra-env = { HTTPS_PROXY = "http://p.corp:3128" }'
    expect(outcomesOf(proxied, 'nginx')[0]?.proxy.kind).toBe('proxy')
    const lower = 'extra-env = { https_proxy = "http://p.corp:3128" }'
    expect(outcomesOf(lower, 'nginx')[0]?.proxy.kind).toBe('direct')
    expect(outcomesOf('extra-env = { HTTPS_PROXY = "::" }', 'nginx')[0]?.proxy.kind).toBe('unclear')
  })

  it('keeps to a name as it is written, without user info', () => {
    expect(outcomesOf('registries = { "u:p@a.b." = {} }', 'a.b/app')[0]?.rule).toBeUndefined()
    const text = 'registries = { "GHCR.io." = {} }'
    expect(outcomesOf(text, 'ghcr.io/a')[0]?.rule).toBeUndefined()
    expect(outcomesOf(text, 'GHCR.io/a')[0]?.rule).toBe('GHCR.io.')
  })
})

describe('a prediction', () => {
  it('has no outcome where the puller does not start', () => {
    const { starts, resolve } = predictPuller('registries = 1')
    expect(starts).toBe('no')
    expect(resolve('nginx')).toEqual({ outcomes: [], pinned: false })
    expect(predictPuller('registries = x').resolve('nginx').outcomes).toEqual([])
  })

  it('answers as if it started where a name alone leaves that open', () => {
    const { starts, resolve } = predictPuller('registries = { "ghcr.io" = {} }')
    expect(starts).toBe('unknown')
    expect(resolve('ghcr.io/a').outcomes).toHaveLength(1)
  })

  it('says whether the image is pinned, and throws on what is no reference', () => {
    const { resolve } = predictPuller('')
    expect(resolve(`nginx${DIGEST}`).pinned).toBe(true)
    expect(resolve('nginx').outcomes).toHaveLength(1)
    expect(() => resolve('NGINX')).toThrow(ImageReferenceError)
  })

  it('is given for a newer release as for the newest that is known, with a finding', () => {
    const { version, starts, findings } = predictPuller('', { version: '1.99' })
    expect([version, starts]).toEqual(['1.99', 'yes'])
    expect(findings.map(({ code }) => code)).toEqual(['puller-version-unknown'])
    expect(predictPuller('', { version: '2.0' }).findings).toHaveLength(1)
    expect(predictPuller('').findings).toEqual([])
  })

  it.each(['1.14', '0.9', '1', 'newest', '1.26.0.0', 126])('refuses the version %j', (version) => {
    expect(() => predictPuller('', { version } as never)).toThrow(TypeError)
  })

  it('never throws on a document', () => {
    for (const text of ['\0', '[', '\ud800', '[[[', '"', "'''", '=', 'a.b.c.d', '\r']) {
      expect(() => predictPuller(text)).not.toThrow()
    }
    expect(() => predictPuller(1 as never)).toThrow(TypeError)
    expect(() => predictPuller('', { other: 1 } as never)).toThrow(TypeError)
  })

  it('shows no secret', () => {
    const text =
      'registries = { "a.b." = { username = "alice-hunter2", password = "hunter2-hunter2" } }'
    const { outcomes } = predictPuller(text).resolve('a.b/app')
    expect(JSON.stringify(outcomes)).not.toContain('hunter2')
  })
})
