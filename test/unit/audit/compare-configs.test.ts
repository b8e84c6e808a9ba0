import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareConfigs } from '../../../src/audit.js'
import {
  createResolver,
  ImageReferenceError,
  parseConfig,
  type Resolver,
} from '../../../src/index.js'
import { show } from '../../support/canary.js'
import { certificate, commonName, pem } from '../../support/der-builder.js'
import { expectProportion } from '../../support/proportion.js'

const resolverFor = (text: string): Resolver => createResolver(parseConfig(text))
const rule = (...lines: readonly string[]) => `[registries."a.io."]\n${lines.join('\n')}\n`
const auth = 'auth = "dTpw"'
const unverified = 'insecure-skip-verify = true'
const mirror = 'mirror = "https://m.corp"'
const fallback = 'mirror-fallback = true'
const proxy = (host: string) => `[extra-env]\nHTTPS_PROXY = "http://${host}"\n`
const pemOf = (name: string) => pem(certificate({ subject: commonName(name) }))
const bundle = (...names: readonly string[]) => `ca-certs = '''\n${names.map(pemOf).join('')}'''`

/** The changes as text. */
function changesOf(before: string, after: string, image = 'a.io/x:1'): string {
  const [first, ...others] = compareConfigs(resolverFor(before), resolverFor(after), [image])
  expect(others).toEqual([])
  return (first?.changes ?? []).map(({ aspect, change }) => `${aspect} ${change}`).join(', ')
}

const swapped = (changes: string) =>
  changes.replace(/looser|tighter/g, (word) => (word === 'looser' ? 'tighter' : 'looser'))

describe('what changes', () => {
  it.each([
    ['nothing', rule(auth), rule(auth), ''],
    ['another image', '', '[registries."b.io."]\nauth = "dTpw"\n', ''],
    ['a rule that says nothing', '', rule(), 'rule different'],
    ['a rule by another name', rule(), '[registries."a.io"]\n', 'rule different'],
    ['credentials', rule(), rule(auth), 'credentials looser'],
    ['other credentials', rule('auth = "dTpx"'), rule(auth), 'credentials different'],
    [
      'credentials of another kind',
      rule('registrytoken = "t"'),
      rule(auth),
      'credentials different',
    ],
    ['a pin', rule(bundle('one')), rule(), 'trust looser'],
    ['another pin', rule(bundle('one')), rule(bundle('two')), 'trust different'],
    ['one more anchor', rule(bundle('one')), rule(bundle('one', 'two')), 'trust looser'],
    ['no verification', rule(), rule(unverified), 'trust looser, schemes looser'],
    ['a denial', rule('ca-certs = "none"'), rule(), 'trust looser, schemes looser'],
    [
      'a denial with credentials',
      rule('ca-certs = "none"', auth),
      rule(auth),
      'trust looser, credentials looser, schemes looser',
    ],
    ['a mirror', rule(), rule(mirror), 'endpoint different'],
    ['a mirror, the credentials stay', rule(auth), rule(auth, mirror), 'endpoint looser'],
    [
      'credentials, the mirror stays',
      rule(mirror),
      rule(auth, mirror),
      'credentials looser, endpoint looser',
    ],
    ['another mirror', rule(mirror), rule('mirror = "https://n.corp"'), 'endpoint different'],
    [
      'another mirror with credentials',
      rule(auth, mirror),
      rule(auth, 'mirror = "https://n.corp"'),
      'endpoint different',
    ],
    ['another path', rule(mirror), rule('mirror = "https://m.corp/b"'), 'endpoint different'],
    [
      'a mirror by plain HTTP',
      rule(unverified, mirror),
      rule(unverified, 'mirror = "http://m.corp"'),
      'endpoint looser',
    ],
    ['a fallback', rule(mirror), rule(mirror, fallback), 'endpoint looser'],
    ['a mirror before the registry', rule(), rule(mirror, fallback), 'endpoint looser'],
    ['a proxy', rule(), proxy('p.corp') + rule(), 'proxy different'],
    ['another proxy', proxy('p.corp') + rule(), proxy('q.corp') + rule(), 'proxy different'],
    [
      "the proxy's password",
      proxy('u:p@p.corp') + rule(),
      proxy('u:q@p.corp') + rule(),
      'proxy different',
    ],
    [
      'a proxy that can read everything',
      rule(unverified),
      proxy('p.corp') + rule(unverified),
      'proxy looser',
    ],
    [
      'another proxy that can read everything',
      proxy('p.corp') + rule(unverified),
      proxy('q.corp') + rule(unverified),
      'proxy different',
    ],
    [
      'the trust, while the proxy stays',
      proxy('p.corp') + rule(),
      proxy('p.corp') + rule(unverified),
      'trust looser, schemes looser',
    ],
    [
      'why there is no proxy',
      rule(),
      `[extra-env]\nHTTPS_PROXY = "http://p.corp"\nNO_PROXY = "a.io"\n${rule()}`,
      '',
    ],
    [
      'the proxy of the registry behind a mirror',
      proxy('p.corp') + rule(mirror, fallback),
      `${proxy('p.corp')}NO_PROXY = "a.io"\n${rule(mirror, fallback)}`,
      'proxy different',
    ],
    [
      'the proxy of a mirror before the registry',
      proxy('p.corp') + rule(mirror, fallback),
      `${proxy('p.corp')}NO_PROXY = "m.corp"\n${rule(mirror, fallback)}`,
      'proxy different',
    ],
    [
      'a proxy that can read everything of the registry behind a mirror',
      `${proxy('p.corp')}NO_PROXY = "a.io,m.corp"\n${rule(unverified, mirror, fallback)}`,
      `${proxy('p.corp')}NO_PROXY = "m.corp"\n${rule(unverified, mirror, fallback)}`,
      'proxy looser',
    ],
    [
      'a proxy that is there for the fallback alone',
      `${proxy('p.corp')}NO_PROXY = "m.corp"\n${rule(mirror)}`,
      `${proxy('p.corp')}NO_PROXY = "m.corp"\n${rule(mirror, fallback)}`,
      'endpoint looser, proxy different',
    ],
    [
      'a fallback by the proxy of the mirror',
      proxy('p.corp') + rule(mirror),
      proxy('p.corp') + rule(mirror, fallback),
      'endpoint looser',
    ],
    [
      'a fallback that is reached directly',
      `${proxy('p.corp')}NO_PROXY = "a.io"\n${rule(mirror)}`,
      `${proxy('p.corp')}NO_PROXY = "a.io"\n${rule(mirror, fallback)}`,
      'endpoint looser',
    ],
    [
      'a mirror in place of the registry, by another way',
      `${proxy('p.corp')}NO_PROXY = "m.corp"\n${rule()}`,
      `${proxy('p.corp')}NO_PROXY = "m.corp"\n${rule(mirror)}`,
      'endpoint different, proxy different',
    ],
    [
      'plain HTTP by a proxy of its own',
      `[extra-env]\nHTTP_PROXY = "http://q.corp"\n${rule()}`,
      `[extra-env]\nHTTP_PROXY = "http://q.corp"\n${rule(unverified)}`,
      'trust looser, schemes looser, proxy looser',
    ],
    [
      'a denial, the proxy stays',
      proxy('p.corp') + rule('ca-certs = "none"', mirror),
      proxy('p.corp') + rule(mirror),
      'trust looser, schemes looser',
    ],
    [
      "a mirror on the registry's own origin, which gets the credentials",
      rule(auth, mirror),
      rule(auth, 'mirror = "https://a.io/m"'),
      'credentials looser, endpoint different',
    ],
    [
      'the same without credentials',
      rule(mirror),
      rule('mirror = "https://a.io/m"'),
      'endpoint different',
    ],
  ])('%s', (_, before, after, changes) => {
    expect(changesOf(before, after)).toBe(changes)
    expect(changesOf(after, before)).toBe(swapped(changes))
  })
})

/** Documents that differ in everything a decision consists of. */
const documents = fc
  .record({
    proxy: fc.constantFrom('', proxy('p.corp'), proxy('u:p@p.corp'), proxy('q.corp')),
    rules: fc.dictionary(
      fc.constantFrom('.', 'a.io.', '.a.io.', 'io.', 'b.a.io.', 'docker.io.'),
      fc.record({
        trust: fc.constantFrom(
          '',
          unverified,
          bundle('one'),
          bundle('two'),
          bundle('one', 'two'),
          'ca-certs = "none"',
        ),
        credentials: fc.constantFrom(
          '',
          auth,
          'identitytoken = "t"',
          `identitytoken = "t"\n${auth}`,
          'registrytoken = "t"',
        ),
        mirror: fc.constantFrom('', mirror, `${mirror}\n${fallback}`, 'mirror = "https://a.io/m"'),
      }),
    ),
  })
  .map(({ proxy: env, rules }) => {
    const tables = Object.entries(rules).map(
      ([name, keys]) => `[registries."${name}"]\n${Object.values(keys).join('\n')}\n`,
    )
    return env + tables.join('')
  })
const images = ['a.io/x', 'b.a.io/x', 'nginx', 'c.io:5000/x', '192.0.2.1/x', 'localhost/x']

describe('properties', () => {
  it('of a configuration beside itself: nothing changes', () => {
    fc.assert(
      fc.property(documents, (text) => {
        expect(compareConfigs(resolverFor(text), resolverFor(text), images)).toEqual([])
      }),
    )
  })

  it('of two configurations: exchanging them exchanges looser and tighter, and no more', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(documents, documents, (a, b) => {
        const [there, back] = [resolverFor(a), resolverFor(b)]
        const forwards = compareConfigs(there, back, images)
        for (const { changes } of forwards) {
          for (const { aspect, change } of changes) seen.add(`${aspect} ${change}`)
        }
        expect(JSON.parse(swapped(JSON.stringify(forwards)))).toEqual(
          compareConfigs(back, there, images),
        )
      }),
      { numRuns: 300 },
    )
    // What is exchanged did occur.
    for (const aspect of ['trust', 'credentials', 'schemes', 'endpoint', 'proxy']) {
      expect([...seen]).toContain(`${aspect} looser`)
      expect([...seen]).toContain(`${aspect} tighter`)
    }
  })

  it('of a rule more for a registry: no other image changes', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const more = `${text}[registries."only.example."]\ninsecure-skip-verify = true\n`
        const changed = compareConfigs(resolverFor(text), resolverFor(more), [
          ...images,
          'only.example/x',
        ])
        expect(changed.map(({ image }) => image)).toEqual(['only.example/x'])
      }),
    )
  })
})

describe('compareConfigs', () => {
  const [before, after] = [resolverFor(''), resolverFor('[registries."."]\nauth = "dTpw"\n')]

  it('gives images once, sorted, and leaves out what stays', () => {
    const list = ['b.io/x', 'a.io/x', 'b.io/x']
    expect(compareConfigs(before, after, list).map(({ image }) => image)).toEqual([
      'a.io/x',
      'b.io/x',
    ])
    expect(list).toEqual(['b.io/x', 'a.io/x', 'b.io/x'])
  })

  it('is frozen, survives JSON and holds no secret', () => {
    const changes = compareConfigs(
      resolverFor(rule('registrytoken = "hunter2hunter2"')),
      resolverFor(proxy('u:hunter2hunter2@p.corp')),
      ['a.io/x'],
    )
    expect(JSON.parse(JSON.stringify(changes))).toEqual(changes)
    expect(show(changes)).not.toContain('hunter2')
    const [first] = changes
    for (const one of [changes, first, first?.changes, first?.changes[0]]) {
      expect(Object.isFrozen(one)).toBe(true)
    }
  })

  it('throws for what is no image reference', () => {
    const call = () => compareConfigs(before, after, ['u:hunter2@a.io/x'])
    expect(call).toThrow(ImageReferenceError)
    expect(call).not.toThrow('hunter2')
  })

  it.each<[string, () => unknown, RegExp]>([
    ['no resolver', () => compareConfigs({} as never, after, []), /expected a resolver/],
    ['one resolver', () => compareConfigs(before, undefined as never, []), /expected a resolver/],
    ['no list', () => compareConfigs(before, after, undefined as never), /array of images/],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(TypeError)
    expect(call).toThrow(message)
  })

  it('takes time in proportion to the images', () => {
    const list = (n: number) => Array.from({ length: n }, (_, i) => `a.io/x${i}`)
    expectProportion((some) => compareConfigs(before, after, some), list(2_000), list(16_000))
  })
})
