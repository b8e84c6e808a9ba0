import { describe, expect, it } from 'vitest'
import { comparePuller } from '../../../src/puller/compare.js'

const DIGEST = `@sha256:${'0'.repeat(64)}`
const codesOf = (text: string, image: string, version?: string) =>
  comparePuller(text, [image + DIGEST], version === undefined ? {} : { version }).map(
    ({ code }) => code,
  )

it('shows an image with its digest, and what it is about', () => {
  const [first] = comparePuller('[registries."."]\nca-certs = ""', [`a.io/x${DIGEST}`])
  expect(first?.place).toEqual({ kind: 'image', index: 0, image: `a.io/x${DIGEST}` })
})

describe('what the puller does otherwise', () => {
  it.each([
    ['', 'ghcr.io/a', [], 'nothing'],
    ['registries = { "ghcr.io." = { auth = "dTpw" } }', 'ghcr.io/a', [], 'nothing'],
    [
      'registries = { "." = { ca-certs = "" } }',
      'ghcr.io/a',
      ['puller-trusts-more'],
      'the empty string is unset there',
    ],
    [
      'registries = { "GHCR.io." = { auth = "dTpw" } }',
      'ghcr.io/a',
      ['puller-name-not-normalized', 'puller-other-rule', 'puller-sends-no-credentials'],
      'case counts there',
    ],
    [
      'registries = { "a.b." = { auth = "dTpw" }, ".b." = {} }',
      'a.b/x',
      ['puller-left-to-chance', 'puller-other-rule', 'puller-sends-no-credentials'],
      'equally many labels',
    ],
    [
      'registries = { "a.b:5000." = { insecure-skip-verify = true } }',
      'a.b:5000/x',
      ['puller-other-rule', 'puller-trusts-more'],
      'a port is part of the name there',
    ],
    [
      'registries = { "." = { ca-certs = "none" } }',
      'localhost:5000/x',
      ['puller-plain-http'],
      'by name, whatever the rule says',
    ],
    [
      'registries = { "a.svc.cluster.local." = { insecure-skip-verify = true } }',
      'a.svc.cluster.local/x',
      ['puller-no-plain-http'],
      "the guide's example 3, since go-containerregistry 0.21.7",
    ],
    [
      'registries = { "docker.io." = { auth = "dTpw", mirror = "https://m.corp" } }',
      'nginx',
      ['puller-mirror-credentials', 'puller-mirror-requests'],
      'credentials go along',
    ],
    ['', '10.0.0.1/x', ['puller-plain-http'], 'a private address'],
    [
      'registries = { "a.localhost." = { mirror = "https://m.corp" } }',
      'a.localhost/x',
      ['puller-mirror-requests'],
      "the mirror's scheme is the one that counts",
    ],
    [
      'registries = { "a.b." = { mirror = "https://m.corp", mirror-fallback = true } }',
      'a.b/x',
      ['puller-mirror-requests', 'puller-other-endpoint'],
      'the source read passes over mirror-fallback',
    ],
    ['extra-env = { HTTPS_PROXY = "" }', 'ghcr.io/a', ['puller-process-proxy'], 'as if absent'],
    [
      'registries = { "GHCR.io." = { mirror = "https://m.corp" } }',
      'ghcr.io/a',
      ['puller-name-not-normalized', 'puller-other-rule', 'puller-other-endpoint'],
      'the mirror of a rule that is none there',
    ],
    [
      'registries = { "ghcr.io." = { nothing = 1 } }',
      'ghcr.io/a',
      ['puller-passes-over'],
      'a typo',
    ],
    [
      'registries = { "ghcr.io." = { username = "u" } }',
      'ghcr.io/a',
      ['puller-passes-over', 'puller-not-compared'],
      'this library decides nothing',
    ],
    ['registries = 1', 'ghcr.io/a', ['puller-does-not-start'], 'a wrong type'],
  ] satisfies [string, string, string[], string][])('%s for %s: %j (%s)', (text, image, codes) => {
    expect(codesOf(text, image)).toEqual(codes)
  })

  it('trusts by plain HTTP what it did in older releases', () => {
    const text = 'registries = { "a.svc.cluster.local." = { insecure-skip-verify = true } }'
    expect(codesOf(text, 'a.svc.cluster.local/x', '1.21')).toEqual([])
    expect(codesOf('', 'a.svc.cluster.local/x', '1.21')).toEqual(['puller-plain-http'])
  })

  it('names the image, without its user info, and says that it is not pinned', () => {
    expect(comparePuller('', ['nginx'])).toMatchObject([
      {
        code: 'puller-unpinned',
        severity: 'warning',
        place: { kind: 'image', index: 0, image: 'nginx' },
      },
    ])
  })

  it('is dangerous as a warning, and otherwise an info', () => {
    const text = 'registries = { "GHCR.io." = { auth = "dTpw", ca-certs = "none" } }'
    const findings = comparePuller(text, [`ghcr.io/a${DIGEST}`], { version: '1.25' })
    expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'info puller-other-rule',
      'warning puller-trusts-more',
    ])
  })

  it('says nothing of a comparison where there are no images to compare for', () => {
    const found = comparePuller('registries = { "ghcr.io." = { username = "u" } }', [])
    expect(found.map(({ code }) => code)).toEqual(['puller-passes-over'])
  })

  it('names itself in the messages of misuse', () => {
    expect(() => comparePuller(1 as never, [])).toThrow(/^comparePuller: expected a string/)
    expect(() => comparePuller('', [], { version: '1.14' })).toThrow(/^comparePuller: expected ver/)
    expect(() => comparePuller('', [], { other: 1 } as never)).toThrow(/^comparePuller: /)
  })

  it('takes a list of images alone', () => {
    expect(() => comparePuller('', 'nginx' as never)).toThrow(TypeError)
  })

  it.each([undefined, null, 7, {}, ['nginx']])('of which each is a text, not %j', (image) => {
    expect(() => comparePuller('', ['nginx', image as never])).toThrow(
      new TypeError('comparePuller: expected image 2 to be a string'),
    )
  })

  it.each(['path', 'detail', 'help'])(
    'threat 18: %s of a polluted Object.prototype is not told',
    (name) => {
      const text = '[registries."Ghcr.io"]\nca-certs = ""\n'
      const expected = comparePuller(text, ['ghcr.io/a'])
      Object.defineProperty(Object.prototype, name, { value: 'evil', configurable: true })
      try {
        expect(comparePuller(text, ['ghcr.io/a'])).toEqual(expected)
      } finally {
        Reflect.deleteProperty(Object.prototype, name)
      }
    },
  )
})
