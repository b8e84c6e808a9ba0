import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AuditFindingCode, auditImages } from '../../../src/audit.js'
import { createResolver, parseConfig, type Resolver } from '../../../src/index.js'
import { leaksOf, show } from '../../support/canary.js'
import { certificate, commonName, element, pem, sequence } from '../../support/der-builder.js'
import { membersOfUnion } from '../../support/unions.js'

const DIGEST = `@sha256:${'0'.repeat(64)}`
const NOW = Date.parse('2026-06-01T00:00:00Z')

const resolverFor = (text: string, env?: Record<string, string>): Resolver =>
  createResolver(parseConfig(text), { env })
const rule = (name: string, ...lines: readonly string[]) =>
  `[registries."${name}"]\n${lines.join('\n')}\n`
const auth = 'auth = "dTpw"'
const unverified = 'insecure-skip-verify = true'

/** A certificate that ends at a year's start. */
const utcTime = (text: string) => element(0x17, new TextEncoder().encode(text))
const endingIn = (year: number): string =>
  pem(
    certificate({
      subject: commonName(`until ${year}`),
      validity: sequence(utcTime('200101000000Z'), utcTime(`${year % 100}0101000000Z`)),
    }),
  )
const bundle = (...years: readonly number[]) => `ca-certs = '''\n${years.map(endingIn).join('')}'''`

describe('each finding', () => {
  it.each<[AuditFindingCode, string, string, string, string]>([
    ['denied', rule('.', 'ca-certs = "none"'), 'a.io/x', rule('.'), 'a.io/x'],
    ['undialable', '', '1.2.3.4.5/x', '', '1.2.3.4/x'],
    ['ca-expired', rule('a.io.', bundle(2025)), 'a.io/x', rule('a.io.', bundle(2027)), 'a.io/x'],
    [
      'ca-expired',
      rule('a.io.', bundle(2025)),
      'a.io/x',
      rule('a.io.', bundle(2025, 2027)),
      'a.io/x',
    ],
    [
      'ca-partly-expired',
      rule('a.io.', bundle(2025, 2027)),
      'a.io/x',
      rule('a.io.', bundle(2025)),
      'a.io/x',
    ],
    ['rule-bypassed', rule('a.io.'), 'a.io:5000/x', rule('b.io.'), 'a.io:5000/x'],
    ['rule-bypassed', rule('a.io.'), 'a.io:5000/x', rule('.'), '192.0.2.1/x'],
    ['unverified', rule('a.io.', unverified), 'a.io/x', rule('b.io.', unverified), 'a.io/x'],
    ['plain-http', rule('a.io.', unverified), 'a.io/x', '', 'localhost:5000/x'],
    ['loopback-http', '', 'localhost:5000/x', rule('.', unverified), 'localhost:5000/x'],
    [
      'credentials-exposed',
      rule('a.io.', unverified, auth),
      'a.io/x',
      rule('a.io.', auth),
      'a.io/x',
    ],
    [
      'credentials-exposed',
      rule('a.io.', unverified, auth),
      'a.io/x',
      rule('a.io.', unverified),
      'a.io/x',
    ],
    ['credentials-by-catch-all', rule('.', auth), 'a.io/x', rule('.'), 'a.io/x'],
    ['credentials-by-catch-all', rule('.', auth), 'a.io/x', rule('a.io.', auth), 'a.io/x'],
    ['credentials-by-single-label', rule('io.', auth), 'a.io/x', rule('a.io.', auth), 'b.a.io/x'],
    ['credentials-by-single-label', rule('.io', auth), 'a.io/x', rule('.io'), 'a.io/x'],
    [
      'credentials-by-single-label',
      rule('io.', auth),
      'a.io/x',
      rule('localhost', auth),
      'a.localhost/x',
    ],
    ['credentials-by-parent', rule('a.io.', auth), 'b.a.io/x', rule('a.io.', auth), 'a.io/x'],
    ['credentials-by-parent', rule('.a.io.', auth), 'b.a.io/x', rule('.a.io'), 'b.a.io/x'],
    // The rule of Docker Hub is named by docker.io, and its host is index.docker.io.
    [
      'credentials-by-parent',
      rule('docker.io.', auth),
      'x.docker.io/y',
      rule('docker.io.', auth),
      'nginx',
    ],
    [
      'credentials-by-parent',
      rule('a.io.', auth),
      'b.a.io/x',
      rule('.docker.io', auth),
      'docker.io/x',
    ],
    [
      'puller-mirror-credentials',
      rule('a.io.', auth, 'mirror = "https://m.corp"'),
      'a.io/x',
      rule('a.io.', auth, 'mirror = "https://a.io/mirror"'),
      'a.io/x',
    ],
    [
      'puller-mirror-credentials',
      rule('a.io.', auth, 'mirror = "https://m.corp"'),
      'a.io/x',
      rule('a.io.', 'mirror = "https://m.corp"'),
      'a.io/x',
    ],
    ['puller-unpinned', '', 'a.io/x:1', '', `a.io/x:1${DIGEST}`],
    [
      'mirror-fallback',
      rule('a.io.', 'mirror = "https://m.corp"', 'mirror-fallback = true'),
      'a.io/x',
      rule('a.io.', 'mirror = "https://m.corp"'),
      'a.io/x',
    ],
    ['anonymous', '', 'a.io/x', rule('a.io.', auth), 'a.io/x'],
    ['anonymous', '', 'a.io/x', rule('.', 'ca-certs = "none"'), 'a.io/x'],
    ['invalid-image', '', 'a.io/X', '', 'a.io/x'],
  ])('%s: %s gives it for %s, and %s not for %s', (code, toml, image, otherToml, otherImage) => {
    const codesOf = (text: string, one: string) =>
      auditImages(resolverFor(text), [one], { now: NOW }).flatMap(({ findings }) =>
        findings.map((finding) => finding.code),
      )
    expect(codesOf(toml, image)).toContain(code)
    expect(codesOf(otherToml, otherImage)).not.toContain(code)
    seen.add(code)
  })

  const seen = new Set<string>()
  it('has its row above', () => {
    expect([...seen].sort()).toEqual(
      membersOfUnion('src/audit/checks.ts', 'AuditFindingCode').sort(),
    )
  })
})

describe('auditImages', () => {
  it('finds nothing about a pinned image of a pinned registry with credentials', () => {
    const resolver = resolverFor(rule('a.io.', auth, bundle(2027)))
    const [first] = auditImages(resolver, [`a.io/x${DIGEST}`], { now: NOW })
    expect(first?.findings).toEqual([])
  })

  it('asks no clock: without now, no certificate is old', () => {
    const resolver = resolverFor(rule('a.io.', bundle(2021)))
    const [first] = auditImages(resolver, [`a.io/x${DIGEST}`])
    expect(first?.findings.map(({ code }) => code)).toEqual(['anonymous'])
  })

  it('gives rule, trust, credentials, endpoint and proxy in short', () => {
    const toml = `[extra-env]\nHTTPS_PROXY = "http://u:hunter2@p.corp:3128"\n${rule('a.io.', auth, bundle(2027), 'mirror = "https://m.corp/a"')}`
    const [first] = auditImages(resolverFor(toml), ['a.io/x:1'])
    expect(first?.resolution).toMatchObject({
      image: { name: 'a.io/x:1', host: 'a.io', port: null },
      rule: { name: 'a.io.', coverage: 'exact' },
      bypassed: null,
      tls: {
        kind: 'ca-bundle',
        certificates: [{ subject: 'CN=until 2027', notAfter: '2027-01-01T00:00:00.000Z' }],
      },
      credentials: { kind: 'basic' },
      schemes: ['https'],
      endpoint: { kind: 'mirror', url: 'https://m.corp/a', fallback: false },
      proxy: { kind: 'proxy', url: 'http://p.corp:3128', authenticated: true },
    })
  })

  it('names the rule, and the place in the list', () => {
    const [first] = auditImages(resolverFor(rule('a.io.', unverified, auth)), [`a.io/x${DIGEST}`])
    expect(first?.findings[0]).toMatchObject({
      code: 'unverified',
      severity: 'warning',
      path: ['registries', 'a.io.'],
      place: { kind: 'image', index: 0, image: `a.io/x${DIGEST}` },
    })
  })

  it('is sorted by image, and of equal ones by their place', () => {
    const images = ['b.io/x', 'a.io/x', 'b.io/x', 'B:C:D', 'a.io/x']
    const audits = auditImages(resolverFor(''), images)
    expect(audits.map(({ image }) => image)).toEqual([
      'B:C:D',
      'a.io/x',
      'a.io/x',
      'b.io/x',
      'b.io/x',
    ])
    const places = audits.map(({ findings: [first] }) =>
      first?.place?.kind === 'image' ? first.place.index : undefined,
    )
    expect(places).toEqual([3, 1, 4, 0, 2])
  })

  it('shows an image that is no reference without its user info', () => {
    const [first] = auditImages(resolverFor(''), [`u:hunter2hunter2@ghcr.io/x${DIGEST}`])
    expect(first).toMatchObject({ image: `…@ghcr.io/x${DIGEST}`, resolution: null })
    expect(first?.findings).toMatchObject([
      { code: 'invalid-image', severity: 'error', place: { image: `…@ghcr.io/x${DIGEST}` } },
    ])
    expect(first?.findings[0]?.message).toMatch(/^the text is no image reference: registry: ./)
    expect(show(first)).not.toContain('hunter2')
  })

  it('is frozen, and what it was given stays as it is', () => {
    const images = ['b.io/x', 'a.io/X', 'a.io/x']
    const audits = auditImages(resolverFor(rule('.', bundle(2027))), images)
    expect(images).toEqual(['b.io/x', 'a.io/X', 'a.io/x'])
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      expect(Object.isFrozen(value)).toBe(true)
      for (const member of Object.values(value)) walk(member)
    }
    walk(audits)
  })

  it('survives JSON, and holds no secret', () => {
    const secrets = ['xqzjvkwpfh01', 'gmbwtyrczl02', 'pdxknqvjzs03', 'jzrmxtqkdw05']
    const encoded = Buffer.from(`u:${secrets[0]}`).toString('base64')
    const toml = `[extra-env]\nHTTPS_PROXY = "http://u:${secrets[3]}@p.corp"\n${[
      rule('a.io.', `auth = "${encoded}"`),
      rule('b.io.', `identitytoken = "${secrets[1]}"`, unverified),
      rule('c.io.', `registrytoken = "${secrets[2]}"`, 'mirror = "https://m.corp"'),
      rule('u:vbqhzpxkgn06@d.io.', unverified),
    ].join('')}`
    const images = ['a.io/x', 'b.io/x', 'c.io/x', 'd.io/x', 'u:vbqhzpxkgn06@a.io/x']
    const audits = auditImages(resolverFor(toml), images, { now: NOW })
    const leaks = leaksOf([...secrets, encoded, 'vbqhzpxkgn06'])
    expect(leaks(show(audits))).toEqual([])
    expect(JSON.parse(JSON.stringify(audits))).toEqual(audits)
  })

  it('gives an entry for every text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (images) => {
        const audits = auditImages(resolverFor(''), images)
        expect(audits).toHaveLength(images.length)
        for (const { resolution, findings } of audits) {
          expect(findings.some(({ code }) => code === 'invalid-image')).toBe(resolution === null)
        }
      }),
    )
  })

  it.each<[string, () => unknown, RegExp]>([
    ['a configuration', () => auditImages(parseConfig('') as never, []), /expected a resolver/],
    ['nothing', () => auditImages(undefined as never, []), /expected a resolver/],
    [
      'an imitation',
      () => auditImages({ resolve: () => ({}) } as never, ['a']),
      /expected a resolver/,
    ],
    ['one image', () => auditImages(resolverFor(''), 'a.io/x' as never), /array of images/],
    ['a hole', () => auditImages(resolverFor(''), new Array(1)), /array of images/],
    ['a number', () => auditImages(resolverFor(''), [1] as never), /array of images/],
    [
      'a time as text',
      () => auditImages(resolverFor(''), [], { now: '2026' as never }),
      /expected now to be a time in milliseconds since 1970/,
    ],
    [
      'no time',
      () => auditImages(resolverFor(''), [], { now: Number.NaN }),
      /expected now to be a time in milliseconds since 1970/,
    ],
    [
      'an unknown option',
      () => auditImages(resolverFor(''), [], { noww: NOW } as never),
      /unknown option; did you mean now/,
    ],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(TypeError)
    expect(call).toThrow(message)
  })
})
