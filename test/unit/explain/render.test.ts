import { describe, expect, it } from 'vitest'
import { type Explanation, explain, renderExplanation } from '../../../src/explain/index.js'
import { createResolver, parseConfig } from '../../../src/index.js'
import {
  certificate as certificateOf,
  commonName,
  pem as pemOf,
} from '../../support/der-builder.js'
import { documentOf, explainWith } from '../../support/explained.js'
import vectors from '../../vectors/ca-bundles.json' with { type: 'json' }

const PEM = vectors.cases.find((c) => c.category === 'single')?.text.trimEnd() ?? ''
const pinned = explainWith(`[registries."."]\nca-certs = '''\n${PEM}'''`, 'ghcr.io/a:1')

describe('a rendered explanation', () => {
  it('takes 80 columns unless told otherwise, and has no line end at its end', () => {
    const text = renderExplanation(explainWith('[registries."*.io"]', 'ghcr.io/a'))
    expect(text).toMatchInlineSnapshot(`
      "ghcr.io/a:latest
        read         no tag and no digest are named, so the tag is "latest"
        rule         no rule applies, so the web PKI is trusted and there is nothing
                     to authenticate with
        trust        web-pki: whatever certificate the roots of the system vouch for
                     is trusted
        schemes      https: plain HTTP is never tried
        proxy        direct (not-configured): no proxy is set for the scheme
        near miss    line 1, "*.io": "*" stands for nothing; a leading dot covers
                     every subdomain, and "." every registry; write
                     [registries.".io."]"
    `)
  })

  it.each([40, 60, 80, 120])('fits %i columns', (width) => {
    const document = documentOf([
      ['registry.corp', 'auth = "dTpw"'],
      ['.', ''],
    ])
    const explanation = explainWith(document, 'registry.corp:5000/app')
    const lines = renderExplanation(explanation, { width }).split('\n')
    expect(lines.filter((line) => line.length > width)).toEqual([])
    expect(lines.length).toBeGreaterThan(5)
  })

  it('keeps a sentence on its line where there is no end to it', () => {
    const width = Number.POSITIVE_INFINITY
    const text = renderExplanation(explainWith('[registries."*.io"]', 'ghcr.io/a'), { width })
    expect(text).toContain(
      '\n  near miss    line 1, "*.io": "*" stands for nothing; a leading dot covers every subdomain, and "." every registry; write [registries.".io."]',
    )
  })

  it('colours what is dangerous, if asked to', () => {
    const deny = explainWith('[registries."."]\nca-certs = "none"', 'ghcr.io/a:1')
    expect(renderExplanation(deny, { color: true })).toContain('\u001b[31mdeny-all')
    const skip = explainWith('[registries."a.io"]\ninsecure-skip-verify = true', 'a.io/a:1')
    expect(renderExplanation(skip, { color: true })).toContain('\u001b[33mskip-verify')
    expect(renderExplanation(deny)).not.toContain('\u001b')
  })

  it.each([
    ['1990-01-01', 'not valid before '],
    ['2150-01-01', 'expired on '],
  ])('marks certificates that are not valid at %s', (now, words) => {
    const text = renderExplanation(pinned, { now: Date.parse(now), width: 200 })
    expect(text).toContain(`, ${words}`)
  })

  it('marks none that is valid, nor any without a time', () => {
    const { tls } = pinned.resolution
    const [first] = tls.kind === 'ca-bundle' ? tls.certificates : []
    const until = `${first?.subject}, until ${first?.notAfter.slice(0, 10)}`
    const now = Date.parse(first?.notBefore ?? '') + 1000
    expect(renderExplanation(pinned, { now, width: 200 })).toContain(until)
    expect(renderExplanation(pinned, { width: 200 })).toContain(until)
  })

  it('is the same after a way through JSON', () => {
    expect(renderExplanation(JSON.parse(JSON.stringify(pinned)))).toBe(renderExplanation(pinned))
  })

  it('shows the first five of many near misses, and cuts names that DNS lacks', () => {
    const names = Array.from({ length: 8 }, (_, i) => `r${i}.registry.corp.`)
    const many = explainWith(documentOf(names.map((name) => [name, ''])), 'registry.corp/a:1')
    const text = renderExplanation(many, { width: 200 })
    expect(text.match(/line \d+, "r\d/g)).toHaveLength(5)
    expect(text).toContain('\n               and 3 more')
    const long = explainWith(documentOf([[`ghcr.io/${'a'.repeat(1e5)}`, '']]), 'ghcr.io/a:1')
    expect(renderExplanation(long).length).toBeLessThan(1500)
  })

  it('replaces what rewrites a terminal', () => {
    const subject = commonName('a\u202eb\u009bc')
    const pem = pemOf(certificateOf({ subject }))
    const document = `[registries."a.io"]\nca-certs = '''\n${pem}'''\n[registries."a.io/\\u001b[2J"]`
    const text = renderExplanation(explainWith(document, 'a.io/x'), { width: 200 })
    expect(text).toContain('CN=a?b?c')
    const other = explainWith('[registries."a.io/\\u001b[2J"]', 'a.io/x')
    expect(renderExplanation(other, { width: 200 })).toContain('"a.io/?[2J"')
  })

  it('shows the proxy of each endpoint where there are a mirror and the registry', () => {
    const document = `[extra-env]\nHTTPS_PROXY = "http://u:p@p.corp"\nNO_PROXY = "m.corp"
[registries."a.io"]\nmirror = "https://m.corp"\nmirror-fallback = true`
    const text = renderExplanation(explainWith(document, 'a.io/x'), { width: Infinity })
    expect(text.split('\n').slice(-2)).toEqual([
      '  proxy        the mirror at https://m.corp: direct (no-proxy "m.corp"): an entry of NO_PROXY covers the host',
      '               the registry at https://a.io: http://p.corp (https-proxy): HTTPS_PROXY names it; it alone is sent the user name and password of its URL',
    ])
    // One endpoint by two schemes is one host.
    const skip = '[registries."a.io"]\ninsecure-skip-verify = true'
    expect(renderExplanation(explainWith(skip, 'a.io/x'))).not.toContain(' at https')
  })

  it('shows proxies and mirrors', () => {
    const document = `[extra-env]\nHTTPS_PROXY = "http://u:p@proxy.corp:3128"\nNO_PROXY = ".corp"
[registries."a.io"]\nmirror = "https://m.corp"`
    const resolver = createResolver(parseConfig(document))
    const textOf = (image: string) =>
      renderExplanation(explain(resolver, image), { width: 200 }).split('\n')
    expect(textOf('a.io/x:1')).toContainEqual(
      expect.stringMatching(
        /^ {2}endpoint {5}the mirror https:\/\/m\.corp \(ns=a\.io\): requests go there, .*; the registry/,
      ),
    )
    expect(textOf('a.io/x:1')).toContain(
      '  proxy        direct (no-proxy ".corp"): an entry of NO_PROXY covers the host',
    )
    expect(textOf('b.io/x:1')).toContain(
      '  proxy        http://proxy.corp:3128 (https-proxy): HTTPS_PROXY names it; it alone is sent the user name and password of its URL',
    )
    expect(textOf('1.2.3.4.5/x:1')).toContain(
      '  proxy        none: URL parsers refuse the host, so nothing can dial it',
    )
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a resolution', pinned.resolution],
  ])('refuses %s', (_, value) => {
    expect(() => renderExplanation(value as unknown as Explanation)).toThrow(
      'renderExplanation: expected what explain gave',
    )
  })

  it.each([
    [{ width: 39 }],
    [{ width: Number.NaN }],
    [{ now: Number.NaN }],
    [{ now: new Date() }],
    [{ color: 'always' }],
    [{ colour: true }],
  ])('refuses %j', (options) =>
    expect(() => renderExplanation(pinned, options as never)).toThrow(/^renderExplanation: /),
  )
})
