// The TLS of a connection as a step: what the server showed, or why that isn't trusted. For that a look
// is taken on a connection of its own, with an anchor that vouches for nothing and adds nothing to what
// the server sent; nothing is sent over it but the handshake.

import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { Certificate, TlsTrust } from 'imagepuller-auth'
import { denyingTlsOptions, type TlsOptions } from 'imagepuller-auth/transport'
import type { Said } from '../step.js'
import type { Deadline } from './deadline.js'
import { handshake, UntrustedCertificate } from './handshake.js'
import { chainOf, namesOf, show } from './shown-certificate.js'
import { StepFault } from './step-fault.js'
import { judge } from './untrusted.js'

/** A handshake that is to be made. */
export interface Securing {
  /** Opens the connection, once more for the look. */
  readonly open: () => Promise<Duplex>
  readonly options: TlsOptions
  readonly tls: TlsTrust
  /** The host that the certificate has to be for, without brackets. */
  readonly host: string
  /** What messages call the server. */
  readonly name: string
  readonly deadline: Deadline
  readonly now: number
  /** Whether it is another server than the registry: a token service, a storage or a proxy. */
  readonly isElsewhere: boolean
}

/** The connection, secured, and what is to be said of it. */
export async function secure(
  socket: Duplex,
  securing: Securing,
): Promise<readonly [TLSSocket, Omit<Said, 'outcome'>]> {
  const { options, tls, host, name, deadline, now, isElsewhere } = securing
  try {
    const secured = await handshake(socket, options, host, name, deadline)
    return [secured, describe(secured, tls, name)]
  } catch (error) {
    if (!(error instanceof UntrustedCertificate)) throw error
    const { code } = error
    const chain = await look(securing)
    const { message, ...more } = await judge({ chain, host, tls, now, code, isElsewhere })
    throw new StepFault(code, `${name}: ${message}`, more)
  }
}

/** The chain that the server shows; none if it doesn't do so twice. */
async function look(securing: Securing): Promise<readonly Certificate[]> {
  try {
    return await lookOnce(securing)
  } catch (error) {
    if (error instanceof StepFault || error instanceof UntrustedCertificate) return []
    throw error
  }
}

async function lookOnce(securing: Securing): Promise<readonly Certificate[]> {
  const { open, options, host, name, deadline } = securing
  const { servername } = options
  const blind: TlsOptions = {
    ...denyingTlsOptions(),
    ...(servername === undefined ? {} : { servername }),
    rejectUnauthorized: false,
  }
  const secured = await handshake(await open(), blind, host, name, deadline)
  const chain = chainOf(secured)
  secured.destroy()
  return chain
}

function describe(secured: TLSSocket, tls: TlsTrust, name: string): Omit<Said, 'outcome'> {
  const names = namesOf(secured)
  const certificates = chainOf(secured).map((one, i) => show(one, tls, i === 0 ? names : undefined))
  const version = secured.getProtocol() ?? 'TLS'
  return { message: `${name}: ${version}, ${TRUSTED[tls.kind]}`, certificates }
}

const TRUSTED: Readonly<Record<TlsTrust['kind'], string>> = {
  'ca-bundle': "the chain leads to one of the rule's certificates",
  'web-pki': "the chain leads to one of this machine's roots",
  'skip-verify': 'not verified, since the rule says insecure-skip-verify',
  'deny-all': 'trusted by nothing',
}
