import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Identity } from './pki.js'

/** A server on loopback that keeps count of the paths that it was asked for. */
export interface LoopbackServer {
  readonly port: number
  /**
   * For a proxy, each user, with the latest target. For others, the path of each request that got
   * through, and the server name of its handshake, if any.
   */
  readonly requests: ReadonlyMap<string, string | undefined>
  close(): Promise<void>
}

/** How a TLS server differs from the others. */
export interface TlsVariant {
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3'
}

/** A server that answers every request with 200, over TLS or, without an identity, over HTTP. */
export async function startRegistry(
  identity: Identity | undefined,
  { maxVersion = 'TLSv1.3' }: TlsVariant = {},
): Promise<LoopbackServer> {
  const requests = new Map<string, string | undefined>()
  const answer: RequestListener = ({ socket, url = '' }, response) => {
    const servername = socket instanceof TLSSocket ? socket.servername : undefined
    requests.set(url, servername || undefined)
    response.end('ok')
  }
  const server = identity
    ? createHttpsServer({ ...identity, maxVersion }, answer)
    : createHttpServer(answer)
  return listen(server, requests)
}

/** A proxy, over TLS if it has an identity, for CONNECT to this machine by users with this password. */
export async function startProxy(password: string, identity?: Identity): Promise<LoopbackServer> {
  const requests = new Map<string, string | undefined>()
  const refuse: RequestListener = (_, response) => response.writeHead(405).end()
  const server = identity ? createHttpsServer(identity, refuse) : createHttpServer(refuse)
  server.on('connect', (request, client: Socket, head: Buffer) => {
    client.on('error', () => client.destroy())
    const user = userOf(request.headers['proxy-authorization'], password)
    if (user === undefined) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    requests.set(user, request.url)
    const port = Number(request.url?.split(':').at(-1))
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.write(head)
      client.pipe(upstream).pipe(client)
    })
    upstream.on('error', () => client.destroy())
    client.on('close', () => upstream.destroy())
  })
  return listen(server, requests)
}

function userOf(authorization = '', password: string): string | undefined {
  const pair = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()
  return pair.endsWith(`:${password}`) ? pair.slice(0, -password.length - 1) : undefined
}

async function listen(
  server: Server,
  requests: LoopbackServer['requests'],
): Promise<LoopbackServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  // Every address, since runtimes differ in which of them `localhost` is first.
  server.listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
  return { port, requests, close }
}
