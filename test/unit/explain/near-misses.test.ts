import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  NEAR_MISS_SENTENCES,
  type NearMissCode,
  PORT_OF_BOTH,
  PORT_OF_IMAGE,
} from '../../../src/explain/near-miss.js'
import { parseImageReference } from '../../../src/image/index.js'
import { documentOf, explainWith, followed } from '../../support/explained.js'
import { expectProportion } from '../../support/proportion.js'

const missesOf = (names: readonly string[], image: string, lines = '') =>
  explainWith(documentOf(names.map((name) => [name, lines])), image).nearMisses

const HITS: readonly (readonly [string, string, NearMissCode, string, string])[] = [
  ['.registry.corp.', 'registry.corp/a', 'leading-dot', 'registry.corp.', 'subdomains alone'],
  ['.Registry.corp', 'registry.corp/a', 'leading-dot', 'registry.corp.', 'in any case'],
  ['*.corp', 'a.corp/x', 'wildcard', '.corp.', 'a wildcard of TLS certificates'],
  ['*.Corp.', 'a.corp/x', 'wildcard', '.corp.', 'with a trailing dot'],
  ['*', 'a.corp/x', 'wildcard', '.', 'everything'],
  ['*', 'a.corp:5000/x', 'wildcard', '.', 'a registry with a port, too'],
  ['*', '10.0.0.1/x', 'wildcard', '.', 'and an address'],
  ['https://ghcr.io', 'ghcr.io/a', 'scheme', 'ghcr.io.', 'a URL'],
  ['https://u:p@ghcr.io:443/v2/', 'ghcr.io/a', 'scheme', 'ghcr.io.', 'all that a URL can have'],
  ['https://bücher.example/', 'xn--bcher-kva.example/a', 'scheme', 'xn--bcher-kva.example.', 'IDN'],
  ['ghcr.io/acme', 'ghcr.io/acme/a', 'path', 'ghcr.io.', 'a repository'],
  ['corp/team', 'a.corp/x', 'path', 'corp.', 'a domain above the host'],
  ['registry.corp:443', 'registry.corp/a', 'port', 'registry.corp.', 'the port of https'],
  ['registry.corp:5000.', 'registry.corp/a', 'port', 'registry.corp.', 'any other port'],
  ['registry-1.docker.io', 'nginx', 'docker-hub-alias', 'docker.io.', "where Docker's pulls go"],
  ['hub.docker.com.', 'nginx', 'docker-hub-alias', 'docker.io.', 'the web site'],
  ['.docker.com', 'nginx', 'docker-hub-alias', 'docker.io.', 'its domain'],
  ['index.docker.io/v1', 'nginx', 'docker-hub-alias', 'docker.io.', "the key of Docker's files"],
  ['https://index.docker.io/v1/', 'nginx', 'docker-hub-alias', 'docker.io.', 'the same as a URL'],
  ['bücher.example', 'xn--bcher-kva.example/a', 'unicode', 'xn--bcher-kva.example.', 'an IDN'],
  ['.bücher.example', 'a.xn--bcher-kva.example/a', 'unicode', '.xn--bcher-kva.example.', 'below'],
  ['ｇｈｃｒ.io', 'ghcr.io/a', 'unicode', 'ghcr.io.', 'full-width letters'],
  ['ghcr。io', 'ghcr.io/a', 'unicode', 'ghcr.io.', 'an ideographic full stop'],
  ['hcr.io', 'ghcr.io/a', 'typo', 'ghcr.io.', 'a character less'],
  ['ghhcr.io.', 'ghcr.io/a', 'typo', 'ghcr.io.', 'a character more'],
  ['gucr.io.', 'ghcr.io/a', 'typo', 'ghcr.io.', 'another character'],
  ['gchr.io.', 'ghcr.io/a', 'typo', 'ghcr.io.', 'two swapped'],
  ['ghcr.oi.', 'ghcr.io/a', 'typo', 'ghcr.io.', 'in another label'],
  ['GHRC.io.', 'ghcr.io/a', 'typo', 'ghcr.io.', 'beside upper case'],
  ['ghcr!.io', 'ghcr.io/a', 'typo', 'ghcr.io.', 'a character that no name has'],
  ['ghcr.iо', 'ghcr.io/a', 'typo', 'ghcr.io.', 'a Cyrillic letter'],
  ['.regstry.corp.', 'a.registry.corp/x', 'typo', '.registry.corp.', 'with a leading dot'],
  ['docekr.io.', 'nginx', 'typo', 'docker.io.', 'Docker Hub'],
  ['copr.', 'registry.corp/a', 'typo', 'corp.', 'a single label'],
  ['locahost.', 'localhost/a', 'typo', 'localhost.', 'a host of one label'],
  ['io.', 'ioo./a', 'typo', 'ioo.', 'a short host'],
  ['corp', 'registrycorp./a', 'label-boundary', 'registrycorp.', 'the start of a label is missing'],
  ['.corp', 'registrycorp./a', 'label-boundary', 'registrycorp.', 'with a leading dot'],
  ['ghcr.io', 'evilghcr.io/a', 'label-boundary', 'evilghcr.io.', "somebody else's domain"],
  ['istry.corp', 'a.registry.corp/a', 'label-boundary', 'registry.corp.', 'below it'],
  ['eu.registry.corp.', 'registry.corp/a', 'parent', 'registry.corp.', 'a subdomain'],
  ['.eu.registry.corp', 'registry.corp/a', 'parent', 'registry.corp.', 'its subdomains'],
]

describe('a near miss', () => {
  it.each(HITS)('%s for %s: %s, write %s (%s)', (name, image, code, suggestion) => {
    expect(missesOf([name], image)).toMatchObject([
      {
        code,
        replaces: 'rule',
        suggestion,
        message: NEAR_MISS_SENTENCES[code],
        place: { line: 1 },
      },
    ])
    expect(followed([[name, '']], image)).toEqual([[suggestion, suggestion]])
  })

  it.each([
    ['registry.corp', 'registry.corp/a', 'it applies'],
    ['ghcr.io', 'quay.io/a', 'another registry'],
    ['*.registry.corp', 'registry.corp/a', 'a wildcard covers subdomains alone'],
    ['r*.corp', 'registry.corp/a', 'a wildcard within a label'],
    ['https://ghcr.io', 'quay.io/a', 'the URL of another registry'],
    ['u@ghcr.io', 'ghcr.io/a', 'user info, which has no code'],
    ['u@eu.ghcr.io', 'ghcr.io/a', 'nor before a subdomain'],
    ['ghcr.io/acme', 'quay.io/acme/a', 'the path of another'],
    ['registry.corp:5000', 'other.corp/a', 'the port of another'],
    ['hub.docker.com', 'ghcr.io/a', 'Docker Hub for another'],
    ['index.docker.io/acme', 'ghcr.io/a', 'a path at Docker Hub, for another'],
    ['bücher.example', 'example.com/a', 'another IDN'],
    ['ｇｈｃｒ，io', 'ghcr.io/a', 'a full-width comma'],
    ['gc.io', 'ghcr.io/a', 'two edits'],
    ['hcr.oi', 'ghcr.io/a', 'an edit in each of two labels'],
    ['ghc.rio', 'ghcr.io/a', 'a swap over a dot'],
    ['ghcrio', 'ghcr.io/a', 'a dot less'],
    ['a.ghcr.o', 'ghcr.io/a', 'more labels than the host'],
    ['co.', 'example.com/a', 'another top-level domain'],
    ['com.', 'foo.telecom/a', 'the end of a top-level domain'],
    ['..corp', 'a.corp/a', 'an empty label'],
    ['', 'a.corp/a', 'nothing'],
    ['a.corpx', 'corp./a', 'no subdomain'],
    ['10.0.0.2', '10.0.0.1/a', 'addresses have no typos'],
    ['10.0.0.1', '10.0.0.1/a', 'covered by "." alone'],
    ['regstry.corp', 'registry.corp:5000/a', 'a typo, and a port'],
    ['localhosst', '127.0.0.1/a', 'another way to say it'],
  ])('is not %j for %s: %s', (name, image) => expect(missesOf([name], image)).toEqual([]))

  it('is given only where the rule would win', () => {
    const codes = (names: readonly string[]) =>
      missesOf(names, 'a.registry.corp/x').map(({ name, code }) => [name, code])
    expect(codes(['*.corp', 'regstry.corp', '.'])).toEqual([
      ['*.corp', 'wildcard'],
      ['regstry.corp', 'typo'],
    ])
    expect(codes(['*.corp', 'regstry.corp', 'corp'])).toEqual([
      ['*.corp', 'wildcard'],
      ['regstry.corp', 'typo'],
    ])
    expect(codes(['*.corp', 'regstry.corp', '.corp'])).toEqual([['regstry.corp', 'typo']])
    expect(codes(['*.corp', 'regstry.corp', 'registry.corp'])).toEqual([])
    expect(codes(['*', '.'])).toEqual([])
  })

  it('comes with the likeliest kind first, and then in the order of the document', () => {
    const names = ['eu.ghcr.io', 'gchr.io', 'https://ghcr.io', 'hcr.io', '.ghcr.io']
    expect(missesOf(names, 'ghcr.io/a').map(({ name }) => name)).toEqual([
      '.ghcr.io',
      'https://ghcr.io',
      'gchr.io',
      'hcr.io',
      'eu.ghcr.io',
    ])
  })

  it('has a row for each code', () => {
    const shown = new Set(HITS.map(([, , code]) => code))
    expect([...shown].sort()).toEqual(Object.keys(NEAR_MISS_SENTENCES).sort())
  })

  it('shows no user info', () => {
    const [miss] = missesOf(['https://alice:hunter2@ghcr.io'], 'ghcr.io/a')
    expect(miss?.name).toBe('…@ghcr.io')
    expect(JSON.stringify(miss)).not.toMatch(/alice|hunter2/)
  })
})

describe('a port in the reference', () => {
  it.each([
    ['registry.corp', 'registry.corp:5000/a:1', 'registry.corp/a:1'],
    ['corp', 'Registry.corp.:5000/a:1', 'Registry.corp./a:1'],
    ['localhost', 'localhost:5000/a', 'localhost/a'],
    ['myhost', 'myhost:5000/a', 'myhost./a'],
    ['docker.io', 'docker.io:443/library/nginx', 'docker.io/library/nginx'],
  ])('%s for %s: write %s', (name, image, suggestion) => {
    expect(missesOf([name], image)).toMatchObject([
      { name, code: 'port', replaces: 'image', suggestion, message: PORT_OF_IMAGE },
    ])
    expect(followed([[name, '']], image)).toEqual([[name, name]])
    const { repository } = parseImageReference(image)
    expect(parseImageReference(suggestion).repository).toBe(repository)
  })

  it.each([
    ['.', 'registry.corp:5000/a', 'the catch-all applies'],
    ['docker.io', 'docker.io:443/nginx', 'without the port it would be library/nginx'],
    ['docker.io', `docker.io:443/${'a'.repeat(255)}`, 'or none at all'],
    ['quay.io', 'registry.corp:5000/a', 'another registry'],
  ])('is no near miss of %s for %s: %s', (name, image) =>
    expect(missesOf([name], image)).toEqual([]),
  )
})

describe('a port in both', () => {
  const image = 'registry.corp:5000/a'
  it.each([['registry.corp:5000'], ['Registry.corp.:5000'], ['registry.corp:5000.']])(
    '%s leads to the catch-all',
    (name) => {
      const lines = 'ca-certs = "none"'
      expect(missesOf([name], image, lines)).toMatchObject([
        { name, code: 'port', replaces: 'rule', suggestion: '.', message: PORT_OF_BOTH },
      ])
      expect(followed([[name, lines]], image)).toEqual([['.', '.']])
    },
  )

  it.each([
    ['registry.corp:5000', 'auth = "dTpw"', 'credentials for every registry'],
    ['registry.corp:5000', 'insecure-skip-verify = true', 'no TLS for every registry'],
    ['registry.corp:5001', '', 'another port'],
    ['other.corp:5000', '', 'another host'],
    ['https://registry.corp:5000', '', 'a URL'],
  ])('never %s with %s: %s', (name, lines) => expect(missesOf([name], image, lines)).toEqual([]))

  it('is none beside a catch-all', () => {
    expect(missesOf(['registry.corp:5000', '.'], image)).toEqual([])
  })
})

const label = fc.constantFrom('a', 'ab', 'ba', 'corp', 'copr')
const hostOf = fc.array(label, { minLength: 2, maxLength: 3 }).map((labels) => labels.join('.'))
const nameOf = fc
  .tuple(
    fc.constantFrom('', '', '', '.', '*.', 'https://', 'x', 'u@'),
    hostOf,
    fc.constantFrom('', '.', ':5000', '/v1', '/'),
  )
  .map((parts) => parts.join(''))
const imageOf = fc
  .tuple(hostOf, fc.constantFrom('', '', '', '.', ':5000'))
  .map(([host, end]) => `${host}${end}/a`)

describe('whatever the rules and the image', () => {
  it('following a near miss makes its rule apply', () => {
    let followings = 0
    fc.assert(
      fc.property(fc.uniqueArray(nameOf, { maxLength: 6 }), imageOf, (names, image) => {
        // Names that mean the same are an error of the document.
        const known = new Set<string>()
        const rules = names.flatMap((name) => {
          const key = name.replace(/\.$/, '')
          if (known.has(key)) return []
          known.add(key)
          return [[name, ''] as const]
        })
        for (const [applied, wanted] of followed(rules, image)) {
          expect(applied).toBe(wanted)
          followings++
        }
        const { resolution, nearMisses } = explainWith(documentOf(rules), image)
        expect(nearMisses.map(({ name }) => name)).not.toContain(resolution.rule?.name ?? '-')
      }),
      { numRuns: 3000 },
    )
    expect(followings).toBeGreaterThan(50)
  })
})

describe('time', () => {
  it('grows with the number of rules', () => {
    const rules = (count: number) =>
      documentOf(Array.from({ length: count }, (_, i) => [`r${i}.registry.corp.`, ''] as const))
    expectProportion((text) => void explainWith(text, 'registry.corp/a'), rules(500), rules(4000))
  })

  it.each([
    ['letters', 'a'],
    ['dots', 'a.'],
    ['slashes', '/'],
    ['colons', ':'],
    ['user info', '@'],
    ['wildcards', '*.'],
    ['letters of another script', 'ü'],
    ['Punycode', 'xn--a'],
  ])('grows with the length of a name of %s', (_, piece) => {
    const name = (count: number) => documentOf([[`https://${piece.repeat(count)}`, '']])
    expectProportion(
      (text) => void explainWith(text, 'registry.corp/a'),
      name(10_000),
      name(80_000),
    )
  })
})
