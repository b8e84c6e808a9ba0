/**
 * Rules beside each other, one with its mirror at the registry of another: whatever hostile servers
 * answer, no secret of a rule leaves by another trust, and what comes by one trust decides nothing of
 * what is sent by another.
 */
import { rootCertificates } from 'node:tls'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { createRegistryFetch } from '../../../src/fetch/index.js'
import { decideDestination } from '../../../src/handshake/index.js'
import type { Keychain } from '../../../src/keychain/keychain.js'
import { createResolver, type Resolver, type TlsTrust } from '../../../src/resolve/index.js'
import { Secret } from '../../../src/secret.js'
import { type Answer, network, type Sent } from '../../support/network.js'

const HOSTS = ['a.corp', 'b.corp', 'c.corp']
const KEYCHAIN = 'secret-keychain'
const pairOf = (password: string) => Buffer.from(`u:${password}`).toString('base64')

/** With certificates in place of their numbers, which would fill the report of a failure. */
const read = (document: string): Resolver => {
  const pem = (_: string, i: string) => JSON.stringify(rootCertificates[Number(i)])
  return createResolver(parseConfig(document.replace(/"ROOT (\d)"/g, pem)))
}

const TRUSTS = [
  '',
  'insecure-skip-verify = true',
  'ca-certs = "ROOT 0"',
  'ca-certs = "ROOT 1"',
  'ca-certs = "none"',
]

/** What a rule holds, some of it what another rule holds as well. */
const credentials = (host: string) => [
  '',
  '',
  `username = "u"\npassword = "secret-${host}"`,
  `username = "u"\npassword = "secret-shared"`,
  `identitytoken = "secret-identity-${host}"`,
  `registrytoken = "secret-registry-${host}"`,
]

const mirror = fc.constantFrom(
  '',
  ...HOSTS.flatMap((host) => [
    `mirror = "https://${host}"`,
    `mirror = "https://${host}/x"\nmirror-fallback = true`,
  ]),
)

const ruleOf = (host: string) =>
  fc
    .tuple(fc.constantFrom(...TRUSTS), fc.constantFrom(...credentials(host)), mirror)
    .map((lines) => [`[registries."${host}"]`, ...lines].join('\n'))

const proxies = fc.constantFrom(
  '',
  '[extra-env]\nHTTPS_PROXY = "http://u:secret-proxy@proxy.corp:3128"\nNO_PROXY = "b.corp"\n',
)

const config = fc
  .tuple(proxies, ...[...HOSTS, '.'].map((host) => fc.option(ruleOf(host), { nil: '' })))
  .map((parts) => parts.join('\n'))

const place = fc.constantFrom(
  ...HOSTS.flatMap((host) => [`https://${host}/token`, `http://${host}/token`]),
  'https://auth.corp/token',
  'https://auth.corp/token',
  'https://evil.example/token',
)

const answer = fc.record(
  {
    status: fc.constantFrom(200, 200, 200, 200, 401, 404, 307, 503),
    challenge: fc.oneof(
      fc.constantFrom('Basic realm="x"', ''),
      place.map((realm) => `Bearer realm="${realm}",service="s"`),
      place.map((realm) => `Bearer realm="${realm}",service="s"`),
    ),
    location: place,
    lifetime: fc.constantFrom(15, 300),
    hasRefresh: fc.boolean(),
    fault: fc.constantFrom('', '', '', '', '', '', '', 'ECONNREFUSED', 'CERT_HAS_EXPIRED'),
  },
  { noNullPrototype: true },
)

const call = fc.record(
  {
    registry: fc.constantFrom(...HOSTS, ...HOSTS, 'a.corp:443', 'b.corp:443', 'localhost:5000'),
    method: fc.constantFrom('GET', 'GET', 'GET', 'PUT'),
    /** How long after the one before, in seconds. */
    after: fc.constantFrom(0, 0, 10, 400),
  },
  { noNullPrototype: true },
)

const scenario = fc.record(
  {
    config,
    answers: fc.array(answer, { minLength: 3, maxLength: 12 }),
    calls: fc.array(call, { minLength: 2, maxLength: 7 }),
    isConcurrent: fc.boolean(),
  },
  { noNullPrototype: true },
)

type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never
type Fetch = ReturnType<typeof network>['fetch']
type Faulty = (fetch: Fetch) => Fetch

const keychain: Keychain = {
  credentials: async () => ({
    kind: 'basic',
    username: undefined,
    password: undefined,
    encoded: new Secret(pairOf(KEYCHAIN)),
  }),
}

/** A trust in a word, the same for trusts that are equal. */
function wordOf(tls: object): string {
  const { kind, certificates = [] } = tls as TlsTrust & { certificates?: { fingerprint: string }[] }
  return [kind, ...certificates.map(({ fingerprint }) => fingerprint.slice(0, 8))].join('.')
}

/** Servers that answer by what was sent, by whose trust, and how often: not by what others sent. */
function serversOf({ answers }: Scenario) {
  const counts = new Map<string, number>()
  return ({ url, method, headers, body = '', route }: Sent): Answer => {
    const trust = wordOf(route.tls)
    const key = [trust, method, url, headers['authorization'], body].join(' ')
    const count = counts.get(key) ?? 0
    counts.set(key, count + 1)
    const index = ([...key].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7) >>> 0) + count
    const one = answers[index % answers.length] as Scenario['answers'][number]
    const isBare = headers['authorization'] === undefined && !url.includes('/token')
    const tokens = {
      token: `granted<${trust}>`,
      expires_in: one.lifetime,
      ...(one.hasRefresh ? { refresh_token: `granted<${trust}>refresh` } : {}),
    }
    return {
      status: isBare && one.status === 200 ? 401 : one.status,
      headers: { 'www-authenticate': one.challenge, location: one.location },
      body: JSON.stringify(tokens),
      ...(one.fault === '' ? {} : { fault: one.fault }),
    }
  }
}

/** Plays the calls, or those of one trust alone, and gives what was sent. */
async function play(one: Scenario, faulty: Faulty, only?: string): Promise<readonly Sent[]> {
  const resolver = read(one.config)
  const { fetch, sent } = network(serversOf(one))
  let now = 0
  const registryFetch = createRegistryFetch(resolver, {
    fetch: faulty(fetch),
    now: () => now,
    keychain,
  })
  const pending: Promise<unknown>[] = []
  for (const { registry, method, after } of one.calls) {
    if (!one.isConcurrent) now += after * 1000
    const image = `${registry}/app:1`
    if (only !== undefined && wordOf(resolver.resolve(image).tls) !== only) continue
    const asking = registryFetch(image, 'manifests', { method }).catch(() => undefined)
    if (one.isConcurrent) pending.push(asking)
    else await asking
  }
  await Promise.all(pending)
  return sent
}

const textOf = ({ url, headers, body = '' }: Sent): string =>
  decodeURIComponent([url, ...Object.values(headers), body].join('\n').replaceAll('+', ' '))

/** The secrets that a configuration has for an image, as they are sent. */
function secretsFor(resolver: Resolver, image: string): readonly string[] {
  const { rule, credentials: held } = resolver.resolve(image)
  switch (held.kind) {
    case 'basic':
      return [held.encoded.reveal()]
    case 'identity-token':
      return [held.identityToken.reveal()]
    case 'registry-token':
      return [held.registryToken.reveal()]
    case 'anonymous':
      return rule === undefined ? [pairOf(KEYCHAIN)] : []
  }
}

/** What was sent that no image's rule would have sent by itself. */
function strays({ config: document, calls }: Scenario, sent: readonly Sent[]): string[] {
  const resolver = read(document)
  const images = [...new Set(calls.map(({ registry }) => `${registry}/app:1`))]
  const secrets = [...new Set(images.flatMap((image) => secretsFor(resolver, image)))]
  const isOwn = ({ url, route }: Sent, secret: string) =>
    images.some((image) => {
      const resolution = resolver.resolve(image)
      if (
        !secretsFor(resolver, image).includes(secret) ||
        wordOf(route.tls) !== wordOf(resolution.tls)
      )
        return false
      return (['registry', 'realm'] as const).some(
        (role) => decideDestination(resolution, url, role).kind === 'allowed',
      )
    })
  return sent.flatMap((one) => {
    const text = textOf(one)
    const trust = wordOf(one.route.tls)
    const granted = [...text.matchAll(/granted<([^>]*)>/g)].map(([, by]) => by)
    const isStray =
      secrets.some((secret) => text.includes(secret) && !isOwn(one, secret)) ||
      granted.some((by) => by !== trust) ||
      text.includes('secret-proxy') ||
      JSON.stringify(one.route.proxy) !== JSON.stringify(resolver.proxyFor(one.url))
    return isStray ? [`${trust} ${one.url}`] : []
  })
}

const linesOf = (sent: readonly Sent[], trust: string) =>
  sent.filter(({ route }) => wordOf(route.tls) === trust).map(textOf)

/** As many as find each of the faults below many times over. */
const RUNS = 300

const property = (faulty?: Faulty) =>
  fc.check(
    fc.asyncProperty(scenario, async (one) => {
      const sent = await play(one, faulty ?? ((fetch) => fetch))
      expect(strays(one, sent)).toEqual([])
      for (const trust of new Set(sent.map(({ route }) => wordOf(route.tls)))) {
        const alone = await play(one, faulty ?? ((fetch) => fetch), trust)
        expect(linesOf(sent, trust)).toEqual(linesOf(alone, trust))
      }
    }),
    { numRuns: RUNS, endOnFailure: faulty !== undefined },
  )

describe('a token that was granted by one trust', () => {
  /** The mirror of the one rule is the registry of the other, which holds nothing to authenticate with. */
  const document = `[registries."lax.corp."]
insecure-skip-verify = true
mirror = "https://b.corp"
[registries."b.corp."]
ca-certs = "ROOT 0"
`
  const REALM = 'https://auth.corp/token'
  const challenge = `Bearer realm="${REALM}",service="s"`

  /** All of them let tokens end soon, and say in each by whose trust it was granted. */
  function clientOf(refuses: (sent: Sent) => boolean = () => false) {
    let now = 0
    const { fetch, sent } = network((one): Answer => {
      const trust = one.route.tls.kind
      const token = { token: `t-${trust}`, expires_in: 300, refresh_token: `r-${trust}` }
      if (one.url.startsWith(REALM)) {
        return refuses(one) ? { status: 401 } : { body: JSON.stringify(token) }
      }
      const isBare = one.headers['authorization'] === undefined
      return isBare ? { status: 401, headers: { 'www-authenticate': challenge } } : {}
    })
    const registryFetch = createRegistryFetch(read(document), { fetch, now: () => now })
    const get = (registry: string) => registryFetch(`${registry}/app:1`, 'manifests')
    const wait = () => {
      now += 300_000
    }
    return { get, wait, sent }
  }

  const byOther = ({ headers, body = '', route }: Sent): boolean => {
    const text = `${headers['authorization']} ${body}`
    const other = route.tls.kind === 'ca-bundle' ? 'skip-verify' : 'ca-bundle'
    return text.includes(`t-${other}`) || text.includes(`r-${other}`)
  }

  const ORDERS = [
    ['lax.corp', 'b.corp'],
    ['b.corp', 'lax.corp'],
  ] as const

  it.each(ORDERS)(
    'is not sent by another, nor is its refresh token: %s, then %s',
    async (...order) => {
      const { get, wait, sent } = clientOf()
      for (const registry of order) await get(registry)
      wait()
      for (const registry of order) await get(registry)
      expect(sent.filter(byOther)).toEqual([])
      expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(2)
    },
  )

  it.each(ORDERS)('is asked for anew by another, if both at once: %s and %s', async (...order) => {
    const { get, sent } = clientOf()
    await Promise.all(order.map(get))
    expect(sent.filter(byOther)).toEqual([])
    expect(sent.filter(({ url }) => url.startsWith(REALM))).toHaveLength(2)
  })

  it('keeps its refresh token where that of another is refused', async () => {
    const { get, wait, sent } = clientOf(({ method, route }) => {
      return method === 'POST' && route.tls.kind === 'skip-verify'
    })
    await get('b.corp')
    await get('lax.corp')
    wait()
    await get('lax.corp')
    await get('b.corp')
    const [posted, ...others] = sent.filter(
      ({ method, route }) => method === 'POST' && route.tls.kind === 'ca-bundle',
    )
    expect(others).toEqual([])
    expect(posted?.body).toContain('refresh_token=r-ca-bundle')
  })
})

describe('rules beside each other', () => {
  it('know nothing of what is sent and answered by another trust', async () => {
    const result = await property()
    expect(result.failed, `${result.errorInstance}\n${fc.defaultReportMessage(result)}`).toBe(false)
  })
  it('are at one registry in many of these scenarios, and send the tokens that they were granted', async () => {
    const all = await Promise.all(
      fc.sample(scenario, { numRuns: 150, seed: 7 }).map((one) => play(one, (fetch) => fetch)),
    )
    const isShared = (sent: readonly Sent[]) => {
      const ways = new Set(
        sent.map(({ url, route }) => `${new URL(url).origin} ${wordOf(route.tls)}`),
      )
      return new Set(sent.map(({ url }) => new URL(url).origin)).size < ways.size
    }
    expect(all.filter(isShared).length).toBeGreaterThan(15)
    expect(
      all.filter((sent) => sent.some((one) => textOf(one).includes('granted<'))).length,
    ).toBeGreaterThan(15)
  })

  it('would be found out: by a client that keeps answers for a URL, whoever is trusted', async () => {
    const keeping: Faulty = (fetch) => {
      const kept = new Map<string, Response>()
      return async (url, init, route) => {
        const key = `${url} ${init.headers['authorization']}`
        const response = kept.get(key) ?? (await fetch(url, init, route))
        kept.set(key, response)
        return response.clone()
      }
    }
    expect((await property(keeping)).failed).toBe(true)
  })

  it('would be found out: by a client that sends to an origin what it has sent there before', async () => {
    const sticky: Faulty = (fetch) => {
      const sent = new Map<string, Readonly<Record<string, string>>>()
      return (url, init, route) => {
        const { origin } = new URL(url)
        if (init.headers['authorization'] !== undefined) sent.set(origin, init.headers)
        return fetch(url, { ...init, headers: { ...sent.get(origin), ...init.headers } }, route)
      }
    }
    expect((await property(sticky)).failed).toBe(true)
  })
})
