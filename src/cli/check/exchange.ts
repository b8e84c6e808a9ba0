// One request and its answer on a connection that is there already.

import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { type Duplex, Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { FetchedResponse, SendInit } from 'imagepuller-auth/fetch'
import { type Deadline, within } from './deadline.js'
import { codeOf, StepFault } from './step-fault.js'

/** An answer, which always has a body, if an empty one. */
export interface CheckResponse extends FetchedResponse {
  readonly body: ReadableStream<Uint8Array>
}

/** A request on a connection. */
export interface Exchange {
  readonly socket: Duplex
  readonly url: URL
  readonly init: SendInit
  /** What a proxy is told besides, where plain HTTP goes through one: it is asked for the whole URL. */
  readonly proxyHeaders: Readonly<Record<string, string>> | undefined
  /** What messages call the server. */
  readonly name: string
  readonly deadline: Deadline
  /** Is told of what ends the body early. */
  readonly onFault: (fault: StepFault) => void
}

/** Sends the request; the body has as long as the head had. */
export function exchange(one: Exchange): Promise<CheckResponse> {
  const { socket, url, init, proxyHeaders, name, deadline } = one
  const path = `${url.pathname}${url.search}`
  const options: RequestOptions = {
    method: init.method,
    host: url.hostname,
    path: proxyHeaders ? `${url.origin}${path}` : path,
    headers: { host: url.host, ...init.headers, ...proxyHeaders },
    createConnection: () => socket,
  }
  const late = new StepFault('CHECK_TIMEOUT', `${name} doesn't answer within ${deadline.text}`, {
    help: 'the server took the request: look into its log, or give it more time by --timeout',
  })
  return within(deadline, late, (resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp
    const sent = request(options)
    sent.once('response', (answer) => resolve(responseOf(answer, one)))
    sent.on('error', (error) => reject(noAnswer(error, name)))
    const abort = (): void => {
      sent.destroy()
      socket.destroy()
    }
    init.signal?.addEventListener('abort', abort, { once: true })
    sent.end(typeof init.body === 'string' ? init.body : undefined)
    return abort
  })
}

function noAnswer(error: Error, name: string): StepFault {
  const code = codeOf(error)
  // What Node's parser of HTTP says.
  const what = code.startsWith('HPE_')
    ? 'answers with something that Node reads as no HTTP'
    : 'ends the connection without an answer'
  return new StepFault(`CHECK_${code}`, `${name} ${what} (${code})`, {
    help: 'what listens there may be no HTTP server, may ask for a client certificate, or failed: look into its log',
  })
}

/** Node's code for a stream that its reader has let go of. */
const LET_GO = 'ABORT_ERR'

function brokenOff(name: string, code: string): StepFault {
  return new StepFault('CHECK_BODY', `the answer of ${name} breaks off (${code})`, {
    help: 'the server is at fault: look into its log',
  })
}

function responseOf(answer: IncomingMessage, one: Exchange): CheckResponse {
  const { socket, name, deadline, onFault } = one
  // Node types the status as one that a request lacks.
  const { statusCode: status = 0, headers } = answer
  const late = new StepFault(
    'CHECK_BODY_TIMEOUT',
    `the answer of ${name} hasn't come wholly within ${deadline.text}`,
    { help: 'the server, or the way to it, is slow: give it more time by --timeout' },
  )
  const timer = setTimeout(() => {
    onFault(late)
    answer.destroy(late)
  }, deadline.milliseconds)
  answer.once('close', () => {
    clearTimeout(timer)
    socket.destroy()
  })
  // The reader of the body gets the error, too; one that lets go of the body has made it.
  answer.on('error', (error) => {
    if (error !== late && codeOf(error) !== LET_GO) onFault(brokenOff(name, codeOf(error)))
  })
  return {
    status,
    headers: {
      get(field) {
        const value = Object.hasOwn(headers, field) ? headers[field] : undefined
        return value === undefined ? null : String(value)
      },
    },
    body: Readable.toWeb(answer) as ReadableStream<Uint8Array>,
  }
}
