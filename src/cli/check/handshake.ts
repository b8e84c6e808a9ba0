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
  /** Whether a proxy is in between, which may answer in the server's place. */
  readonly isTunnelled: boolean
}

/**
 * The connection, secured.
 *
 * @throws `StepFault`, or {@link UntrustedCertificate}.
 */
export function handshake(
  socket: Duplex,
  { options, host, name, deadline, isTunnelled }: Handshake,
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
    secured.on('error', (error) => reject(faultOf(error, name, isTunnelled)))
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
  isTunnelled: boolean,
): StepFault | UntrustedCertificate {
  const code = codeOf(error)
  if (NO_TLS.has(code) && isTunnelled) {
    return new StepFault(
      code,
      `what answers in the tunnel to ${name} speaks no TLS (${code}): the proxy itself, or a server of plain HTTP`,
      { help: 'ask the administrator of the proxy what it does with this host and port' },
    )
  }
  if (NO_TLS.has(code)) {
    return new StepFault(
      code,
      `${name} answers without TLS, as a server of plain HTTP does (${code})`,
      {
        help: 'give the server TLS, or check the port; plain HTTP is for a rule with insecure-skip-verify = true',
      },
    )
  }
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
