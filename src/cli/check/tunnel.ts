// A tunnel through a proxy to a host (RFC 9110, section 9.3.6).

import { type IncomingMessage, request } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ProxiedDecision } from 'imagepuller-auth'
import { type Deadline, within } from './deadline.js'
import { codeOf, StepFault } from './step-fault.js'

/** Asks the proxy at the other end of a connection for a tunnel. */
export function openTunnel(
  socket: Duplex,
  authority: string,
  { authorization }: ProxiedDecision,
  deadline: Deadline,
): Promise<Duplex> {
  const late = new StepFault(
    'CHECK_PROXY_TIMEOUT',
    `the proxy takes the connection, and opens no tunnel to ${authority} within ${deadline.text}`,
    {
      help: 'the proxy may be no HTTP proxy, or may not reach the registry; ask its administrator',
    },
  )
  return within(deadline, late, (resolve, reject) => {
    const host = authority
    const proof = authorization && { 'proxy-authorization': authorization.reveal() }
    const asked = request({
      method: 'CONNECT',
      path: authority,
      headers: { host, ...proof },
      createConnection: () => socket,
    })
    asked.once('connect', (answer: IncomingMessage, tunnel: Duplex, head: Buffer) => {
      const { statusCode = 0 } = answer
      if (statusCode < 200 || statusCode > 299) {
        tunnel.destroy()
        return reject(refusal(statusCode, authority, authorization !== undefined))
      }
      if (head.length > 0) tunnel.unshift(head)
      resolve(tunnel)
    })
    asked.once('error', (error) => reject(noTunnel(error)))
    asked.end()
    return () => socket.destroy()
  })
}

function refusal(status: number, authority: string, isKnown: boolean): StepFault {
  // As `undiciFetch` has it: plain HTTP may be tried where the proxy got no connection.
  const code = `ERR_PROXY_STATUS_${status}`
  if (status === 407) {
    return new StepFault(
      code,
      isKnown
        ? 'the proxy refuses its user name and password (status 407)'
        : 'the proxy asks for a user name and password (status 407)',
      { help: 'write them in the proxy URL of extra-env: http://USER:PASSWORD@HOST:PORT' },
    )
  }
  if (status === 403) {
    return new StepFault(code, `the proxy forbids ${authority} (status 403)`, {
      help: 'let the proxy allow this host and port, or name the host in NO_PROXY of extra-env',
    })
  }
  return new StepFault(
    code,
    `the proxy answered itself in place of ${authority} (status ${status})`,
    {
      help: 'the proxy may not reach the registry, or what listens there is no proxy; name the host in NO_PROXY of extra-env if it is reached directly',
    },
  )
}

function noTunnel(error: Error): StepFault {
  const code = codeOf(error)
  const message = `the proxy ends the connection without opening a tunnel, or isn't one (${code})`
  return new StepFault(`CHECK_PROXY_${code}`, message, {
    help: 'check the proxy URL in extra-env: its scheme, http or https, and its port',
  })
}
