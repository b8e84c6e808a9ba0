import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { decideDestination } from '../../../src/handshake/index.js'
import { createResolver, type Scheme } from '../../../src/resolve/index.js'
import { expectProportion } from '../../support/proportion.js'
import { resolutionOf } from '../../support/resolution.js'

const BOTH: readonly Scheme[] = ['https', 'http']

function decide(
  registry: string,
  url: string,
  role: 'registry' | 'realm',
  schemes?: readonly Scheme[],
) {
  return decideDestination(resolutionOf(registry, {}, schemes), url, role)
}

describe('requests to the registry', () => {
  test.each([
    ['its host', 'registry.corp', 'https://registry.corp/v2/'],
    ['the default port, spelled out', 'registry.corp', 'https://registry.corp:443/v2/'],
    ['the default port in the reference', 'registry.corp:443', 'https://registry.corp/v2/'],
    ['its port', 'registry.corp:8443', 'https://registry.corp:8443/v2/'],
    ['odd case', 'registry.corp', 'HTTPS://Registry.CORP/v2/'],
    ['a trailing dot (threat 14)', 'registry.corp', 'https://registry.corp./v2/'],
    ['a query', 'registry.corp', 'https://registry.corp?x=@evil.example'],
    ['an address', '127.0.0.1:5000', 'https://127.0.0.1:5000/v2/'],
    [
      'an address in another spelling, since that is what is dialled',
      '127.1:5000',
      'https://2130706433:5000/v2/',
    ],
    ['an IPv6 address', '[::1]:5000', 'https://[0:0::1]:5000/v2/'],
  ])('%s', (_, registry, url) => {
    expect(decide(registry, url, 'registry')).toMatchObject({ kind: 'allowed', foreign: false })
  })

  test('http where the resolution has it, and nowhere else', () => {
    expect(decide('localhost:5000', 'http://localhost:5000/v2/', 'registry', BOTH).kind).toBe(
      'allowed',
    )
    expect(decide('localhost:5000', 'http://localhost:5000/v2/', 'registry').kind).toBe('refused')
    expect(decide('registry.corp', 'http://registry.corp/v2/', 'registry', BOTH).kind).toBe(
      'allowed',
    )
    expect(decide('registry.corp', 'http://registry.corp:443/v2/', 'registry', BOTH).kind).toBe(
      'refused',
    )
  })

  test('deny-all has no origin at all', () => {
    expect(decide('registry.corp', 'https://registry.corp/v2/', 'registry', []).kind).toBe(
      'refused',
    )
  })

  test.each([
    ['threat 1: CVE-2020-15157, a foreign layer URL', 'https://evil.example/v2/'],
    ['threat 3: CVE-2023-45289, a redirect to a subdomain', 'https://cdn.registry.corp/v2/'],
    [
      'threat 3: CVE-2024-45336, back to the first host by way of another',
      'https://registry.corp.evil.example/v2/',
    ],
    [
      'threat 3: CVE-2025-4673, a redirect to another origin with a Proxy-Authorization',
      'https://proxy.corp:3128/',
    ],
    [
      'threat 3: GHSA-vh4v-2xq2-g5cg, the same host on another port',
      'https://registry.corp:8443/v2/',
    ],
    ['threat 3: GHSA-vh4v-2xq2-g5cg, the same host without TLS', 'http://registry.corp/v2/'],
    [
      'threat 3: CVE-2026-50151, an upload Location on another host',
      'https://uploads.example/v2/acme/app/blobs/uploads/1',
    ],
    [
      'threat 3: CVE-2024-28849, a redirect that keeps credentials',
      'https://storage.example/blob?sig=1',
    ],
    [
      'threat 3: GHSA-m4v8-wqvr-p9f7, a redirect that keeps Proxy-Authorization',
      'https://registry.corp.proxy.example/',
    ],
    [
      'threat 3: CVE-2021-32690, a repository that names another host',
      'https://charts.example/index.yaml',
    ],
    ['a superdomain', 'https://corp/v2/'],
    ['a sibling', 'https://auth.corp/v2/'],
    ['a prefix, no label boundary', 'https://evilregistry.corp/v2/'],
    ['a truncated name', 'https://registry.co/v2/'],
    [
      'threat 6: CVE-2024-47081, user info that looks like the host',
      'https://registry.corp:443@evil.example/v2/',
    ],
    ['user info on the own host', 'https://user:pw@registry.corp/v2/'],
    ['a backslash', 'https://registry.corp\\@evil.example/v2/'],
    ['threat 13: an ideographic full stop', 'https://registry。corp/v2/'],
    ['an escaped letter', 'https://%72egistry.corp/v2/'],
    ['a tab within', 'https://regis\ttry.corp/v2/'],
    ['a relative URL', '/v2/'],
    ['no URL', ''],
    ['another scheme', 'ftp://registry.corp/v2/'],
    ['a port beyond 65535', 'https://registry.corp:65979/v2/'],
  ])('nothing for %s', (_, url) => {
    expect(decide('registry.corp', url, 'registry')).toEqual({
      kind: 'refused',
      code: 'other-origin',
      message: "expected the registry's own origin: its scheme, host and port",
    })
  })
})

describe('realms that are allowed', () => {
  test.each([
    ['the own host', 'registry.corp', 'https://registry.corp/token', false],
    ['the own host on another port', 'registry.corp', 'https://registry.corp:5001/token', false],
    ['the own host in odd case', 'registry.corp', 'https://REGISTRY.corp/token', false],
    ['the own host with a trailing dot', 'registry.corp', 'https://registry.corp./token', false],
    ['a subdomain of the registry', 'registry.corp', 'https://auth.registry.corp/token', false],
    [
      'GitLab: the domain above the registry',
      'registry.gitlab.com',
      'https://gitlab.com/jwt/auth',
      false,
    ],
    [
      'Docker Hub: a sibling, known by name',
      'index.docker.io',
      'https://auth.docker.io/token',
      false,
    ],
    [
      'a near miss of Docker Hub',
      'index.docker.io',
      'https://auth.docker.io.evil.example/token',
      true,
    ],
    [
      'a near miss of Docker Hub, no label boundary',
      'index.docker.io',
      'https://evildocker.io/token',
      true,
    ],
    ['Docker Hub for somebody else', 'registry.corp', 'https://auth.docker.io/token', true],
    ['somebody else for Docker Hub', 'index.docker.io', 'https://registry.corp/token', true],
    ['a sibling', 'registry.corp', 'https://auth.corp/token', true],
    ['a sibling under a public suffix', 'shop.co.uk', 'https://evil.co.uk/token', true],
    ['a sibling at a cloud', 'acme.azurecr.io', 'https://evil.azurecr.io/oauth2/token', true],
    ['no label boundary below', 'registry.corp', 'https://evilregistry.corp/token', true],
    ['no label boundary above', 'registry.gitlab.com', 'https://lab.com/token', true],
    [
      'the registry as a subdomain of the realm of another',
      'registry.corp',
      'https://registry.corp.evil.example/',
      true,
    ],
    ['a public address', 'registry.corp', 'https://1.1.1.1/token', true],
    ['a public IPv6 address', 'registry.corp', 'https://[2606:4700::1111]/token', true],
    [
      'an A-label (threat 13): marked, never taken for its look-alike',
      'paypal.corp',
      'https://xn--pypal-4ve.corp/token',
      true,
    ],
    [
      'row 9: another service within a cluster',
      'registry.corp',
      'https://auth.team.svc.cluster.local/token',
      true,
    ],
    ['row 9: the default namespace', 'registry.corp', 'https://auth.default.svc/token', true],
    [
      'row 9: a namespace that begins alike',
      'registry.corp',
      'https://kubernetes.default2.svc/token',
      true,
    ],
    [
      'row 9: a name that ends alike',
      'registry.corp',
      'https://evilhost.docker.internal/token',
      true,
    ],
    ['row 9: the cluster’s API of somebody', 'registry.corp', 'https://kubernetes.corp/t', true],
    ['a name that holds localhost', 'registry.corp', 'https://localhost.corp/token', true],
    [
      'threat 2: go-containerregistry issue 2440, a name that leads to a local address: a name is judged as a name, and marked',
      'registry.corp',
      'https://127.0.0.1.nip.example/token',
      true,
    ],
    [
      'threat 2: jib 4523, an attacker’s host over https: marked',
      'registry.corp',
      'https://attacker.example/token',
      true,
    ],
    [
      'threat 2: go-containerregistry issue 2193, the same: marked',
      'ghcr.io',
      'https://attacker.example.net/token',
      true,
    ],
  ])('%s', (_, registry, realm, foreign) => {
    expect(decide(registry, realm, 'realm')).toMatchObject({ kind: 'allowed', foreign })
  })

  test.each([
    [
      'threat 2: go-containerregistry issue 2258, a registry on a loopback address',
      '127.0.0.1:5000',
      'http://127.0.0.1:5000/token',
    ],
    [
      'the same on localhost, token server beside it',
      'localhost:5000',
      'http://localhost:5001/token',
    ],
    ['the same in another spelling', '127.0.0.1:5000', 'http://127.1:5000/token'],
    ['row 9: the own host, a single label', 'registry:5000', 'https://registry:5001/token'],
    [
      'row 9: the own host, a name of the machine',
      'host.docker.internal:5000',
      'https://host.docker.internal:5001/token',
    ],
    ['the same over IPv6', '[::1]:5000', 'https://[::1]:5000/token'],
    [
      'a registry on a private address',
      '10.162.182.23:5000',
      'https://10.162.182.23:5000/service/token',
    ],
  ])('%s', (_, registry, realm) => {
    expect(decide(registry, realm, 'realm', BOTH)).toMatchObject({
      kind: 'allowed',
      foreign: false,
    })
  })

  test.each([
    ['the fragment is dropped', 'https://a.corp/token?x=1#@evil', 'https://a.corp/token?x=1'],
    ['an empty query stays', 'https://a.corp/token?', 'https://a.corp/token?'],
    ['a path is there', 'https://a.corp', 'https://a.corp/'],
    ['the trailing dot goes (threat 14)', 'https://A.corp.:8443/t', 'https://a.corp:8443/t'],
    ['the default port goes', 'https://a.corp:443/t', 'https://a.corp/t'],
    ['an at sign in the path is no user info', 'https://a.corp/@b', 'https://a.corp/@b'],
    ['an escaped slash stays', 'https://a.corp/a%2Fb', 'https://a.corp/a%2Fb'],
  ])('the URL: %s', (_, realm, url) => {
    const got = decide('registry.corp', realm, 'realm')
    expect(got).toMatchObject({ kind: 'allowed', url })
    expect(got.kind === 'allowed' && url.startsWith(`${got.origin}/`)).toBe(true)
  })
})

describe('realms that are refused', () => {
  test.each([
    ['threat 2: CVE-2026-48978, TLS taken away', 'http://registry.corp/token', 'invalid-scheme'],
    ['another scheme', 'ftp://auth.corp/token', 'invalid-scheme'],
    ['a script', 'javascript://auth.corp/%0aalert(1)', 'invalid-scheme'],
    ['a file', 'file:///etc/passwd', 'invalid-scheme'],
    ['a path', '/token', 'not-a-url'],
    ['threat 6: no scheme', '//auth.corp/token', 'not-a-url'],
    ['no slashes, which WHATWG parsers add', 'https:auth.corp/token', 'not-a-url'],
    ['one slash', 'https:/auth.corp/token', 'not-a-url'],
    ['an empty scheme', '://auth.corp/token', 'not-a-url'],
    ['white space before it', ' https://auth.corp/token', 'not-a-url'],
    ['a line end, which WHATWG parsers drop', 'https://auth.corp/to\nken', 'not-a-url'],
    ['a backslash for a slash', 'https:\\\\auth.corp\\token', 'not-a-url'],
    ['threat 6: a backslash before an at sign', 'https://auth.corp\\@evil.example/', 'not-a-url'],
    ['threat 13: an ideographic full stop', 'https://auth。corp/', 'not-a-url'],
    ['threat 13: full-width letters', 'https://ａuth.corp/', 'not-a-url'],
    ['threat 13: full-width digits', 'https://１２７.0.0.1/', 'not-a-url'],
    ['threat 13: a Cyrillic look-alike', 'https://аuth.corp/', 'not-a-url'],
    ['threat 13: a dotless i', 'https://regıstry.corp/', 'not-a-url'],
    ['a letter beyond ASCII in the path', 'https://auth.corp/tokén', 'not-a-url'],
    ['user info', 'https://realmuser:realmpw@auth.corp/token', 'user-info'],
    ['empty user info', 'https://@auth.corp/token', 'user-info'],
    [
      'user info that looks like the host',
      'https://registry.corp:443@evil.example/token',
      'user-info',
    ],
    ['threat 6: an escaped dot', 'https://auth%2ecorp/token', 'invalid-host'],
    ['an escaped letter', 'https://%61uth.corp/token', 'invalid-host'],
    ['no host', 'https:///token', 'invalid-host'],
    ['a port alone', 'https://:443/token', 'invalid-host'],
    ['two trailing dots', 'https://auth.corp../', 'invalid-host'],
    ['an empty label', 'https://auth..corp/', 'invalid-host'],
    ['a leading dot', 'https://.auth.corp/', 'invalid-host'],
    ['port 0', 'https://auth.corp:0/', 'invalid-port'],
    ['letters as a port', 'https://auth.corp:https/', 'invalid-port'],
    ['a port beyond 65535', 'https://auth.corp:65536/', 'invalid-port'],
    ['a port beyond 65535 behind IPv6', 'https://[2606:4700::1]:65536/', 'invalid-port'],
    ['two ports', 'https://auth.corp:443:443/', 'invalid-host'],
    ['no IPv4 address', 'https://256.1.1.1/', 'invalid-host'],
    ['a zone', 'https://[fe80::1%25eth0]/', 'invalid-host'],
    ['an unclosed bracket', 'https://[::1/', 'invalid-host'],
    ['an exclamation mark', 'https://auth!.corp/', 'invalid-host'],
  ])('%s', (_, realm, code) => {
    expect(decide('registry.corp', realm, 'realm')).toMatchObject({ kind: 'refused', code })
  })

  test.each([
    ['threat 2: go-containerregistry issue 2243, loopback', '127.0.0.1'],
    ['threat 2: go-containerregistry issue 2284, 0.0.0.0', '0.0.0.0'],
    ['threat 2: go-containerregistry issue 2284, ::', '[::]'],
    [
      'threat 2: go-containerregistry issue 2291, where a token service redirects to',
      '169.254.169.254',
    ],
    ['one number', '0'],
    ['two parts', '127.1'],
    ['decimal', '2130706433'],
    ['octal', '0177.0.0.1'],
    ['hexadecimal', '0x7f.1'],
    ['hexadecimal in one', '0x7f000001'],
    ['a trailing dot', '127.0.0.1.'],
    ['elsewhere in loopback', '127.255.255.254'],
    ['mapped', '[::ffff:127.0.0.1]'],
    ['mapped, in hexadecimal', '[::ffff:7f00:1]'],
    ['translated', '[::ffff:0:127.0.0.1]'],
    ['compatible', '[::127.0.0.1]'],
    ['NAT64', '[64:ff9b::7f00:1]'],
    ['NAT64 of a network’s own', '[64:ff9b:1::7f00:1]'],
    ['6to4', '[2002:7f00:1::]'],
    ['IPv6 loopback', '[::1]'],
    ['IPv6 loopback, written out', '[0:0:0:0:0:0:0:1]'],
    ['private, RFC 1918', '10.0.0.1'],
    ['private, RFC 1918', '172.31.255.255'],
    ['private, RFC 1918', '192.168.1.1'],
    ['shared, RFC 6598; Alibaba’s metadata service', '100.100.100.200'],
    ['CVE-2026-48978: link-local; the metadata service of most clouds', '169.254.169.254'],
    ['the same in decimal', '2852039166'],
    ['the same, mapped', '[::ffff:169.254.169.254]'],
    ['IPv6 link-local', '[fe80::1]'],
    ['unique local; AWS’s metadata service', '[fd00:ec2::254]'],
    ['site-local', '[fec0::1]'],
    ['Azure’s wire server, a public address', '168.63.129.16'],
    ['the same, mapped', '[::ffff:168.63.129.16]'],
    ['the same by NAT64', '[64:ff9b::168.63.129.16]'],
    ['the same by 6to4', '[2002:a83f:8110::]'],
    ['the same, translated', '[::ffff:0:168.63.129.16]'],
    ['documentation, RFC 9637', '[3fff::1]'],
    ['6to4 relays', '192.88.99.1'],
    ['Oracle’s metadata service', '192.0.0.192'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 multicast', '[ff02::1]'],
    ['localhost', 'localhost'],
    ['localhost in odd case', 'LOCALHOST'],
    ['localhost with a trailing dot', 'localhost.'],
    ['beneath localhost', 'auth.localhost'],
    ['a name from /etc/hosts', 'localhost.localdomain'],
    ['a name from /etc/hosts', 'ip6-localhost'],
    ['Google’s metadata service', 'metadata.google.internal'],
    ['Tencent’s metadata service', 'metadata.tencentyun.com'],
    ['the same with a trailing dot', 'metadata.google.internal.'],
    ['the same by its short name', 'metadata'],
    ['row 9: Docker Desktop’s name of the host', 'host.docker.internal'],
    ['row 9: in odd case, with a trailing dot', 'Host.Docker.Internal.'],
    ['row 9: Docker Desktop’s name of its cluster', 'kubernetes.docker.internal'],
    ['row 9: Docker Desktop’s name of its gateway', 'gateway.docker.internal'],
    ['row 9: Podman’s name of the host', 'host.containers.internal'],
    ['row 9: macOS’s name in /etc/hosts', 'broadcasthost'],
    ['row 9: the cluster’s API', 'kubernetes.default'],
    ['row 9: the cluster’s API', 'kubernetes.default.svc'],
    ['row 9: the cluster’s API', 'kubernetes.default.svc.cluster.local'],
    ['row 9: the cluster’s API in a cluster of another domain', 'kubernetes.default.svc.k8s.corp'],
    ['row 9: the cluster’s API, by its short name', 'kubernetes'],
    ['row 9: a single label, which a search domain completes', 'auth'],
    ['row 9: the domain above a registry, if that is one label', 'corp'],
    ['row 9: a single label that is an A-label', 'xn--pypal-4ve'],
  ])('%s: %s', (_, host) => {
    for (const registry of ['registry.corp', 'localhost.corp:5000', '10.9.8.7:5000']) {
      expect(decide(registry, `https://${host}:5000/token`, 'realm', BOTH)).toMatchObject({
        kind: 'refused',
        code: 'local-host',
      })
    }
  })

  test('http to a local host is no way around', () => {
    const got = decide('registry.corp', 'http://127.0.0.1/token', 'realm', BOTH)
    expect(got).toMatchObject({ code: 'local-host' })
  })

  test('a registry on one local address says nothing about another', () => {
    const got = decide('127.0.0.1:5000', 'http://127.0.0.2:5000/token', 'realm', BOTH)
    expect(got).toMatchObject({ code: 'local-host' })
  })

  test('a host that no URL can hold has no own origin', () => {
    expect(decide('1.2.3.4.5', 'https://auth.corp/', 'realm').kind).toBe('refused')
  })

  test('each code has its sentence', () => {
    const realms = [
      'x',
      'http://auth.corp/',
      'https://a@auth.corp/',
      'https://.corp/',
      'https://auth.corp:0/',
      'https://localhost/',
    ]
    const refused = realms.map((realm) => decide('registry.corp', realm, 'realm'))
    expect(refused.map((got) => got.kind === 'refused' && [got.code, got.message])).toEqual([
      [
        'not-a-url',
        'expected an absolute URL of printable ASCII characters, without a backslash or a broken percent escape',
      ],
      [
        'invalid-scheme',
        'expected https; plain http is for a rule with insecure-skip-verify = true, and for a loopback registry without a rule',
      ],
      ['user-info', 'expected a URL without user info'],
      ['invalid-host', 'expected a domain name or an IP address as the host'],
      ['invalid-port', 'expected a port from 1 to 65535'],
      [
        'local-host',
        "expected a public address or name, or the registry's own host: this one means the machine itself, its network or its cluster",
      ],
    ])
  })
})

describe('the answer', () => {
  test('is frozen and repeats nothing of a refused URL', () => {
    for (const url of [
      'https://canary:canary@registry.corp/',
      'canary',
      'https://canary.localhost/',
    ]) {
      const got = decide('registry.corp', url, 'realm')
      expect(JSON.stringify(got)).not.toContain('canary')
      expect(Object.isFrozen(got)).toBe(true)
    }
    expect(Object.isFrozen(decide('registry.corp', 'https://registry.corp/', 'realm'))).toBe(true)
  })

  test.each([
    [
      'issue 17, row 3: no resolution',
      undefined,
      'https://a.corp/',
      'realm',
      "a resolver's resolution",
    ],
    [
      'issue 17, row 3: a copy of a resolution',
      'copy',
      'https://a.corp/',
      'realm',
      "a resolver's resolution",
    ],
    ['a configuration', parseConfig(''), 'https://a.corp/', 'realm', "a resolver's resolution"],
    [
      'a resolver',
      createResolver(parseConfig('')),
      'https://a.corp/',
      'realm',
      "a resolver's resolution",
    ],
    ['no URL', 'own', undefined, 'realm', 'a URL as a string'],
    ['a URL object', 'own', new URL('https://a.corp/'), 'realm', 'a URL as a string'],
    ['another role', 'own', 'https://a.corp/', 'storage', "'registry' or 'realm'"],
  ])('misuse: %s', (_, given, url, role, expectation) => {
    const own = resolutionOf('registry.corp')
    const resolution = given === 'own' ? own : given === 'copy' ? { ...own } : given
    expect(() => decideDestination(resolution as never, url as never, role as never)).toThrow(
      new TypeError(`decideDestination: expected ${expectation}`),
    )
  })

  test.each(['a', '.', '@', ':', '[', '%61', '/', '1.', 'xn--', '1'])(
    'threat 23: time grows with the size alone, for hosts of %j',
    (part) => {
      const decideFor = (size: number) => {
        const url = `https://${part.repeat(size / part.length)}`
        decide('registry.corp', url, 'realm')
        decide('registry.corp', url, 'registry')
      }
      expectProportion(decideFor, 1 << 17, 1 << 20)
    },
  )

  test('threat 23: nor does Punycode, quadratic in Node 20 and 22, get a long label', () => {
    const decideFor = (size: number) =>
      decide('registry.corp', `https://xn--${'a'.repeat(size)}`, 'realm')
    expectProportion(decideFor, 1 << 17, 1 << 20)
    expect(decideFor(1 << 20)).toMatchObject({ kind: 'refused', code: 'invalid-host' })
  })
})

describe('properties', () => {
  const HOSTS = [
    'registry.corp',
    'evil.example',
    'sub.corp',
    'corp',
    'auth.registry.corp',
    'localhost',
    '127.1',
    '[::1]',
  ]
  const host = fc.constantFrom(...HOSTS)
  const shard = fc.constantFrom(
    '@',
    '/',
    '\\',
    '#',
    '?',
    ':',
    '.',
    '%2e',
    '。',
    '443',
    '8443',
    ' ',
    '\t',
    'x',
  )
  const part = fc.oneof(host, shard)
  const scheme = fc.constantFrom('https://', 'http://', 'HTTPS://', 'https:', '//')
  const odd = fc
    .tuple(scheme, fc.array(part, { maxLength: 6 }))
    .map(([head, rest]) => head + rest.join(''))
  const near = fc
    .tuple(
      fc.constantFrom('https', 'http'),
      host,
      fc.constantFrom('', '.', ':443', ':80', ':8443', '@x'),
    )
    .map(([head, name, tail]) => `${head}://${name}${tail}/token#x`)
  const url = fc.oneof(odd, near)

  test('what is allowed for the registry is dialled at the registry by a WHATWG client', () => {
    fc.assert(
      fc.property(url, (text) => {
        const got = decide('registry.corp', text, 'registry')
        if (got.kind === 'refused') return
        const dialled = new URL(text)
        expect(dialled.origin.replace('corp.', 'corp')).toBe('https://registry.corp')
        expect(dialled.username + dialled.password).toBe('')
      }),
      { numRuns: 6000 },
    )
  })

  test('an allowed realm is dialled where it says, is https and has no user info', () => {
    fc.assert(
      fc.property(url, (text) => {
        const got = decide('registry.corp', text, 'realm')
        if (got.kind === 'refused') return
        const dialled = new URL(got.url)
        expect(dialled.origin).toBe(got.origin)
        expect(dialled.href).toBe(got.url)
        expect(dialled.protocol).toBe('https:')
        expect(dialled.username + dialled.password + dialled.hash).toBe('')
        const isOwn = /(^|\.)registry\.corp$/.test(dialled.hostname)
        expect(got.foreign).toBe(!isOwn)
      }),
      { numRuns: 6000 },
    )
  })

  test('no spelling of a local IPv4 address is allowed', () => {
    const local = fc.oneof(
      fc.tuple(fc.constantFrom(0, 10, 127), fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(169), fc.constant(254), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)),
    )
    const digits = (n: number, radix: number) =>
      radix === 16 ? `0x${n.toString(16)}` : radix === 8 ? `0${n.toString(8)}` : `${n}`
    const radixes = fc.array(fc.constantFrom(8, 10, 16), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(local, radixes, fc.integer({ min: 1, max: 4 }), (bytes, radix, count) => {
        const head = bytes.slice(0, count - 1)
        const tail = bytes.slice(count - 1).reduce((value, byte) => value * 256 + byte, 0)
        const spelled = [...head, tail].map((n, i) => digits(n, radix[i] ?? 10)).join('.')
        const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
        const groups = `${hex.slice(0, 4)}:${hex.slice(4)}`
        for (const name of [
          spelled,
          `${spelled}.`,
          `[::ffff:${groups}]`,
          `[64:ff9b::${groups}]`,
          `[2002:${groups}::1]`,
        ]) {
          expect(decide('registry.corp', `https://${name}/t`, 'realm').kind).toBe('refused')
        }
      }),
      { numRuns: 3000 },
    )
  })
})
