/**
 * Whatever a hostile registry, mirror, token service or storage answers, credentials arrive only where
 * `decideDestination` allows them.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { createRegistryFetch } from '../../../src/fetch/index.js'
import { decideDestination } from '../../../src/handshake/index.js'
import type { Keychain } from '../../../src/keychain/keychain.js'
import { createResolver, type Resolution } from '../../../src/resolve/index.js'
import { Secret } from '../../../src/secret.js'
import { type Answer, network, type Sent } from '../../support/network.js'

const REGISTRY = 'registry.corp'
const SECRETS = {
  password: 'p4ssw0rd-canary',
  identity: 'identity-canary',
  registry: 'registry-token-canary',
}
const PAIR = Buffer.from(`u:${SECRETS.password}`).toString('base64')
const RULES = [
  `username = "u"\npassword = "${SECRETS.password}"`,
  `identitytoken = "${SECRETS.identity}"\nusername = "u"\npassword = "${SECRETS.password}"`,
  `identitytoken = "${SECRETS.identity}"`,
  `registrytoken = "${SECRETS.registry}"`,
]
const MORE = ['', 'insecure-skip-verify = true']
const MIRRORS = [
  '',
  'mirror = "https://mirror.corp/hub"\nmirror-fallback = true',
  'mirror = "https://mirror.corp"',
  `mirror = "https://${REGISTRY}/cache"\nmirror-fallback = true`,
]

const odd = fc.constantFrom(
  `https://${REGISTRY}`,
  `http://${REGISTRY}`,
  `https://${REGISTRY}:8443`,
  `https://${REGISTRY}.`,
  `https://auth.${REGISTRY}`,
  `https://u:p@${REGISTRY}`,
  `https://${REGISTRY}@evil.example`,
  `https://${REGISTRY}.evil.example`,
  `https://evil${REGISTRY}`,
  'https://mirror.corp',
  'https://evil.example',
  'http://evil.example',
  'https://127.0.0.1',
  'https://0x7f.1:8080',
  'https://[::1]',
  'https://10.0.0.1',
  'https://localhost',
  'https://kubernetes.default.svc',
  'https://metadata.google.internal',
  '',
)
const own = fc.constantFrom(`https://${REGISTRY}`, `https://auth.${REGISTRY}`)
const origin = fc.oneof({ weight: 2, arbitrary: own }, { weight: 1, arbitrary: odd })
const place = fc
  .tuple(origin, fc.constantFrom('/token', '/v2/acme/app/blobs/x', '/v2/', '//evil.example/', ''))
  .map(([base, path]) => base + path)
const location = fc.oneof(
  place,
  fc.constantFrom('//evil.example/x', '../x', '?a=b', '/x', '\\evil', ''),
)

const challenge = fc.oneof(
  fc.constantFrom('Basic realm="x"', 'Negotiate abc', 'Basic', 'Bearer', 'garbage="', ''),
  fc
    .tuple(place, fc.constantFrom('', ',scope="repository:other/repo:pull"', ',service="s"'))
    .map(([realm, more]) => `Bearer realm="${realm}"${more}`),
  place.map((realm) => `Bearer realm="${realm}", Basic realm="y"`),
)

const answer: fc.Arbitrary<Answer> = fc
  .record(
    {
      status: fc.constantFrom(200, 200, 200, 401, 401, 401, 404, 302, 307, 308, 403, 500, 503),
      challenge,
      location,
      token: fc.integer({ min: 0, max: 3 }),
      refresh: fc.boolean(),
      fault: fc.oneof(
        { weight: 9, arbitrary: fc.constant(null) },
        {
          weight: 1,
          arbitrary: fc.constantFrom('ECONNREFUSED', 'ECONNRESET', 'CERT_HAS_EXPIRED', 'ETIMEDOUT'),
        },
      ),
    },
    { noNullPrototype: true },
  )
  .map(({ status, challenge: field, location: target, token, refresh, fault }) => ({
    status,
    headers: { 'www-authenticate': field, location: target },
    body: JSON.stringify({
      token: `granted-${token}`,
      expires_in: 300,
      ...(refresh ? { refresh_token: `refresh-${token}` } : {}),
    }),
    ...(fault === null ? {} : { fault }),
  }))

const request = fc.record({
  path: fc.oneof(fc.constantFrom('manifests', 'blobs/sha256:0', 'tags/list'), place),
  method: fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'DELETE'),
})

const scenario = fc.record(
  {
    rule: fc.constantFrom('keychain', ...RULES),
    more: fc.constantFrom(...MORE),
    mirror: fc.oneof(fc.constant(''), fc.constantFrom(...MIRRORS)),
    answers: fc.array(answer, { minLength: 1, maxLength: 12 }),
    requests: fc.array(request, { minLength: 1, maxLength: 4 }),
  },
  { noNullPrototype: true },
)

type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never
type Fetch = ReturnType<typeof network>['fetch']

const keychain: Keychain = {
  credentials: async () => ({
    kind: 'basic',
    username: undefined,
    password: undefined,
    encoded: new Secret(PAIR),
  }),
}

/** Plays a scenario, and gives all that was sent. */
async function play(
  { rule, more, mirror, answers, requests }: Scenario,
  faulty: (fetch: Fetch) => Fetch = (fetch) => fetch,
): Promise<{ readonly sent: readonly Sent[]; readonly resolution: Resolution }> {
  const lines = [`[registries."${REGISTRY}."]`, rule, more, mirror].join('\n')
  const resolver = createResolver(parseConfig(rule === 'keychain' ? '' : lines))
  const { fetch, sent } = network((_, i) => answers[i % answers.length] as Answer)
  const registryFetch = createRegistryFetch(resolver, {
    fetch: faulty(fetch),
    now: () => 0,
    keychain,
  })
  const image = `${REGISTRY}/acme/app:1`
  // A redirect without end is a loop of the scenario's, so a request may fail in any way.
  for (const { path, method } of requests) {
    await registryFetch(image, path, { method }).catch(() => undefined)
  }
  return { sent, resolution: resolver.resolve(image) }
}

/** The secrets of the rule, or of the keychain, in any part of a request. */
function heldBy({ url, headers, body = '' }: Sent): boolean {
  const text = [url, ...Object.values(headers), body].join('\n')
  return [...Object.values(SECRETS), PAIR].some((secret) => text.includes(secret))
}

/** What was sent where it may not go. */
function strays(sent: readonly Sent[], resolution: Resolution): string[] {
  const isAllowed = (url: string, role: 'registry' | 'realm') =>
    decideDestination(resolution, url, role).kind === 'allowed'
  const { endpoint } = resolution
  const isMirror = (url: string) =>
    endpoint.kind === 'mirror' && new URL(url).origin === endpoint.origin
  return sent
    .filter((one) => {
      const { url, headers, body = '' } = one
      const authorization = headers['authorization'] ?? ''
      const isGranted = authorization.includes('granted-')
      if (authorization.includes(SECRETS.registry)) return !isAllowed(url, 'registry')
      if (heldBy(one)) return !isAllowed(url, 'registry') && !isAllowed(url, 'realm')
      if (body.includes('refresh-')) return !isAllowed(url, 'realm') && !isMirror(url)
      // A mirror's token was granted to nobody in particular, for the mirror.
      return isGranted && !isAllowed(url, 'registry') && !isMirror(url)
    })
    .map(({ url }) => url)
}

/** As many scenarios as find each of the faults below many times over. */
const RUNS = 800

const property = (faulty?: (fetch: Fetch) => Fetch) =>
  fc.check(
    fc.asyncProperty(scenario, async (one) => {
      const { sent, resolution } = await play(one, faulty)
      expect(sent.filter(({ route }) => route.tls !== resolution.tls)).toEqual([])
      expect(strays(sent, resolution)).toEqual([])
    }),
    // That a faulty client is found out is enough: its smallest scenario takes a second to find.
    { numRuns: RUNS, endOnFailure: faulty !== undefined },
  )

describe('what was said under one rule', () => {
  /** Its mirror is a registry that another rule has a password for, and is asked without verification. */
  const document = `[registries."lax.corp."]
insecure-skip-verify = true
mirror = "https://${REGISTRY}"
[registries."${REGISTRY}."]
username = "u"
password = "${SECRETS.password}"
`
  const IN_BETWEEN = 'Bearer realm="https://evil.example/token",service="s"'
  const clientOf = () =>
    network(({ url, headers, route }): Answer => {
      if (url.startsWith('https://evil.example')) return { body: '{"token":"t"}' }
      const asks = route.tls.kind === 'skip-verify' ? IN_BETWEEN : 'Basic realm="x"'
      const carries = headers['authorization'] !== undefined
      return carries ? {} : { status: 401, headers: { 'www-authenticate': asks } }
    })

  it.each(['GET', 'PUT'])('sends no password by another rule: %s', async (method) => {
    const { fetch, sent } = clientOf()
    const resolver = createResolver(parseConfig(document))
    const registryFetch = createRegistryFetch(resolver, { fetch, now: () => 0 })
    await registryFetch('lax.corp/app', 'manifests')
    const body = method === 'PUT' ? { body: new Blob(['x']).stream() } : {}
    expect((await registryFetch(`${REGISTRY}/app`, 'manifests', { method, ...body })).ok).toBe(true)
    const told = sent.filter(({ headers }) => headers['authorization'] === `Basic ${PAIR}`)
    expect(told.map(({ url }) => new URL(url).origin)).toEqual([`https://${REGISTRY}`])
  })
})

describe('hostile servers', () => {
  it('get no credentials that are not for them', async () => {
    const result = await property()
    expect(result.failed, fc.defaultReportMessage(result) ?? '').toBe(false)
  })

  it('are sent credentials in many of these scenarios', async () => {
    const all = await Promise.all(
      fc.sample(scenario, { numRuns: 150, seed: 7 }).map((one) => play(one)),
    )
    const carrying = all.filter(({ sent }) => sent.some(heldBy))
    expect(carrying.length).toBeGreaterThan(15)
    const toOthers = carrying.flatMap(({ sent }) => sent).filter((one) => !heldBy(one))
    expect(toOthers.length).toBeGreaterThan(50)
  })

  it('would be found out: by a client that follows redirects itself', async () => {
    const following =
      (fetch: Fetch): Fetch =>
      async (url, init, route) => {
        const response = await fetch(url, init, route)
        const target = response.headers.get('location') ?? ''
        if (response.status < 300 || response.status > 308 || !URL.canParse(target)) return response
        return fetch(target, init, route)
      }
    expect((await property(following)).failed).toBe(true)
  })

  it('would be found out: by a client that takes any origin for the one that it asked before', async () => {
    let last: Readonly<Record<string, string>> = {}
    const sticky =
      (fetch: Fetch): Fetch =>
      (url, init, route) => {
        if (init.headers['authorization'] !== undefined) last = init.headers
        return fetch(url, { ...init, headers: { ...last, ...init.headers } }, route)
      }
    expect((await property(sticky)).failed).toBe(true)
  })
})
