import { type Result, SERVERS, type ServerName, type TrustName } from './matrix.js'
import { ODD_VERDICTS, type OddName, type OddVerdicts } from './odd-anchors.js'
import { type ClientPath, proxyRootOf, type Runtime } from './runtimes.js'

type Outcome = Result['outcome']

const ACCEPTED: Readonly<Record<Exclude<TrustName, 'ca-bundle (odd)'>, readonly ServerName[]>> = {
  'skip-verify': SERVERS.filter((server) => server !== 'HTTP only'),
  'web-pki': ['public root', 'public root, TLS 1.2'],
  'ca-bundle (root)': ['private root', 'private root, TLS 1.2', 'private intermediate'],
  'ca-bundle (intermediate)': ['private intermediate'],
  'deny-all': [],
  'deny-all, handed on by mistake': [],
}

/** The root that a trust takes for a proxy: as Go's net/http does, and not loosened by skip-verify. */
const PROXY_ROOTS: Readonly<Partial<Record<TrustName, 'public' | 'private'>>> = {
  'skip-verify': 'public',
  'web-pki': 'public',
  'ca-bundle (root)': 'private',
}

const isOdd = (server: ServerName): server is OddName => Object.hasOwn(ODD_VERDICTS, server)

/** What a trust makes of a server, wherever the adapter doesn't refuse. */
export function decided(
  trust: Exclude<TrustName, 'ca-bundle (odd)'>,
  server: ServerName,
): 'accepted' | 'denied' {
  return ACCEPTED[trust].includes(server) ? 'accepted' : 'denied'
}

/** Whether a trust takes the certificate of a proxy that is reached by TLS. */
export function takesProxy(trust: TrustName, root: 'public' | 'private'): boolean {
  return PROXY_ROOTS[trust] === root
}

/** The column of the odd bundles' table. */
export function columnOf({ name }: Runtime): keyof OddVerdicts {
  if (name === 'Bun') return 'bun'
  return name === 'Deno' ? 'deno' : 'node'
}

/** What must come of a request by this path, on this runtime. */
export function expected(runtime: Runtime, result: Result): Outcome | 'either' {
  const { trust, server, host } = result
  const path = result.path as ClientPath
  if (trust === 'control' || trust === 'odd control' || trust === 'none') return result.outcome
  if (trust === 'deny-all' || runtime.refuses(path)) return 'refused'
  const root = proxyRootOf(path)
  if (root && runtime.name === 'Bun' && trust === 'skip-verify') return 'refused'
  if (root && !takesProxy(trust, root)) return 'denied'
  if (trust === 'ca-bundle (odd)') {
    const verdict = ODD_VERDICTS[server as OddName][columnOf(runtime)]
    return verdict === 'either' && result.outcome !== 'refused' ? result.outcome : verdict
  }
  // Its certificate has no address in it.
  if (host === '127.0.0.1' && trust !== 'skip-verify') return 'denied'
  if (trust === 'skip-verify' && isOdd(server)) return 'accepted'
  return decided(trust, server)
}

/** A certificate that isn't trusted, as the runtimes call it. */
const UNTRUSTED = /^unreachable \w*(?:CERT|UNABLE)\w*$/

/** What must come of requests by `createRegistryFetch`, on each runtime. */
export const REQUESTS = {
  'the right CA': /^200 the manifest$/,
  'and a redirect to storage': /^200 the blob$/,
  'skip-verify': /^200 the manifest$/,
  'another CA': UNTRUSTED,
  // Without a rule, plain HTTP is allowed on loopback: not after a certificate error.
  'web-pki, private root': UNTRUSTED,
  'deny-all': /^denied$/,
  'HTTP only, skip-verify': /^200 the manifest$/,
  'HTTP only, redirect, skip-verify': /^200 the blob$/,
  'HTTP only, a CA': /^unreachable (?:ERR_SSL_WRONG_VERSION_NUMBER|EPROTO)$/,
  'a closed port, skip-verify': /^unreachable ECONNREFUSED ECONNREFUSED$/,
  'a closed port, a CA': /^unreachable ECONNREFUSED$/,
} as const satisfies Readonly<Record<string, RegExp>>

/** What a request goes through, and under which trust. */
export type RequestCase = keyof typeof REQUESTS
