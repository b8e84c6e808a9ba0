// The TLS handshake on a connection, by the trust that the decision has.

import type { Duplex } from 'node:stream'
import { connect, type TLSSocket } from 'node:tls'
import type { TlsOptions } from 'imagepuller-auth/transport'
import { type Deadline, within } from './deadline.js'
import { codeOf, StepFault } from './step-fault.js'

/** A handshake that ended with a certificate that isn't trusted. */
export class UntrustedCertificate extends Error {
  /** Node's code for it, such as `SELF_SIGNED_CERT_IN_CHAIN`. */
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** A handshake that is to be made. */
export interface Handshake {
  readonly options: TlsOptions
  /** The host that the certificate has to be for, without brackets. */
  readonly host: string
  /** What messages call the server. */
  readonly name: string
  readonly deadline: Deadline
  /** Where the server is: at the other end, or of a tunnel, where the proxy may answer, or the proxy. */
  readonly at: 'host' | 'tunnel' | 'proxy'
}

/**
 * The connection, secured.
 *
 * @throws `StepFault`, or {@link UntrustedCertificate}.
 */
export function handshake(
  socket: Duplex,
  { options, host, name, deadline, at }: Handshake,
): Promise<TLSSocket> {
  const late = new StepFault(
    'ETIMEDOUT',
    `${name} takes the connection and says nothing in TLS within ${deadline.text}`,
    { help: 'check the port: what listens there may wait for another protocol' },
  )
  return within(deadline, late, (resolve, reject) => {
    const { agent: _, ...trust } = options
    const secured = connect({ ...trust, socket, host, ALPNProtocols: ['http/1.1'] })
    secured.once('secureConnect', () => resolve(secured))
    secured.on('error', (error) => reject(faultOf(error, name, at)))
    return () => secured.destroy()
  })
}

/** What OpenSSL says of an answer that is no TLS record. */
const NO_TLS: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
])

function faultOf(
  error: Error,
  name: string,
  at: Handshake['at'],
): StepFault | UntrustedCertificate {
  const code = codeOf(error)
  if (NO_TLS.has(code)) return withoutTls(code, name, at)
  if (code.startsWith('ERR_SSL_')) {
    return new StepFault(code, `${name} and this machine can't agree on TLS (${code})`, {
      help: 'the server may speak only old versions of TLS, or ask for a client certificate',
    })
  }
  if (/^E[A-Z]+$/.test(code)) {
    return new StepFault(code, `${name} ends the connection within the TLS handshake (${code})`, {
      help: 'a firewall or a proxy may cut it, or the server has no certificate for this name',
    })
  }
  return new UntrustedCertificate(code)
}

function withoutTls(code: string, name: string, at: Handshake['at']): StepFault {
  const message =
    at === 'tunnel'
      ? `what answers in the tunnel to ${name} speaks no TLS (${code}): the proxy itself, or a server of plain HTTP`
      : `${name} answers without TLS, as a server of plain HTTP does (${code})`
  return new StepFault(code, message, { help: WITHOUT_TLS[at] })
}

const WITHOUT_TLS: Readonly<Record<Handshake['at'], string>> = {
  host: 'give the server TLS, or check the port; plain HTTP is for a rule with insecure-skip-verify = true',
  tunnel: 'ask the administrator of the proxy what it does with this host and port',
  proxy:
    'write http:// in the proxy URL, which is for a proxy that itself has no TLS, whatever goes by it; or check its port',
}
