// Servers for `check`, on loopback: a registry that answers as it is told, and what stands around it.

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  createServer as createHttp,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttps } from 'node:https'
import {
  type AddressInfo,
  connect,
  createServer as createTcp,
  type Server,
  type Socket,
} from 'node:net'
import type { SecureContextOptions } from 'node:tls'
import { afterAll } from 'vitest'
import type { Identity } from '../../support/pki.js'

/** A server and the requests that it got. */
export interface Serving {
  readonly port: number
  readonly requests: IncomingMessage[]
}

/** What answers a request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => unknown

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  afterAll(async () => {
    for (const socket of sockets) socket.destroy()
    if (!server.listening) return
    server.close()
    await once(server, 'close')
  })
  return (server.address() as AddressInfo).port
}

/** A server that answers by a function, over TLS if it has an identity. */
export async function serve(
  identity: (Identity & SecureContextOptions) | undefined,
  answer: Answer,
  onConnection: (socket: Socket, server: Server) => void = () => undefined,
): Promise<Serving> {
  const requests: IncomingMessage[] = []
  const listener: RequestListener = (request, response) => {
    requests.push(request)
    answer(request, response)
  }
  const server = identity ? createHttps({ ...identity }, listener) : createHttp(listener)
  server.on('connection', (socket: Socket) => onConnection(socket, server))
  return { port: await listen(server), requests }
}

/** A server that takes connections and does with them as it is told. */
export async function serveTcp(take: (socket: Socket) => void): Promise<number> {
  return listen(createTcp(take))
}

/** Listens with the shortest queue, and says where. */
const LISTEN = `const server = require('node:net').createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port))`

/** A port whose queue of connections is full: the program behind it stands still. */
export async function crowdedPort(): Promise<{ readonly port: number; end(): void }> {
  const program = spawn(process.execPath, ['-e', LISTEN], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(program.stdout, 'data')
  const port = Number(String(line))
  program.kill('SIGSTOP')
  const sockets = Array.from({ length: 8 }, () => connect(port, '127.0.0.1'))
  for (const socket of sockets) socket.on('error', () => socket.destroy())
  const [first] = sockets
  if (first) await once(first, 'connect')
  const end = () => {
    for (const socket of sockets) socket.destroy()
    program.kill('SIGKILL')
  }
  return { port, end }
}

/** A port at which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createTcp()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** A proxy that opens a tunnel to the same port of this machine, whatever the host, or refuses. */
export async function serveProxy(
  ports: Readonly<Record<string, number>>,
  status: (request: IncomingMessage) => number | undefined = () => undefined,
  identity?: Identity,
): Promise<Serving> {
  const requests: IncomingMessage[] = []
  const refuse: RequestListener = (request, response) => {
    requests.push(request)
    response.writeHead(405).end()
  }
  const server = identity ? createHttps({ ...identity }, refuse) : createHttp(refuse)
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    requests.push(request)
    client.on('error', () => client.destroy())
    const refused = status(request)
    if (refused !== undefined) {
      client.end(`HTTP/1.1 ${refused} No\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    const upstream = connect(ports[request.url ?? ''] ?? 1, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      client.pipe(upstream).pipe(client)
    })
    upstream.on('error', () => client.destroy())
    client.on('close', () => upstream.destroy())
  })
  return { port: await listen(server), requests }
}

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`

const OCI = 'application/vnd.oci.image'
const LAYER = 'the layer'
const layer = { mediaType: `${OCI}.layer.v1.tar`, digest: digestOf(LAYER), size: LAYER.length }

/** The manifest of an image of one layer. */
export const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  mediaType: `${OCI}.manifest.v1+json`,
  layers: [layer],
})
export const MANIFEST_DIGEST: string = digestOf(MANIFEST)

const manifestFor = (architecture: string) => {
  const platform = { os: 'linux', architecture }
  return { mediaType: `${OCI}.manifest.v1+json`, digest: MANIFEST_DIGEST, size: 1, platform }
}

/** An index for two platforms, which share a manifest. */
export const INDEX = JSON.stringify({
  schemaVersion: 2,
  mediaType: `${OCI}.index.v1+json`,
  manifests: [manifestFor('arm64'), manifestFor('amd64')],
})

export const INDEX_DIGEST: string = digestOf(INDEX)

/** How a registry differs from one that asks for nothing and has the image. */
export interface RegistryVariant {
  /** Whether a request is let in; else it gets a 401 with the challenge. */
  readonly isLetIn?: (authorization: string | undefined, path: string) => boolean
  readonly challenge?: string
  /** Answers in place of the registry, and says that it did. */
  readonly instead?: (path: string, response: ServerResponse, request: IncomingMessage) => boolean
}

/** A registry that has one image, by the tags `1` and `index`. */
export function registry({
  isLetIn = () => true,
  challenge,
  instead,
}: RegistryVariant = {}): Answer {
  return (request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '')
    if (!isLetIn(request.headers.authorization, path)) {
      const field = challenge === undefined ? {} : { 'www-authenticate': challenge }
      return response.writeHead(401, field).end()
    }
    if (instead?.(path, response, request)) return response
    if (path === '/v2/') return response.end('{}')
    if (path.endsWith('/manifests/index')) return response.end(INDEX)
    const isManifest = path.endsWith('/manifests/1') || path.endsWith(`/${MANIFEST_DIGEST}`)
    if (isManifest) return response.end(MANIFEST)
    if (path.endsWith(`/blobs/${layer.digest}`)) {
      const isPart = request.headers.range === 'bytes=0-0'
      return response.writeHead(isPart ? 206 : 200).end(isPart ? LAYER.slice(0, 1) : LAYER)
    }
    response.writeHead(404, { 'content-type': 'application/json' })
    return response.end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}')
  }
}

/** A text with what changes from run to run left out. */
export function normal(text: string): string {
  return (
    text
      .replace(/^( {2}(?:ok {2}|skip|FAIL) .{11} ).{9}(?= {2})/gm, '$1     N ms')
      .replace(/"milliseconds": [\d.e-]+/g, '"milliseconds": 0')
      // On a terminal a fingerprint takes two lines.
      .replace(/SHA-256\n +[0-9a-f]+\n +[0-9a-f]+/g, 'SHA-256 FINGERPRINT')
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
      .replace(/\b[0-9a-f]{64}\b/g, (hex) =>
        [MANIFEST_DIGEST, INDEX_DIGEST, layer.digest].some((known) => known.endsWith(hex))
          ? `${hex.slice(0, 8)}…`
          : 'FINGERPRINT',
      )
      .replace(/\d{4}-\d\d-\d\d(T[\d:.]+Z)?/g, 'DATE')
      .replace(/TLSv1\.\d/g, 'TLSv1.N')
  )
}
