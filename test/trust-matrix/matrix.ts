import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createAuthority, createIdentity } from './pki.js'
import { type ClientPath, isDenosFetch, PATHS, type Runtime, STRANGER } from './runtimes.js'
import { type LoopbackServer, startProxy, startRegistry } from './servers.js'

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

/** Servers that some runtimes judge as Go doesn't. */
export const ODD_SERVERS = ['expired root', 'common name only'] as const

export type ServerName = (typeof SERVERS)[number] | (typeof ODD_SERVERS)[number]

/** The rows: whom the client trusts. `mistake` is what is emitted for deny-all, handed on. */
export const TRUSTS = [
  'skip-verify',
  'web-pki',
  'ca-bundle (root)',
  'ca-bundle (intermediate)',
  'deny-all',
  'deny-all, handed on by mistake',
] as const

export type TrustName = (typeof TRUSTS)[number] | 'ca-bundle (odd roots)'

/** How the server is spelled. */
export type Host = 'localhost' | 'localhost.' | '127.0.0.1'

/** What came of one request. */
export interface Result {
  readonly id: number
  readonly path: string
  readonly trust: TrustName | 'control' | 'none'
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
  /** A proxy whose certificate is of the private root. */
  readonly stranger: LoopbackServer
  run(runtime: Runtime, isLoosened: boolean): Promise<Run>
  close(): Promise<void>
}

const PROXY_AUTHORIZATION = 'Basic cHVsbGVyOnNlY3JldA=='
const CONTROLS = 8

/** Starts the servers and the proxy, with certificates made for this occasion. */
export async function startBench(): Promise<Bench> {
  const publicRoot = await createAuthority('Public Root')
  const privateRoot = await createAuthority('Private Root')
  const intermediate = await createAuthority('Private Intermediate', privateRoot)
  const expiredRoot = await createAuthority('Expired Root', undefined, { isExpired: true })
  const plain = await createIdentity(privateRoot)
  const open = await createIdentity(publicRoot)
  const isExpired = true
  const isNameless = true
  const host = 'other.test'
  const servers = new Map<ServerName, LoopbackServer>([
    ['public root', await startRegistry(open)],
    ['public root, TLS 1.2', await startRegistry(open, { maxVersion: 'TLSv1.2' })],
    ['public root, expired', await startRegistry(await createIdentity(publicRoot, { isExpired }))],
    ['public root, wrong name', await startRegistry(await createIdentity(publicRoot, { host }))],
    ['private root', await startRegistry(plain)],
    ['private root, TLS 1.2', await startRegistry(plain, { maxVersion: 'TLSv1.2' })],
    ['private intermediate', await startRegistry(await createIdentity(intermediate))],
    [
      'private root, expired',
      await startRegistry(await createIdentity(privateRoot, { isExpired })),
    ],
    ['private root, wrong name', await startRegistry(await createIdentity(privateRoot, { host }))],
    ['HTTP only', await startRegistry(undefined)],
    ['expired root', await startRegistry(await createIdentity(expiredRoot))],
    ['common name only', await startRegistry(await createIdentity(privateRoot, { isNameless }))],
  ])
  const proxy = await startProxy(PROXY_AUTHORIZATION)
  const tlsProxy = await startProxy(PROXY_AUTHORIZATION, open)
  const stranger = await startProxy(PROXY_AUTHORIZATION, plain)
  const folder = mkdtempSync(join(tmpdir(), 'imagepuller-auth-matrix-'))
  writeFileSync(join(folder, 'public.pem'), publicRoot.certificate.toString('pem'))
  const pems = {
    root: privateRoot.certificate.toString('pem'),
    intermediate: intermediate.certificate.toString('pem'),
    odd: [expiredRoot, privateRoot]
      .map(({ certificate }) => certificate.toString('pem'))
      .join('\n'),
    every: [publicRoot, privateRoot, intermediate].map((one) => one.certificate.toString('pem')),
  }
  let lastId = 0
  return {
    servers,
    proxy,
    stranger,
    run: async (runtime, isLoosened) => {
      const job = {
        ...jobOf(runtime, servers, pems, () => ++lastId),
        proxyPort: proxy.port,
        tlsProxyPort: tlsProxy.port,
        strangerPort: stranger.port,
      }
      return { runtime, isLoosened, results: await runClient(runtime, isLoosened, folder, job) }
    },
    close: async () => {
      rmSync(folder, { recursive: true })
      await Promise.all(
        [...servers.values(), proxy, tlsProxy, stranger].map((server) => server.close()),
      )
    },
  }
}

interface Pems {
  readonly root: string
  readonly intermediate: string
  readonly odd: string
  readonly every: readonly string[]
}

/** What a client is told. The lenient trusts come first, so that what a runtime keeps is there. */
function jobOf(
  runtime: Runtime,
  servers: Bench['servers'],
  pems: Pems,
  nextId: () => number,
): object {
  const cell = (server: ServerName, origin = 'https://localhost') => {
    const id = nextId()
    return { id, server, url: `${origin}:${servers.get(server)?.port}/cell/${id}` }
  }
  const row = (
    path: ClientPath,
    [trust, config]: readonly [TrustName, string | undefined],
    asked: readonly ServerName[],
    host: Host = 'localhost',
  ) => ({ path, trust, host, config, cells: asked.map((name) => cell(name, `https://${host}`)) })
  const root = ['ca-bundle (root)', bundle(pems.root)] as const
  const skip = ['skip-verify', ruleWith('insecure-skip-verify = true')] as const
  const trusts = [
    skip,
    ['web-pki', ''],
    root,
    ['ca-bundle (intermediate)', bundle(pems.intermediate)],
    ['deny-all', ruleWith('ca-certs = ""')],
  ] as const
  const rows = PATHS.flatMap((path) => [
    ...trusts.map((trust) => row(path, trust, SERVERS)),
    row(path, ['ca-bundle (odd roots)', bundle(pems.odd)], ODD_SERVERS),
    ...(isIgnored(runtime, path)
      ? []
      : [row(path, ['deny-all, handed on by mistake', undefined], SERVERS)]),
    row(path, root, ['private root'], 'localhost.'),
    row(path, root, ['private root'], '127.0.0.1'),
    row(path, skip, ['private root'], '127.0.0.1'),
  ])
  return {
    rows,
    everyRoot: pems.every,
    plain: [cell('HTTP only', 'http://localhost')],
    controls: Array.from({ length: CONTROLS }, () => cell('public root')),
    proxyAuthorization: PROXY_AUTHORIZATION,
  }
}

/**
 * Where a client ignores what it is handed, the adapter refuses, and a mistake can't be stopped. Nor
 * can one be made that concerns the proxy: nothing is emitted for it.
 */
function isIgnored(runtime: Runtime, path: ClientPath): boolean {
  return runtime.refuses(path) || isDenosFetch(path) || path === STRANGER
}

function bundle(pem: string): string {
  return ruleWith(`ca-certs = """\n${pem}\n"""`)
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
