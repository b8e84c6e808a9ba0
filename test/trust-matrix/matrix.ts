import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import {
  type LoopbackServer,
  startProxy,
  startRegistry,
  type TlsVariant,
} from '../support/loopback.js'
import { type Authority, createAuthority, createIdentity } from '../support/pki.js'
import { ODD_NAMES, type OddCase, type OddName, startOddCases } from './odd-anchors.js'
import { type ClientPath, PATHS, proxyRootOf, type Runtime } from './runtimes.js'

/** The columns: what a server presents. */
export const SERVERS = [
  'public root',
  'public root, TLS 1.2',
  'public root, expired',
  'public root, wrong name',
  'private root',
  'private root, TLS 1.2',
  'private intermediate',
  'private root, expired',
  'private root, wrong name',
  'HTTP only',
] as const

export type ServerName = (typeof SERVERS)[number] | OddName

/** The rows: whom the client trusts. `mistake` is what is emitted for deny-all, handed on. */
export const TRUSTS = [
  'skip-verify',
  'web-pki',
  'ca-bundle (root)',
  'ca-bundle (intermediate)',
  'deny-all',
  'deny-all, handed on by mistake',
] as const

/** An odd bundle has a row and a server of its own. */
export type TrustName = (typeof TRUSTS)[number] | 'ca-bundle (odd)'

/** How the server is spelled. */
export type Host = 'localhost' | 'localhost.' | '127.0.0.1'

/** What came of one request. */
export interface Result {
  readonly id: number
  readonly path: string
  readonly trust: TrustName | 'control' | 'odd control' | 'none'
  readonly server: ServerName
  readonly host?: Host
  readonly outcome: 'accepted' | 'denied' | 'refused'
  readonly code?: string
}

/** The results of a runtime, and what the servers saw of it. */
export interface Run {
  readonly runtime: Runtime
  readonly isLoosened: boolean
  readonly results: readonly Result[]
}

/** Everything that the clients talk to, and what they are told. */
export interface Bench {
  readonly servers: ReadonlyMap<ServerName, LoopbackServer>
  readonly proxy: LoopbackServer
  /** Proxies that are reached by TLS, by the root of their certificates. */
  readonly tlsProxies: Readonly<Record<'public' | 'private', LoopbackServer>>
  run(runtime: Runtime, isLoosened: boolean): Promise<Run>
  close(): Promise<void>
}

const PROXY_PASSWORD = 'secret of the proxy'
const CONTROLS = 8

interface Authorities {
  readonly publicRoot: Authority
  readonly privateRoot: Authority
  readonly intermediate: Authority
}

/** Starts the servers and the proxies, with certificates made for this occasion. */
export async function startBench(): Promise<Bench> {
  const authorities = await createAuthorities()
  const { publicRoot, privateRoot } = authorities
  const oddCases = await startOddCases()
  const servers = await startServers(authorities, oddCases)
  const proxy = await startProxy(PROXY_PASSWORD)
  const tlsProxies = {
    public: await startProxy(PROXY_PASSWORD, await createIdentity(publicRoot)),
    private: await startProxy(PROXY_PASSWORD, await createIdentity(privateRoot)),
  }
  const folder = mkdtempSync(join(tmpdir(), 'imagepuller-auth-matrix-'))
  writeFileSync(join(folder, 'public.pem'), pemOf(publicRoot))
  const ports = {
    proxyPort: proxy.port,
    publicProxyPort: tlsProxies.public.port,
    privateProxyPort: tlsProxies.private.port,
  }
  let lastId = 0
  return {
    servers,
    proxy,
    tlsProxies,
    run: async (runtime, isLoosened) => {
      const job = { ...jobOf(runtime, servers, authorities, oddCases, () => ++lastId), ...ports }
      return { runtime, isLoosened, results: await runClient(runtime, isLoosened, folder, job) }
    },
    close: async () => {
      rmSync(folder, { recursive: true })
      const all = [...servers.values(), proxy, ...Object.values(tlsProxies)]
      await Promise.all(all.map((server) => server.close()))
    },
  }
}

async function createAuthorities(): Promise<Authorities> {
  const privateRoot = await createAuthority('Private Root')
  return {
    publicRoot: await createAuthority('Public Root'),
    privateRoot,
    intermediate: await createAuthority('Private Intermediate', privateRoot),
  }
}

async function startServers(
  authorities: Authorities,
  oddCases: ReadonlyMap<OddName, OddCase>,
): Promise<Bench['servers']> {
  const { publicRoot, privateRoot, intermediate } = authorities
  const maxVersion = 'TLSv1.2'
  const isExpired = true
  const host = 'other.test'
  const serve = async (issuer: Authority, leaf = {}, variant: TlsVariant = {}) =>
    startRegistry(await createIdentity(issuer, leaf), variant)
  return new Map<ServerName, LoopbackServer>([
    ['public root', await serve(publicRoot)],
    ['public root, TLS 1.2', await serve(publicRoot, {}, { maxVersion })],
    ['public root, expired', await serve(publicRoot, { isExpired })],
    ['public root, wrong name', await serve(publicRoot, { host })],
    ['private root', await serve(privateRoot)],
    ['private root, TLS 1.2', await serve(privateRoot, {}, { maxVersion })],
    ['private intermediate', await serve(intermediate)],
    ['private root, expired', await serve(privateRoot, { isExpired })],
    ['private root, wrong name', await serve(privateRoot, { host })],
    ['HTTP only', await startRegistry(undefined)],
    ...[...oddCases].map(([name, { server }]) => [name, server] as const),
  ])
}

const pemOf = ({ certificate }: Authority) => certificate.toString('pem')

/** A trust's name and a configuration that leads to it; none for the mistake. */
type Asked = readonly [TrustName, string | undefined]

/** What a client is told. */
function jobOf(
  runtime: Runtime,
  servers: Bench['servers'],
  authorities: Authorities,
  oddCases: ReadonlyMap<OddName, OddCase>,
  nextId: () => number,
): object {
  const cell = (server: ServerName, origin = 'https://localhost') => {
    const id = nextId()
    return { id, server, url: `${origin}:${servers.get(server)?.port}/cell/${id}` }
  }
  const rows = PATHS.flatMap((path) => rowsOf(runtime, path, authorities, oddCases)).map((row) => ({
    ...row,
    cells: row.asked.map((server) => cell(server, `https://${row.host}`)),
  }))
  const { publicRoot, privateRoot, intermediate } = authorities
  return {
    rows,
    everyRoot: [publicRoot, privateRoot, intermediate].map(pemOf),
    plain: [cell('HTTP only', 'http://localhost')],
    controls: Array.from({ length: CONTROLS }, () => cell('public root')),
    oddControls: [...oddCases].map(([name, { bundle }]) => ({ ...cell(name), ca: bundle })),
    proxyPassword: PROXY_PASSWORD,
  }
}

/** The trusts that a path is asked with: the lenient first, so that what a runtime keeps is there. */
function rowsOf(
  runtime: Runtime,
  path: ClientPath,
  authorities: Authorities,
  oddCases: ReadonlyMap<OddName, OddCase>,
) {
  const { privateRoot, intermediate } = authorities
  const row = ([trust, config]: Asked, asked: readonly ServerName[], host: Host = 'localhost') => ({
    path,
    trust,
    config,
    asked,
    host,
  })
  const skip: Asked = ['skip-verify', ruleWith('insecure-skip-verify = true')]
  const root: Asked = ['ca-bundle (root)', bundle(pemOf(privateRoot))]
  const rows = [
    row(skip, SERVERS),
    row(['web-pki', ''], SERVERS),
    row(root, SERVERS),
    row(['ca-bundle (intermediate)', bundle(pemOf(intermediate))], SERVERS),
    row(['deny-all', ruleWith('ca-certs = ""')], SERVERS),
    row(root, ['private root'], 'localhost.'),
    row(root, ['private root'], '127.0.0.1'),
    row(skip, ['private root'], '127.0.0.1'),
  ]
  // An odd bundle doesn't vouch for a proxy.
  if (!proxyRootOf(path)) {
    const odd = [...oddCases].map(([name, { bundle: pems }]) =>
      row(['ca-bundle (odd)', bundle(...pems)], [name]),
    )
    rows.push(row(skip, ODD_NAMES), ...odd)
  }
  // Where a client ignores what it is handed, the adapter refuses, and a mistake can't be stopped.
  if (runtime.refuses(path)) return rows
  return [...rows, row(['deny-all, handed on by mistake', undefined], SERVERS)]
}

function bundle(...pems: readonly string[]): string {
  return ruleWith(`ca-certs = """\n${pems.join('\n')}\n"""`)
}

/** A configuration for the client to parse: so that the runtime shows that it can. */
function ruleWith(line: string): string {
  return `[registries."."]\n${line}\n`
}

async function runClient(
  runtime: Runtime,
  isLoosened: boolean,
  folder: string,
  job: object,
): Promise<readonly Result[]> {
  const name = `${runtime.name}${isLoosened ? ' loosened' : ''}`
  const jobFile = join(folder, `${name} job.json`)
  const resultFile = join(folder, `${name} result.json`)
  writeFileSync(jobFile, JSON.stringify(job))
  const client = fileURLToPath(new URL('./client.mjs', import.meta.url))
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    NO_COLOR: '1',
    // What the runtime trusts by default: the public root is one of them.
    NODE_EXTRA_CA_CERTS: join(folder, 'public.pem'),
    DENO_NO_UPDATE_CHECK: '1',
    ...(isLoosened ? { NODE_TLS_REJECT_UNAUTHORIZED: '0' } : {}),
  }
  const args = [...runtime.args, client, jobFile, resultFile]
  await promisify(execFile)(runtime.command, args, { env, timeout: 170_000 })
  return JSON.parse(readFileSync(resultFile, 'utf8'))
}
