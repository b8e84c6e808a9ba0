/** Requests to registries by each runtime's own client: trust, handshake, redirects, and plain HTTP. */
import { execFile } from 'node:child_process'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeAuthority } from '../e2e/support/certificates.js'
import { checkRuntimes, RUNTIMES } from './runtimes.js'

const servers: Server[] = []
const received: string[] = []

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A registry with a token service beside it, whose blobs are elsewhere. */
const registry =
  (name: string, scheme: string): RequestListener =>
  ({ method, url = '', headers }, response) => {
    const { host, authorization = '-' } = headers
    received.push(`${name} ${method} ${url.split('?')[0]} ${authorization}`)
    if (url.startsWith('/token')) return response.end('{"token":"granted"}')
    if (url.startsWith('/storage')) return response.end('the blob')
    if (authorization !== 'Bearer granted') {
      const challenge = `Bearer realm="${scheme}://${host}/token"`
      return response.writeHead(401, { 'www-authenticate': challenge }).end()
    }
    if (url.includes('/blobs/')) return response.writeHead(307, { location: '/storage' }).end()
    return response.end('the manifest')
  }

let jobs: readonly object[]
let wanted: readonly (string | RegExp)[]

beforeAll(async () => {
  checkRuntimes()
  const [ca, other] = await Promise.all([makeAuthority('Right'), makeAuthority('Wrong')])
  const tls = await listen(
    createTlsServer(await ca.issue(['localhost']), registry('tls', 'https')) as unknown as Server,
  )
  const plain = await listen(createServer(registry('plain', 'http')) as unknown as Server)
  const closed = createTcpServer()
  const refused = await listen(closed)
  await new Promise((resolve) => closed.close(resolve))
  const pinned = (pem: string) =>
    `[registries."."]\nca-certs = '''\n${pem}'''\nusername = "u"\npassword = "p"\n`
  const skip = '[registries."."]\ninsecure-skip-verify = true\nusername = "u"\npassword = "p"\n'
  const job = (port: number, config: string, path = 'manifests') => ({
    config,
    image: `localhost:${port}/acme/app:1`,
    path,
  })
  const rows: readonly (readonly [object, string | RegExp])[] = [
    [job(tls, pinned(ca.pem)), '200 the manifest'],
    [job(tls, pinned(ca.pem), 'blobs/x'), '200 the blob'],
    [job(tls, skip), '200 the manifest'],
    // Without a rule, plain HTTP is allowed on loopback: not after a certificate error.
    [job(tls, pinned(other.pem)), /^unreachable \w*(?:CERT|UNABLE)\w*$/],
    [job(tls, ''), /^unreachable \w*(?:CERT|UNABLE)\w*$/],
    [job(tls, '[registries."."]\nca-certs = "none"'), 'denied'],
    [job(plain, skip), '200 the manifest'],
    [job(plain, skip, 'blobs/x'), '200 the blob'],
    [job(plain, pinned(ca.pem)), /^unreachable (?:ERR_SSL_WRONG_VERSION_NUMBER|EPROTO)$/],
    [job(refused, skip), 'unreachable ECONNREFUSED ECONNREFUSED'],
    [job(refused, pinned(ca.pem)), 'unreachable ECONNREFUSED'],
  ]
  jobs = rows.map(([one]) => one)
  wanted = rows.map(([, outcome]) => outcome)
})

afterAll(async () => {
  for (const server of servers) server.close()
})

describe.each(RUNTIMES)('requests to registries on $name $version', ({ command, args }) => {
  it('come to the same as everywhere', async () => {
    received.length = 0
    const client = fileURLToPath(new URL('./fetch-client.mjs', import.meta.url))
    const all = [...args, client, JSON.stringify(jobs)]
    const { stdout } = await promisify(execFile)(command, all, { timeout: 60_000 })
    const outcomes: string[] = JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
    for (const [i, outcome] of wanted.entries()) {
      if (typeof outcome === 'string') expect(outcomes[i]).toBe(outcome)
      else expect(outcomes[i]).toMatch(outcome)
    }
    expect(received.filter((line) => line.includes('/storage'))).toHaveLength(2)
    expect(received.filter((line) => /storage (?!-)/.test(line))).toEqual([])
  })
})
