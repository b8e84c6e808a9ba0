/** Requests to registries by each runtime's own client, all the way through `createRegistryFetch`. */
import { execFile } from 'node:child_process'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { makeAuthority } from '../e2e/support/certificates.js'
import type { RequestCase } from './expectation.js'
import type { Runtime } from './runtimes.js'

/** What came of the requests of a runtime. */
export interface RequestRun {
  readonly runtime: Runtime
  /** A status with the body, or the codes of the error, by the case. */
  readonly outcomes: Readonly<Record<RequestCase, string>>
  /** What the servers received, each with the `Authorization` that came with it. */
  readonly received: readonly string[]
}

/** The servers, and what sends to them. */
export interface RequestBench {
  run(runtime: Runtime): Promise<RequestRun>
  close(): void
}

/** Starts a registry with TLS and one without, each with a token service and a storage beside it. */
export async function startRequestBench(): Promise<RequestBench> {
  const servers: Server[] = []
  const received: string[] = []
  const listen = async (server: Server): Promise<number> => {
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }
  const [ca, other] = await Promise.all([makeAuthority('Right'), makeAuthority('Wrong')])
  const identity = await ca.issue(['localhost'])
  const secure = createTlsServer(identity, registry(received, 'https')) as unknown as Server
  const open = createServer(registry(received, 'http')) as unknown as Server
  const [tls, plain, closed] = await Promise.all([secure, open, createTcpServer()].map(listen))
  await new Promise((resolve) => servers.at(-1)?.close(resolve))
  const jobs = jobsOf({ tls, plain, closed }, ca.pem, other.pem)
  return {
    run: async (runtime) => {
      received.length = 0
      const outcomes = await outcomesOf(runtime, Object.values(jobs))
      const named = Object.keys(jobs).map((name, i) => [name, outcomes[i]])
      return { runtime, outcomes: Object.fromEntries(named), received: [...received] }
    },
    close: () => {
      for (const server of servers) server.close()
    },
  }
}

/** It wants a token for everything, and has its blobs elsewhere. */
const registry =
  (received: string[], scheme: string): RequestListener =>
  ({ url = '', headers }, response) => {
    const { host, authorization = '-' } = headers
    received.push(`${url.split('?')[0]} ${authorization}`)
    if (url.startsWith('/token')) return response.end('{"token":"granted"}')
    if (url.startsWith('/storage')) return response.end('the blob')
    if (authorization !== 'Bearer granted') {
      const challenge = `Bearer realm="${scheme}://${host}/token"`
      return response.writeHead(401, { 'www-authenticate': challenge }).end()
    }
    if (url.includes('/blobs/')) return response.writeHead(307, { location: '/storage' }).end()
    return response.end('the manifest')
  }

/** What the client is told. */
interface Job {
  readonly config: string
  readonly image: string
  readonly path: string
}

const PAIR = 'username = "u"\npassword = "p"\n'
const pinned = (pem: string) => `[registries."."]\nca-certs = '''\n${pem}'''\n${PAIR}`
const SKIPPING = `[registries."."]\ninsecure-skip-verify = true\n${PAIR}`

type Port = number | undefined

function jobsOf(
  { tls, plain, closed }: Readonly<Record<'tls' | 'plain' | 'closed', Port>>,
  right: string,
  wrong: string,
): Readonly<Record<RequestCase, Job>> {
  const job = (port: Port, config: string, path = 'manifests'): Job => {
    return { config, image: `localhost:${port}/acme/app:1`, path }
  }
  return {
    'the right CA': job(tls, pinned(right)),
    'and a redirect to storage': job(tls, pinned(right), 'blobs/x'),
    'skip-verify': job(tls, SKIPPING),
    'another CA': job(tls, pinned(wrong)),
    'web-pki, private root': job(tls, ''),
    'deny-all': job(tls, '[registries."."]\nca-certs = "none"'),
    'HTTP only, skip-verify': job(plain, SKIPPING),
    'HTTP only, redirect, skip-verify': job(plain, SKIPPING, 'blobs/x'),
    'HTTP only, a CA': job(plain, pinned(right)),
    'a closed port, skip-verify': job(closed, SKIPPING),
    'a closed port, a CA': job(closed, pinned(right)),
  }
}

async function outcomesOf({ command, args }: Runtime, jobs: readonly Job[]): Promise<string[]> {
  const client = fileURLToPath(new URL('./fetch-client.mjs', import.meta.url))
  const all = [...args, client, JSON.stringify(jobs)]
  const { stdout } = await promisify(execFile)(command, all, { timeout: 60_000 })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}
