import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { createServer } from 'node:https'
import type { Identity } from './certificates.js'
import { atEnd } from './programs.js'

export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export type Handler = (request: Received, response: ServerResponse) => unknown

export interface TestServer {
  readonly received: Received[]
}

/** A server of the test's own, over TLS if it gets an identity, that remembers what it got. */
export async function serve(
  address: string,
  identity: Identity | undefined,
  handler: Handler,
  port = identity ? 443 : 80,
): Promise<TestServer> {
  const received: Received[] = []
  const listener = async (message: IncomingMessage, response: ServerResponse) => {
    let body = ''
    for await (const chunk of message) body += chunk
    const { method = '', url = '', headers } = message
    received.push({ method, url, headers, body })
    await handler({ method, url, headers, body }, response)
  }
  const server = identity ? createServer(identity, listener) : createHttpServer(listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, address, resolve)
  })
  atEnd(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return { received }
}
