import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expected, takesProxy } from './expectation.js'
import { type Bench, type Result, type Run, startBench, TRUSTS } from './matrix.js'
import { ODD_NAMES } from './odd-anchors.js'
import { countHandshakes, renderPage } from './render.js'
import { checkRuntimes, proxyRootOf, RUNTIMES, type Runtime } from './runtimes.js'

/** UPDATE=1 writes the page instead of comparing it. */
const isUpdate = process.env['UPDATE'] === '1'
const page = new URL('../../docs/runtimes.md', import.meta.url)
const AT_ONCE = 2

let bench: Bench
const runs: Run[] = []

beforeAll(async () => {
  checkRuntimes()
  bench = await startBench()
  const waiting = RUNTIMES.flatMap((runtime) => [
    { runtime, isLoosened: false },
    { runtime, isLoosened: true },
  ])
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      runs.push(await bench.run(next.runtime, next.isLoosened))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
})

afterAll(() => bench?.close())

const describeResult = ({ path, trust, server, host, outcome, code }: Result) =>
  [path, trust, server, host, outcome, code].filter(Boolean).join(', ')

/** The name that a server saw in the handshake of that request; null if the request didn't arrive. */
function servernameOf({ id, server }: Result): string | undefined | null {
  const requests = bench.servers.get(server)?.requests
  return requests?.has(`/cell/${id}`) ? requests.get(`/cell/${id}`) : null
}

const isStrict = ({ trust }: Result) =>
  trust.startsWith('ca-bundle') || trust.startsWith('deny-all')

// What the runtimes call a certificate that they don't trust, and an answer that isn't TLS. A denial
// for another reason, such as a port that nobody listens on, would prove nothing.
const DENIALS =
  /^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|CERT_HAS_EXPIRED|CERT_SIGNATURE_FAILURE|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|ERR_TLS_CERT_ALTNAME_INVALID|ERR_SSL_WRONG_VERSION_NUMBER|EPROTO)$|invalid peer certificate|InvalidContentType/

const environments = RUNTIMES.flatMap((runtime) => [
  { title: `${runtime.name} ${runtime.version}`, runtime, isLoosened: false },
  { title: `${runtime.name}, NODE_TLS_REJECT_UNAUTHORIZED=0`, runtime, isLoosened: true },
])

describe.each(environments)('$title', ({ runtime, isLoosened }) => {
  const all = () =>
    runs.find((run) => run.runtime === runtime && run.isLoosened === isLoosened)?.results ?? []
  const cells = () => all().filter(({ trust }) => !trust.endsWith('control'))
  const wrong = (results: readonly Result[]) =>
    results.filter((result) => result.outcome !== expected(runtime, result)).map(describeResult)

  it('accepts, denies and refuses as the page says', () => {
    expect(cells().length).toBeGreaterThan(600)
    expect(wrong(cells())).toEqual([])
  })

  it('threat 10: a pin holds behind a proxy that tunnels', () => {
    const tunnelled = cells().filter(({ path }) => path.endsWith('through CONNECT'))
    expect(countHandshakes(tunnelled)).toBeGreaterThan(50)
    expect(wrong(tunnelled)).toEqual([])
    const denied: readonly string[] = ['deny-all', 'deny-all, handed on by mistake']
    const users = TRUSTS.filter((trust) => !denied.includes(trust))
    expect([...bench.proxy.requests.keys()]).toEqual(expect.arrayContaining(users))
  })

  it.each([
    'a session that another trust opened',
    'an agent that has trusted',
    'a global agent that was loosened',
  ])('threat 11: a strict trust holds beside %s', (what) => {
    const beside = cells().filter((result) => result.path.includes(what) && isStrict(result))
    expect(countHandshakes(beside)).toBeGreaterThan(25)
    expect(wrong(beside)).toEqual([])
  })

  it('threat 14: sends no trailing dot in a server name, and no address', () => {
    const accepted = cells().filter(({ outcome, host }) => outcome === 'accepted' && host)
    const named = accepted.filter(({ host }) => host !== '127.0.0.1')
    const addressed = accepted.filter(({ host }) => host === '127.0.0.1')
    expect(named.some(({ host }) => host === 'localhost.')).toBe(true)
    expect(addressed.length).toBeGreaterThan(5)
    // Over a socket that is there already, Deno sends that name in place of none.
    const isDenosOwn = ({ path }: Result) =>
      runtime.name === 'Deno' && path.endsWith('through CONNECT')
    const others = addressed.filter((result) => !isDenosOwn(result))
    expect(new Set(others.map(servernameOf))).toEqual(new Set([undefined]))
    expect(new Set(named.map(servernameOf))).toEqual(new Set(['localhost']))
  })

  it('has a request at the server for each cell that accepts, and for no other', () => {
    const arrived = cells().filter((result) => servernameOf(result) !== null)
    const accepted = cells().filter(({ outcome }) => outcome === 'accepted')
    expect(arrived.map(describeResult)).toEqual(accepted.map(describeResult))
  })

  it('has a control that accepts for each cell that denies', () => {
    const accepted = cells().filter(({ outcome }) => outcome === 'accepted')
    const controlled = ({ path, trust, server }: Result) => {
      const theServer = accepted.some((other) => other.server === server)
      const thePath = accepted.some((other) => other.path === path)
      // Which proxy a trust takes differs; that it takes some server is shown on other paths too.
      const isThere = proxyRootOf(path) ? () => true : (other: Result) => other.path === path
      const theTrust = accepted.some((other) => other.trust === trust && isThere(other))
      const isDenying = trust.startsWith('deny-all') || trust === 'ca-bundle (odd)'
      return theServer && thePath && (theTrust || isDenying)
    }
    const denied = cells().filter(({ outcome }) => outcome === 'denied')
    expect(denied.filter((result) => !controlled(result)).map(describeResult)).toEqual([])
  })

  it('denies because of the certificate', () => {
    const denied = cells().filter(({ outcome }) => outcome === 'denied')
    // Node has no name for OpenSSL's error on the key usage.
    const isNameless = ({ code, server }: Result) =>
      code === 'UNSPECIFIED' && server === 'a root that may not sign certificates'
    const isBlamed = (result: Result) => DENIALS.test(result.code ?? '') || isNameless(result)
    expect(denied.filter((result) => !isBlamed(result)).map(describeResult)).toEqual([])
  })
})

describe('the matrix', () => {
  it.each(['public', 'private'] as const)(
    'gives the credentials for a proxy to one that the trust vouches for alone: the %s root',
    (root) => {
      const users = [...bench.tlsProxies[root].requests.keys()]
      const trusted = TRUSTS.filter((trust) => takesProxy(trust, root))
      // What is handed on by mistake is for the registry, and says nothing of the proxy.
      const known = users.filter((user) => user !== 'deny-all, handed on by mistake')
      expect(trusted.length).toBeGreaterThan(0)
      expect(known.sort()).toEqual([...trusted].sort())
    },
  )

  it('threat 27: has anchors that Deno alone would take for a CA of everything', () => {
    const deno = runs.filter(({ runtime }) => runtime.name === 'Deno')
    const bare = deno.flatMap(({ results }) =>
      results.filter(({ trust }) => trust === 'odd control'),
    )
    const refused = deno.flatMap(({ results }) =>
      results.filter(({ trust, outcome }) => trust === 'ca-bundle (odd)' && outcome === 'refused'),
    )
    const accepted = new Set(
      bare.filter(({ outcome }) => outcome === 'accepted').map(({ server }) => server),
    )
    const guarded = new Set(
      refused.filter(({ code }) => code === 'constrained-anchor').map(({ server }) => server),
    )
    expect(guarded.size).toBe(7)
    const limited = [...guarded].filter((name) => name !== "the server's own certificate")
    expect(limited.filter((name) => !accepted.has(name))).toEqual([])
    expect(ODD_NAMES.length).toBeGreaterThan(guarded.size)
  })

  it('has at least 600 handshakes, and no strict trust that accepts a foreign root', () => {
    const results = runs.flatMap((run) => run.results)
    expect(countHandshakes(results)).toBeGreaterThanOrEqual(600)
    const foreign = results.filter(({ server }) => server.startsWith('public'))
    const strict = foreign.filter(isStrict)
    expect(countHandshakes(strict)).toBeGreaterThan(600)
    expect(strict.filter(({ outcome }) => outcome === 'accepted')).toEqual([])
  })

  it('is what docs/runtimes.md says', () => {
    const order = ({ runtime }: Run) => RUNTIMES.indexOf(runtime as Runtime)
    const sorted = [...runs].sort((a, b) => order(a) - order(b))
    const before = readFileSync(page, 'utf8')
    const after = renderPage(before, sorted)
    if (isUpdate) writeFileSync(page, after)
    else expect(before).toBe(after)
  })
})
